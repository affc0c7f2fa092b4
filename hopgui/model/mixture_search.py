"""Which few memories, added up, are most like a state."""

from collections.abc import Iterator
from functools import cached_property
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

    @cached_property
    def _likeliest(self) -> NDArray[np.int8]:
        """The likeliest members, each unit +1 where it is like the state's and −1 elsewhere."""
        return self._patterns[self._order[:LIKELIEST]] * self._state

    @cached_property
    def _like(self) -> NDArray[np.uint64]:
        """Where they are like it, a bit a unit, uint64 array of shape (likeliest, words)."""
        return _bits(self._likeliest > 0)

    def equal(self) -> list[Mixture]:
        """Return the mixtures of 3, 5, 7, … members that count alike."""
        most = min(len(self._order), max(3, self._units // UNITS_A_MEMBER))
        total = np.zeros(self._units, np.int16)
        up = self._state > 0
        found = []
        for count in range(1, most + 1):
            row = self._patterns[self._order[count - 1]]
            if self._signs[count - 1] > 0:
                total += row
            else:
                total -= row
            if count >= 3 and count % 2:  # an odd number of members never ties
                unlike = int(np.count_nonzero((total > 0) != up))
                mixture = Mixture(self._order[:count], self._signs[:count], unlike, self._units)
                found.append(self._bettered(mixture) if count <= MOST_EXCHANGED else mixture)
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

    def _bettered(self, mixture: Mixture) -> Mixture:
        """Exchange members from several starts on: what is best depends on where one begins."""
        count, likely = len(mixture.chosen), len(self._likeliest)
        if not mixture.unlike or count == len(self._order):
            return mixture
        raw = self._overlaps[:likely]
        largest = np.argsort(-np.abs(raw), kind="stable")[:count]
        found = [self._exchanged(largest.tolist(), np.where(raw[largest] >= 0, 1, -1))]
        for first in range(min(STARTS, likely - count + 1)):
            places = list(range(first, first + count))
            found.append(self._exchanged(places, self._signs[places]))
        return min(found, key=lambda each: each.unlike)

    def _exchanged(self, places: list[int], signs: NDArray[np.int64]) -> Mixture:
        """Exchange members, one at a time, as long as the mixture becomes more like the state."""
        signs = signs.astype(np.int8)
        total = (signs @ self._likeliest[places]).astype(np.int8)
        unlike, quiet = int(np.count_nonzero(total < 0)), 0
        while quiet < len(places):
            for member, place in enumerate(places):
                others = total - signs[member] * self._likeliest[place]
                # Where the others tie, this one decides: so the best is best on those units.
                tied = others == 0
                ties = int(np.count_nonzero(tied))
                alike = np.bitwise_count(self._like & _bits(tied))
                gains = 2 * alike.sum(axis=1, dtype=np.int64) - ties
                gains[[other for other in places if other != place]] = 0
                best = int(np.argmax(np.abs(gains)))
                wrong = int(np.count_nonzero(others < 0)) + (ties - abs(int(gains[best]))) // 2
                quiet += 1
                if wrong < unlike:
                    unlike, quiet = wrong, 0
                    places[member], signs[member] = best, 1 if gains[best] > 0 else -1
                    total = others + signs[member] * self._likeliest[best]
        return Mixture(self._order[places], signs.astype(np.int64), unlike, self._units)


def _bits(mask: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return the last axis of a mask as words of 64 bits, the last one filled up with zeros."""
    packed = np.packbits(mask, axis=-1)
    words = np.zeros((*mask.shape[:-1], -(-packed.shape[-1] // 8) * 8), np.uint8)
    words[..., : packed.shape[-1]] = packed
    return words.view(np.uint64)
