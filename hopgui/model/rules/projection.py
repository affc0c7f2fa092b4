"""Projection: couplings that take every state to its nearest point in the memories' span.

W = X (XᵀX)⁻¹ Xᵀ with the memories as columns of X (Personnaz, Guyon, Dreyfus 1985). Of
memories that depend on each other as many are used as are independent: the span is the same. X and
X (XᵀX)⁻¹ are all that is kept, so that no N×N matrix is ever made.
"""

import numpy as np
from numpy.typing import NDArray

from hopgui.model.couplings import LowRank
from hopgui.model.progress import SILENT, Progress
from hopgui.model.room import require

# Units at a time: sums of ±1 products over them stay below 2²⁴, exact in single precision.
BLOCK = 8192
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
    chosen = independent(gram, units, progress.part(0.4, 0.5))
    basis = patterns[chosen]
    part = gram[np.ix_(chosen, chosen)]
    inverse = np.linalg.inv(part).astype(np.float64, copy=False)
    error = float(np.abs(inverse @ part - np.eye(chosen.size)).max(initial=0.0))
    # Σ_ij w_ij x_i x_j is at most N: the square of a projection's length.
    unit = float(2.0 ** (np.ceil(np.log2(units)) - 60))
    by_unit = np.array(basis.T, order="C")
    carried = _rounded(by_unit, inverse, unit, progress.part(0.5, 1))
    slack = max(1, carried.size) + int(units * error / unit)
    return LowRank(by_unit.T, carried, unit, slack)


def products(patterns: NDArray[np.int8], progress: Progress = SILENT) -> NDArray[np.float64]:
    """Return Σ_j ξ_j^μ ξ_j^ν, exactly, float64 array of shape (memories, memories)."""
    memories, units = patterns.shape
    gram = np.zeros((memories, memories))
    step = max(64, min(BLOCK, 100_000_000 // max(memories, 1) ** 2))
    for first in range(0, units, step):
        progress.tell(first / units)
        block = patterns[:, first : first + step].astype(np.float32)
        gram += block @ block.T
    return gram


def independent(
    gram: NDArray[np.float64], units: int, progress: Progress = SILENT
) -> NDArray[np.int64]:
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
    NDArray
        Places of the chosen memories, ascending, int64 array of shape (rank,).
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
    return np.sort(np.array(chosen, np.int64))


def _rounded(
    by_unit: NDArray[np.int8], inverse: NDArray[np.float64], unit: float, progress: Progress
) -> NDArray[np.int64]:
    """Return X (XᵀX)⁻¹ in whole numbers of a unit, made a few rows at a time."""
    units, rank = by_unit.shape
    carried = np.empty((units, rank), np.int64)
    step = max(64, min(BLOCK, 200_000_000 // max(rank, 1) ** 2))
    for first in range(0, units, step):
        progress.tell(first / units)
        rows = slice(first, first + step)
        carried[rows] = np.rint((by_unit[rows].astype(np.float64) @ inverse) / unit)
    return carried
