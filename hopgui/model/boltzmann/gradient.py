"""The centred gradient of the log-likelihood (Melchior, Fischer, Wiskott 2016).

∇W = ⟨(v − μ)(h − λ)ᵀ⟩_data − ⟨(v − μ)(h − λ)ᵀ⟩_model, and of the biases what is left when ∇W is
read as a change of the centred machine: ∇b = ⟨v⟩_data − ⟨v⟩_model − ∇W λ, ∇c = ⟨h⟩_data −
⟨h⟩_model − ∇Wᵀ μ. μ is the data's mean of v and λ a running mean of h. With μ = λ = 0 it is the
plain gradient; unlike that it does not care which of its two values a unit calls 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Bits


@dataclass(frozen=True, eq=False)
class Gradient:
    """A direction in which a machine may change.

    Attributes
    ----------
    weights
        float64 array of shape (visible, hidden).
    visible_bias, hidden_bias
        float64 arrays of shape (visible,) and (hidden,).
    """

    weights: NDArray[np.float64]
    visible_bias: NDArray[np.float64]
    hidden_bias: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Means:
    """Means over samples of v and of the hidden means that belong to them.

    Attributes
    ----------
    products
        ⟨v hᵀ⟩, array of shape (visible, hidden).
    v, h
        ⟨v⟩ and ⟨h⟩, arrays of shape (visible,) and (hidden,).
    """

    products: NDArray[np.float64]
    v: NDArray[np.float64]
    h: NDArray[np.float64]


def means_of(v: Bits, h: Bits) -> Means:
    """Return the means over samples, arrays of shape (samples, units)."""
    count = np.float64(len(v))
    return Means((v.T @ h) / count, v.sum(axis=0) / count, h.sum(axis=0) / count)


def centred(
    data: Means,
    model: Means,
    visible_offset: NDArray[np.float64],
    hidden_offset: NDArray[np.float64],
) -> Gradient:
    """Return the centred gradient.

    Parameters
    ----------
    data, model
        Means under the data and under the model.
    visible_offset, hidden_offset
        μ and λ.
    """
    v, h = data.v - model.v, data.h - model.h
    # The centred products multiplied out: ⟨vhᵀ⟩ − μ⟨h⟩ᵀ − ⟨v⟩λᵀ, and μλᵀ goes away.
    weights = data.products - model.products
    weights -= np.multiply.outer(visible_offset, h)
    weights -= np.multiply.outer(v, hidden_offset)
    return Gradient(weights, v - weights @ hidden_offset, h - visible_offset @ weights)
