"""A value that holds between flips, as points to draw: a corner at each flip, never a slope."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


def staircase(
    first: float,
    value: float | NDArray[np.float64],
    changes: NDArray[Any],
    values: NDArray[np.float64],
    last: float,
) -> Points:
    """Return the corners of a value that holds until it changes.

    Parameters
    ----------
    first, value
        Where the staircase starts, and the value there; several that change together are an array
        of shape (lines,).
    changes
        Moments of the changes, never falling, array of shape (changes,). Several may share one
        moment: they stand above one another there.
    values
        Value after each change, float64 array of shape (changes,) or (changes, lines).
    last
        Where the staircase ends.

    Returns
    -------
    x, y
        float64 arrays of shape (2 · changes + 2,), the latter with an axis of lines if there are.
    """
    x = np.empty(2 * changes.size + 2)
    y = np.empty((x.size, *values.shape[1:]))
    x[0], x[-1] = first, last
    x[1:-1:2] = x[2:-1:2] = changes
    y[0] = y[1] = value
    y[2::2] = y[3::2] = values
    return x, y


def thin(
    changes: NDArray[Any], values: NDArray[np.float64], origin: float, column: float
) -> NDArray[np.int64]:
    """Choose the changes that still have to be drawn when a column of pixels holds many of them.

    Of each column stay its lowest, its highest and its last change, and the very first of all, so
    that the picture keeps every extreme and both ends. A falling energy leaves two a column.

    Parameters
    ----------
    changes
        Moments of the changes, never falling, array of shape (changes,).
    values
        Value after each change, float64 array of shape (changes,).
    origin, column
        Left edge of some column, and the width of each, in the unit of `changes`.

    Returns
    -------
    indices
        Changes to keep, rising, int64 array. All of them where thinning would not pay.
    """
    if not changes.size:
        return np.empty(0, np.int64)
    left = origin + np.floor((changes[0] - origin) / column) * column
    count = int((changes[-1] - left) / column) + 2
    if 2 * count >= changes.size:
        return np.arange(changes.size)
    edges = left + column * np.arange(count)
    # Rounding may put the left edge a little to the right of the first change.
    starts = np.unique(np.append(0, np.searchsorted(changes, edges)))
    starts = starts[starts < changes.size]
    sizes = np.diff(starts, append=changes.size)
    lowest = _first_equal(values, np.minimum.reduceat(values, starts), starts, sizes)
    highest = _first_equal(values, np.maximum.reduceat(values, starts), starts, sizes)
    ends = starts + sizes - 1
    return np.unique(np.concatenate(([0], lowest, highest, ends)))


def _first_equal(
    values: NDArray[np.float64],
    wanted: NDArray[np.float64],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Index of the first of each group that equals what is wanted of the group."""
    hits = np.flatnonzero(values == np.repeat(wanted, sizes))
    return hits[np.searchsorted(hits, starts)]
