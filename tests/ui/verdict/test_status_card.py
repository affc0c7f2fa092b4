from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton

from hopgui.model.nearest import nearest_memory
from hopgui.model.verdict import Candidate, Kind, Verdict
from hopgui.session.frame import Frame, Phase
from hopgui.session.judged import Judged
from hopgui.session.recording import Recording
from hopgui.session.session import KeptState, Memory, frozen
from hopgui.ui.look import style
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.verdict.overlap_bars import ROW, OverlapBars
from hopgui.ui.verdict.status_card import StatusCard, sentence

UNITS = 100
PICTURE = frozen(np.ones((10, 10), np.int8))


def make_memories(*names):
    return tuple(Memory(name, PICTURE, number) for number, name in enumerate(names))


LETTERS = make_memories("A", "C", "H", "Y")
CORNERS = ("upper left", "upper right", "lower left", "lower right")
MIXTURE = Verdict(
    Kind.MIXTURE, ((1, 0), (1, 1), (-1, 3)), 0.98, next_best=Candidate(((1, 1),), 0.52)
)


def make_frame(phase, overlaps, update=58, updates=None, flips=13, energy=-1395.0, descents=0):
    whole = np.array(overlaps, np.int64)
    recording = Recording(
        run=1,
        seed=7,
        start=PICTURE.ravel(),
        energy_start=-625.0,
        updates=update if updates is None else updates,
        flip_updates=np.zeros(0, np.int64),
        flip_units=np.zeros(0, np.int32),
        flip_energies=np.zeros(0),
        by_hand=np.zeros(0, bool),
    )
    return Frame(
        phase=phase,
        state=PICTURE,
        update=update,
        flips=flips,
        energy=energy,
        overlaps=whole / UNITS,
        unstable=np.zeros((10, 10), bool),
        descents=descents,
        nearest=nearest_memory(whole, UNITS),
        recent=np.zeros(0, np.int32),
        recording=None if phase is Phase.REST else recording,
    )


@pytest.fixture
def card(qtbot):
    widget = StatusCard()
    qtbot.addWidget(widget)
    widget.resize(380, 260)
    widget.show_memories(LETTERS)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def dressed(qapp):
    """Dress every widget in a theme, and undress them when the test ends."""
    yield lambda theme: qapp.setStyleSheet(style.style_sheet(theme))
    qapp.setStyleSheet("")  # widgets are built faster without one


def said(card, name):
    return card.findChild(QLabel, name).text()


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        (make_frame(Phase.REST, [74, 6, 2, 8]), "At rest"),
        (make_frame(Phase.RUNNING, [74, 6, 2, 8]), "Falling · 58 updates, 13 flips"),
        (make_frame(Phase.RUNNING, [74, 6, 2, 8], 1, 1, 1), "Falling · 1 update, 1 flip"),
        (make_frame(Phase.PAUSED, [74, 6, 2, 8]), "Paused · 58 updates, 13 flips"),
        (make_frame(Phase.PAUSED, [74, 6, 2, 8], 58, 200), "Moment 58 of 200 · 13 flips"),
        (make_frame(Phase.SETTLED, [74, 6, 2, 8], 58, 200), "Moment 58 of 200 · 13 flips"),
        (
            make_frame(Phase.SETTLED, [100, 6, 2, 8], 1143, 1143, 31),
            "Settled after 1\N{THIN SPACE}143 updates (31 flips)",
        ),
    ],
)
def test_it_says_where_the_run_stands(card, frame, title):
    card.show_frame(frame)
    assert said(card, "title") == title


@pytest.mark.parametrize(
    ("phase", "overlaps", "headline", "line"),
    [
        (Phase.RUNNING, [74, 6, 2, 8], "Nearest: memory A", "13 units away · energy −625 → −1 395"),
        (
            Phase.RUNNING,
            [4, -66, 2, 8],
            "Nearest: inverse of C",
            "17 units away · energy −625 → −1 395",
        ),
        (Phase.REST, [74, 6, 2, 8], "Nearest: memory A", "13 units away · energy −1 395"),
        (Phase.REST, [100, 6, 2, 8], "Nearest: memory A", "exact · energy −1 395"),
        (Phase.REST, [98, 6, 2, 8], "Nearest: memory A", "1 unit away · energy −1 395"),
        (Phase.SETTLED, [100, 6, 2, 8], "Memory A, exact", "energy −625 → −1 395"),
        (Phase.SETTLED, [0, 6, 94, 8], "Memory H, 3 units away", "energy −625 → −1 395"),
        (Phase.SETTLED, [0, -100, 4, 8], "Inverse of C", "energy −625 → −1 395"),
        (Phase.SETTLED, [0, -98, 4, 8], "Inverse of C, 1 unit away", "energy −625 → −1 395"),
        (
            Phase.SETTLED,
            [50, 52, 4, 8],
            "Nearest: memory C",
            "24 units away · energy −625 → −1 395",
        ),
        (
            Phase.SETTLED,
            [50, -52, 4, 8],
            "Nearest: inverse of C",
            "24 units away · energy −625 → −1 395",
        ),
    ],
)
def test_it_says_what_the_state_is(card, phase, overlaps, headline, line):
    card.resize(480, 260)
    card.show_frame(make_frame(phase, overlaps))
    assert said(card, "verdict") == headline
    assert said(card, "muted") == line.replace("−1 395", "−1\N{THIN SPACE}395")


def test_it_says_which_kind_of_stable(card):
    note = card.findChild(QLabel, "note")
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    assert note.text() == ""
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8]))
    assert note.text() == "a local minimum of the energy"
    card.show_frame(replace(make_frame(Phase.SETTLED, [74, 6, 2, 8]), held=2))
    assert note.text() == "a local minimum of the energy as long as the pinned units are held"
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8], descents=6))
    assert note.text().endswith("not a local minimum: 6 single flips would still lower the energy")
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8], 20, 58))
    assert note.text() == ""


def test_the_bars_stay_in_place_when_the_run_settles(qtbot, card):
    bars = card.findChild(OverlapBars)
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    qtbot.wait(1)
    before = bars.geometry()
    card.show_frame(make_frame(Phase.SETTLED, [100, 6, 2, 8]))
    qtbot.wait(1)
    assert bars.geometry() == before


def test_without_memories(card):
    card.show_memories(())
    card.show_frame(make_frame(Phase.REST, []))
    assert said(card, "verdict") == "Nothing stored yet"
    assert sentence(make_frame(Phase.SETTLED, []), ()).startswith("Settled after 58 updates")


def test_the_memory_being_recalled_is_deleted(card):
    frame = make_frame(Phase.RUNNING, [4, 6, 2, 88])
    card.show_frame(frame)
    assert said(card, "verdict") == "Nearest: memory Y"
    card.show_memories(LETTERS[:3])  # the next frame has not come yet
    assert "Y" not in said(card, "verdict")
    assert "Y" not in sentence(frame, LETTERS[:3])
    card.grab()


def test_a_renamed_memory_is_named_at_once(card):
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    card.show_memories((replace(LETTERS[0], name="Anna"), *LETTERS[1:]))
    assert said(card, "verdict") == "Nearest: memory Anna"


def test_names_are_no_markup_and_no_gaps(card):
    card.show_memories(make_memories("<b>{units}</b>", "C", "H", "Y"))
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    assert said(card, "verdict") == "Nearest: memory <b>{units}</b>"
    assert card.findChild(QLabel, "verdict").textFormat().name == "PlainText"


def test_a_long_name_is_cut_and_whole_in_the_hint(card):
    name = "A memory of a very long afternoon in the countryside"
    card.show_memories(make_memories(name, "C", "H", "Y"))
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    label = card.findChild(QLabel, "verdict")
    assert label.text().endswith("…")
    assert label.toolTip() == f"Nearest: memory {name}"
    assert card.width() == 380


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (
            make_frame(Phase.SETTLED, [100, 6, 2, 8], 143, 143, 31, -2557.0),
            "Settled in memory A after 143 updates (31 flips), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.SETTLED, [94, 6, 2, 8], 143, 143, 1, -2557.0),
            "Settled 3 units from memory A after 143 updates (1 flip), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.SETTLED, [0, -100, 2, 8], 143, 143, 31, -2557.0),
            "Settled in the inverse of C after 143 updates (31 flips), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.SETTLED, [50, 6, 2, 8], 143, 143, 1, -2557.0),
            "Settled 25 units from memory A after 143 updates (1 flip), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.RUNNING, [74, 6, 2, 8]),
            "Falling · 58 updates, 13 flips · 13 units from memory A · energy −625 → −1 395",
        ),
    ],
)
def test_all_of_it_in_one_sentence(frame, text):
    thin = "\N{THIN SPACE}"
    assert sentence(frame, LETTERS) == text.replace("−2 557", f"−2{thin}557").replace(
        "−1 395", f"−1{thin}395"
    )


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(Kind.OTHER, agreement=0.5), "Settled close to no memory after 143 updates"),
        (MIXTURE, "Settled in the mixture + A + C − Y after 143 updates"),
        (Verdict(Kind.MEMORY, ((1, 0),), 1.0), "Settled 25 units from memory A after"),
    ],
)
def test_the_verdict_comes_into_the_sentence(verdict, text):
    frame = make_frame(Phase.SETTLED, [50, 6, 2, 8], 143, 143, 31, -2557.0)
    assert sentence(frame, LETTERS, verdict).startswith(text)


# With a verdict


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
            "likest: mixture of 3, 0.60",
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


def test_a_screen_reader_hears_the_settling(card):
    settled = make_frame(Phase.SETTLED, [100, 6, 2, 8])
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    card.show_frame(settled)
    assert card.accessibleDescription() == sentence(settled, LETTERS)


@pytest.mark.parametrize("phase", [Phase.REST, Phase.PAUSED, Phase.SETTLED])
def test_a_screen_reader_hears_what_was_done_by_hand(card, phase):
    card.show_frame(make_frame(phase, [100, 6, 2, 8]))
    other = make_frame(phase, [74, 6, 2, 8], energy=-16.0)
    card.show_frame(other)
    assert card.accessibleDescription() == sentence(other, LETTERS)


def test_a_screen_reader_does_not_hear_every_frame_of_a_run(card, qtbot):
    first = make_frame(Phase.RUNNING, [74, 6, 2, 8])
    card.show_frame(first)
    card.show_frame(replace(first, update=60, energy=-1400.0))
    qtbot.waitUntil(lambda: said(card, "title").startswith("Falling · 60"))
    assert card.accessibleDescription() == sentence(first, LETTERS)


def test_energies_without_room_are_rounded_and_whole_in_the_hint(card):
    fall = "energy −625 → −357\u2009989\u2009939.33"
    frame = make_frame(Phase.SETTLED, [100, 6, 2, 8], energy=-357_989_939.33)
    card.resize(1000, 290)
    card.show_frame(frame)
    assert said(card, "muted") == fall
    label = card.findChild(QLabel, "muted")
    label.resize(label.fontMetrics().horizontalAdvance(fall) - 1, label.height())
    assert label.text() == "energy −625 → −3.580·10⁸"
    assert label.toolTip() == fall


@pytest.fixture
def bars(qtbot):
    widget = OverlapBars()
    qtbot.addWidget(widget)
    return widget


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(-1, 1), max_size=60), st.integers(1, 400))
def test_rows_are_the_strongest_in_the_order_of_the_gallery(bars, overlaps, height):
    bars.setMaximumHeight(1000)
    bars.show_memories(make_memories(*map(str, range(len(overlaps)))))
    bars.setMaximumHeight(1000)
    bars.show_overlaps(np.array(overlaps))
    bars.resize(300, height)
    rows, others = bars.rows()
    assert rows == sorted(rows)
    assert len(rows) + others == len(overlaps)
    shown = [abs(overlaps[row]) for row in rows]
    hidden = [abs(value) for row, value in enumerate(overlaps) if row not in rows]
    assert not hidden or min(shown) >= max(hidden)
    assert (len(rows) + bool(others)) * bars.row_height <= max(bars.height(), 2 * ROW)


def test_four_memories_stand_in_the_least_height_of_the_card(qtbot, card):
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8], descents=6))
    card.resize(380, card.minimumSizeHint().height())
    qtbot.wait(1)
    assert card.findChild(OverlapBars).rows() == ([0, 1, 2, 3], 0)


def test_members_have_a_bar_before_all_others(bars):
    bars.show_memories(make_memories(*"ABCDEFGH"))
    bars.setMaximumHeight(1000)
    bars.resize(300, 18 * 4)
    bars.show_overlaps(np.array([0.1, 0.9, 0.8, 0.0, 0.7, 0.6, 0.2, 0.3]))
    assert bars.rows() == ([1, 2, 4], 5)
    bars.show_members(((1, 0), (-1, 3), (1, 1)))
    assert bars.rows() == ([0, 1, 3], 5)
    bars.show_members(())
    assert bars.rows() == ([1, 2, 4], 5)


def test_what_is_no_member_stands_back(bars):
    bars.show_memories(make_memories("A", "C"))
    bars.resize(300, 2 * ROW)
    bars.show_overlaps(np.array([0.5, 0.5]))
    assert coloured(bars, LIGHT.memories[1])
    bars.show_members(((1, 0),))
    assert coloured(bars, LIGHT.memories[0])
    assert not coloured(bars, LIGHT.memories[1])


def coloured(bars, colour):
    image = bars.grab().toImage()
    return [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == QColor(colour)
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_bar_grows_from_zero_to_its_side(bars, theme):
    bars.show_theme(theme)
    bars.show_memories(make_memories("A"))
    bars.resize(300, ROW)
    bars.show_overlaps(np.array([0.5]))
    right = coloured(bars, theme.memories[0])
    bars.show_overlaps(np.array([-0.5]))
    left = coloured(bars, theme.memories[0])
    bars.show_overlaps(np.array([1.0]))
    whole = coloured(bars, theme.memories[0])
    assert max(left) < min(right)
    assert len(left) == pytest.approx(len(right), rel=0.05)
    assert max(whole) - min(whole) == pytest.approx(2 * (max(right) - min(right)), abs=6)
