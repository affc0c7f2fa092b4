"""Why, in words and bars: a unit, all units, a memory."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLabel, QSpinBox

from hopgui.model.why import Pull, Pulls, UnitWhy
from hopgui.session.session import Memory, frozen
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.why import why_text
from hopgui.ui.why.margin_histogram import MarginHistogram, edges
from hopgui.ui.why.panel import Page, WhyPanel
from hopgui.ui.why.vote_bars import ROW, Bar, VoteBars

MEMORIES = tuple(
    Memory(name, frozen(np.ones((2, 2), np.int8)), place) for place, name in enumerate("ACHJY")
)
VOTES = np.array([20.0, -6.0, 2.0, 0.0, -1.0])
STAYS = UnitWhy(47, 1, 15.0, 15.0, False, 0, VOTES, 0.0)
FLIPS = UnitWhy(3, -1, 4.0, -4.0, True, 0, np.array([20.0, -16.0, -6.0, 0, 0]), -2.0)


def said(found):
    return why_text.pulls(found, MEMORIES), why_text.proof(found)


def pulls(unstable, ranked, blamed=()):
    return Pulls(1, np.array(unstable, np.int64), ranked, tuple(blamed))


# Words


@pytest.mark.parametrize(
    ("why", "pinned", "text"),
    [
        (STAYS, False, "unit (7, 4) is +1 and stays: margin +15"),
        (FLIPS, False, "unit (3, 0) is −1 and would flip: margin −4"),
        (FLIPS, True, "unit (3, 0) is −1, pinned: margin −4"),
        (replace(STAYS, margin=2.5e39), False, "unit (7, 4) is +1 and stays: margin +2.500·10³⁹"),
        (replace(STAYS, margin=0.125), False, "unit (7, 4) is +1 and stays: margin +0.12"),
    ],
)
def test_a_unit_in_words(why, pinned, text):
    assert why_text.unit(why, 10, pinned=pinned) == text


def test_signal_against_crosstalk():
    assert why_text.signal(STAYS, MEMORIES) == "signal +20 from A · crosstalk −5 · field +15"
    assert why_text.signal(replace(STAYS, by_memory=None), MEMORIES) == "field +15"
    assert why_text.signal(replace(STAYS, nearest=None), MEMORIES) == "field +15"


@pytest.mark.parametrize(
    ("found", "headline", "proof"),
    [
        (pulls([], ()), "C is stable", "No update would flip any of its units."),
        (
            pulls(range(7), (Pull(1, 7, 9.0), Pull(3, 5, 4.0)), (1, 3)),
            "C and J pull 7 units of C over",
            "Without what they say, all of these would stay.",
        ),
        (
            pulls([4], (Pull(0, 1, 9.0), Pull(3, 1, 4.0)), (0,)),
            "A pulls 1 unit of C over",
            "Without what they say, all of these would stay.",
        ),
        (
            pulls([4], (Pull(0, 1, 9.0), Pull(3, 1, 4.0))),
            "A and J pull 1 unit of C over",
            "Even without what these say, not all of these would stay.",
        ),
        (
            pulls([4], None),
            "1 unit of C would flip",
            "This rule mixes the memories: a field cannot be split into what each says.",
        ),
        (
            pulls([4], ()),
            "1 unit of C would flip",
            "No other memory pulls them over: it is held too weakly, or by a tie.",
        ),
    ],
)
def test_who_pulls_a_memory_over(found, headline, proof):
    assert said(found) == (headline, proof)


@pytest.mark.parametrize(
    ("indices", "text"),
    [
        ([0], "A"),
        ([0, 1], "A and C"),
        ([0, 1, 2], "A, C and H"),
        ([0, 1, 2, 3], "A, C and 2 others"),
        ([4, 3, 2, 1, 0], "Y, J and 3 others"),
    ],
)
def test_memories_are_listed(indices, text):
    assert why_text.listed(indices, MEMORIES) == text


# Bars


@pytest.fixture
def bars(qtbot):
    widget = VoteBars()
    qtbot.addWidget(widget)
    widget.resize(300, 10 * ROW)
    return widget


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(-9, 9), max_size=40), st.integers(0, 2), st.integers(1, 300))
def test_all_votes_are_in_the_rows_and_none_falls_out(bars, values, rest, height):
    bars.resize(300, height)
    votes = [Bar(str(place), value, place) for place, value in enumerate(values)]
    others = [Bar("no memory", 1.5)] * rest
    bars.show_votes(votes, others)
    rows = bars.rows()
    assert sum(bar.value for bar in rows) == pytest.approx(sum(values) + 1.5 * rest)
    assert rows[len(rows) - rest :] == others
    assert len(rows) <= max(height // ROW - 1, 1 + rest)
    memories = [bar for bar in rows if bar.colour is not None]
    assert memories == votes[: len(memories)]


def coloured(widget, colour):
    image = widget.grab().toImage()
    return [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == QColor(colour)
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_what_holds_goes_right_and_what_pulls_over_left(bars, theme):
    bars.show_theme(theme)
    bars.show_votes([Bar("A", 2.0, 0), Bar("C", -1.0, 1)])
    holds, pulls_over = coloured(bars, theme.memories[0]), coloured(bars, theme.memories[1])
    assert max(pulls_over) < min(holds)
    wide = max(holds) - min(holds)
    assert max(pulls_over) - min(pulls_over) == pytest.approx(wide / 2, abs=4)


# The histogram


@settings(max_examples=80)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
@example([41.0, -5e-324])
@example([-3.0000000000000004, 40.0])
def test_every_margin_has_its_bin_and_zero_is_an_edge(values):
    margins = np.array(values)
    found = edges(float(margins.min(initial=0.0)), float(margins.max(initial=0.0)))
    assert 0.0 in found.tolist()
    assert np.histogram(margins, found)[0].sum() == margins.size
    assert np.diff(found) == pytest.approx(found[1] - found[0])
    assert len(found) < 120


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_only_what_is_below_zero_wears_the_accent(qtbot, theme):
    widget = MarginHistogram()
    qtbot.addWidget(widget)
    widget.show_theme(theme)
    widget.resize(300, 140)
    widget.show_margins(np.array([1.0, 2.0, 5.0]))
    assert not coloured(widget, theme.accent)
    widget.show_margins(np.array([-4.0, -1.0, 2.0, 4.0]))
    below = coloured(widget, theme.accent)
    assert below
    assert max(below) < 150


def test_the_mark_stands_at_its_margin(qtbot):
    widget = MarginHistogram()
    qtbot.addWidget(widget)
    widget.resize(300, 140)
    widget.show_margins(np.array([-10.0, 10.0]))
    places = []
    for margin in (-8.0, 0.0, 8.0):
        widget.show_marked(margin)
        marked = coloured(widget, LIGHT.text)
        places.append(np.mean(marked))
    assert places == sorted(places)
    assert places[2] - places[0] == pytest.approx(300 * 16 / 21, abs=12)


# The panel


@pytest.fixture
def panel(qtbot):
    widget = WhyPanel()
    qtbot.addWidget(widget)
    widget.resize(384, 264)
    widget.show_memories(MEMORIES)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def notes(panel):
    labels = panel.findChildren(QLabel, "note")
    return [label.text() for label in labels if label.isVisible()]


def test_at_first_it_says_how_to_point_at_a_unit(panel):
    assert panel.said == "No unit yet"
    assert notes(panel) == ["Point at a unit of the pad, or walk there with Ctrl and the arrows."]


def test_a_units_votes_stand_in_bars_the_strongest_first(panel):
    panel.show_unit(STAYS, 10)
    assert panel.said == "unit (7, 4) is +1 and stays: margin +15"
    rows = panel._votes.rows()
    assert [bar.name for bar in rows] == ["A", "C", "H", "Y", "J"]
    assert rows[0].colour == 0
    panel.show_unit(FLIPS, 10)
    assert panel._votes.rows()[-1] == Bar("no memory", -2.0)


def test_a_rule_that_mixes_the_memories_has_no_bars(panel):
    panel.show_unit(replace(STAYS, by_memory=None), 10)
    assert panel._votes.rows() == []
    assert "This rule mixes the memories" in notes(panel)[0]


def test_pages_are_turned_by_hand(panel, qtbot):
    panel.show_margins(np.array([-1.5, 2.0, 3.0]), 1)
    panel.show_pulls(pulls(range(7), (Pull(0, 7, 9.0), Pull(3, 5, 4.0)), (0, 3)))
    choice = panel.findChild(Segmented)
    heads = {}
    for page in Page:
        with qtbot.waitSignal(panel.seen):
            qtbot.mouseClick(choice.button(page), Qt.MouseButton.LeftButton)
        heads[page] = panel.said
    assert heads == {
        Page.UNIT: "No unit yet",
        Page.UNITS: "1 of 3 units would flip · least margin −1.5",
        Page.MEMORY: "A and J pull 7 units of C over",
    }
    assert [bar.text for bar in panel._pulls.rows()] == ["at 7 of 7", "at 5 of 7"]
    panel.show_pulls(None)
    assert panel.said == "No memory chosen"


def test_the_weakest_are_marked_by_switch_and_number(panel, qtbot):
    panel.turn_to(Page.UNITS)
    with qtbot.waitSignal(panel.weakest_marked) as told:
        qtbot.mouseClick(
            panel.findChild(QCheckBox), Qt.MouseButton.LeftButton, pos=panel.rect().topLeft()
        )
    assert told.args == [10]
    with qtbot.waitSignal(panel.weakest_marked) as told:
        panel.findChild(QSpinBox).setValue(3)
    assert told.args == [3] == [panel.weakest]
    with qtbot.waitSignal(panel.weakest_marked) as told:
        panel.findChild(QCheckBox).click()
    assert told.args == [0] == [panel.weakest]


def test_nothing_is_clipped_in_the_least_room(panel, qtbot):
    panel.resize(panel.minimumSizeHint())
    qtbot.wait(1)
    for page in Page:
        panel.turn_to(page)
        qtbot.wait(1)
        for label in panel.findChildren(QLabel):
            if label.isVisible() and label.objectName() == "note":
                assert label.height() >= label.heightForWidth(label.width())
