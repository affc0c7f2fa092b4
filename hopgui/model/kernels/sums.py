"""The compiled sum over all states of one side, and nothing else."""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled


@compiled
def sum_states(rows: Any, biases: Any, inputs: Any, bias: Any, count: Any) -> Any:
    """Add up e^−F over states that follow each other in Gray's order (Gray 1953).

    Parameters
    ----------
    rows
        Weights with a row a unit of the side summed over, float64 array of shape (low, others).
    biases
        Biases of these units, float64 array of shape (low,).
    inputs
        Inputs to the other side when all these units are 0, float64 array of shape (others,);
        changed in place.
    bias
        What the units that do not change add to −F.
    count
        How many states, 2^low.

    Returns
    -------
    float
        ln of the sum.
    """
    total, most = 0.0, -np.inf
    on = np.zeros(biases.size, np.bool_)
    for number in range(count):
        if number:
            # The next state differs in the unit of the number's lowest bit.
            unit = 0
            while not number >> unit & 1:
                unit += 1
            sign = -1.0 if on[unit] else 1.0
            on[unit] = not on[unit]
            bias += sign * biases[unit]
            row = rows[unit]
            for other in range(row.size):
                inputs[other] += sign * row[other]
        term, factors = bias, 1.0
        for other in range(inputs.size):
            term += max(inputs[other], 0.0)
            factors *= 1.0 + np.exp(-abs(inputs[other]))
            # Factors of at most 2: their product is kept within double precision.
            if factors > 1e300:
                term += np.log(factors)
                factors = 1.0
        term += np.log(factors)
        if term > most:
            total = total * np.exp(most - term) + 1.0
            most = term
        else:
            total += np.exp(term - most)
    return most + np.log(total)
