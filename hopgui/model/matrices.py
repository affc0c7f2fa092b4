"""Whole matrices of couplings, rounded block by block so that no second matrix is ever held."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hopgui.model.couplings import Couplings, LowRank, Matrix
from hopgui.model.progress import SILENT, Progress
from hopgui.model.room import require_matrix

# Whole numbers of this many bits: a part in 10⁹ of the largest, and room to double in 32 bits.
BITS = 29
# Units along a block's side, and multiplications for it: 2 MB, and a hundredth of a second.
SIDE, PRODUCTS = 512, 100_000_000
# Coins tossed between two reports.
TOSSED = 4_000_000

Reals = NDArray[np.floating]
# C_ij before they are rounded, for some units j, a row each, and some units i.
Blocks = Callable[[slice, slice], NDArray[np.float64]]


def from_factors(
    factors: Sequence[tuple[Reals, Reals]],
    diagonal: Reals,
    *,
    unit: float | None = None,
    progress: Progress = SILENT,
) -> Matrix:
    """Return couplings w_ij = w_ji = Σ left_ki right_kj for i ≠ j, rounded to whole numbers.

    Parameters
    ----------
    factors
        Pairs left and right, float arrays of shape (k, units); w sums over k and over the pairs.
    diagonal
        Each unit's coupling to itself, float array of shape (units,).
    unit
        A unit in which every w_ij is a whole number below 2³⁰, where there is one: nothing is
        rounded then. Else about a part in 10⁹ of the largest.
    progress
        Told how far it is.

    Raises
    ------
    Refusal
        If the matrix would not fit into memory.
    """

    def block(rows: slice, columns: slice) -> NDArray[np.float64]:
        parts = (right[:, rows].T @ left[:, columns] for left, right in factors)
        return functools.reduce(np.add, parts)

    width = sum(left.shape[0] for left, _ in factors)
    return from_blocks(block, diagonal, width, unit=unit, progress=progress)


def from_blocks(
    block: Blocks,
    diagonal: Reals,
    width: int,
    *,
    unit: float | None = None,
    symmetric: bool = True,
    progress: Progress = SILENT,
) -> Matrix:
    """Return couplings that are made a block at a time, rounded to whole numbers.

    Parameters
    ----------
    block
        Gives w_ij for some units j, a row each, and some units i; what it gives for i = j is left.
    diagonal, unit, progress
        As in `from_factors`.
    width
        How many multiplications one w_ij costs.
    symmetric
        Whether w_ij = w_ji.

    Raises
    ------
    Refusal
        If the matrix would not fit into memory.
    """
    units = diagonal.size
    require_matrix(units, symmetric=symmetric)
    slack = 0 if unit is not None else units
    if unit is None:
        sized = progress.part(0, 0.5)
        largest = _largest(block, units, width, symmetric=symmetric, progress=sized)
        unit = float(2.0 ** (np.ceil(np.log2(largest)) - BITS))
        progress = progress.part(0.5, 1)
    step = 1 if symmetric else 2
    # The columns are laid out one after another: a flip walks along one.
    whole = np.empty((units, units), np.int32)
    for rows, columns, tile in _tiles(block, units, width, symmetric=symmetric, progress=progress):
        part = np.rint(np.divide(tile, unit * step, out=tile), out=tile)
        part *= step
        if symmetric and rows == columns:
            # One half alone: sums taken in another order may round to another number.
            part[:] = np.triu(part) + np.triu(part, 1).T
        whole[rows, columns] = part
        if symmetric:
            whole[columns, rows] = part.T
    own = np.rint(diagonal / unit).astype(np.int64)
    return Matrix(whole, own, unit, slack, symmetric=symmetric)


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
    heads = _coins(units, rng, progress.part(0, 0.2))
    places = np.arange(units)
    whole = _reals(couplings)

    def block(rows: slice, columns: slice) -> NDArray[np.float64]:
        # Of a pair, the coin of the lesser unit decides for both directions.
        later = places[rows, None] < places[columns]
        kept = np.where(later, heads[rows, columns], ~heads[columns, rows].T)
        return np.where(kept, whole(rows, columns), 0.0)

    width = couplings.carried.shape[1] if isinstance(couplings, LowRank) else 1
    narrow = isinstance(couplings, LowRank) and couplings.carried.dtype == np.int8
    sized = progress.part(0.2, 0.4)
    fits = narrow or _largest(whole, units, width, symmetric=False, progress=sized) < 2.0**BITS
    cut = from_blocks(
        block,
        couplings.own.astype(np.float64),
        width,
        unit=0.5 if fits else None,
        symmetric=False,
        progress=progress.part(0.4, 1),
    )
    return replace(
        cut,
        unit=couplings.unit * cut.unit,
        slack=cut.slack + int(couplings.slack / cut.unit),
        stored=couplings.stored,
    )


def _coins(units: int, rng: np.random.Generator, progress: Progress) -> NDArray[np.bool_]:
    """Toss a coin for every pair of units, a few rows at a time."""
    heads = np.empty((units, units), np.int8)
    step = max(1, TOSSED // units)
    for first in range(0, units, step):
        progress.tell(first / units)
        rows = heads[first : first + step]
        rows[:] = rng.integers(0, 2, rows.shape, dtype=np.int8)
    return heads.view(np.bool_)


def _reals(couplings: Couplings) -> Blocks:
    """Return what gives C_ij, exact below 2⁵³."""
    if isinstance(couplings, Matrix):
        whole = couplings.columns
        return lambda rows, columns: whole[rows, columns].astype(np.float64)
    carried, by_unit = couplings.carried, couplings.rows

    def products(rows: slice, columns: slice) -> NDArray[np.float64]:
        part: NDArray[np.float64] = carried[rows].astype(np.float64) @ by_unit[columns].T.astype(
            np.float64
        )
        return part

    return products


def _tiles(
    block: Blocks, units: int, width: int, *, symmetric: bool, progress: Progress
) -> Iterator[tuple[slice, slice, NDArray[np.float64]]]:
    """Yield C_ij tile by tile with diagonal 0; of symmetric couplings the upper tiles alone."""
    side = max(1, min(SIDE, int((PRODUCTS / max(width, 1)) ** 0.5)))
    starts = range(0, units, side)
    for first in starts:
        rows = slice(first, min(first + side, units))
        for second in starts[first // side :] if symmetric else starts:
            progress.tell((first + side * second / units) / units)
            part = block(rows, slice(second, min(second + side, units)))
            if first == second:
                np.fill_diagonal(part, 0)
            yield rows, slice(second, second + part.shape[1]), part


def _largest(
    block: Blocks, units: int, width: int, *, symmetric: bool, progress: Progress
) -> float:
    """Return the largest |C_ij| off the diagonal, and 1 where all are 0."""
    tiles = _tiles(block, units, width, symmetric=symmetric, progress=progress)
    return max((float(np.abs(part).max()) for _, _, part in tiles), default=0.0) or 1.0
