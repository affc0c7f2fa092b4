"""Regions and pieces, against loops over single cells."""

import numpy as np
import pytest
from cases import law
from hypothesis import given
from hypothesis import strategies as st

from hopgui.session.region import Piece, Region, set_piece, spanned, whole
from hopgui.session.session import Grid, blank_session, frozen, with_pad


@st.composite
def grids(draw):
    return Grid(draw(st.integers(2, 12)), draw(st.integers(2, 12)))


@st.composite
def regions(draw, grid):
    width, height = draw(st.integers(1, grid.width)), draw(st.integers(1, grid.height))
    left = draw(st.integers(0, grid.width - width))
    return Region(left, draw(st.integers(0, grid.height - height)), width, height)


@st.composite
def pictures(draw, height, width):
    seed = draw(st.integers(0, 2**32 - 1))
    return frozen(np.random.default_rng(seed).choice(np.array([-1, 1], np.int8), (height, width)))


@law
@given(st.data())
def test_its_units_are_the_cells_that_it_holds(data):
    grid = data.draw(grids())
    region = data.draw(regions(grid))
    held = [
        row * grid.width + column
        for row in range(grid.height)
        for column in range(grid.width)
        if region.holds((column, row))
    ]
    assert region.units(grid).tolist() == held
    assert len(held) == region.width * region.height
    first, last = region.corners
    assert region.holds(first)
    assert region.holds(last)
    assert spanned(first, last) == spanned(last, first) == region


@law
@given(st.data())
def test_cut_out_and_set_in_again_nothing_has_changed(data):
    grid = data.draw(grids())
    region = data.draw(regions(grid))
    picture = data.draw(pictures(*grid.shape))
    piece = Piece(region.cut_from(picture), region)
    assert np.array_equal(piece.over(picture), picture)


@law
@given(st.data())
def test_a_piece_changes_what_it_covers_and_nothing_else(data):
    grid = data.draw(grids())
    region = data.draw(regions(grid))
    session = with_pad(blank_session(grid), data.draw(pictures(*grid.shape)))
    piece = Piece(data.draw(pictures(region.height, region.width)), region)
    pad = set_piece(session, piece).pad
    for row in range(grid.height):
        for column in range(grid.width):
            if region.holds((column, row)):
                expected = piece.picture[row - region.top, column - region.left]
            else:
                expected = session.pad[row, column]
            assert pad[row, column] == expected
    assert not pad.flags.writeable


@law
@given(st.data())
def test_however_far_it_is_moved_it_stays_on_the_grid(data):
    grid = data.draw(grids())
    region = data.draw(regions(grid))
    columns, rows = data.draw(st.integers(-300, 300)), data.draw(st.integers(-300, 300))
    moved = region.moved(columns, rows, grid)
    assert (moved.width, moved.height) == (region.width, region.height)
    assert moved.units(grid).size == region.units(grid).size
    free = Region(region.left + columns, region.top + rows, region.width, region.height)
    if all(whole(grid).holds(corner) for corner in free.corners):
        assert moved == free


@pytest.mark.parametrize(("width", "height", "fits"), [(3, 2, True), (4, 2, False), (3, 3, False)])
def test_what_is_no_larger_than_the_grid_fits(width, height, fits):
    assert Region(0, 0, width, height).fits(Grid(3, 2)) == fits


def test_the_whole_grid_is_a_region():
    assert whole(Grid(5, 3)).units(Grid(5, 3)).tolist() == list(range(15))
