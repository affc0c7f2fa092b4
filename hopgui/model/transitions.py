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
    if not flips.size:
        nowhere = np.full(numbers.size, -1, np.int64)
        return Transitions(basins.attractors, np.eye(numbers.size), nowhere, basins.sizes)
    chances, away = np.zeros((numbers.size, numbers.size)), np.empty((numbers.size, flips.size))
    for place, flip in enumerate(flips):  # one after another: all at once would be N times as much
        after = basins.shares[numbers ^ flip]
        chances += after
        away[:, place] = 1.0 - after.diagonal()
    surest = basins.free[away.argmax(axis=1)]
    kicks = np.where(away.max(axis=1) > 0, surest, -1)
    return Transitions(basins.attractors, chances / flips.size, kicks, basins.sizes)
