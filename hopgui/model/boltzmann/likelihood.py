"""How likely pictures are: exactly, by summing over all states of the smaller side.

ln p(v) = −F(v) − ln Z, and ln Z = ln Σ_h e^−F(h) with either side summed out in closed form: 2ⁿ
terms for n units on the smaller side. For more see `ais`.
"""

from collections.abc import Iterator
from math import log

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Bits, Machine, bits_of
from hopgui.model.boltzmann.softplus import log_logistic, softplus_sum

MOST_UNITS = 20
# Terms that one block adds up: a few hundredths of a second.
BLOCK = 2**22


def smaller_side(machine: Machine) -> int:
    """Return the number of units on the side that has fewer."""
    return min(machine.visible, machine.hidden)


def is_exact(machine: Machine) -> bool:
    """Say whether ln Z can be summed exactly."""
    return smaller_side(machine) <= MOST_UNITS


def log_partition(machine: Machine) -> float:
    """Return ln Z, summed exactly.

    Raises
    ------
    ValueError
        If both sides have more than 20 units.
    """
    *_, (log_z, _, _) = log_partition_steps(machine)
    return log_z


def log_partition_steps(machine: Machine) -> Iterator[tuple[float, int, int]]:
    """Sum ln Z block by block.

    In a block the high units of the smaller side stand still and the low ones go through all their
    states.

    Yields
    ------
    tuple
        ln of the sum so far, blocks done, and blocks in all.

    Raises
    ------
    ValueError
        If both sides have more than 20 units.
    """
    # The compiled loop comes with the first sum, not with the first window.
    from hopgui.model.kernels.sums import sum_states  # noqa: PLC0415

    if not is_exact(machine):
        message = f"ln Z of {machine.visible} × {machine.hidden} units cannot be summed"
        raise ValueError(message)
    small = machine.transposed if machine.hidden <= machine.visible else machine
    # Inputs are carried along within a block and computed anew for the next: no rounding adds up.
    low = min(small.visible, max(1, (BLOCK // max(small.hidden, 1)).bit_length() - 1))
    total, blocks = -np.inf, 2 ** (small.visible - low)
    for block in range(blocks):
        high = states_of(np.array([block]), small.visible - low)[0]
        inputs = small.hidden_bias + high @ small.weights[low:]
        bias = float(high @ small.visible_bias[low:])
        part = sum_states(small.weights[:low], small.visible_bias[:low], inputs, bias, 2**low)
        total = float(np.logaddexp(total, part))
        yield total, block + 1, blocks


def all_states(units: int) -> NDArray[np.float64]:
    """Return every state of so many units of 0 and 1, float64 array of shape (2^units, units)."""
    return states_of(np.arange(2**units), units)


def states_of(numbers: NDArray[np.integer], units: int) -> NDArray[np.float64]:
    """Return the states that the binary digits of numbers are, the lowest first."""
    return (numbers[:, None] >> np.arange(units) & 1).astype(np.float64)


def log_likelihood(machine: Machine, patterns: NDArray[np.int8], log_z: float) -> float:
    """Return the mean of ln p(v) over pictures, in nats.

    Parameters
    ----------
    machine
        The machine.
    patterns
        Units ±1, int8 array of shape (pictures, visible).
    log_z
        ln Z, exact or estimated.
    """
    return float(-machine.free_energy(bits_of(patterns)).mean()) - log_z


def best_log_likelihood(patterns: NDArray[np.int8]) -> float:
    """Return the largest mean of ln p that any machine can reach: minus the pictures' entropy."""
    _, counts = np.unique(patterns, axis=0, return_counts=True)
    total = len(patterns)
    return float(sum(count / total * log(count / total) for count in counts.tolist()))


def log_odds(machine: Machine, v: Bits) -> NDArray[np.float64]:
    """Return ln p(v_i = 1 | all other visible units) / p(v_i = 0 | …) for every unit.

    It is the free energy with the unit at 0 less that with it at 1.

    Parameters
    ----------
    v
        Units 0 or 1, array of shape (pictures, visible).

    Returns
    -------
    NDArray
        float64 array of shape (pictures, visible).
    """
    inputs = machine.hidden_input(v)
    odds = np.empty(np.shape(v), np.float64)
    for unit in range(machine.visible):
        off = inputs - np.multiply.outer(v[:, unit], machine.weights[unit])
        gain = softplus_sum(off + machine.weights[unit]) - softplus_sum(off)
        odds[:, unit] = machine.visible_bias[unit] + gain
    return odds


def pseudo_likelihood(machine: Machine, patterns: NDArray[np.int8]) -> float:
    """Return the mean over pictures of Σ_i ln p(v_i | all other visible units), in nats.

    Besag (1975); exact, every unit of every picture counted.
    """
    return float(log_logistic(log_odds(machine, bits_of(patterns)) * patterns).sum(axis=1).mean())
