"""Exact basins of attraction of a small grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.attractors import Attractor, Naming, kept
from hopgui.model.enumeration import Grid, require_few
from hopgui.model.falls import free_units
from hopgui.model.kernels import enumeration as loops
from hopgui.model.kernels import steps
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.room import GIGABYTE, LARGEST
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

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
        The units that are asked, int32 array.
    """

    attractors: tuple[Attractor, ...]
    shares: NDArray[np.float64]
    free: NDArray[np.int32]

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
    free = free_units(network.units, pinned)
    require_few(free.size, MOST_UNITS)
    grid = Grid(network, free, state)
    masks = np.empty(2**free.size, np.int32)
    if grid.leans is None:
        loops.unstable_units(grid.form(), grid.state(0), free, grid.ways, masks)
    else:
        steps.moved_units(*grid.leans, masks)
    stable = np.flatnonzero(masks == 0)
    _require_room(masks.size * stable.size * 8)
    shares = np.zeros((masks.size, stable.size))
    if loops.fill_shares(masks, free.size, shares) < masks.size:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "Here a fall can go round in circles, so that basins have no exact sizes.",
            )
        )
    shares.flags.writeable = False
    naming = Naming(network, rng=rng, free=free)
    attractors = tuple(
        naming.attractors([(kept(grid.state(code)), None) for code in stable.tolist()])
    )
    return Basins(attractors, shares, free)


def _require_room(size: float) -> None:
    if size > LARGEST:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "Exact basins would take {size} GB here: the most is {most} GB."
            ),
            size=f"{size / GIGABYTE:.1f}",
            most=f"{LARGEST / GIGABYTE:.1f}",
        )
