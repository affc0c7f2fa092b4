"""The compiled loops of the fully visible machine, and nothing else."""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled


@compiled
def transform(values: Any) -> None:
    """Turn coefficients of products of units into values at states, in place (Walsh 1923).

    Parameters
    ----------
    values
        float64 array of shape (2^units,).
    """
    width = 1
    while width < values.size:
        for start in range(0, values.size, 2 * width):
            for place in range(start, start + width):
                one, other = values[place], values[place + width]
                values[place], values[place + width] = one + other, one - other
        width *= 2


@compiled
def sweep_chains(x: Any, couplings: Any, bias: Any, noise: Any, free: Any) -> None:
    """Ask every free unit of every chain once, unit after unit, by Glauber's rule; in place.

    Parameters
    ----------
    x
        Units ±1, int8 array of shape (chains, units); changed in place.
    couplings, bias
        J and b, float64 arrays of shape (units, units) and (units,).
    noise
        Logistic numbers: one is below y with chance 1/(1 + e^−y). float64 array of shape (chains,
        units).
    free
        The units that are asked, int64 array.
    """
    fields = np.empty(bias.size)
    for chain in range(x.shape[0]):
        fields[:] = bias
        for unit in range(bias.size):
            row = couplings[unit]
            if x[chain, unit] > 0:
                fields += row
            else:
                fields -= row
        for unit in free:
            value = np.int8(1 if noise[chain, unit] < 2 * fields[unit] else -1)
            if value != x[chain, unit]:
                x[chain, unit] = value
                row = couplings[unit]
                if value > 0:
                    fields += 2 * row
                else:
                    fields -= 2 * row


@compiled
def pair_sums(x: Any, sums: Any) -> None:
    """Add up x_i x_j over states, exactly.

    Parameters
    ----------
    x
        Units ±1 with a row a unit, int8 array of shape (units, states).
    sums
        Takes Σ x_i x_j, int64 array of shape (units, units).
    """
    for unit in range(x.shape[0]):
        for other in range(unit + 1):
            total = np.int64(0)
            for state in range(x.shape[1]):
                total += x[unit, state] * x[other, state]
            sums[unit, other] = sums[other, unit] = total
