"""The card with a verdict: its evidence, and the buttons that go with it."""

from dataclasses import replace

import numpy as np
import pytest
from cards import LETTERS, MIXTURE, PICTURE, make_frame, make_memories, said
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from hopgui.model.verdict import Candidate, Kind, Verdict
from hopgui.session.frame import Phase
from hopgui.session.judged import Judged
from hopgui.session.session import KeptState, frozen
from hopgui.ui.look import style
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.verdict.overlap_bars import OverlapBars
from hopgui.ui.verdict.status_card import sentence

CORNERS = ("upper left", "upper right", "lower left", "lower right")


@pytest.fixture
def dressed(qapp):
    """Dress every widget in a theme, and undress them when the test ends."""
    yield lambda theme: qapp.setStyleSheet(style.style_sheet(theme))
    qapp.setStyleSheet("")  # widgets are built faster without one


def shows(card, verdict, phase=Phase.SETTLED, overlaps=(50, 52, 4, -48), **facts):
    frame = make_frame(phase, list(overlaps))
    frame = replace(frame, **facts)
    card.resize(480, 290)
    card.show_frame(frame)
    card.show_verdict(Judged(frame.state, verdict))
    return frame


@pytest.mark.parametrize(
    ("verdict", "headline", "proof"),
    [
        (Verdict(Kind.MEMORY, ((1, 0),), 1.0), "Memory A, exact", ""),
        (
            Verdict(Kind.MEMORY, ((1, 0),), 0.94, (), Candidate(((-1, 2),), 0.3)),
            "Memory A, 3 units away",
            "next best: inverse of H, 0.30",
        ),
        (Verdict(Kind.INVERSE, ((-1, 1),), 1.0), "Inverse of C", ""),
        (Verdict(Kind.INVERSE, ((-1, 1),), 0.98), "Inverse of C, 1 unit away", ""),
        (MIXTURE, "Mixture + A + C − Y", "1 unit away, overlap 0.98 · next best: memory C, 0.52"),
        (
            Verdict(Kind.MIXTURE, ((1, 0), (-1, 1)), 1.0, (0.5, 0.25)),
            "Mixture + 0.50 A − 0.25 C",
            "exact",
        ),
        (
            Verdict(Kind.MIXTURE, ((1, 0), (1, 1), (1, 2)), 0.8, falls_from=True),
            "Mixture + A + C + H",
            "the mixture falls here from 10 units away",
        ),
        (
            Verdict(Kind.OTHER, agreement=0.6, next_best=Candidate(((1, 0), (1, 1), (1, 3)), 0.6)),
            "Close to no memory",
            "likest: mixture of 3 memories, 0.60",
        ),
        (
            Verdict(Kind.CYCLE, ((1, 0),), 0.98, (), Candidate(((1, 1),), 0.1)),
            "Two-state cycle",
            "this state: memory A, 1 unit away · next best: memory C, 0.10",
        ),
        (
            Verdict(Kind.UNSETTLED, ((-1, 0),), 1.0),
            "Not settled (T > 0)",
            "this state: inverse of A, exact",
        ),
        (Verdict(Kind.OTHER), "Close to no memory", ""),
    ],
)
def test_it_says_every_verdict_with_its_evidence(card, verdict, headline, proof):
    shows(card, verdict)
    assert said(card, "verdict") == headline
    assert said(card, "proof") == proof
    assert said(card, "muted") == "energy −625 → −1\N{THIN SPACE}395"


def test_while_mixtures_are_still_let_fall_it_says_so(card):
    frame = shows(card, Verdict(Kind.OTHER, agreement=0.5))
    card.show_verdict(Judged(frame.state, Verdict(Kind.OTHER), sure=False))
    assert said(card, "proof") == "still looking"
    card.show_verdict(Judged(frame.state, Verdict(Kind.OTHER)))
    assert said(card, "proof") == ""


def test_a_mixture_of_long_names_is_counted_where_it_does_not_fit(card, qtbot):
    card.show_memories(make_memories(*(f"The {name} corner" for name in CORNERS)))
    shows(card, replace(MIXTURE, members=((1, 0), (1, 1), (1, 2))))
    card.resize(380, 290)
    qtbot.wait(1)
    label = card.findChild(QLabel, "verdict")
    assert label.text() == "Mixture of 3 memories"
    assert label.toolTip() == "Mixture " + " ".join(f"+ The {name} corner" for name in CORNERS[:3])
    assert label.accessibleName() == label.toolTip()


def test_many_members_are_not_all_listed(card):
    card.show_memories(make_memories(*"ABCDEFGHI"))
    shows(
        card, Verdict(Kind.MIXTURE, tuple((1, index) for index in range(9)), 1.0), overlaps=[9] * 9
    )
    label = card.findChild(QLabel, "verdict")
    assert label.whole == "Mixture + A + B + C + D + E + F + G …"


def test_a_verdict_is_of_one_state_and_goes_with_it(card):
    frame = shows(card, MIXTURE)
    other = np.array(PICTURE)
    other[0, 0] = -1
    card.show_frame(replace(frame, state=other))
    assert said(card, "verdict") == "Nearest: memory C"
    assert said(card, "proof") == ""


def test_a_verdict_that_comes_before_its_state_waits_for_it(card):
    later = np.array(PICTURE)
    later[0, 0] = -1
    frame = make_frame(Phase.PAUSED, [50, 52, 4, 8])
    card.show_frame(frame)
    card.show_verdict(Judged(later, MIXTURE))
    assert said(card, "verdict") == "Nearest: memory C"
    card.show_frame(replace(frame, state=later, phase=Phase.SETTLED))
    assert said(card, "verdict").startswith("Mixture")


def test_a_screen_reader_hears_the_verdict(card):
    frame = shows(card, MIXTURE)
    assert card.accessibleDescription() == sentence(frame, LETTERS, MIXTURE)
    rest = shows(card, MIXTURE, Phase.REST)
    assert "Mixture + A + C − Y" in card.accessibleDescription()
    assert card.accessibleDescription() == sentence(rest, LETTERS, MIXTURE)


def test_of_a_state_that_somebody_asks_about_it_says_whether_it_is_stable(card):
    shows(card, MIXTURE, Phase.REST)
    assert said(card, "note") == "a local minimum of the energy"
    unstable = np.zeros((10, 10), bool)
    unstable[3, :4] = True
    shows(card, MIXTURE, Phase.REST, unstable=unstable, descents=4)
    assert said(card, "note") == "not stable: 4 of its units would flip"


def buttons_of(card):
    return {each.text() for each in card.findChildren(QPushButton) if each.isVisible()}


def test_buttons_are_those_that_make_sense(card):
    card.show_frame(make_frame(Phase.REST, [50, 52, 4, 8]))
    assert buttons_of(card) == {"What is this state?", "Keep"}
    shows(card, MIXTURE)
    assert buttons_of(card) == {"How it is built", "Keep", "Store it", "Unlearn it"}
    shows(card, Verdict(Kind.MEMORY, ((1, 0),), 1.0))
    assert buttons_of(card) == {"How it is built"}, "it is stored already"
    shows(card, Verdict(Kind.MEMORY, ((1, 0),), 0.98))
    assert buttons_of(card) == {"How it is built", "Keep", "Store it"}
    shows(card, Verdict(Kind.INVERSE, ((-1, 0),), 1.0))
    assert "Unlearn it" not in buttons_of(card), "unlearning it would unlearn the memory"
    shows(card, Verdict(Kind.OTHER))
    assert "Unlearn it" in buttons_of(card)
    card.buttons.offer_basins()
    shows(card, MIXTURE)
    every = {"How it is built", "Keep", "Store it", "Unlearn it", "Find its basin"}
    assert buttons_of(card) == every
    card.show_frame(make_frame(Phase.RUNNING, [50, 52, 4, 8]))
    card.show_verdict(None)
    assert buttons_of(card) == set()
    card.show_memories(())
    card.show_frame(make_frame(Phase.REST, []))
    assert buttons_of(card) == set()


def test_what_would_flip_is_not_unlearnt(card):
    """Unlearning weakens where falls end, and nothing falls to a state that is not stable."""
    shows(card, MIXTURE)
    assert "Unlearn it" in buttons_of(card)
    frame = make_frame(Phase.REST, [50, 52, 4, -48])
    unstable = np.zeros(frame.state.shape, bool)
    unstable[0, 0] = True
    card.show_frame(replace(frame, unstable=unstable))
    card.show_verdict(Judged(frame.state, MIXTURE))
    assert "Store it" in buttons_of(card)
    assert "Unlearn it" not in buttons_of(card)


def test_a_state_that_is_kept_is_called_so(card):
    shows(card, MIXTURE)
    state = card._frame.state
    card.buttons.show_kept((KeptState("one", frozen(state)),))
    kept = next(each for each in card.findChildren(QPushButton) if each.text() == "Kept")
    assert not kept.isEnabled()
    assert "Ctrl+Shift+K" in kept.toolTip()
    card.buttons.show_kept((KeptState("other", frozen(-state)),))
    assert kept.text() == "Keep"
    assert kept.isEnabled()
    card.buttons.show_kept((KeptState("one", frozen(state)),))
    card.show_frame(replace(make_frame(Phase.REST, [50, 52, 4, 8]), state=-state))
    assert kept.text() == "Keep", "another state is shown"


def test_buttons_speak(card, qtbot):
    card.buttons.offer_basins()
    shows(card, MIXTURE)
    by_text = {each.text(): each for each in card.findChildren(QPushButton)}
    for text, signal in (
        ("How it is built", card.buttons.rebuilding_requested),
        ("Keep", card.buttons.keep_requested),
        ("Store it", card.buttons.store_requested),
        ("Unlearn it", card.buttons.unlearn_requested),
        ("Find its basin", card.buttons.basin_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(by_text[text], Qt.MouseButton.LeftButton)
    card.show_verdict(None)
    with qtbot.waitSignal(card.buttons.verdict_requested):
        qtbot.keyClick(by_text["What is this state?"], Qt.Key.Key_Space)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_button_is_whole_beside_the_others(dressed, card, theme):
    """As wide as the card is in a window of 1280 pixels."""
    dressed(theme)
    card.resize(382, 262)
    card.buttons.offer_basins()
    shows(card, MIXTURE)
    seen = [each for each in card.findChildren(QPushButton) if each.isVisible()]
    assert len(seen) == 5
    for each in seen:
        assert each.width() >= each.sizeHint().width()
        inside = QRect(each.mapTo(card, QPoint(0, 0)), each.size())
        assert card.rect().adjusted(8, 8, -8, -8).contains(inside), each.text()


def test_nothing_moves_when_the_verdict_comes(card, qtbot):
    card.resize(380, 290)
    frame = make_frame(Phase.SETTLED, [50, 52, 4, -48], descents=3)
    card.show_frame(replace(frame, phase=Phase.RUNNING))
    qtbot.wait(1)
    bars, before = card.findChild(OverlapBars), card.findChild(OverlapBars).geometry()
    card.show_frame(frame)
    card.show_verdict(Judged(frame.state, MIXTURE))
    qtbot.wait(1)
    assert bars.geometry() == before
