"""Which few memories, added up, are most like a state."""

from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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

    Made by `search_all`.

    Attributes
    ----------
    unlike
        Units at which the state is unlike the mixtures of 3, 5, 7, … members that count alike,
        int64 array of shape (mixtures,).
    uneven
        The same of the mixtures of 2, 3, … members, few, that count as much as their dual overlaps
        say.
    """

    def __init__(
        self,
        units: int,
        order: NDArray[np.int64],
        weights: NDArray[np.float64],
        exchanged: tuple[NDArray[np.int64], NDArray[np.int64]],
        unlike: NDArray[np.int64],
        uneven: NDArray[np.int64],
    ) -> None:
        self._units = units
        self._order, self._weights = order, weights
        self._signs = np.where(weights > 0, 1, -1)
        self._exchanged = exchanged
        self.unlike, self.uneven = unlike, uneven

    def equal(self, place: int) -> Mixture:
        """Return the mixture in this place of `unlike`."""
        size, unlike = 3 + 2 * place, int(self.unlike[place])
        if size > MOST_EXCHANGED:
            return Mixture(self._order[:size], self._signs[:size], unlike, self._units)
        chosen, signs = self._exchanged
        return Mixture(chosen[place, :size], signs[place, :size], unlike, self._units)

    def unequal(self, place: int) -> Mixture:
        """Return the mixture in this place of `uneven`."""
        size, unlike = 2 + place, int(self.uneven[place])
        sizes = np.abs(self._weights[:size])
        return Mixture(self._order[:size], self._signs[:size], unlike, self._units, sizes)


def search_all(
    patterns: NDArray[np.int8],
    states: NDArray[np.int8],
    overlaps: NDArray[np.integer],
    weights: NDArray[np.float64],
) -> list[MixtureSearch]:
    """Look for the mixtures of some states; quicker than one after the other.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    states
        Units ±1, int8 array of shape (states, units).
    overlaps
        M_μ of each state, integer array of shape (states, memories).
    weights
        Their dual overlaps, float64 array of the same shape; a memory at 0 is no member.
    """
    count, units = states.shape
    sizes = np.abs(weights)
    largest = sizes.max(axis=1, keepdims=True)
    # Equal weights, but for rounding, are taken in the memories' order.
    steps = np.round(sizes / (ROUNDING * np.where(largest > 0, largest, 1)))
    orders = np.argsort(-steps, axis=1, kind="stable")
    members = np.count_nonzero(steps, axis=1)
    weights = np.take_along_axis(weights, orders, axis=1)
    most = min(int(members.max()), max(3, units // UNITS_A_MEMBER))
    unlike = np.empty((count, most), np.int64)
    chosen, signs = np.empty((2, count, (MOST_EXCHANGED - 1) // 2, MOST_EXCHANGED), np.int64)
    uneven = np.empty((count, FEW), np.int64)
    loops().search(
        patterns,
        np.ascontiguousarray(states),
        orders,
        weights,
        np.take_along_axis(overlaps.astype(np.int64), orders, axis=1),
        members,
        LIKELIEST,
        STARTS,
        ROUNDING,
        unlike,
        chosen,
        signs,
        uneven,
    )
    return [
        MixtureSearch(
            units,
            orders[row, :size],
            weights[row, :size],
            (chosen[row], signs[row]),
            unlike[row, 2 : min(size, most) : 2],
            uneven[row, 1:size],
        )
        for row, size in enumerate(members.tolist())
    ]


def loops() -> ModuleType:
    """Return the compiled loops; loading the compiler takes longer than opening the window."""
    from hopgui.model.kernels import mixtures  # noqa: PLC0415 - only names ask for it

    return mixtures
