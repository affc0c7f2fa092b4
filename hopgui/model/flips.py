"""What a run yields: its flips, each with its moment and its energy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Flips:
    """Flips in the order in which they happened.

    Attributes
    ----------
    updates
        Number of the update at which each happened, 1 for the first unit asked; int64.
    units
        The unit that flipped, int32.
    energies
        Energy after the flip, float64.
    """

    updates: NDArray[np.int64]
    units: NDArray[np.int32]
    energies: NDArray[np.float64]
