"""What a state is: a memory, the inverse of one, or close to none."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

MATCH = 0.9


class Kind(StrEnum):
    """What a state can be called."""

    MEMORY = "memory"
    INVERSE = "inverse"
    OTHER = "other"


@dataclass(frozen=True)
class Verdict:
    """What a state is, with the evidence.

    Attributes
    ----------
    kind
        Memory or inverse when the overlap with the nearest memory reaches 0.9, else other.
    nearest
        Index of the memory with the largest |overlap|, None when there are no memories.
    sign
        +1 or −1: the sign of that overlap.
    distance
        Units in which the state differs from that memory, or from its inverse if `sign` is −1.
    overlap
        The overlap itself, −1 … 1.
    """

    kind: Kind
    nearest: int | None
    sign: int
    distance: int
    overlap: float


def judge(overlaps: NDArray[np.integer], units: int) -> Verdict:
    """Say what a state is from its integer overlaps with the memories.

    Parameters
    ----------
    overlaps
        M_μ = Σ_j ξ_j^μ x_j, integer array of shape (memories,).
    units
        Number of units N.
    """
    if not overlaps.size:
        return Verdict(Kind.OTHER, None, 1, 0, 0.0)
    nearest = int(np.argmax(np.abs(overlaps)))
    largest = int(overlaps[nearest])
    sign = 1 if largest >= 0 else -1
    kind = Kind.OTHER
    if abs(largest) >= MATCH * units:
        kind = Kind.MEMORY if sign > 0 else Kind.INVERSE
    return Verdict(kind, nearest, sign, (units - abs(largest)) // 2, largest / units)
