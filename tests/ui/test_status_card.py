from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from hopgui.model.nearest import nearest_memory
from hopgui.session.frame import Frame, Phase
from hopgui.session.recording import Recording
from hopgui.session.session import Memory, frozen
from hopgui.ui.overlap_bars import ROW, OverlapBars
from hopgui.ui.status_card import StatusCard, sentence
from hopgui.ui.theme import DARK, LIGHT

UNITS = 100
PICTURE = frozen(np.ones((10, 10), np.int8))


def make_memories(*names):
    return tuple(Memory(name, PICTURE, number) for number, name in enumerate(names))


LETTERS = make_memories("A", "C", "H", "Y")


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
            "Close to no memory",
            "24 units from C · energy −625 → −1 395",
        ),
        (
            Phase.SETTLED,
            [50, -52, 4, 8],
            "Close to no memory",
            "24 units from the inverse of C · energy −625 → −1 395",
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
            make_frame(Phase.SETTLED, [50, 6, 2, 8], 143, 143, 31, -2557.0),
            "Settled close to no memory after 143 updates (31 flips), energy from −625 to −2 557",
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


def test_a_screen_reader_hears_the_settling(card):
    settled = make_frame(Phase.SETTLED, [100, 6, 2, 8])
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    card.show_frame(settled)
    assert card.accessibleDescription() == sentence(settled, LETTERS)


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
