"""Strokes: a pointer's path has no gaps, and everything stays on the grid."""

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.session.session import Grid
from hopgui.ui.pad.strokes import brush, fill, ink, line, mirrored, rectangle, stamped

cells = st.tuples(st.integers(-60, 60), st.integers(-60, 60))
grids = st.builds(Grid, st.integers(2, 24), st.integers(2, 24))
sizes = st.integers(1, 9)


@st.composite
def pictures(draw):
    grid = draw(grids)
    bits = draw(st.lists(st.booleans(), min_size=grid.units, max_size=grid.units))
    picture = np.where(np.array(bits).reshape(grid.shape), 1, -1).astype(np.int8)
    return picture, (
        draw(st.integers(0, grid.width - 1)),
        draw(st.integers(0, grid.height - 1)),
    )


def area_by_search(picture, cell):
    height, width = picture.shape
    seen, queue = {cell}, deque([cell])
    while queue:
        x, y = queue.popleft()
        for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            inside = 0 <= near[0] < width and 0 <= near[1] < height
            if inside and near not in seen and picture[near[1], near[0]] == picture[y, x]:
                seen.add(near)
                queue.append(near)
    return sorted(y * width + x for x, y in seen)


def assert_units_of(units, grid):
    assert units.dtype == np.int32
    assert (np.diff(units) > 0).all()
    assert units.size == 0 or (units[0] >= 0 and units[-1] < grid.units)


@given(cells, cells)
def test_a_line_joins_its_ends_without_a_gap(start, end):
    path = line(start, end)
    assert tuple(path[0]) == start
    assert tuple(path[-1]) == end
    steps = np.abs(np.diff(path, axis=0))
    assert (steps.max(axis=1, initial=0) == 1).all()


@given(cells, cells)
def test_a_line_and_its_reversal_cover_as_many_cells(start, end):
    assert len(np.unique(line(start, end), axis=0)) == len(np.unique(line(end, start), axis=0))


@given(cells, cells)
def test_a_line_stays_within_half_a_cell_of_the_true_one(start, end):
    path = line(start, end).astype(float)
    way = np.array(end, float) - start
    longer = np.argmax(np.abs(way))
    if way[longer]:
        share = (path[:, longer] - start[longer]) / way[longer]
        assert (np.abs(path - (start + share[:, None] * way)) <= 0.5 + 1e-9).all()


@given(cells, cells, sizes, grids)
def test_a_brush_covers_at_least_the_path_and_stays_on_the_grid(start, end, size, grid):
    path = line(start, end)
    units = brush(path, size, grid)
    assert_units_of(units, grid)
    on_grid = {y * grid.width + x for x, y in path if 0 <= x < grid.width and 0 <= y < grid.height}
    assert on_grid <= set(units.tolist())


@pytest.mark.parametrize("size", range(1, 10))
def test_a_brush_is_as_wide_and_high_as_its_size(size):
    grid = Grid(20, 20)
    rows, columns = np.divmod(brush(np.array([[10, 10]], np.int32), size, grid), grid.width)
    assert np.ptp(rows) + 1 == size
    assert np.ptp(columns) + 1 == size


def test_a_small_brush_is_a_square_and_a_large_one_is_round():
    grid = Grid(20, 20)
    middle = np.array([[10, 10]], np.int32)
    assert brush(middle, 3, grid).size == 9
    assert brush(middle, 9, grid).size == 69


@given(cells, cells, grids)
def test_a_rectangle_is_every_unit_between_its_corners(a, b, grid):
    units = rectangle(a, b, grid)
    assert_units_of(units, grid)
    expected = [
        y * grid.width + x
        for y in range(grid.height)
        for x in range(grid.width)
        if min(a[0], b[0]) <= x <= max(a[0], b[0]) and min(a[1], b[1]) <= y <= max(a[1], b[1])
    ]
    assert units.tolist() == expected


@given(pictures())
def test_a_fill_is_the_area_that_a_search_finds(picture_and_cell):
    picture, cell = picture_and_cell
    assert fill(picture, cell).tolist() == area_by_search(picture, cell)


def winding_path(side):
    """Return a path one cell wide that goes to and fro across the whole picture."""
    picture = np.ones((side, side), np.int8)
    picture[1::2] = -1
    picture[1::4, -1] = 1
    picture[3::4, 0] = 1
    return picture


@pytest.mark.parametrize("turned", [False, True])
def test_a_winding_area_of_the_largest_grid_is_filled_to_its_end(turned):
    picture = winding_path(256)
    picture = picture.T.copy() if turned else picture
    units = fill(picture, (0, 0))
    assert units.size == np.count_nonzero(picture == 1)


@given(grids, st.booleans(), st.booleans(), st.data())
def test_mirror_images_are_symmetric_and_hold_the_stroke(grid, horizontally, vertically, data):
    drawn = data.draw(st.sets(st.integers(0, grid.units - 1), max_size=12))
    units = np.array(sorted(drawn), np.int32)
    images = mirrored(units, grid, horizontally=horizontally, vertically=vertically)
    assert_units_of(images, grid)
    assert drawn <= set(images.tolist())
    assert images.size <= len(drawn) * (1 + horizontally) * (1 + vertically)
    covered = np.zeros(grid.shape, bool)
    covered.flat[images] = True
    if horizontally:
        assert (covered == covered[:, ::-1]).all()
    if vertically:
        assert (covered == covered[::-1]).all()


def test_two_mirrors_make_four_images():
    images = mirrored(np.array([1], np.int32), Grid(5, 4), horizontally=True, vertically=True)
    assert images.tolist() == [1, 3, 16, 18]


@given(drawn=pictures(), cell=cells)
def test_a_stamp_is_the_ink_moved_with_its_middle_on_the_cell(drawn, cell):
    picture, _ = drawn
    height, width = picture.shape
    grid = Grid(width, height)
    shape = ink(picture)
    units = stamped(shape, cell, grid)
    assert len(shape) == (picture > 0).sum()
    rows, columns = np.nonzero(picture > 0)
    expected = set()
    if rows.size:
        across = cell[0] - (columns.min() + columns.max() + 1) // 2
        down = cell[1] - (rows.min() + rows.max() + 1) // 2
        for row, column in zip(rows + down, columns + across, strict=True):
            if 0 <= row < height and 0 <= column < width:
                expected.add(int(row * width + column))
    assert units.tolist() == sorted(expected)
    assert units.dtype == np.int32
