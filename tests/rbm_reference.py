"""Small restricted Boltzmann machines once more, slow and plain: sums over all states.

Nothing here calls the program: of a machine only its numbers are read.
"""

from itertools import product
from math import exp, fsum, log

import numpy as np
from scipy.stats import chi2

from hopgui.model.boltzmann.machine import Machine


def machine_of(visible: int, hidden: int, seed: int = 1, scale: float = 1.0) -> Machine:
    """A machine with random weights and biases."""
    rng = np.random.default_rng(seed)
    return Machine(
        rng.normal(0, scale, (visible, hidden)),
        rng.normal(0, scale, visible),
        rng.normal(0, scale, hidden),
    )


def every(units: int) -> list[tuple[int, ...]]:
    """All states of so many units of 0 and 1, the lowest unit changing fastest."""
    return [state[::-1] for state in product((0, 1), repeat=units)]


def energy(machine: Machine, v, h) -> float:
    """E(v, h), term by term."""
    b, c, w = (
        part.tolist() for part in (machine.visible_bias, machine.hidden_bias, machine.weights)
    )
    return -fsum(
        [b[i] * v[i] for i in range(len(b))]
        + [c[j] * h[j] for j in range(len(c))]
        + [v[i] * w[i][j] * h[j] for i in range(len(b)) for j in range(len(c))]
    )


def partition(machine: Machine, temperature: float = 1.0) -> float:
    """Z, over all states of both sides."""
    return fsum(
        exp(-energy(machine, v, h) / temperature)
        for v in every(machine.visible)
        for h in every(machine.hidden)
    )


def free_energy(machine: Machine, v) -> float:
    """F(v) = −ln Σ_h e^−E(v, h)."""
    return -log(fsum(exp(-energy(machine, v, h)) for h in every(machine.hidden)))


def chances(machine: Machine, temperature: float = 1.0) -> np.ndarray:
    """p(v) of every visible state, of e^(−E(v, h)/T) with the hidden units summed out."""
    sums = [
        fsum(exp(-energy(machine, v, h) / temperature) for h in every(machine.hidden))
        for v in every(machine.visible)
    ]
    return np.array(sums) / fsum(sums)


def joint(machine: Machine) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """Every v and h with its chance."""
    z = partition(machine)
    return [
        (v, h, exp(-energy(machine, v, h)) / z)
        for v in every(machine.visible)
        for h in every(machine.hidden)
    ]


def numbers(states) -> np.ndarray:
    """The number of each state, rows of 0 and 1 (or ±1), the lowest unit first."""
    return ((np.asarray(states) > 0) @ (1 << np.arange(np.shape(states)[1]))).astype(int)


def surprise(states, chance: np.ndarray) -> float:
    """Chance of counts as uneven as these, if the states were independent draws (Pearson 1900).

    States that are expected fewer than five times are counted together.
    """
    counts = np.bincount(numbers(states), minlength=chance.size).astype(float)
    expected = chance * counts.sum()
    rare = expected < 5
    counts = np.append(counts[~rare], counts[rare].sum())
    expected = np.append(expected[~rare], expected[rare].sum())
    if expected[-1] < 5:
        counts[-2:], expected[-2:] = counts[-2:].sum(), expected[-2:].sum()
        counts, expected = counts[:-1], expected[:-1]
    statistic = float((((counts - expected) ** 2) / expected).sum())
    return float(chi2.sf(statistic, counts.size - 1))
