"""Whole matrices of couplings, rounded block by block so that no second matrix is ever held."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hopgui.model.couplings import Couplings, LowRank, Matrix
from hopgui.model.progress import SILENT, Progress
from hopgui.model.room import require_matrix

# Whole numbers of this many bits: a part in 10⁹ of the largest, and room to double in 32 bits.
BITS = 29
# Numbers in a block, and multiplications for it: 24 MB, and a few hundredths of a second.
BLOCK, PRODUCTS = 3_000_000, 400_000_000

Reals = NDArray[np.floating]
# Rows of the columns' array, from the column named on: what C_ij are before they are rounded.
Blocks = Callable[[slice, int], NDArray[np.float64]]


def from_factors(
    left: Reals,
    right: Reals,
    diagonal: Reals,
    *,
    unit: float | None = None,
    symmetric: bool = True,
    progress: Progress = SILENT,
) -> Matrix:
    """Return couplings w_ij = Σ_k left_ik right_jk for i ≠ j, rounded to whole numbers.

    Parameters
    ----------
    left, right
        Factors, float arrays of shape (units, k).
    diagonal
        Each unit's coupling to itself, float array of shape (units,).
    unit
        A unit in which every w_ij is a whole number below 2³⁰, where there is one: nothing is
        rounded then. Else about a part in 10⁹ of the largest.
    symmetric
        Whether w_ij = w_ji.
    progress
        Told how far it is.

    Raises
    ------
    Refusal
        If the matrix would not fit into memory.
    """
    units = left.shape[0]
    require_matrix(units, symmetric=symmetric)

    def block(rows: slice, start: int) -> NDArray[np.float64]:
        part: NDArray[np.float64] = right[rows] @ left[start:].T
        return part

    left, right = np.ascontiguousarray(left), np.ascontiguousarray(right)
    width = left.shape[1]
    return _rounded(block, diagonal, width, unit=unit, symmetric=symmetric, progress=progress)


def one_way(couplings: Couplings, rng: np.random.Generator, progress: Progress = SILENT) -> Matrix:
    """Cut one direction of every pair of couplings, by the toss of a coin.

    Parameters
    ----------
    couplings
        What to cut.
    rng
        Where the coins are tossed.
    progress
        Told how far it is.

    Raises
    ------
    Refusal
        If the matrix would not fit into memory.
    """
    units = couplings.own.size
    require_matrix(units, symmetric=False)
    heads = rng.integers(0, 2, (units, units), dtype=np.int8).astype(bool)
    places = np.arange(units)
    whole_rows = _reals(couplings)

    def block(rows: slice, start: int) -> NDArray[np.float64]:
        part = whole_rows(rows)[:, start:]
        # Of a pair, the coin of the lesser unit decides for both directions.
        kept = np.where(places[rows, None] < places[start:], heads[rows, start:], False)
        kept |= (places[rows, None] > places[start:]) & ~heads[start:, rows].T
        return np.where(kept, part, 0.0)

    width = couplings.carried.shape[1] if isinstance(couplings, LowRank) else 1
    narrow = isinstance(couplings, LowRank) and couplings.carried.dtype == np.int8
    fits = narrow or _largest(
        lambda rows, start: whole_rows(rows)[:, start:],
        units,
        width,
        symmetric=False,
        progress=progress.part(0, 0.3),
    ) < float(2**BITS)
    cut = _rounded(
        block,
        couplings.own.astype(np.float64),
        width,
        unit=0.5 if fits else None,
        symmetric=False,
        progress=progress.part(0.3, 1),
    )
    return replace(
        cut,
        unit=couplings.unit * cut.unit,
        slack=cut.slack + int(couplings.slack / cut.unit),
        stored=couplings.stored,
    )


def _reals(couplings: Couplings) -> Callable[[slice], NDArray[np.float64]]:
    """Return what gives C_ij for some units j, a row each; exact below 2⁵³."""
    if isinstance(couplings, Matrix):
        columns = couplings.columns
        return lambda rows: columns[rows].astype(np.float64)
    carried, by_unit = couplings.carried, couplings.rows.astype(np.float64).T

    def products(rows: slice) -> NDArray[np.float64]:
        part: NDArray[np.float64] = carried[rows].astype(np.float64) @ by_unit
        return part

    return products


def _slices(units: int, width: int) -> Iterator[slice]:
    step = max(1, min(BLOCK, PRODUCTS // max(width, 1)) // max(units, 1))
    for first in range(0, units, step):
        yield slice(first, min(first + step, units))


def _largest(
    block: Blocks, units: int, width: int, *, symmetric: bool, progress: Progress
) -> float:
    """Return the largest |C_ij| off the diagonal, and 1 where all are 0."""
    largest = 0.0
    for rows in _slices(units, width):
        progress.tell(rows.start / units)
        start = rows.start if symmetric else 0
        part = block(rows, start)
        np.abs(part, out=part)
        np.fill_diagonal(part[:, rows.start - start :], 0)
        largest = max(largest, float(part.max(initial=0.0)))
    return largest or 1.0


def _rounded(
    block: Blocks,
    diagonal: Reals,
    width: int,
    *,
    unit: float | None,
    symmetric: bool,
    progress: Progress,
) -> Matrix:
    units = diagonal.size
    slack = 0 if unit is not None else units
    if unit is None:
        sized = progress.part(0, 0.5)
        largest = _largest(block, units, width, symmetric=symmetric, progress=sized)
        unit = float(2.0 ** (np.ceil(np.log2(largest)) - BITS))
        progress = progress.part(0.5, 1)
    step = 1 if symmetric else 2
    # The columns are laid out one after another: a flip walks along one.
    columns = np.empty((units, units), np.int32)
    for rows in _slices(units, width):
        progress.tell(rows.start / units)
        start = rows.start if symmetric else 0
        part = block(rows, start)
        np.fill_diagonal(part[:, rows.start - start :], 0)
        part /= unit * step
        np.rint(part, out=part)
        part *= step
        if symmetric:
            # Either half alone: sums taken in another order may round to another number.
            square = part[:, : part.shape[0]]
            square[:] = np.triu(square) + np.triu(square, 1).T
            columns[start:, rows] = part.T
        columns[rows, start:] = part
    whole = np.rint(diagonal / unit).astype(np.int64)
    return Matrix(columns, whole, unit, slack, symmetric=symmetric)
