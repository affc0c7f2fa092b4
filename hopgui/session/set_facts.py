"""What a set of patterns would be to the network: how it overlaps, and whether it can be held."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model import theory
from hopgui.session.session import Session

BLOCK = 4096  # units at a time, so that a large set takes no gigabytes
MOST_PRODUCTS = 1_000_000_000  # multiplications that nobody waits for


@dataclass(frozen=True, eq=False)
class SetFacts:
    """What is known of a set of patterns before it is stored.

    Attributes
    ----------
    overlaps
        m between each two of them, float32 array of shape (patterns, patterns), 1 on its diagonal.
    largest
        The largest |m| between two of them, 0 for fewer than two.
    pair
        The two that it is between, None for fewer than two.
    load
        α = P/N once they are stored beside those that are there.
    capacity
        The load that the present rule holds.
    """

    overlaps: NDArray[np.float32]
    largest: float
    pair: tuple[int, int] | None
    load: float
    capacity: float


def most_compared(units: int) -> int:
    """Return how many patterns of so many units are compared while one waits."""
    return max(2, int((MOST_PRODUCTS / units) ** 0.5))


def set_facts(patterns: NDArray[np.int8], count: int, session: Session, units: int) -> SetFacts:
    """Say what a set of patterns would be to the network.

    Parameters
    ----------
    patterns
        Those that are compared, int8 array of ±1 and shape (patterns, units).
    count
        How many memories there will be.
    session
        Whose rule, energy and conventions are meant.
    units
        Units of the grid.
    """
    overlaps = np.zeros((len(patterns), len(patterns)), np.float32)
    for start in range(0, patterns.shape[1], BLOCK):
        block = patterns[:, start : start + BLOCK].astype(np.float32)
        overlaps += block @ block.T
    overlaps /= np.float32(max(1, patterns.shape[1]))
    apart = np.abs(overlaps)
    np.fill_diagonal(apart, -1)
    pair = None
    if len(patterns) > 1:
        first, second = divmod(int(apart.argmax()), len(patterns))
        pair = (min(first, second), max(first, second))
    capacity = theory.capacity(
        session.rule,
        session.energy,
        units,
        self_connections=session.conventions.self_connections,
    )
    return SetFacts(
        overlaps,
        0.0 if pair is None else float(apart[pair]),
        pair,
        count / units,
        capacity / units,
    )
