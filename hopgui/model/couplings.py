"""Couplings of pairwise networks, in whole numbers of one common unit.

Where a rule gives real numbers they are rounded once, to a grid far finer than anything that can be
seen; from then on every field, energy and tie is exact, and the same on every machine.
"""

from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from hopgui.model.patterns import Pattern, by_unit
from hopgui.model.progress import SILENT, Progress

# Up to here plain numpy is as quick as a compiled loop, and needs nothing loaded first. Sums of so
# many numbers of 8 bits are below 128 · SMALL < 2²⁴: exact in the single precision of the BLAS.
SMALL = 50_000
# Compiled loops go through a row a vector at a time, and number by number through what is left
# over: rows of bytes are filled up to whole vectors, unless they are so long that it hardly counts.
VECTOR, SHORT_VECTOR, LONG = 32, 8, 256

Integers = NDArray[np.integer]
Kind = TypeVar("Kind", np.int32, np.int64)


@dataclass(frozen=True, eq=False)
class LowRank:
    """Couplings Σ_r v_i^r c_j^r: as many numbers as units times rank, and no matrix.

    Attributes
    ----------
    vectors
        v^r, units ±1, int8 array of shape (rank, units).
    carried
        c^r with a row a unit, whole numbers, int8 or int64 array of shape (units, rank). Sums of
        int8 ones are kept in 32 bits or fewer.
    unit
        What one of these whole numbers is worth.
    slack
        Fields no larger than this, in whole numbers, count as zero: the rounding of `carried`.
    stored
        How often memories were stored, Σ_μ a_μ, where the conventions choose whether to divide by
        that or by N; None where the rule has a scale of its own.
    hollow
        Whether the rule leaves units uncoupled from themselves: the diagonal of the sum is then
        no coupling.
    """

    vectors: NDArray[np.int8]
    carried: Integers
    unit: float = 1.0
    slack: int = 0
    stored: int | None = None
    hollow: bool = False

    @cached_property
    def rows(self) -> NDArray[np.int8]:
        """v^r with a row a unit, int8 array of shape (units, rank)."""
        rows = np.ascontiguousarray(self.vectors.T)
        same = self.carried.dtype == np.int8 and np.shares_memory(self.carried, rows)
        return self.carried if same else rows  # type: ignore[return-value]

    @cached_property
    def diagonal(self) -> NDArray[np.int64]:
        """The sum's own diagonal Σ_r v_i^r c_i^r, int64 array of shape (units,)."""
        diagonal: NDArray[np.int64] = np.einsum("ir,ir->i", self.rows, self.carried, dtype=np.int64)
        return diagonal

    @property
    def own(self) -> NDArray[np.int64]:
        """Each unit's coupling to itself, int64 array of shape (units,)."""
        return np.zeros_like(self.diagonal) if self.hollow else self.diagonal

    @cached_property
    def bits(self) -> int:
        """How many bits the loops keep each sum in: 16 or 32 only where any state's fit.

        With fewer than 64, those of any state stay within 32 bits all together.
        """
        if self.carried.dtype != np.int8:
            return 64
        largest = max(int(self.carried.max(initial=0)), -int(self.carried.min(initial=0)))
        if largest * self.carried.size >= 2**31:
            return 64
        return 16 if largest * len(self.carried) < 2**15 else 32

    @cached_property
    def filled(self) -> tuple[NDArray[np.int8], Integers]:
        """`rows` and `carried`, filled up with zeros to whole vectors where they are of bytes."""
        units, rank = self.carried.shape
        lacking = -rank % (SHORT_VECTOR if rank <= 2 * SHORT_VECTOR else VECTOR)
        if not lacking or rank >= LONG or self.carried.dtype != np.int8:
            return self.rows, self.carried
        zeros = np.zeros((units, lacking), np.int8)
        rows = np.hstack([self.rows, zeros])
        same = self.carried is self.rows
        return rows, rows if same else np.hstack([self.carried, zeros])

    def sums(self, state: Pattern) -> Integers:
        """Return Σ_j c_j^r x_j, int32 or int64 array of shape (rank,)."""
        if self.bits < 64:
            return weighted_sum(self.carried, state, np.int32)
        return weighted_sum(self.carried, state, np.int64)

    def form(
        self,
        state: Pattern,
        diagonal: NDArray[np.int64],
        own: NDArray[np.int64],
        mask: int = -1,
        sums: Integers | None = None,
    ) -> Any:
        """Return what the compiled loops carry along from this state on.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        diagonal, own, mask
            As in the loops' own `LowRank`.
        sums
            What `sums` returned for this state, if it is at hand.
        """
        rows, carried = self.filled
        filled = np.zeros(rows.shape[1], f"i{self.bits // 8}")
        filled[: self.carried.shape[1]] = self.sums(state) if sums is None else sums
        return kernels().LowRank(rows, carried, filled, diagonal, own, mask)

    def unfilled(self, form: Any) -> Any:
        """Return a form of these couplings as it is without what its rows were filled up with."""
        sums = form.sums[: self.carried.shape[1]].copy()
        return form._replace(rows=self.rows, carry=self.carried, sums=sums)

    def fields(
        self, state: Pattern, own: NDArray[np.int64], sums: Integers | None = None
    ) -> NDArray[np.int64]:
        """Return Σ_{j≠i} C_ij x_j + own_i x_i for every unit, int64 array of shape (units,).

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        own
            What each unit's own coupling counts, int64 array of shape (units,).
        sums
            What `sums` returned for this state, if it is at hand.
        """
        sums = self.sums(state) if sums is None else sums
        if self.carried.size <= SMALL:
            exact = np.float32 if self.bits < 64 else np.int64
            small = (self.rows.astype(exact) @ sums.astype(exact)).astype(np.int64)
            fields: NDArray[np.int64] = small + (own - self.diagonal) * state
            return fields
        fields = np.empty(state.size, np.int64)
        form = self.form(state, self.diagonal - own, own, sums=sums)
        kernels().pulls(form, np.array(state, np.int8), fields)
        return fields

    def score(self, state: Pattern, sums: Integers | None = None) -> int:
        """Return Σ_ij C_ij x_i x_j, the diagonal counted; `sums` as in `fields`, or filled up."""
        sums = (self.sums(state) if sums is None else sums).astype(np.int64)
        if self.carried is self.rows:
            return int(sums @ sums)
        other = weighted_sum(self.rows, state, np.int32).astype(np.int64)
        return int(other @ sums[: other.size])

    def field(self, state: Pattern, unit: int, own: int) -> int:
        """Return one unit's Σ_{j≠i} C_ij x_j + own x_i."""
        total = int(self.rows[unit].astype(np.int64) @ self.sums(state))
        return total + (own - int(self.diagonal[unit])) * int(state[unit])

    def row(self, unit: int) -> NDArray[np.int64]:
        """Return C_ij for all j, int64 array of shape (units,)."""
        row: NDArray[np.int64] = self.carried.astype(np.int64) @ self.rows[unit].astype(np.int64)
        return row


@dataclass(frozen=True, eq=False)
class Matrix:
    """A whole matrix of couplings.

    Attributes
    ----------
    columns
        Row j holds C_ij for all i, whole numbers, int32 array of shape (units, units), diagonal 0.
    diagonal
        Each unit's coupling to itself, int64 array of shape (units,).
    unit, slack, stored
        As in `LowRank`.
    symmetric
        Whether C_ij = C_ji throughout. Where it is not, every C_ij is even.
    bias
        B_i, what each unit's field has whatever the others are, whole numbers, int64 array of shape
        (units,); none if None. Only symmetric couplings have one.
    """

    columns: NDArray[np.int32]
    diagonal: NDArray[np.int64]
    unit: float = 1.0
    slack: int = 0
    stored: int | None = None
    symmetric: bool = True
    bias: NDArray[np.int64] | None = None

    @property
    def own(self) -> NDArray[np.int64]:
        """Each unit's coupling to itself, int64 array of shape (units,)."""
        return self.diagonal

    @cached_property
    def even(self) -> NDArray[np.int32]:
        """The symmetric part, (C_ij + C_ji)/2, of shape (units, units); empty if C is symmetric."""
        if self.symmetric:
            return np.empty((0, 0), np.int32)
        half = self.columns // 2
        return half + half.T

    def fields(self, state: Pattern, own: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return Σ_{j≠i} C_ij x_j + B_i + own_i x_i for every unit, int64 array, shape (units,)."""
        if self.symmetric:
            fields = symmetric_sum(self.columns, state) + own * state
        else:
            fields = weighted_sum(self.columns, state, np.int64) + own * state
        return fields if self.bias is None else fields + self.bias

    def even_fields(self, state: Pattern) -> NDArray[np.int64]:
        """Return what the symmetric part alone says, empty if the couplings are symmetric."""
        return np.empty(0, np.int64) if self.symmetric else symmetric_sum(self.even, state)

    def row(self, unit: int) -> NDArray[np.int64]:
        """Return C_ij for all j, int64 array of shape (units,)."""
        row = self.columns[:, unit].astype(np.int64)
        row[unit] = self.diagonal[unit]
        return row

    def score(self, state: Pattern, fields: NDArray[np.int64] | None = None) -> int:
        """Return Σ_ij C_ij x_i x_j + 2 Σ_i B_i x_i, the diagonal counted.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        fields
            Σ_{j≠i} C_ij x_j + B_i for this state, if it is at hand; int64 array of shape (units,).
        """
        values, alone = state.astype(np.int64), np.zeros(state.size, np.int64)
        fields = self.fields(state, alone) if fields is None else fields
        # The fields have each bias once, where a score has it twice: as it has each coupling.
        again = 0 if self.bias is None else int(self.bias @ values)
        return int(fields @ values) + again + int(self.diagonal.sum())

    def field(self, state: Pattern, unit: int, own: int) -> int:
        """Return one unit's Σ_{j≠i} C_ij x_j + B_i + own x_i."""
        column = self.columns[:, unit].astype(np.int64)
        bias = 0 if self.bias is None else int(self.bias[unit])
        return int(column @ state.astype(np.int64)) + bias + own * int(state[unit])


Couplings = LowRank | Matrix


def hebbian(
    patterns: NDArray[np.int8], weights: Integers | None = None, progress: Progress = SILENT
) -> LowRank:
    """Return Hebb's couplings Σ_μ a_μ ξ_i^μ ξ_j^μ (Hopfield 1982, eq. 2), exactly.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    weights
        How often each is stored, whole numbers −127 … 127; once if None.
    progress
        Told how far it is.

    Raises
    ------
    ValueError
        If a weight is beyond 8 bits, or an overlap so weighted beyond 32.
    """
    largest = 1 if weights is None else int(np.abs(weights).max(initial=0))
    if largest > 127 or largest * patterns.shape[1] >= 2**31:
        message = f"memories of {patterns.shape[1]} units cannot be stored {largest} times"
        raise ValueError(message)
    # A copy that can be written to: the loops are compiled for such arrays alone.
    rows = by_unit(patterns, progress)
    if weights is None or bool(np.all(weights == 1)):
        return LowRank(rows.T, rows, stored=len(patterns))
    weighted = rows * weights.astype(np.int8)
    return LowRank(rows.T, weighted, stored=int(np.sum(weights, dtype=np.int64)))


def weighted_sum(table: Integers, state: Pattern, kind: type[Kind]) -> NDArray[Kind]:
    """Return Σ_j t_j x_j, a row a unit.

    Parameters
    ----------
    table
        Whole numbers, array of shape (units, places).
    state
        Units ±1, int8 array of shape (units,).
    kind
        How the sums are kept.

    Returns
    -------
    sums
        Array of this kind, shape (places,).
    """
    if table.size <= SMALL:
        # Sums of so few bytes are exact in single precision, and the BLAS is quick with those.
        exact = np.float32 if table.dtype == np.int8 else np.int64
        small: NDArray[Kind] = (state.astype(exact) @ table.astype(exact)).astype(kind)
        return small
    out: NDArray[Kind] = np.zeros(table.shape[1], kind)
    kernels().weighted_sums(table, np.array(state, np.int8), out)
    return out


def symmetric_sum(matrix: NDArray[np.int32], state: Pattern) -> NDArray[np.int64]:
    """Return Σ_j C_ij x_j of a symmetric matrix: what `weighted_sum` returns, sooner."""
    if matrix.size <= SMALL:
        return weighted_sum(matrix, state, np.int64)
    out = np.zeros(state.size, np.int64)
    kernels().symmetric_sums(matrix, np.array(state, np.int8), out)
    return out


def kernels() -> ModuleType:
    """Return the compiled loops; loading the compiler takes longer than opening the window."""
    from hopgui.model import kernels as loops  # noqa: PLC0415 - only large networks ask for it

    return loops
