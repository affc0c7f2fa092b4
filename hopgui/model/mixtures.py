"""What a state is, told by all memories together: a memory, a mixture of several, or neither.

The nearest memory alone misleads: Hebb's rule also settles in states such as the majority of three
memories (Amit, Gutfreund, Sompolinsky 1985). A mixture is looked for with dual overlaps, the
weights with which the memories together come nearest to the state, so that pictures that resemble
one another are told apart.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopgui.model.mixture_search import UNITS_A_MEMBER, Mixture, MixtureSearch
from hopgui.model.patterns import Pattern

Settle = Callable[[Pattern], Pattern]
Members = tuple[tuple[int, int], ...]

# A state that has at most one unit in twenty wrong has an overlap of 0.9.
ONE_WRONG_IN = 20
# How many equal mixtures, of 3 to 15 members, are let fall to see whether one falls to the state.
MOST_TRIED = 7
# Eigenvalues below this share of the largest belong to memories that depend on the others.
DEPENDENT = 1e-11
# Units of so many memories at a time, in single precision: no second copy of them all.
BLOCK = 4_000_000


class IdentityKind(StrEnum):
    """What a state can turn out to be."""

    MEMORY = "memory"
    INVERSE = "inverse"
    MIXTURE = "mixture"
    OTHER = "other"
    CYCLE = "cycle"
    UNSETTLED = "unsettled"


@dataclass(frozen=True)
class Candidate:
    """Something that a state may be, and how like it is.

    Attributes
    ----------
    members
        Sign +1 or −1 and index of each memory in it, in the memories' order.
    agreement
        Overlap of the state with it, −1 … 1; units at which its members tie count as agreeing.
    weights
        How strongly each member counts where they do not count alike, in the order of `members`;
        positive. Empty where they do.
    """

    members: Members
    agreement: float
    weights: tuple[float, ...] = ()


@dataclass(frozen=True)
class Identity:
    """What a state is, with the evidence.

    Attributes
    ----------
    kind
        The name for it. A cycle or an unsettled state still has the members of what it is like.
    members
        Sign +1 or −1 and index of each memory in it, in the memories' order: one for a memory or
        an inverse, several for a mixture, none for a state close to none of these.
    agreement
        Overlap with what these members make, −1 … 1; of a state close to nothing, that with the
        best candidate.
    weights
        How strongly each member of an asymmetric mixture counts, positive, in the order of
        `members`; empty for anything else.
    next_best
        The best candidate that it is not, None where there is no other.
    falls_from
        Whether it is called a mixture because the mixture itself, let fall, settles in it.
    """

    kind: IdentityKind
    members: Members = ()
    agreement: float = 0.0
    weights: tuple[float, ...] = ()
    next_best: Candidate | None = None
    falls_from: bool = False


def identify(
    patterns: NDArray[np.int8],
    state: Pattern,
    *,
    settle: Settle | None,
    cycle: bool = False,
    settled: bool = True,
) -> Identity:
    """Say what a state is. For many states of the same memories, keep one `Mixtures`.

    Parameters
    ----------
    patterns
        The memories ξ^μ, units ±1, int8 array of shape (memories, units).
    state
        Units ±1, int8 array of shape (units,).
    settle
        Lets a state fall and returns where it settles; None leaves mixtures that only fall to the
        state without a name.
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
    state
        Units ±1, int8 array of shape (units,).
    singles
        The memory or inverse nearest to it, and the one after that; none without memories.
    search
        What finds its mixtures; None where it is near a single memory.
    equal
        Mixtures of 3, 5, 7, … members that count alike.
    near
        Place of the first of these that it is near to.
    """

    state: Pattern
    singles: list[Candidate]
    search: MixtureSearch | None
    equal: list[Mixture]
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

    @cached_property
    def _gram(self) -> NDArray[np.float64]:
        """Σ_i ξ_i^μ ξ_i^ν, whole numbers, float64 array of shape (memories, memories)."""
        memories = len(self.patterns)
        gram = np.zeros((memories, memories))
        for block in self._blocks():
            wide = self.patterns[:, block].astype(np.float32)  # exact up to 2²⁴ units
            gram += wide @ wide.T
        return gram

    @cached_property
    def _inverse(self) -> NDArray[np.float64]:
        """The Gram matrix of the distinct memories, inverted on what it spans."""
        values, vectors = np.linalg.eigh(self._gram[np.ix_(self.distinct, self.distinct)])
        spanned = values > DEPENDENT * values[-1]
        vectors = vectors[:, spanned]
        inverse: NDArray[np.float64] = (vectors / values[spanned]) @ vectors.T
        return inverse

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
            weights[self.distinct] = self._inverse @ overlaps[self.distinct]
        return weights

    def identify(
        self,
        state: Pattern,
        *,
        settle: Settle | None = None,
        cycle: bool = False,
        settled: bool = True,
        overlaps: NDArray[np.integer] | None = None,
    ) -> Identity:
        """Say what a state is; as the function of the same name.

        Parameters
        ----------
        state, settle, cycle, settled
            As there.
        overlaps
            M_μ of the state, integer array of shape (memories,), if they are at hand.
        """
        look = self.look(state, overlaps)
        # One after the other, and none after the one that falls to the state.
        ends = map(settle, self.to_let_fall(look)) if settle and settled and not cycle else ()
        return self.name(look, ends, cycle=cycle, settled=settled)

    def look(self, state: Pattern, overlaps: NDArray[np.integer] | None = None) -> Look:
        """Find all that a state may be; parameters as in `identify`."""
        overlaps = self.overlaps(state) if overlaps is None else overlaps
        singles = self._singles(overlaps)
        away = self.units - abs(int(overlaps[singles[0].members[0][1]])) if singles else 0
        if not singles or self._near(away // 2):
            return Look(state, singles, None, [], None)
        search = MixtureSearch(self.patterns, state, overlaps, self.dual_overlaps(overlaps))
        equal = search.equal()
        near = next((place for place, each in enumerate(equal) if self._near(each.unlike)), None)
        return Look(state, singles, search, equal, near)

    def name(
        self,
        look: Look,
        ends: Iterable[Pattern] = (),
        *,
        cycle: bool = False,
        settled: bool = True,
    ) -> Identity:
        """Say which of all this the state is.

        Parameters
        ----------
        look
            What it may be.
        ends
            Where the mixtures of `to_let_fall` settle, in their order.
        cycle, settled
            As in `identify`.
        """
        found = self._named(look, ends)
        if cycle:
            return replace(found, kind=IdentityKind.CYCLE)
        return found if settled else replace(found, kind=IdentityKind.UNSETTLED)

    def to_let_fall(self, look: Look) -> Iterator[Pattern]:
        """Yield the equal mixtures that are let fall, to see whether they fall to the state."""
        tried = look.equal[: look.near][:MOST_TRIED]
        return (self._mixed(each.signs, each.chosen) for each in tried)

    def _named(self, look: Look, ends: Iterable[Pattern]) -> Identity:
        if not look.singles:
            return Identity(IdentityKind.OTHER)
        single, equal = look.singles[0], look.equal
        if look.search is None:
            upright = single.members[0][0] > 0
            kind = IdentityKind.MEMORY if upright else IdentityKind.INVERSE
            return _identity(kind, single, look.singles[1:])
        falls = (place for place, end in enumerate(ends) if np.array_equal(end, look.state))
        fallen = next(falls, None)
        place = look.near if fallen is None else fallen
        if place is not None:
            rest = [single, *_best(equal[:place] + equal[place + 1 :])]
            mixture = _identity(IdentityKind.MIXTURE, _candidate(equal[place]), rest)
            return replace(mixture, falls_from=fallen is not None)
        rest = [single, *_best(equal)]
        if self.distinct.size * UNITS_A_MEMBER <= self.units:
            for each in look.search.unequal():
                if self._near(each.unlike):
                    return _identity(IdentityKind.MIXTURE, _candidate(each), rest)
        best = max(rest, key=lambda each: each.agreement)
        return Identity(IdentityKind.OTHER, agreement=best.agreement, next_best=best)

    def mixed(self, members: Members) -> Pattern:
        """Return the sign of these memories' sum, an odd number of them, int8 (units,)."""
        signs, chosen = np.array(members).T
        return self._mixed(signs, chosen)

    def _mixed(self, signs: NDArray[np.int64], chosen: NDArray[np.int64]) -> Pattern:
        total = signs.astype(np.float32) @ self.patterns[chosen].astype(np.float32)
        return np.where(total > 0, np.int8(1), np.int8(-1))

    def _singles(self, overlaps: NDArray[np.integer]) -> list[Candidate]:
        """Return the memory or inverse nearest to the state, and the one after it."""
        sizes = np.abs(overlaps[self.distinct])
        nearest = self.distinct[np.argsort(-sizes, kind="stable")[:2]]
        return [
            Candidate(
                ((1 if overlaps[index] >= 0 else -1, int(index)),),
                abs(int(overlaps[index])) / self.units,
            )
            for index in nearest
        ]

    def _near(self, unlike: int) -> bool:
        """Say whether an overlap reaches 0.9, decided in whole numbers."""
        return ONE_WRONG_IN * unlike <= self.units

    def _blocks(self) -> Iterator[slice]:
        step = max(1, BLOCK // max(1, len(self.patterns)))
        for first in range(0, self.units, step):
            yield slice(first, first + step)


def _candidate(mixture: Mixture) -> Candidate:
    order = np.argsort(mixture.chosen)
    chosen, signs = mixture.chosen[order].tolist(), mixture.signs[order].tolist()
    weights = () if mixture.weights is None else tuple(mixture.weights[order].tolist())
    return Candidate(tuple(zip(signs, chosen, strict=True)), mixture.agreement, weights)


def _best(equal: list[Mixture]) -> list[Candidate]:
    """Return the one that the state is most like, if there is any."""
    return [_candidate(min(equal, key=lambda each: each.unlike))] if equal else []


def _identity(kind: IdentityKind, found: Candidate, rest: list[Candidate]) -> Identity:
    return Identity(
        kind,
        found.members,
        found.agreement,
        found.weights,
        max(rest, key=lambda each: each.agreement, default=None),
    )
