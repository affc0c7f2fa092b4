"""Walsh's functions: every state of ±1 units at once.

A function of N units is a sum of products of units, f(x) = Σ_s a_s Π_{i ∈ s} x_i (Walsh 1923). With
states and sets of units written as binary numbers, one transform goes from the coefficients a to
the values f, and the same one from a law p to all its moments ⟨Π_{i ∈ s} x_i⟩. Units are taken five
at a time, each five by a product with Hadamard's matrix: the BLAS is quicker than N 2^N additions.
"""

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 5  # units


def walsh(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Σ_s a_s Π_{i ∈ s} x_i for every state x; float64 array of shape (2^units,).

    Bit i of a state's number is 1 where x_i = −1, so that number 0 is the state of all +1.

    Parameters
    ----------
    values
        a, with bit i of a place's number saying whether unit i is in the set s; shape (2^units,).
    """
    result = values.astype(np.float64)
    units = result.size.bit_length() - 1
    for done in range(0, units, AT_ONCE):
        signs = _hadamard(min(AT_ONCE, units - done))
        parts = result.reshape(-1, len(signs), 2**done)
        # The first few products would be with columns of a single number.
        turned = signs @ parts if done else parts[:, :, 0] @ signs
        result = turned.ravel()
    return result


def _hadamard(units: int) -> NDArray[np.float64]:
    """Return (−1)^(number of units in both) for every two sets of units."""
    signs = np.ones((1, 1))
    for _ in range(units):
        signs = np.block([[signs, signs], [signs, -signs]])
    return signs


def number_of(state: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return the number of each state, the last axis being the units."""
    return np.asarray((state < 0) @ (1 << np.arange(state.shape[-1])), np.int64)
