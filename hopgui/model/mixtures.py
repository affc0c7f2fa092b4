"""What a state is, told by all memories together: a memory, a mixture of several, or neither.

The nearest memory alone misleads: Hebb's rule also settles in states such as the majority of three
memories (Amit, Gutfreund, Sompolinsky 1985). A mixture is looked for with dual overlaps, the
weights with which the memories together come nearest to the state, so that pictures that resemble
one another are told apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopgui.model.mixture_search import (
    UNITS_A_MEMBER,
    Mixture,
    MixtureSearch,
    loops,
    search_all,
)
from hopgui.model.patterns import Pattern
from hopgui.model.settling import Settle
from hopgui.model.verdict import Candidate, Kind, Verdict

# A state that has at most one unit in twenty wrong has an overlap of 0.9.
ONE_WRONG_IN = 20
# How many equal mixtures, of 3 to 15 members, are let fall to see whether one falls to the state.
MOST_TRIED = 7
# Eigenvalues below this share of the largest belong to memories that depend on the others; up to
# this condition number of the Gram matrix, none can be.
DEPENDENT, INDEPENDENT = 1e-11, 1e9
# Units of so many memories at a time, in single precision: no second copy of them all, and no
# step that takes long.
BLOCK = 1_000_000


def identify(
    patterns: NDArray[np.int8],
    state: Pattern,
    *,
    settle: Settle | None,
    cycle: bool = False,
    settled: bool = True,
) -> Verdict:
    """Say what a state is. For many states of the same memories, keep one `Mixtures`.

    Parameters
    ----------
    patterns
        The memories ξ^μ, units ±1, int8 array of shape (memories, units).
    state
        Units ±1, int8 array of shape (units,).
    settle
        Finds the first of some mixtures that settles in the state; None leaves mixtures that only
        fall to it without a name.
    cycle
        Whether the state is one of the two of a synchronous cycle.
    settled
        Whether it is settled at all.
    """
    return Mixtures(patterns).identify(state, settle=settle, cycle=cycle, settled=settled)


class Look(NamedTuple):
    """All that a state may be.

    Attributes
    ----------
    singles
        The memory or inverse nearest to it, and the one after that; none without memories.
    search
        What found its mixtures; None where it is near a single memory.
    near
        Which of its mixtures of 3, 5, 7, … members is the first that it is near to, None for none.
    """

    singles: list[Candidate]
    search: MixtureSearch | None
    near: int | None


@dataclass(frozen=True, eq=False)
class Mixtures:
    """The memories, made ready to name any number of states.

    Parameters
    ----------
    patterns
        The memories ξ^μ, units ±1, int8 array of shape (memories, units).
    """

    patterns: NDArray[np.int8]

    @property
    def units(self) -> int:
        """Number of units N."""
        return int(self.patterns.shape[1])

    @cached_property
    def distinct(self) -> NDArray[np.int64]:
        """Indices of the memories that are neither copy nor opposite of an earlier one."""
        same = np.abs(self._gram) == self.units
        return np.flatnonzero(~np.tril(same, -1).any(axis=1))

    def prepare(self) -> Iterator[None]:
        """Do step by step what the first state named would have to wait for."""
        if "_gram" not in vars(self):
            sums = self._adding_up()
            gram = next(sums)
            for _more in sums:
                yield
            vars(self)["_gram"] = gram
        if self.distinct.size:
            yield
            self._inverse  # noqa: B018 - kept from now on

    @cached_property
    def _gram(self) -> NDArray[np.float64]:
        """Σ_i ξ_i^μ ξ_i^ν, whole numbers, float64 array of shape (memories, memories)."""
        *_, gram = self._adding_up()
        return gram

    def _adding_up(self) -> Iterator[NDArray[np.float64]]:
        """Yield the Gram matrix of ever more of the units, the same array each time."""
        memories = len(self.patterns)
        gram = np.zeros((memories, memories))
        for block in self._blocks():
            wide = self.patterns[:, block].astype(np.float32)  # exact up to 2²⁴ units
            gram += wide @ wide.T
            yield gram

    @cached_property
    def _inverse(self) -> NDArray[np.float64]:
        """The Gram matrix of the distinct memories, inverted on what it spans."""
        gram = self._gram[np.ix_(self.distinct, self.distinct)]
        inverse = _plain_inverse(gram)
        return _spanned_inverse(gram) if inverse is None else inverse

    def overlaps(self, state: Pattern) -> NDArray[np.int64]:
        """Return M_μ = Σ_j ξ_j^μ x_j, int64 array of shape (memories,)."""
        sums = np.zeros(len(self.patterns), np.int64)
        for block in self._blocks():
            wide = self.patterns[:, block].astype(np.float32)
            sums += (wide @ state[block].astype(np.float32)).astype(np.int64)
        return sums

    def dual_overlaps(self, overlaps: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return c = (Xᵀ)⁺ x: with these weights the memories come nearest to the state.

        Parameters
        ----------
        overlaps
            M_μ of the state, integer array of shape (memories,).

        Returns
        -------
        weights
            float64 array of shape (memories,); 0 for copies and opposites of earlier memories.
        """
        weights = np.zeros(len(self.patterns))
        if self.distinct.size:
            weights[self.distinct] = self._inverse @ overlaps[self.distinct].astype(np.float64)
        return weights

    def identify(
        self,
        state: Pattern,
        *,
        settle: Settle | None = None,
        cycle: bool = False,
        settled: bool = True,
        overlaps: NDArray[np.integer] | None = None,
    ) -> Verdict:
        """Say what a state is; as the function of the same name.

        Parameters
        ----------
        state, settle, cycle, settled
            As there.
        overlaps
            M_μ of the state, integer array of shape (memories,), if they are at hand.
        """
        steps = self.naming(state, settle=settle, cycle=cycle, settled=settled, overlaps=overlaps)
        *_, verdict = steps
        return verdict

    def naming(
        self,
        state: Pattern,
        *,
        settle: Settle | None = None,
        cycle: bool = False,
        settled: bool = True,
        overlaps: NDArray[np.integer] | None = None,
    ) -> Iterator[Verdict]:
        """Say what a state is, step by step: what is known so far, and at last what it is.

        No step takes long. Parameters are those of `identify`.
        """
        overlaps = self.overlaps(state) if overlaps is None else overlaps
        look = self.looks(state[None], overlaps[None])[0]
        found = self.name(look, cycle=cycle, settled=settled)
        yield found
        if settle is None or cycle or not settled:
            return
        for place in settle(self.mixed(self.to_let_fall(look)), state):
            yield found if place is None else self.name(look, place)

    def looks(self, states: NDArray[np.int8], overlaps: NDArray[np.integer]) -> list[Look]:
        """Find all that some states may be; quicker than one after the other.

        Parameters
        ----------
        states
            Units ±1, int8 array of shape (states, units).
        overlaps
            M_μ of each, integer array of shape (states, memories).
        """
        looks = [Look(singles, None, None) for singles in self._singles(overlaps)]
        unlike = (self.units - np.abs(overlaps).max(axis=1, initial=0)) // 2
        far = np.flatnonzero(unlike > self._few).tolist()
        if far and self.distinct.size:
            weights = np.stack([self.dual_overlaps(overlaps[row]) for row in far])
            searches = search_all(self.patterns, states[far], overlaps[far], weights)
            for row, search in zip(far, searches, strict=True):
                near = np.flatnonzero(search.unlike <= self._few)
                looks[row] = Look(looks[row].singles, search, int(near[0]) if near.size else None)
        return looks

    def name(
        self,
        look: Look,
        fallen: int | None = None,
        *,
        cycle: bool = False,
        settled: bool = True,
    ) -> Verdict:
        """Say which of all this the state is.

        Parameters
        ----------
        look
            What it may be.
        fallen
            Which of the mixtures of `to_let_fall` is the first that settles in it, if any does.
        cycle, settled
            As in `identify`.
        """
        found = self._named(look, fallen)
        if cycle:
            return replace(found, kind=Kind.CYCLE)
        return found if settled else replace(found, kind=Kind.UNSETTLED)

    def to_let_fall(self, look: Look) -> list[Mixture]:
        """Return the equal mixtures that are let fall, to see whether they fall to the state."""
        search = look.search
        if search is None:
            return []
        tried = search.unlike.size if look.near is None else look.near
        return [search.equal(place) for place in range(min(tried, MOST_TRIED))]

    def _named(self, look: Look, fallen: int | None) -> Verdict:
        if not look.singles:
            return Verdict(Kind.OTHER)
        single, search = look.singles[0], look.search
        if search is None:
            upright = single.members[0][0] > 0
            return _verdict(Kind.MEMORY if upright else Kind.INVERSE, single, look.singles[1:])
        place = look.near if fallen is None else fallen
        if place is not None:
            rest = [single, *_best(search, place)]
            mixture = _verdict(Kind.MIXTURE, _candidate(search.equal(place)), rest)
            return replace(mixture, falls_from=fallen is not None)
        rest = [single, *_best(search)]
        if self.distinct.size * UNITS_A_MEMBER <= self.units:
            uneven = np.flatnonzero(search.uneven <= self._few)
            if uneven.size:
                return _verdict(Kind.MIXTURE, _candidate(search.unequal(int(uneven[0]))), rest)
        best = max(rest, key=lambda each: each.agreement)
        return Verdict(Kind.OTHER, agreement=best.agreement, next_best=best)

    def mixed(self, mixtures: Sequence[Mixture]) -> NDArray[np.int8]:
        """Return the signs of these sums, each of an odd number of memories that count alike.

        Returns
        -------
        states
            int8 array of shape (mixtures, units).
        """
        made = np.empty((len(mixtures), self.units), np.int8)
        if mixtures:
            chosen = np.concatenate([each.chosen for each in mixtures])
            signs = np.concatenate([each.signs for each in mixtures])
            ends = np.cumsum([each.chosen.size for each in mixtures])
            loops().mix(self.patterns, chosen, signs, ends, made)
        return made

    def _singles(self, overlaps: NDArray[np.integer]) -> list[list[Candidate]]:
        """Return the memory or inverse nearest to each state, and the one after it.

        Of equals a memory comes before an inverse, as `nearest_memory` has it.
        """
        ranks = 2 * np.abs(overlaps) + (overlaps > 0)
        found: list[list[Candidate]] = [[] for _ in overlaps]
        rows = np.arange(len(overlaps))
        for _ in range(min(2, self.distinct.size)):
            nearest = ranks.argmax(axis=1)
            each = zip(found, nearest.tolist(), overlaps[rows, nearest].tolist(), strict=True)
            for singles, index, overlap in each:
                sign = 1 if overlap >= 0 else -1
                singles.append(Candidate(((sign, index),), abs(overlap) / self.units))
            ranks[np.abs(self._gram[nearest]) == self.units] = -1  # copies and opposites are told
        return found

    @property
    def _few(self) -> int:
        """How many units may be unlike at an overlap of 0.9."""
        return self.units // ONE_WRONG_IN

    def _blocks(self) -> Iterator[slice]:
        step = max(1, BLOCK // max(1, len(self.patterns)))
        for first in range(0, self.units, step):
            yield slice(first, first + step)


def _candidate(mixture: Mixture) -> Candidate:
    order = np.argsort(mixture.chosen)
    chosen, signs = mixture.chosen[order].tolist(), mixture.signs[order].tolist()
    weights = () if mixture.weights is None else tuple(mixture.weights[order].tolist())
    return Candidate(tuple(zip(signs, chosen, strict=True)), mixture.agreement, weights)


def _best(search: MixtureSearch, besides: int | None = None) -> list[Candidate]:
    """Return the equal mixture that the state is most like, besides one, if there is any."""
    unlike = search.unlike.tolist()
    others = (place for place in range(len(unlike)) if place != besides)
    best = min(others, key=unlike.__getitem__, default=None)
    return [] if best is None else [_candidate(search.equal(best))]


def _verdict(kind: Kind, found: Candidate, rest: list[Candidate]) -> Verdict:
    return Verdict(
        kind,
        found.members,
        found.agreement,
        found.weights,
        max(rest, key=lambda each: each.agreement, default=None),
    )


def _plain_inverse(gram: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the inverse where the memories are far from depending on one another, else None."""
    try:
        inverse = np.linalg.inv(gram)
    except np.linalg.LinAlgError:
        return None
    condition = np.abs(gram).sum(axis=0).max() * np.abs(inverse).sum(axis=0).max()
    return np.asarray(inverse, np.float64) if condition < INDEPENDENT else None


def _spanned_inverse(gram: NDArray[np.float64]) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(gram)
    spanned = values > DEPENDENT * values[-1]
    vectors = vectors[:, spanned]
    inverse: NDArray[np.float64] = (vectors / values[spanned]) @ vectors.T
    return inverse
