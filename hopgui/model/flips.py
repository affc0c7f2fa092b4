"""What a run yields: its flips, each with its moment and its energy."""

from collections.abc import Sequence
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


def joined(parts: Sequence[Flips]) -> Flips:
    """Return flips of several stretches as one."""
    if len(parts) == 1:
        return parts[0]
    return Flips(
        np.concatenate([np.empty(0, np.int64), *(part.updates for part in parts)]),
        np.concatenate([np.empty(0, np.int32), *(part.units for part in parts)]),
        np.concatenate([np.empty(0, np.float64), *(part.energies for part in parts)]),
    )
