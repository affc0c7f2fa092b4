"""Unlearning: dream, and weaken what the dream falls into.

Hebb's couplings, then again and again from a random state settle to s and take a little of it away:
J_ij ← J_ij − (ε/N) s_i s_j (Hopfield, Feinstein, Palmer 1983). Units stay uncoupled from
themselves: a negative self-connection would refute the theorem. Every dream falls under what the
dreams before it have left. States chosen by hand are taken away in the same way, before any dream.

A memory counts `many`, a dream −`taken`, whole numbers whose ratio is ε, so that nothing is ever
rounded again. While there are no more memories and dreams than units the sum stays in its form, a
vector more a dream; of more a matrix is made, which takes less room and less time.
"""

from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Rule
from hopgui.model.conventions import Conventions, Ties
from hopgui.model.couplings import Couplings, Integers, LowRank, Matrix
from hopgui.model.matrices import from_factors
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern, by_unit, random_pattern
from hopgui.model.progress import SILENT, Progress
from hopgui.model.room import BYTES, LARGEST, require
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Memories count at most this in 8 bits; else, in bits, as much as a grid of 2⁻²⁰ needs, and no more
# than leaves the sum Σ_ij C_ij x_i x_j below 2⁶¹.
NARROW, WIDE, LARGEST_SCORE = 127, 20, 2**61
# Vectors are made room for so many at a time.
ROOM = 64
# Multiplications between two reports.
STRETCH = 5_000_000
# Ties are kept: the fall ends, and it favours neither of two opposite states.
ASLEEP = Conventions(self_connections=False, ties=Ties.KEEP)


def unlearning(
    patterns: NDArray[np.int8],
    rule: Rule,
    seed: int,
    progress: Progress = SILENT,
    by_hand: NDArray[np.int8] | None = None,
) -> Couplings:
    """Return Hebb's couplings less a little of every state chosen by hand and of every dream.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    rule
        Number of dreams, and their strength ε in 0 … 1.
    seed
        Seed of the dreams. Fewer dreams of one seed are the first of more.
    progress
        Told how far it is.
    by_hand
        States to weaken before the dreams, int8 array of shape (states, units).

    Raises
    ------
    Refusal
        If the strength is outside 0 … 1, or the dreams would not fit into memory.
    """
    memories, units = patterns.shape
    if by_hand is None:
        by_hand = patterns[:0]
    dreams = max(rule.dreams, 0) if memories and rule.strength else 0
    weakened = dreams + len(by_hand)
    many, taken = ratio(rule.strength, (memories + weakened) * units**2)
    bed: _Bed
    if as_matrix(memories, units, weakened, max(many, taken)):
        bed = _Whole(patterns, many, taken, progress.part(0, 0))
    else:
        bed = _Sum(patterns, many, taken, weakened, progress.part(0, 0))
    for state in by_hand:
        bed.append(state)
    rng = np.random.default_rng(seed)
    for dream in range(dreams):
        now = progress.part(dream / dreams, (dream + 1) / dreams)
        bed.append(_settled(Network(patterns, ASLEEP, bed.couplings()), rng, now))
    return bed.couplings()


def ratio(strength: float, largest: int = 1) -> tuple[int, int]:
    """Return whole numbers for a memory and for a dream whose ratio is ε, to a part in 2²⁰.

    Parameters
    ----------
    strength
        ε.
    largest
        What Σ_ij C_ij x_i x_j could be if every vector counted 1.

    Raises
    ------
    Refusal
        If ε is outside 0 … 1.
    """
    if not 0 <= strength <= 1:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "The strength of a dream must be 0 to 1 memories, not {strength}."
            ),
            strength=strength,
        )
    simple = Fraction(strength).limit_denominator(NARROW)
    if abs(float(simple) - strength) < 1e-12:
        return simple.denominator, simple.numerator
    many = 1 << min(WIDE, (LARGEST_SCORE // max(largest, 1)).bit_length() - 1)
    return many, round(strength * many)


def as_matrix(memories: int, units: int, dreams: int, count: int = 1) -> bool:
    """Say whether a matrix takes less than vectors, fits into memory, and its numbers into 32 bits.

    Parameters
    ----------
    memories, units, dreams
        How many there are.
    count
        What a memory counts at most.
    """
    fewer = units < memories + dreams
    # While a dream is taken away its products stand beside the matrix.
    fits = 2.0 * BYTES * units**2 <= LARGEST
    return fewer and fits and (memories + dreams) * count < 2**30


class _Bed(Protocol):
    """Where dreams are dreamt."""

    def couplings(self) -> Couplings:
        """Return what the dreams so far have left."""

    def append(self, dream: Pattern) -> None:
        """Take a little of a state away."""


def _settled(network: Network, rng: np.random.Generator, progress: Progress) -> Pattern:
    """Let a random state fall, unit by unit, until a whole sweep is quiet."""
    run = network.start(random_pattern(network.units, rng), rng=rng)
    learnt = network.learnt
    width = learnt.carried.shape[1] if isinstance(learnt, LowRank) else network.units
    most = max(1, STRETCH // max(width, 1))
    while not run.settled:
        progress.tell(0.0)
        run.advance(most)
    return run.state


class _Sum:
    """Vectors with a row a unit, and room for some more."""

    def __init__(
        self,
        patterns: NDArray[np.int8],
        many: int,
        taken: int,
        dreams: int,
        progress: Progress,
    ) -> None:
        memories, units = patterns.shape
        kind = np.dtype(np.int8) if many <= NARROW else np.dtype(np.int64)
        size = 2.0 * units * (memories + dreams) * (1 + kind.itemsize)
        require(size, memories + dreams, units)
        # A copy that can be written to: the loops are compiled for such arrays alone.
        self._rows = by_unit(patterns, progress)
        self._carried: Integers = self._rows.astype(kind)
        self._carried *= kind.type(many)
        self._many, self._taken = many, taken
        self._memories = self._used = memories
        self._most = memories + dreams

    def append(self, dream: Pattern) -> None:
        width = self._rows.shape[1]
        if self._used == width:
            more = ((0, 0), (0, min(ROOM, self._most - width)))
            # A vector of weight 0 says nothing, whatever its units.
            self._rows = np.pad(self._rows, more, constant_values=1)
            self._carried = np.pad(self._carried, more)
        self._rows[:, self._used] = dream
        self._carried[:, self._used] = -self._taken * dream.astype(self._carried.dtype)
        self._used += 1

    def couplings(self) -> Couplings:
        unit, stored = 1 / self._many, self._memories
        couplings = LowRank(self._rows.T, self._carried, unit, stored=stored, hollow=True)
        # Of vectors of ±1 the diagonal is known: it need not be added up for every dream.
        inner = stored * self._many - (self._used - stored) * self._taken
        vars(couplings)["diagonal"] = np.full(self._rows.shape[0], inner, np.int64)
        return couplings


class _Whole:
    """A matrix with diagonal 0."""

    def __init__(
        self, patterns: NDArray[np.int8], many: int, taken: int, progress: Progress
    ) -> None:
        memories, units = patterns.shape
        stored = patterns.astype(np.float64)
        couplings = from_factors(
            [(many * stored, stored)], np.zeros(units), unit=1.0, progress=progress
        )
        self._columns = couplings.columns
        self._products = np.empty((units, units), np.int32)
        self._many, self._taken, self._memories = many, np.int32(taken), memories

    def append(self, dream: Pattern) -> None:
        np.multiply.outer(dream.astype(np.int32), self._taken * dream, out=self._products)
        np.fill_diagonal(self._products, 0)
        self._columns -= self._products

    def couplings(self) -> Couplings:
        nothing = np.zeros(self._columns.shape[0], np.int64)
        return Matrix(self._columns, nothing, 1 / self._many, stored=self._memories)
