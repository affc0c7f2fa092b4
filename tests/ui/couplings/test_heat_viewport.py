from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.ui.couplings.heat_viewport import LARGEST_CELL, fitted, panned, resized, zoomed
from hopgui.ui.couplings.unit_ticks import unit_ticks

SIDES = st.integers(1, 4096)
WINDOWS = st.integers(20, 1200)
MOVES = st.lists(
    st.tuples(st.sampled_from(["zoom", "pan", "resize"]), st.floats(-8, 8), st.floats(0, 1)),
    max_size=8,
)


@given(SIDES, SIDES, WINDOWS, WINDOWS)
def test_the_whole_table_fits(rows, columns, width, height):
    view = fitted(rows, columns, width, height)
    assert view.fits
    assert view.seen_rows == (0, rows)
    assert view.seen_columns == (0, columns)
    assert view.cell * columns <= width * 1.001 or view.cell == 1e-3
    assert view.cell * 2**view.level > 0.5 or view.cell >= 1
    assert view.level == 0 or view.cell * 2**view.level <= 1


@given(SIDES, WINDOWS, WINDOWS, MOVES)
def test_however_it_is_moved_the_window_shows_the_table(side, width, height, moves):
    view = fitted(side, side, width, height)
    for kind, amount, place in moves:
        if kind == "zoom":
            view = zoomed(view, amount, place * view.width, place * view.height, 1.0)
        elif kind == "pan":
            view = panned(view, 400 * amount, 400 * place * amount)
        else:
            view = resized(view, 20 + int(place * 1000), 20 + int(abs(amount) * 100))
        assert view.fitting_cell <= view.cell <= max(LARGEST_CELL, view.fitting_cell)
        size = view.cell * side
        for start, window in ((view.left, view.width), (view.top, view.height)):
            if size >= window:
                assert start <= 0.5
                assert start + size >= window - 0.5
            else:
                assert -0.5 <= start <= window - size + 1


def test_what_is_under_the_pointer_stays_there():
    view = fitted(400, 400, 300, 300)
    before = view.cell_at(200.5, 77.5)
    for _ in range(6):
        view = zoomed(view, 1, 200.5, 77.5, 1.0)
    row, column = view.cell_at(200.5, 77.5)
    assert view.cell > 2
    assert row == pytest.approx(before[0], abs=2)
    assert column == pytest.approx(before[1], abs=2)
    assert view.cell == int(view.cell)
    assert zoomed(view, -60, 0, 0, 1.0) == fitted(400, 400, 300, 300)


def test_outside_the_table_there_is_no_cell():
    view = fitted(10, 10, 300, 100)
    assert (view.left, view.top, view.cell) == (100, 0, 10)
    assert view.cell_at(100, 0) == (0, 0)
    assert view.cell_at(199, 99) == (9, 9)
    assert view.cell_at(99, 50) is None
    assert view.cell_at(200, 50) is None
    assert view.cell_at(150, 100) is None


# Names along the sides


def test_whole_rows_are_named_from_afar_and_units_from_near():
    assert unit_ticks(0, 4096, 64, 500) == [0, 640, 1280, 1920, 2560, 3200, 3840]
    assert unit_ticks(0, 100, 10, 15) == [0, 20, 40, 60, 80]
    assert unit_ticks(5, 25, 10, 4) == [5, 10, 15, 20]
    assert unit_ticks(28, 56, 28, 9) == [28, 38]
    assert unit_ticks(3, 7, 10, 0.5) == [3, 4, 5, 6]


@given(st.integers(0, 4000), st.integers(1, 4096), st.integers(1, 256), st.floats(0.01, 5000))
def test_names_stand_apart_and_inside(first, count, width, least):
    units = unit_ticks(first, first + count, width, least)
    assert all(first <= unit < first + count for unit in units)
    gaps = [after - before for before, after in pairwise(units)]
    assert all(gap >= least for gap in gaps)
