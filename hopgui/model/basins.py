"""Exact basins of attraction of a small grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.attractors import Attractor, Naming, kept
from hopgui.model.enumeration import require_few
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

MOST_UNITS = 16


@dataclass(frozen=True, eq=False)
class Basins:
    """Where every state of a grid falls, and how often.

    Attributes
    ----------
    attractors
        The stable states.
    shares
        Chance that a state falls to an attractor, read-only float64 array of shape (states,
        attractors); every row adds up to 1. State number c has free unit k, in their order, at +1
        where bit k of c is 1.
    free
        The units that are asked, int64 array.
    """

    attractors: tuple[Attractor, ...]
    shares: NDArray[np.float64]
    free: NDArray[np.int64]

    def number(self, state: Pattern) -> int:
        """Return the row of a state, int8 array of shape (units,)."""
        return int(((state[self.free] > 0).astype(np.int64) << np.arange(self.free.size)).sum())

    @property
    def sizes(self) -> NDArray[np.float64]:
        """Share of all states that falls to each attractor, float64 (attractors,)."""
        sizes: NDArray[np.float64] = self.shares.mean(axis=0)
        return sizes


def exact_basins(
    network: Network,
    *,
    rng: np.random.Generator,
    state: Pattern | None = None,
    pinned: NDArray[np.bool_] | None = None,
) -> Basins:
    """Compute from every state the chance to fall to each attractor.

    Units are asked at random with replacement: the next unit to flip is any of the unstable ones
    with equal chance, so B_a(s) = mean over unstable i of B_a(s with i flipped).

    Parameters
    ----------
    network
        What gives the states their energy.
    rng
        Seeds the falls of mixtures that attractors are named by.
    state
        How pinned units stand, int8 array of shape (units,).
    pinned
        Units that are never asked, bool array of shape (units,).

    Raises
    ------
    Refusal
        If more than 16 units are free, if the chances would not fit into memory, or if a fall can
        go round in circles: with random ties, one-way couplings or negative self-connections.
    """
    free = np.flatnonzero(np.ones(network.units, bool) if pinned is None else ~pinned)
    require_few(free.size, MOST_UNITS)
    naming = Naming(network, rng=rng)
    base = np.full(network.units, -1, np.int8) if state is None else np.array(state, np.int8)
    codes = np.arange(2**free.size)
    unstable = []
    attractors: list[Attractor] = []
    for code in codes:
        base[free] = 2 * ((code >> np.arange(free.size)) & 1) - 1
        unstable.append(np.flatnonzero(network.unstable(base)[free]))
        if not unstable[-1].size:
            attractors.append(naming.attractor(kept(base)))
    shares = np.zeros((codes.size, len(attractors)))
    stable = [code for code in codes if not unstable[code].size]
    shares[stable, np.arange(len(stable))] = 1
    known = set(stable)
    while len(known) < codes.size:
        for code in codes:
            after = code ^ (1 << unstable[code])
            if code not in known and known.issuperset(after.tolist()):
                shares[code] = shares[after].mean(axis=0)
                known.add(code)
    return Basins(tuple(attractors), shares, free)
