"""Why is it so? Pointing at units, marking the weakest, and memories that contradict each other."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from hopgui.model.choices import Rule, RuleKind
from hopgui.model.why import margins, weakest
from hopgui.session import library
from hopgui.session.frame import Phase
from hopgui.session.session import Grid, blank_session
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.why.panel import Page, WhyPanel


def opened(hands):
    hands.choose("why")
    hands.wait(lambda: hands.window.findChild(WhyPanel) is not None)
    return hands.window.findChild(WhyPanel)


def turn(hands, panel, page):
    hands.click(panel.findChild(Segmented).button(page))


def leave(hands):
    """Take the pointer off the pad."""
    QApplication.sendEvent(hands.pad, QEvent(QEvent.Type.Leave))


def test_the_unit_under_the_pointer_is_explained(hands):
    panel = opened(hands)
    assert panel.said == "No unit yet"
    hands.move((3, 5))
    hands.wait(lambda: panel.said.startswith("unit (3, 5) is "))
    names = [bar.name for bar in panel._votes.rows()]
    assert sorted(names) == ["A", "C", "H", "Y"]
    total = sum(bar.value for bar in panel._votes.rows())
    network, state = hands.lab.player.network, hands.shown.ravel()
    assert total == margins(network, state)[53]
    leave(hands)
    assert panel.said.startswith("unit (3, 5) is "), "it can be looked at in peace"


def test_the_keys_walk_from_unit_to_unit(hands):
    panel = opened(hands)
    hands.pad.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        hands.key(key, Qt.KeyboardModifier.ControlModifier, on=hands.pad)
    hands.wait(lambda: panel.said.startswith("unit (1, 1) is "))


def test_it_follows_what_is_painted_and_recalled(hands):
    panel = opened(hands)
    hands.move((0, 0))
    hands.wait(lambda: panel.said.startswith("unit (0, 0) is "))
    before = panel.said
    hands.choose("invert")
    hands.wait(lambda: panel.said != before)
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    hands.wait_for(Phase.SETTLED)
    hands.wait(lambda: "would flip" not in panel.said)


def test_the_weakest_units_are_marked_on_the_pad(hands):
    panel = opened(hands)
    turn(hands, panel, Page.UNITS)
    plain = hands.pad.grab().toImage()
    panel._mark.click()
    state, network = hands.shown.ravel(), hands.lab.player.network
    expected = weakest(margins(network, state), 10).tolist()
    assert hands.pad._weakest.tolist() == expected
    assert hands.pad.grab().toImage() != plain
    hands.choose("invert")
    state = hands.shown.ravel()
    hands.wait(lambda: hands.pad._weakest.tolist() == weakest(margins(network, state), 10).tolist())
    panel._mark.click()
    assert hands.pad._weakest.tolist() == []


def test_pinned_units_are_not_counted_among_the_weakest(hands):
    panel = opened(hands)
    hands.choose("pin")
    hands.paint((0, 0), (9, 0))
    panel.turn_to(Page.UNITS)
    panel._mark.click()
    assert not set(hands.pad._weakest.tolist()) & set(range(10))


def test_contradictory_memories_are_found_out(open_lab, document):
    # A in three versions that deny each other's upper left corner.
    picture = library.first_session().memories[0].picture
    second, third = picture.copy(), picture.copy()
    second[:2, :2] *= -1
    third[:2, :2] *= -1
    third[9, 5] *= -1
    hands = open_lab(document(picture, second, third))
    hands.wait(lambda: hands.lab._memories._survey is not None)
    assert not hands.lab._memories._survey.stable[0]
    view = hands.window.gallery._view
    view.select([0])
    entry = next(each for each in view.menu().actions() if each.text().startswith("Why"))
    entry.trigger()
    panel = hands.window.findChild(WhyPanel)
    assert panel.page is Page.MEMORY
    assert panel.said == "B pulls 4 units of A over"
    view.select([1])
    assert panel.said == "B is stable"
    view.select([0, 1])
    assert panel.said == "No memory chosen"


def test_another_network_is_asked_anew(open_lab):
    session = library.session_of(library.read_set(library.pattern_folder() / "digits-all-10"))
    hands = open_lab(session)
    panel = opened(hands)
    panel.turn_to(Page.MEMORY)
    hands.window.gallery.select(2)
    assert panel.said == "8, 7 and 3 pull 7 units of 2 over"
    hands.lab.desk.set_rule(Rule(RuleKind.PROJECTION))
    hands.wait(lambda: panel.said == "2 is stable")
    hands.lab.desk.set_rule(Rule(RuleKind.STORKEY))
    panel.turn_to(Page.UNIT)
    hands.move((3, 3))
    hands.wait(lambda: "mixes the memories" in panel._more[Page.UNIT].text())


def test_another_document_is_explained_without_a_word_of_the_old(open_lab):
    hands = open_lab()
    panel = opened(hands)
    hands.move((9, 9))
    hands.wait(lambda: panel.said.startswith("unit (9, 9)"))
    leave(hands)
    hands.lab.desk.open(blank_session(Grid(4, 4)))
    hands.wait(lambda: panel.said == "No unit yet")
    panel.turn_to(Page.MEMORY)
    assert panel.said == "No memory chosen"


def test_large_sets_are_asked_in_the_background(open_lab, document):
    rng = np.random.default_rng(1)
    patterns = np.where(rng.random((90, 80, 80)) < 0.5, 1, -1).astype(np.int8)
    hands = open_lab(document(*patterns))
    panel = opened(hands)
    panel.turn_to(Page.MEMORY)
    hands.window.gallery.select(5)
    hands.wait(lambda: panel.said != "No memory chosen")
    name = hands.names[5]
    assert name in panel.said


@pytest.mark.parametrize("change", ["another grid", "the nearest is forgotten"])
def test_a_frame_of_an_earlier_document_is_not_explained(open_lab, document, change):
    pictures = np.random.default_rng(1).choice(np.array([-1, 1], np.int8), (3, 5, 5))
    hands = open_lab(document(*pictures, pad=pictures[2]))
    panel = hands.panel("why")
    hands.move((2, 2))  # where the pointer stays, nothing is told
    hands.move((4, 4))
    hands.wait(lambda: panel.said.startswith("unit (4, 4) is "))
    leave(hands)
    assert hands.frame.nearest.memory == 2
    # The network is a new one before the frame is.
    asked = []
    hands.lab.player.network_changed.connect(lambda _network: asked.append(hands.frame))
    hands.lab.player.network_changed.connect(hands.lab._whys._show)
    if change == "another grid":
        smaller = np.random.default_rng(2).choice(np.array([-1, 1], np.int8), (3, 4, 4))
        hands.lab.desk.open(document(*smaller))
        hands.wait(lambda: panel.said == "No unit yet")
    else:
        hands.lab.desk.delete([2])
        hands.wait(lambda: len(panel._votes.rows()) == 2)
    assert asked[0] is not hands.frame, "it was asked in between"


def test_the_answer_about_a_memory_that_is_gone_is_not_shown(hands, monkeypatch):
    monkeypatch.setattr("hopgui.app.why.AT_ONCE", 0)  # every answer comes from the thread
    panel = hands.panel("why")
    panel.turn_to(Page.MEMORY)
    whys = hands.lab._whys
    hands.window.gallery.select(2)
    whys.errand._pool.submit(int).result()  # the answer before it is on its way
    hands.lab.desk.open(blank_session(Grid(10, 10)))
    hands.qtbot.wait(50)
    assert panel.said == "No memory chosen"
