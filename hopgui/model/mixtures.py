"""What a state is, told by all memories together: a memory, a mixture of several, or neither.

The nearest memory alone misleads: Hebb's rule also settles in states such as the majority of three
memories (Amit, Gutfreund, Sompolinsky 1985). A mixture is looked for with dual overlaps, the
weights with which the memories together come nearest to the state, so that pictures that resemble
one another are told apart.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopgui.model.mixture_search import UNITS_A_MEMBER, Mixture, MixtureSearch
from hopgui.model.patterns import Pattern
from hopgui.model.verdict import Candidate, Kind, Members, Verdict

Settle = Callable[[Pattern], Pattern]

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

        A step lets no more than one mixture fall. Parameters are those of `identify`.
        """
        look = self.look(state, overlaps)
        found = self.name(look, cycle=cycle, settled=settled)
        yield found
        if settle is None or cycle or not settled:
            return
        ends = []
        for mixture in self.to_let_fall(look):
            ends.append(settle(mixture))
            if np.array_equal(ends[-1], state):
                yield self.name(look, ends)
                return
            yield found

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
    ) -> Verdict:
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
            return replace(found, kind=Kind.CYCLE)
        return found if settled else replace(found, kind=Kind.UNSETTLED)

    def to_let_fall(self, look: Look) -> Iterator[Pattern]:
        """Yield the equal mixtures that are let fall, to see whether they fall to the state."""
        tried = look.equal[: look.near][:MOST_TRIED]
        return (self._mixed(each.signs, each.chosen) for each in tried)

    def _named(self, look: Look, ends: Iterable[Pattern]) -> Verdict:
        if not look.singles:
            return Verdict(Kind.OTHER)
        single = look.singles[0]
        if look.search is None:
            upright = single.members[0][0] > 0
            return _verdict(Kind.MEMORY if upright else Kind.INVERSE, single, look.singles[1:])
        falls = (place for place, end in enumerate(ends) if np.array_equal(end, look.state))
        fallen = next(falls, None)
        place = look.near if fallen is None else fallen
        if place is not None:
            rest = [single, *_best(look.equal[:place] + look.equal[place + 1 :])]
            mixture = _verdict(Kind.MIXTURE, _candidate(look.equal[place]), rest)
            return replace(mixture, falls_from=fallen is not None)
        rest = [single, *_best(look.equal)]
        if self.distinct.size * UNITS_A_MEMBER <= self.units:
            for each in look.search.unequal():
                if self._near(each.unlike):
                    return _verdict(Kind.MIXTURE, _candidate(each), rest)
        best = max(rest, key=lambda each: each.agreement)
        return Verdict(Kind.OTHER, agreement=best.agreement, next_best=best)

    def mixed(self, members: Members) -> Pattern:
        """Return the sign of these memories' sum, an odd number of them, int8 (units,)."""
        signs, chosen = np.array(members).T
        return self._mixed(signs, chosen)

    def _mixed(self, signs: NDArray[np.int64], chosen: NDArray[np.int64]) -> Pattern:
        total = signs.astype(np.float32) @ self.patterns[chosen].astype(np.float32)
        return np.where(total > 0, np.int8(1), np.int8(-1))

    def _singles(self, overlaps: NDArray[np.integer]) -> list[Candidate]:
        """Return the memory or inverse nearest to the state, and the one after it.

        Of equals a memory comes before an inverse, as `nearest_memory` has it.
        """
        ranks = 2 * np.abs(overlaps) + (overlaps > 0)
        found: list[Candidate] = []
        while len(found) < min(2, self.distinct.size):
            index = int(np.argmax(ranks))
            sign = 1 if overlaps[index] >= 0 else -1
            found.append(Candidate(((sign, index),), abs(int(overlaps[index])) / self.units))
            ranks[np.abs(self._gram[index]) == self.units] = -1  # copies and opposites are told
        return found

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
