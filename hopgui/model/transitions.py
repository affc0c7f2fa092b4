"""Where the stable states of a small grid go when one unit of them is kicked.

A kick flips one unit, each as likely; then the state falls, units asked at random. A stable state
need not be a minimum of the energy: with self-connections it may have units whose flip lowers it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.attractors import Attractor
from hopgui.model.basins import Basins


@dataclass(frozen=True, eq=False)
class Transitions:
    """The chances to go from one stable state to another.

    Attributes
    ----------
    attractors
        The stable states.
    chances
        By a kick from the row's to the column's, float64 array of shape (attractors, attractors);
        every row adds up to 1.
    kicks
        Of each stable state the unit whose flip leads away most surely, −1 where none does; int64
        array of shape (attractors,).
    sizes
        Share of all states that falls to each, float64 array of shape (attractors,).
    """

    attractors: tuple[Attractor, ...]
    chances: NDArray[np.float64]
    kicks: NDArray[np.int64]
    sizes: NDArray[np.float64]


def transitions(basins: Basins) -> Transitions:
    """Compute where each stable state goes when one of its free units is flipped.

    Parameters
    ----------
    basins
        Where every state falls.
    """
    numbers = np.array([basins.number(each.state) for each in basins.attractors], np.int64)
    flips = np.int64(1) << np.arange(basins.free.size, dtype=np.int64)
    # Shape (attractors, free units, attractors).
    after = basins.shares[numbers[:, None] ^ flips[None, :]]
    own = np.arange(numbers.size)
    away = 1.0 - after[own, :, own]
    kicks = np.full(numbers.size, -1, np.int64)
    if basins.free.size:
        surest = away.argmax(axis=1)
        kicks = np.where(away.max(axis=1) > 0, basins.free[surest], -1)
    chances = after.mean(axis=1) if basins.free.size else np.eye(numbers.size)
    return Transitions(basins.attractors, chances, kicks, basins.sizes)
