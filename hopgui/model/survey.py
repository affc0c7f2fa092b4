"""What the gallery says of every memory: its energy, and whether it is stable."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.network import Network

# float32 holds every whole number up to here, so sums of ±1 products below it are exact.
EXACT_IN_FLOAT32 = 2**24
# Fields of this many units at a time, so that a survey of 1000 memories takes no gigabytes.
BLOCK = 4_000_000
AT_ONCE = 20_000_000  # multiplications that nobody notices


@dataclass(frozen=True, eq=False)
class Survey:
    """Facts about the memories of one network, in their order.

    Attributes
    ----------
    energies
        Energy of each memory, float64 array of shape (memories,).
    stable
        Whether no update would change it, bool array of shape (memories,).
    """

    energies: NDArray[np.float64]
    stable: NDArray[np.bool_]


def is_quick(network: Network) -> bool:
    """Say whether a survey takes less time than anybody notices."""
    return network.memories * network.work <= AT_ONCE


def survey(network: Network) -> Survey:
    """Compute energy and stability of every memory.

    Hebb's network is surveyed at the speed of the BLAS: 2 P²N multiplications, and no more than 16
    MB beside the memories themselves. Any other is asked for one memory's fields after another's.
    """
    if network.couplings is None and type(network) is Network and not network.trouble.negative_own:
        return _survey_hebb(network)
    states = network.patterns
    energies = network.energies_of(np.array([network.score(state) for state in states]))
    stable = np.array([not network.unstable(state).any() for state in states], bool)
    return Survey(energies, stable)


def _survey_hebb(network: Network) -> Survey:
    memories, units = network.memories, network.units
    exact = "f4" if memories * units <= EXACT_IN_FLOAT32 else "f8"
    wide: NDArray[np.floating] = network.patterns.astype(exact)
    gram = wide @ wide.T
    energies = network.energies_of((gram.astype(np.int64) ** 2).sum(axis=1))
    stable = np.ones(memories, bool)
    step = max(1, BLOCK // max(units, 1))
    for first in range(0, memories, step):
        block = slice(first, first + step)
        states = network.patterns[block]
        fields = (gram[block] @ wide).astype(np.int64)
        if not network.conventions.self_connections:
            fields -= memories * states.astype(np.int64)
        stable[block] = ~network.unstable(states, fields).any(axis=1)
    return Survey(energies, stable)
