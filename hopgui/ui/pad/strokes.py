"""Pointer path to cells to units: what a stroke covers, as pure functions over values.

A cell is a pair (x, y), column and row from 0; it may lie outside the grid, as a pointer may. A
unit is the flat index ``y * width + x`` of a cell inside.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.session.session import Grid, Picture

LARGEST_BRUSH = 9

Cell = tuple[int, int]
Cells = NDArray[np.int32]
Units = NDArray[np.int32]

NO_UNITS: Units = np.empty(0, np.int32)


@dataclass(frozen=True, eq=False)
class Stroke:
    """Units that a hand has just set.

    Attributes
    ----------
    units
        Flat indices, sorted and without repeats, int32 array.
    value
        What they become, +1 or −1.
    """

    units: Units
    value: int


@dataclass(frozen=True, eq=False)
class PinStroke:
    """Units that a hand has just pinned or let go.

    Attributes
    ----------
    units
        Flat indices, sorted and without repeats, int32 array.
    pinned
        Whether they are pinned from now on.
    """

    units: Units
    pinned: bool


def line(start: Cell, end: Cell) -> Cells:
    """Return the cells of a straight line with no gaps, both ends among them.

    Bresenham's line: one cell for each step along the longer axis.

    Returns
    -------
    int32 array of shape (cells, 2), from `start` to `end`.
    """
    origin = np.array(start, np.int64)
    way = np.array(end, np.int64) - origin
    steps = int(np.abs(way).max())
    if not steps:
        return origin[None].astype(np.int32)
    walked = np.arange(steps + 1, dtype=np.int64)[:, None]
    return (origin + (2 * way * walked + steps) // (2 * steps)).astype(np.int32)


def brush(cells: Cells, size: int, grid: Grid) -> Units:
    """Return the units that a round brush covers when it is set down on each of the cells.

    Sizes 1 to 3 are whole squares, as a disc that small is. A brush of even size reaches one cell
    further to the right and down.

    Parameters
    ----------
    cells
        Where it is set down, int array of shape (cells, 2); cells outside the grid are allowed.
    size
        Its diameter in cells, 1 … 9.
    grid
        What it is clipped to.

    Returns
    -------
    Sorted flat indices without repeats, int32 array.
    """
    near = (cells >= -size).all(axis=1) & (cells < (grid.width + size, grid.height + size)).all(
        axis=1
    )
    spread = (cells[near][:, None, :] + _disc(size)).reshape(-1, 2)
    inside = (spread >= 0).all(axis=1) & (spread < (grid.width, grid.height)).all(axis=1)
    columns, rows = spread[inside].T
    covered = np.zeros(grid.shape, bool)
    covered[rows, columns] = True
    return _units_of(covered)


def rectangle(a: Cell, b: Cell, grid: Grid) -> Units:
    """Return the units of the filled rectangle with `a` and `b` at opposite corners.

    Returns
    -------
    Sorted flat indices, int32 array; empty if the rectangle lies outside the grid.
    """
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    covered = np.zeros(grid.shape, bool)
    covered[max(top, 0) : max(bottom + 1, 0), max(left, 0) : max(right + 1, 0)] = True
    return _units_of(covered)


def fill(picture: Picture, cell: Cell) -> Units:
    """Return the units of the area of one value around a cell, through shared edges.

    Every row is cut into runs of that value, and runs that touch from row to row are joined: the
    work is a few passes over whole arrays, however winding the area is.

    Parameters
    ----------
    picture
        Units ±1, int8 array of shape (height, width).
    cell
        A cell inside the picture.

    Returns
    -------
    Sorted flat indices, int32 array.
    """
    column, row = cell
    inside = picture == picture[row, column]
    begins = inside.copy()
    begins[:, 1:] &= ~inside[:, :-1]
    run = np.cumsum(begins.ravel()).reshape(inside.shape) - 1

    touching = inside[:-1] & inside[1:]
    first = touching.copy()
    first[:, 1:] &= ~touching[:, :-1]
    area = _joined(int(begins.sum()), run[:-1][first], run[1:][first])
    return _units_of(inside & (area[run] == area[run[row, column]]))


def ink(picture: Picture) -> Cells:
    """Return the units at +1 of a picture, as cells around the middle of the box they fill.

    Parameters
    ----------
    picture
        Units ±1, int8 array of shape (height, width).

    Returns
    -------
    int32 array of shape (cells, 2), column and row; the middle is (0, 0).
    """
    rows, columns = np.nonzero(picture > 0)
    cells: Cells = np.stack([columns, rows], axis=1).astype(np.int32)
    if cells.size:
        cells -= (cells.min(axis=0) + cells.max(axis=0) + 1) // 2
    return cells


def stamped(cells: Cells, cell: Cell, grid: Grid) -> Units:
    """Return the units that cells around a middle cover when that is set down on a cell.

    Parameters
    ----------
    cells
        As `ink` returns them.
    cell
        Where their middle lies; it may be outside the grid.
    grid
        What they are clipped to.

    Returns
    -------
    Sorted flat indices without repeats, int32 array.
    """
    columns, rows = (cells + np.array(cell, np.int32)).T
    inside = (columns >= 0) & (rows >= 0) & (columns < grid.width) & (rows < grid.height)
    covered = np.zeros(grid.shape, bool)
    covered[rows[inside], columns[inside]] = True
    return _units_of(covered)


def mirrored(units: Units, grid: Grid, *, horizontally: bool, vertically: bool) -> Units:
    """Return the units together with their mirror images.

    Parameters
    ----------
    units
        Flat indices, int32 array.
    grid
        The grid they stand on.
    horizontally, vertically
        Whether left and right are mirrored, and top and bottom. Both together give four images.

    Returns
    -------
    Sorted flat indices without repeats, int32 array.
    """
    covered = np.zeros(grid.shape, bool)
    covered.flat[units] = True
    if horizontally:
        covered |= covered[:, ::-1]
    if vertically:
        covered |= covered[::-1]
    return _units_of(covered)


def _disc(size: int) -> Cells:
    reach = np.arange(size, dtype=np.int32) - (size - 1) // 2
    offsets = np.stack(np.meshgrid(reach, reach), axis=-1).reshape(-1, 2)
    from_centre = offsets - (0.5 if size % 2 == 0 else 0.0)
    disc: Cells = offsets[(from_centre**2).sum(axis=1) <= (size / 2) ** 2]
    return disc


def _units_of(covered: NDArray[np.bool_]) -> Units:
    return np.flatnonzero(covered).astype(np.int32)


def _joined(count: int, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """Label `count` things so that those joined by the pairs (a, b) wear the same label.

    Each round hangs every label under the smallest it touches and then shortens the chains, so
    the rounds grow with the logarithm of the longest chain and not with its length.
    """
    label = np.arange(count)
    while True:
        lowest = np.minimum(label[a], label[b])
        hung = label.copy()
        np.minimum.at(hung, label[a], lowest)
        np.minimum.at(hung, label[b], lowest)
        while not np.array_equal(hung, shorter := hung[hung]):
            hung = shorter
        if np.array_equal(hung, label):
            return label
        label = hung
