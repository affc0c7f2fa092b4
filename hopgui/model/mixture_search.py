"""Which few memories, added up, are most like a state."""

from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopgui.model.patterns import Pattern

# With more members than a third of the units, some mixture is like any state whatever.
UNITS_A_MEMBER = 3
# How many members a mixture of unequal weights may have.
FEW = 7
# Up to how many members are exchanged for better ones, and for how many of the likeliest; from
# how many of the likeliest on one begins.
MOST_EXCHANGED = 7
LIKELIEST = 32
STARTS = 4
# Sums of real weights no larger than this share of what was added are ties.
ROUNDING = 1e-9


class Mixture(NamedTuple):
    """Memories added up, and how many units of the state are unlike their sum's sign.

    Attributes
    ----------
    chosen, signs
        Index and sign ±1 of each member, int64 arrays of shape (members,).
    unlike
        Units at which the state differs; where members tie it does not.
    units
        Units of the state.
    weights
        How strongly each member counts, float64 array of shape (members,); None if all count alike.
    """

    chosen: NDArray[np.int64]
    signs: NDArray[np.int64]
    unlike: int
    units: int
    weights: NDArray[np.float64] | None = None

    @property
    def agreement(self) -> float:
        """Overlap of the state with it, −1 … 1."""
        return 1 - 2 * self.unlike / self.units


class MixtureSearch:
    """Mixtures of the memories with the largest dual overlaps, held against one state.

    Where memories resemble one another much, dual overlaps can choose the wrong members of a small
    mixture; members are then exchanged for better ones.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    state
        Units ±1, int8 array of shape (units,).
    overlaps
        M_μ of the state, integer array of shape (memories,).
    weights
        Its dual overlaps, float64 array of shape (memories,); a memory at 0 is no member.
    """

    def __init__(
        self,
        patterns: NDArray[np.int8],
        state: Pattern,
        overlaps: NDArray[np.integer],
        weights: NDArray[np.float64],
    ) -> None:
        self._patterns = patterns
        self._units = state.size
        self._state = state
        sizes = np.abs(weights)
        # Equal weights, but for rounding, are taken in the memories' order.
        steps = np.round(sizes / (ROUNDING * (sizes.max() or 1.0)))
        order = np.argsort(-steps, kind="stable")
        self._order = order[steps[order] > 0]
        self._weights = weights[self._order]
        self._overlaps = overlaps[self._order]
        self._signs = np.where(self._weights > 0, 1, -1)

    def equal(self) -> list[Mixture]:
        """Return the mixtures of 3, 5, 7, … members that count alike."""
        most = min(len(self._order), max(3, self._units // UNITS_A_MEMBER))
        unlikes = np.empty(most, np.int64)
        state = np.array(self._state, np.int8)
        loops().unlikes(self._patterns, self._order, self._signs, state, unlikes)
        # The likeliest members, each unit +1 where it is like the state's and −1 elsewhere.
        likeliest = self._patterns[self._order[:LIKELIEST]].astype(np.int16) * state
        found = []
        for count in range(3, most + 1, 2):  # an odd number of members never ties
            unlike = int(unlikes[count - 1])
            mixture = Mixture(self._order[:count], self._signs[:count], unlike, self._units)
            found.append(mixture if count > MOST_EXCHANGED else self._bettered(mixture, likeliest))
        return found

    def unequal(self) -> Iterator[Mixture]:
        """Yield the mixtures of few members that count as much as their dual overlaps say."""
        total, added = np.zeros(self._units), 0.0
        for count in range(1, min(FEW, len(self._order)) + 1):
            weight = self._weights[count - 1]
            total += weight * self._patterns[self._order[count - 1]]
            added += abs(weight)
            if count >= 2:
                unlike = int(np.count_nonzero(total * self._state < -ROUNDING * added))
                sizes = np.abs(self._weights[:count])
                yield Mixture(self._order[:count], self._signs[:count], unlike, self._units, sizes)

    def _bettered(self, mixture: Mixture, likeliest: NDArray[np.int16]) -> Mixture:
        """Exchange members from several starts on: what is best depends on where one begins."""
        count, likely = len(mixture.chosen), len(likeliest)
        if not mixture.unlike or count == len(self._order):
            return mixture
        raw = self._overlaps[:likely]
        largest = np.argsort(-np.abs(raw), kind="stable")[:count]
        starts = 1 + min(STARTS, likely - count + 1)
        places = np.arange(count) + np.arange(-1, starts - 1)[:, None]
        signs = self._signs[places]
        places[0], signs[0] = largest, np.where(raw[largest] >= 0, 1, -1)
        best = loops().exchange_from_all(likeliest, places, signs)
        unlike = int(best[1])
        return Mixture(self._order[places[best[0]]], signs[best[0]], unlike, self._units)


def loops() -> ModuleType:
    """Return the compiled loops; loading the compiler takes longer than opening the window."""
    from hopgui.model.kernels import mixtures  # noqa: PLC0415 - only names ask for it

    return mixtures
