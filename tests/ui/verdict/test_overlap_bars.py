"""The bars of the card: which memories have one, in which order and colour."""

import numpy as np
import pytest
from cards import make_memories
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.verdict.overlap_bars import ROW, OverlapBars


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
