"""The perceptron rule: repeat what is not yet held with the margin asked for.

Wherever ξ_i h_i < κ |w_i|, with |w_i| the length of the unit's row of couplings, the memory is
added to that row once more: w_ij ← w_ij + ξ_i ξ_j / N, all such memories of a sweep together
(Krauth, Mézard 1987; Gardner 1988). In the symmetric variant the same is added to w_ji.
If couplings of that margin exist, the one-way variant finds them in a finite number of sweeps.

How often each unit has repeated each memory says all: fields and lengths are read from these whole
numbers and the memories' products, in O(NP²) a sweep, and the matrix is made once, at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Rule
from hopgui.model.couplings import Matrix
from hopgui.model.matrices import from_blocks
from hopgui.model.patterns import by_unit
from hopgui.model.progress import SILENT, Progress
from hopgui.model.room import require, require_matrix
from hopgui.model.rules.projection import products
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

MOST_SWEEPS = 1000
# Multiplications between two reports.
PRODUCTS = 50_000_000

Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trained:
    """Couplings, and how well they hold the memories.

    Attributes
    ----------
    couplings
        The couplings; a memory repeated once on average counts 1/N, as in Hebb's rule.
    reached
        Whether every ξ_i h_i is above 0 and at least κ |w_i|.
    margin
        The least ξ_i h_i / |w_i|; None if there are no memories.
    """

    couplings: Matrix
    reached: bool
    margin: float | None


def perceptron(patterns: NDArray[np.int8], rule: Rule, progress: Progress = SILENT) -> Trained:
    """Learn until every margin is κ, or give up and keep what came nearest.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    rule
        Its margin κ, and whether couplings may differ in the two directions.
    progress
        Told how far it is.

    Raises
    ------
    Refusal
        If κ is negative, or the matrix or its factors would not fit into memory.
    """
    memories, units = patterns.shape
    symmetric = not rule.one_way
    if not rule.margin >= 0:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "The margin must be 0 or more, not {margin}."),
            margin=rule.margin,
        )
    require_matrix(units, symmetric=symmetric)
    require(66.0 * memories * units + 32.0 * memories**2, memories, units)
    lesson = _Lesson(patterns, symmetric=symmetric, progress=progress.part(0, 0.1))
    repeats, least, reached = _learn(lesson, rule.margin, progress.part(0.1, 0.8))
    couplings = lesson.couplings(repeats, progress.part(0.8, 1))
    return Trained(couplings, reached, least if memories else None)


class _Lesson:
    """The memories, and what is read from how often each unit has repeated each of them.

    With Y = repeats ∘ X the couplings are Y Xᵀ, or Y Xᵀ + X Yᵀ in the symmetric variant, less their
    diagonal. All numbers are whole, held in double precision for the BLAS's sake.
    """

    def __init__(self, patterns: NDArray[np.int8], *, symmetric: bool, progress: Progress) -> None:
        self._directions = 2 if symmetric else 1
        self._by_unit = by_unit(patterns, progress.part(0, 0.1))
        self._products = products(patterns, progress.part(0.1, 1))
        self.shape: tuple[int, int] = (patterns.shape[1], patterns.shape[0])

    def look(
        self, repeats: Reals, margin: float, progress: Progress = SILENT
    ) -> tuple[NDArray[np.bool_], float]:
        """Mark where ξ_i h_i is not above 0, or less than κ |w_i|, shape (units, memories).

        With it comes the least ξ_i h_i / |w_i|, counted as 0 where a unit has no couplings.
        """
        missed, least = np.empty(self.shape, bool), np.inf
        for rows, fields, lengths in self._held(repeats, progress):
            with np.errstate(over="ignore"):  # a margin beyond all numbers is never met
                missed[rows] = (fields <= 0) | (fields < margin * lengths)
            least = min(
                least, float((fields / np.where(lengths > 0, lengths, 1)).min(initial=np.inf))
            )
        return missed, least

    def couplings(self, repeats: Reals, progress: Progress) -> Matrix:
        """Make the matrix, in whole numbers and exactly."""
        units, memories = self.shape
        symmetric = self._directions == 2

        def both(some: slice) -> tuple[Reals, Reals]:
            stored = self._by_unit[some].astype(np.float64)
            return stored, repeats[some] * stored

        def block(rows: slice, columns: slice) -> Reals:
            (stored, repeated), (others, others_repeated) = both(rows), both(columns)
            part: Reals = stored @ others_repeated.T
            if symmetric:
                part += repeated @ others.T
            return part

        matrix = from_blocks(
            block,
            np.zeros(units),
            self._directions * memories,
            unit=1.0 if symmetric else 0.5,
            symmetric=symmetric,
            progress=progress,
        )
        once = float(repeats.mean()) if repeats.any() else 1.0
        return replace(matrix, unit=matrix.unit / (once * self._directions * units))

    def _held(self, repeats: Reals, progress: Progress) -> Iterator[tuple[slice, Reals, Reals]]:
        """Yield ξ_i h_i, and |w_i| as a column, a few units at a time."""
        symmetric = self._directions == 2
        cross, same = self._shared(repeats, progress) if symmetric else (None, None)
        for rows in self._slices(progress):
            memories = self._by_unit[rows].astype(np.float64)
            repeated = repeats[rows] * memories
            own = self._directions * repeats[rows].sum(axis=1, keepdims=True)
            said = repeated @ self._products
            squares = (repeated * said).sum(axis=1, keepdims=True)
            if cross is not None and same is not None:
                back = memories @ cross
                squares += (2 * repeated * back + memories * (memories @ same)).sum(
                    axis=1, keepdims=True
                )
                said += back
            yield rows, memories * said - own, np.sqrt(np.maximum(squares - own**2, 0))

    def _shared(self, repeats: Reals, progress: Progress) -> tuple[Reals, Reals]:
        """Return YᵀX and YᵀY, arrays of shape (memories, memories)."""
        cross, same = np.zeros((2, self.shape[1], self.shape[1]))
        for rows in self._slices(progress):
            memories = self._by_unit[rows].astype(np.float64)
            repeated = repeats[rows] * memories
            cross += repeated.T @ memories
            same += repeated.T @ repeated
        return cross, same

    def _slices(self, progress: Progress) -> Iterator[slice]:
        units, memories = self.shape
        step = max(64, PRODUCTS // max(memories, 1) ** 2)
        for first in range(0, units, step):
            progress.tell(0.0)
            yield slice(first, first + step)


def _learn(lesson: _Lesson, margin: float, progress: Progress) -> tuple[Reals, float, bool]:
    """Repeat sweep by sweep; of those that fail, return the one whose least margin is best."""
    repeats = np.zeros(lesson.shape)
    best, highest, furthest = repeats, -np.inf, 0.0
    for sweep in range(MOST_SWEEPS):
        now = progress.part(furthest, furthest)
        missed, least = lesson.look(repeats, margin, now)
        count = int(missed.sum())
        if not count:
            return repeats, least, True
        now.tell(0.0)
        if sweep and least > highest:
            best, highest = repeats.copy(), least
        furthest = max(furthest, 1 - count / repeats.size, sweep / MOST_SWEEPS)
        progress.tell(furthest)
        repeats += missed
    return best, highest, False
