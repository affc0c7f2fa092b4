"""Walsh's functions: every state of ±1 units at once.

A function of N units is a sum of products of units, f(x) = Σ_s a_s Π_{i ∈ s} x_i (Walsh 1923). With
states and sets of units written as binary numbers, one transform goes from the coefficients a to
the values f, and the same one from a law p to all its moments ⟨Π_{i ∈ s} x_i⟩, in N 2^N additions.
"""

import numpy as np
from numpy.typing import NDArray


def walsh(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Σ_s a_s Π_{i ∈ s} x_i for every state x; float64 array of shape (2^units,).

    Bit i of a state's number is 1 where x_i = −1, so that number 0 is the state of all +1.

    Parameters
    ----------
    values
        a, with bit i of a place's number saying whether unit i is in the set s; shape (2^units,).
    """
    # The compiled loop comes with the first law, not with the first window.
    from hopgui.model.kernels.visible import transform  # noqa: PLC0415

    result = np.array(values, np.float64)
    transform(result)
    return result


def number_of(state: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return the number of each state, the last axis being the units."""
    return np.asarray((state < 0) @ (1 << np.arange(state.shape[-1])), np.int64)
