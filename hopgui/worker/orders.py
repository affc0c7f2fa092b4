"""What the window can tell the worker: frozen values that cross the thread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Dynamics
from hopgui.model.network import FALL, Network


@dataclass(frozen=True, eq=False)
class Start:
    """Begin a new run.

    Attributes
    ----------
    order
        Number of this order; letters of the run carry it.
    network
        What gives the state its energy.
    state
        Units ±1, int8 array of shape (units,).
    pinned
        Units never asked, bool array of shape (units,).
    seed
        Seed of the run.
    running
        Whether it goes on by itself at once.
    dynamics
        Which unit is asked next, and at what temperature.
    """

    order: int
    network: Network
    state: NDArray[np.int8]
    pinned: NDArray[np.bool_]
    seed: int
    running: bool
    dynamics: Dynamics = FALL


@dataclass(frozen=True, eq=False)
class Repeat:
    """Damage each memory in turn, recall it, pause, and begin again.

    Attributes
    ----------
    order
        Number of this order; letters of its runs carry it.
    network
        Whose memories are damaged and recalled.
    pinned
        Units never asked, bool array of shape (units,).
    percent
        Share of the units to flip.
    damage_seed, seed
        Seeds of the first round; each round takes the next.
    pause
        Seconds between a settled state and the next round.
    dynamics
        Which unit is asked next, and at what temperature.
    """

    order: int
    network: Network
    pinned: NDArray[np.bool_]
    percent: int
    damage_seed: int
    seed: int
    pause: float
    dynamics: Dynamics = FALL


@dataclass(frozen=True, eq=False)
class Paint:
    """Set units by hand under the run.

    Attributes
    ----------
    plus, minus
        Units to become +1 and −1, integer arrays.
    """

    plus: NDArray[np.integer]
    minus: NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Change:
    """Go on under another network or other pinned units.

    Attributes
    ----------
    network
        The network from now on.
    pinned
        Units never asked from now on, bool array of shape (units,).
    """

    network: Network
    pinned: NDArray[np.bool_]
