"""What a summed-out unit of 0 or 1 adds to minus the free energy: ln(1 + e^y)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# A product of so many factors of at most 2 stays within double precision.
AT_ONCE = 1000


def softplus_sum(inputs: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return Σ_j ln(1 + e^y_j) over the last axis.

    Each term is max(y, 0) + ln(1 + e^−|y|), which neither overflows nor loses small terms; the
    logarithms of a row are taken once, of the product.

    Parameters
    ----------
    inputs
        y, array of shape (…, units).

    Returns
    -------
    NDArray
        float64 array of shape (…).
    """
    factors = np.exp(-np.abs(inputs), dtype=np.float64)
    factors += 1
    total: Any = np.maximum(inputs, 0).sum(axis=-1, dtype=np.float64)
    for first in range(0, inputs.shape[-1], AT_ONCE):
        total = total + np.log(factors[..., first : first + AT_ONCE].prod(axis=-1))
    return np.asarray(total)


def logistic(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 1/(1 + e^−y), to full precision at either end."""
    small = np.exp(-np.abs(inputs))
    return np.asarray(np.where(inputs >= 0, 1.0, small) / (1 + small))


def log_logistic(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ln 1/(1 + e^−y)."""
    return np.asarray(np.minimum(inputs, 0) - np.log1p(np.exp(-np.abs(inputs))))
