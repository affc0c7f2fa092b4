"""A fully visible machine the slow way: sums over all states, written out."""

import numpy as np
from cases import bits
from scipy.special import logsumexp

from hopgui.model.boltzmann.visible import VisibleMachine


def machine_of(units=5, seed=1, scale=0.5):
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.normal(0, scale, (units, units)), 1)
    return VisibleMachine(upper + upper.T, rng.normal(0, scale, units))


def all_states(units):
    """Every state, in the order of the law: number 0 is all +1."""
    return np.array([-bits(number, units) for number in range(2**units)])


def slow_law(machine):
    states = all_states(machine.units).tolist()
    j, b = machine.couplings.tolist(), machine.bias.tolist()
    units = range(machine.units)
    logs = [
        sum(j[i][k] * x[i] * x[k] for i in units for k in range(i))
        + sum(b[i] * x[i] for i in units)
        for x in states
    ]
    return np.exp(np.array(logs) - logsumexp(logs)), float(logsumexp(logs))
