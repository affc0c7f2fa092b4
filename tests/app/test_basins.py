"""Stories of basins: damage, recovery, and the units that decide."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox

from hopgui.model.recovery import recovery
from hopgui.session.draws import Draws, rng_of
from hopgui.session.frame import Phase
from hopgui.session.session import Grid, blank_session
from hopgui.ui.basins.recovery_plot import RecoveryPlot
from hopgui.ui.basins.view import Source
from hopgui.ui.look.numbers import number
from hopgui.ui.parts.segmented import Segmented


@pytest.fixture
def view(hands):
    hands.choose("basins")
    return hands.panel("basins")


def source(hands, view, which):
    hands.click(view.findChild(Segmented).button(which))


def mark(hands, view):
    box = view.findChild(QCheckBox)
    hands.click(box, QPoint(8, box.height() // 2))


def marks_on(hands):
    return hands.pad._turning


def test_a_memory_is_damaged_and_the_curve_fills_in(hands, view):
    assert view._subject.whole == "Memory A"
    hands.click(view.strip.begin_button)
    hands.wait(lambda: view._recovery is not None and view._recovery.tries.min() > 0)
    first = view._recovery
    assert first.exact[0] == first.tries[0], "undamaged it stays what it is"
    assert first.exact_share[5] > 0.9, "a letter recovers from a tenth"
    hands.wait(lambda: view._recovery.done > first.done)
    hands.click(view.strip._cancel)
    assert view.strip.begin_button.text() == "Damage it"
    assert f"of {number(first.total)} in" in view.strip._words.whole
    assert view.findChild(RecoveryPlot)._recovery is view._recovery, "what is known stays"


def test_a_curve_is_paused_and_gone_on_with(hands, view, monkeypatch):
    endless = partial(recovery, rounds=100_000)  # it must not end by itself
    monkeypatch.setattr("hopgui.app.basins.recovery", endless)
    hands.click(view.strip.begin_button)
    hands.wait(lambda: view._recovery is not None)
    hands.click(view.strip.begin_button)
    assert view.strip.begin_button.text() == "Go on"
    hands.qtbot.wait(500)
    held = view._recovery.done
    hands.qtbot.wait(200)
    assert view._recovery.done == held
    hands.click(view.strip.begin_button)
    hands.wait(lambda: view._recovery.done > held)
    hands.click(view.strip._cancel)


def test_the_memory_selected_is_the_one_that_is_damaged(hands, view):
    hands.click(view.strip.begin_button)
    hands.wait(lambda: view._recovery is not None)
    hands.window.gallery._view.select([2])
    assert view._subject.whole == "Memory H"
    assert view._recovery is None, "that curve was of another state"
    assert not hands.lab._basins._curve.active


def test_the_pad_is_damaged_and_an_unstable_one_is_cautioned_about(hands, view):
    source(hands, view, Source.PAD)
    assert view._subject.whole == "The state on the pad"
    assert "not stable" in view._caution.text()
    hands.recall()
    assert not view._caution.isVisible()


def test_units_that_decide_are_marked_on_the_pad(hands, view):
    hands.choose("random")
    mark(hands, view)
    job = hands.lab._basins._turning
    hands.wait(lambda: not job.active and marks_on(hands) is not None)
    network, state = hands.lab.player.network, hands.shown.ravel()

    def end(start):
        run = network.start(start, rng=rng_of(Draws.RECALL, hands.session.seed))
        while not run.settled:
            run.advance(1000)
        return run.state

    there = end(state)
    for unit in range(0, 100, 7):
        other = state.copy()
        other[unit] *= -1
        assert marks_on(hands).flat[unit] == (not np.array_equal(end(other), there))
    assert view._note.text() == (
        f"{int(marks_on(hands).sum())} of 100 units change it: underlined on the pad."
    )


def test_marks_go_when_the_picture_changes_and_come_for_the_new_one(hands, view):
    hands.choose("random")
    mark(hands, view)
    job = hands.lab._basins._turning
    hands.wait(lambda: not job.active and marks_on(hands) is not None)
    before = marks_on(hands)
    hands.choose("random")
    assert marks_on(hands) is None or marks_on(hands) is not before
    hands.wait(lambda: not job.active and marks_on(hands) is not None)
    assert not np.array_equal(marks_on(hands), before)
    mark(hands, view)
    assert marks_on(hands) is None
    assert not view._note.isVisible()


def test_another_seed_asks_again(hands, view):
    hands.choose("random")
    mark(hands, view)
    hands.wait(lambda: not hands.lab._basins._turning.active and marks_on(hands) is not None)
    before = marks_on(hands)
    hands.choose("new_seed")
    hands.wait(lambda: not hands.lab._basins._turning.active and marks_on(hands) is not None)
    assert marks_on(hands) is not before


def test_while_it_falls_there_are_no_marks(open_lab):
    hands = open_lab(speed=60)
    view = hands.panel("basins")
    mark(hands, view)
    hands.wait(lambda: marks_on(hands) is not None)
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    hands.wait_for(Phase.RUNNING)
    assert marks_on(hands) is None
    hands.settle()
    hands.wait(lambda: marks_on(hands) is not None)
    assert np.array_equal(hands.lab._basins._marked, hands.shown)


def test_without_memories_it_invites_to_store_one(open_lab):
    hands = open_lab(blank_session(Grid(5, 5)))
    view = hands.panel("basins")
    assert not view.strip.begin_button.isEnabled()
    assert view.findChild(RecoveryPlot)._hint.startswith("Store a memory")
    hands.choose("random")
    hands.choose("store")
    assert view.strip.begin_button.isEnabled()
    assert view._subject.whole.startswith("Memory")


def test_pinned_units_and_other_dynamics_make_another_curve(hands, view):
    for change in (
        lambda: hands.lab.desk.pin(np.array([0, 1, 2], np.int32), pinned=True),
        lambda: hands.lab.desk.set_dynamics(replace(hands.session.dynamics, update="raster")),
    ):
        hands.click(view.strip.begin_button)
        hands.wait(lambda: view._recovery is not None)
        change()
        assert view._recovery is None
        assert not hands.lab._basins._curve.active


def test_it_closes_while_it_computes(hands, view):
    hands.click(view.strip.begin_button)
    mark(hands, view)
    hands.window.close()
    assert not hands.lab._basins._curve.active


@pytest.mark.parametrize("which", [Source.PAD, Source.MEMORY])
def test_a_document_of_another_size_is_damaged_in_its_own_size(hands, view, document, which):
    source(hands, view, which)
    pictures = np.random.default_rng(1).choice(np.array([-1, 1], np.int8), (2, 4, 6))
    for session, shape in ((document(*pictures), (4, 6)), (hands.session, (10, 10))):
        hands.lab.desk.open(session)
        assert hands.lab._basins._subject.shape == shape
        assert view.strip.begin_button.isEnabled()
    hands.choose("undo")
    hands.click(view.strip.begin_button)
    hands.wait(lambda: view._recovery is not None)
