"""Projection: couplings that take every state to its nearest point in the memories' span.

W = X (XᵀX)⁻¹ Xᵀ with the memories as columns of X (Personnaz, Guyon, Dreyfus 1985). Of
memories that depend on each other as many are used as are independent: the span is the same. X and
X (XᵀX)⁻¹ are all that is kept, so that no N×N matrix is ever made.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hopgui.model.couplings import LowRank
from hopgui.model.patterns import by_unit
from hopgui.model.progress import SILENT, Progress
from hopgui.model.room import require

# Units at a time: sums of ±1 products over them stay below 2²⁴, exact in single precision.
BLOCK = 8192
# Multiplications between two reports.
PRODUCTS = 100_000_000
# A memory counts as dependent if less than this share of its length, a memory, leaves the span.
INDEPENDENT = 1e-14


def projection(patterns: NDArray[np.int8], progress: Progress = SILENT) -> LowRank:
    """Return the orthogonal projector on the memories' span.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units); dependent, equal or opposite ones too.
    progress
        Told how far it is.

    Raises
    ------
    Refusal
        If its factors would not fit into memory.
    """
    memories, units = patterns.shape
    rank = min(memories, units)
    require(10.0 * units * rank + 24.0 * memories**2, memories, units)
    gram = products(patterns, progress.part(0, 0.4))
    chosen, factor = independent(gram, units, progress.part(0.4, 0.5))
    inverse = inverted(factor, progress.part(0.5, 0.55))
    error = _error(inverse, gram[np.ix_(chosen, chosen)], progress.part(0.55, 0.6))
    # Σ_ij w_ij x_i x_j is at most N: the square of a projection's length.
    unit = float(2.0 ** (np.ceil(np.log2(units)) - 60))
    rows = by_unit(patterns[chosen], progress.part(0.6, 0.65))
    carried = _rounded(rows, inverse, unit, progress.part(0.65, 1))
    slack = max(1, carried.size) + int(units * error / unit)
    return LowRank(rows.T, carried, unit, slack)


def products(patterns: NDArray[np.int8], progress: Progress = SILENT) -> NDArray[np.float64]:
    """Return Σ_j ξ_j^μ ξ_j^ν, exactly, float64 array of shape (memories, memories)."""
    memories, units = patterns.shape
    gram = np.zeros((memories, memories))
    step = max(64, min(BLOCK, PRODUCTS // max(memories, 1) ** 2))
    for first in range(0, units, step):
        progress.tell(first / units)
        block = patterns[:, first : first + step].astype(np.float32)
        gram += block @ block.T
    return gram


def independent(
    gram: NDArray[np.float64], units: int, progress: Progress = SILENT
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Choose memories that span what all of them span: Cholesky's factorisation with pivots.

    Each time the memory farthest from the span of those chosen is taken, the first of equals,
    until none leaves it.

    Parameters
    ----------
    gram
        Σ_j ξ_j^μ ξ_j^ν, float64 array of shape (memories, memories).
    units
        Number of units N.
    progress
        Told how far it is.

    Returns
    -------
    tuple
        Places of the chosen memories in the order of the choice, int64 array of shape (rank,); and
        the upper triangular R with RᵀR = Σ_j ξ_j^μ ξ_j^ν of these, float64 array of shape
        (rank, rank).
    """
    memories = gram.shape[0]
    most = min(memories, units)
    left = gram.diagonal().copy()  # squared distances from the span
    rows = np.zeros((most, memories))
    chosen: list[int] = []
    threshold = INDEPENDENT * units * max(memories, 10)
    while len(chosen) < most:
        progress.tell(len(chosen) / most)
        place = int(left.argmax())
        if left[place] <= threshold:
            break
        known = rows[: len(chosen)]
        row = (gram[place] - known[:, place] @ known) / np.sqrt(left[place])
        rows[len(chosen)] = row
        left -= row**2
        left[place] = -1.0
        chosen.append(place)
    places = np.array(chosen, np.int64)
    return places, np.triu(rows[: places.size, places])


def inverted(factor: NDArray[np.float64], progress: Progress = SILENT) -> NDArray[np.float64]:
    """Return (RᵀR)⁻¹ = R⁻¹ R⁻ᵀ, made a few columns of R⁻¹ at a time.

    Parameters
    ----------
    factor
        R, upper triangular, float64 array of shape (rank, rank).
    progress
        Told how far it is.
    """
    half = np.zeros_like(factor)
    inverse = np.empty_like(factor)
    for now in _slices(len(factor), progress.part(0, 0.5)):
        before = slice(0, now.start)
        half[now, now] = np.linalg.inv(factor[now, now])
        half[before, now] = -half[before, before] @ factor[before, now] @ half[now, now]
    for now in _slices(len(factor), progress.part(0.5, 1)):
        inverse[now] = half[now, now.start :] @ half[:, now.start :].T
    return inverse


def _error(inverse: NDArray[np.float64], gram: NDArray[np.float64], progress: Progress) -> float:
    """Return the largest number by which a product of the two differs from the verdict."""
    largest = 0.0
    for now in _slices(len(gram), progress):
        product = inverse[now] @ gram
        product[:, now] -= np.eye(now.stop - now.start)
        largest = max(largest, float(np.abs(product).max()))
    return largest


def _slices(rank: int, progress: Progress) -> Iterator[slice]:
    step = max(16, PRODUCTS // max(rank, 1) ** 2)
    for first in range(0, rank, step):
        progress.tell(first / rank)
        yield slice(first, min(first + step, rank))


def _rounded(
    by_unit: NDArray[np.int8], inverse: NDArray[np.float64], unit: float, progress: Progress
) -> NDArray[np.int64]:
    """Return X (XᵀX)⁻¹ in whole numbers of a unit, made a few rows at a time."""
    units, rank = by_unit.shape
    carried = np.empty((units, rank), np.int64)
    step = max(64, min(BLOCK, PRODUCTS // max(rank, 1) ** 2))
    for first in range(0, units, step):
        progress.tell(first / units)
        rows = slice(first, first + step)
        carried[rows] = np.rint((by_unit[rows].astype(np.float64) @ inverse) / unit)
    return carried
