"""The memory that a state is nearest to, whatever else it may be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A state that has at most one unit in twenty wrong goes by the memory's name.
MATCH = 0.9


@dataclass(frozen=True)
class Nearest:
    """The memory that a state is nearest to, or whose inverse it is nearest to.

    Attributes
    ----------
    memory
        Index of the memory with the largest |overlap|, None when there are no memories.
    sign
        +1 or −1: the sign of that overlap.
    distance
        Units in which the state differs from that memory, or from its inverse if `sign` is −1.
    overlap
        The overlap itself, −1 … 1.
    """

    memory: int | None
    sign: int
    distance: int
    overlap: float

    @property
    def near(self) -> bool:
        """Whether |overlap| reaches 0.9: then the state is called by the memory's name."""
        return abs(self.overlap) >= MATCH


def nearest_memory(overlaps: NDArray[np.integer], units: int) -> Nearest:
    """Find the memory, or inverse of one, that a state is nearest to.

    Of equals a memory comes before an inverse, and the first before the others: what was stored
    as it is, is no inverse.

    Parameters
    ----------
    overlaps
        M_μ = Σ_j ξ_j^μ x_j, integer array of shape (memories,).
    units
        Number of units N.
    """
    if not overlaps.size:
        return Nearest(None, 1, 0, 0.0)
    memory = int(np.argmax(2 * np.abs(overlaps) + (overlaps > 0)))
    largest = int(overlaps[memory])
    sign = 1 if largest >= 0 else -1
    return Nearest(memory, sign, (units - abs(largest)) // 2, largest / units)
