"""Patterns of ±1 units: damage, erasure, noise, shift, overlap. All pure."""

import numpy as np
from numpy.typing import NDArray

from hopgui.model.progress import SILENT, Progress

Pattern = NDArray[np.int8]


# Units are turned round so many at a time, in some hundredths of a second.
TURNED = 2_000_000


def by_unit(patterns: NDArray[np.int8], progress: Progress = SILENT) -> NDArray[np.int8]:
    """Return memories with a row a unit, int8 array of shape (units, memories); a copy.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    progress
        Told how far it is.
    """
    memories, units = patterns.shape
    turned = np.empty((units, memories), np.int8)
    step = max(1, TURNED // max(memories, 1))
    for first in range(0, units, step):
        progress.tell(first / units)
        turned[first : first + step] = patterns[:, first : first + step].T
    return turned


def random_pattern(shape: int | tuple[int, ...], rng: np.random.Generator) -> Pattern:
    """Draw every unit +1 or −1 with equal chance, int8 array of `shape`."""
    return (2 * rng.integers(0, 2, shape, dtype=np.int8) - 1).astype(np.int8)


def flipped(pattern: Pattern, count: int, rng: np.random.Generator) -> Pattern:
    """Return the pattern with exactly `count` of its units flipped, all sets equally likely.

    Raises
    ------
    ValueError
        If `count` is negative or more than the number of units.
    """
    chosen = rng.choice(pattern.size, count, replace=False, shuffle=False)
    damaged = pattern.copy()
    damaged.flat[chosen] *= -1
    return damaged


def damaged(
    pattern: Pattern,
    percent: float,
    rng: np.random.Generator,
    pinned: NDArray[np.bool_] | None = None,
) -> Pattern:
    """Return the pattern with exactly so many percent of its units flipped, pinned ones left out.

    What is pinned is known: damage does not reach it.

    Parameters
    ----------
    pattern
        Units ±1, int8 array of any shape.
    percent
        Share of the units that are not pinned, to the nearest unit.
    rng
        Draws which; all sets are equally likely.
    pinned
        Units that stay, bool array of the same shape; none if None.
    """
    free = np.ones(pattern.shape, bool) if pinned is None else ~pinned
    changed = pattern.copy()
    changed[free] = flipped(pattern[free], share(percent, int(np.count_nonzero(free))), rng)
    return changed


def share(percent: float, units: int) -> int:
    """Count the units that `percent` of them are, to the nearest unit, halves up."""
    return int(percent * units / 100 + 0.5)


def erased(
    pattern: Pattern, units: NDArray[np.integer], rng: np.random.Generator | None = None
) -> Pattern:
    """Return the pattern with these units at −1, or redrawn at random if a generator is given."""
    damaged = pattern.copy()
    damaged.flat[units] = -1 if rng is None else random_pattern(len(units), rng)
    return damaged


def shifted(picture: Pattern, columns: int, rows: int) -> Pattern:
    """Return the picture moved right and down; what leaves at one edge enters at the other."""
    return np.roll(picture, (rows, columns), axis=(0, 1))


def overlap(one: Pattern, other: Pattern) -> float:
    """Return m = (1/N) Σ_i x_i y_i, from −1 (inverse) through 0 to 1 (equal)."""
    return float(np.mean(one.ravel().astype(np.int64) * other.ravel()))
