"""The restricted Boltzmann machine: visible and hidden units of 0 and 1, coupled across only.

E(v, h) = −b·v − c·h − vᵀW h and p(v, h) = e^−E / Z (Smolensky 1986; notation of Melchior, Fischer,
Wiskott 2016). The pad's +1 is 1 and its −1 is 0. Numbers are double-precision: small steps of a
falling learning rate would be lost in half as many digits. Chains are drawn in single precision
(`gibbs`), where no draw can tell the difference.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.softplus import logistic, softplus_sum
from hopgui.model.patterns import Pattern

# Visible states: 0 or 1 in any number type, or chances between.
Bits = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Machine:
    """Weights and biases.

    Parameters
    ----------
    weights
        W, float64 array of shape (visible, hidden).
    visible_bias
        b, float64 array of shape (visible,).
    hidden_bias
        c, float64 array of shape (hidden,).

    Raises
    ------
    ValueError
        If the shapes do not fit together, or a number is not finite.
    """

    weights: NDArray[np.float64]
    visible_bias: NDArray[np.float64]
    hidden_bias: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.weights.shape != (self.visible_bias.size, self.hidden_bias.size):
            message = (
                f"weights of shape {self.weights.shape} do not fit {self.visible_bias.size}"
                f" visible and {self.hidden_bias.size} hidden units"
            )
            raise ValueError(message)
        for array in (self.weights, self.visible_bias, self.hidden_bias):
            if not np.isfinite(array).all():
                message = "a weight or a bias is not a finite number"
                raise ValueError(message)
            array.flags.writeable = False

    @property
    def visible(self) -> int:
        """Number of visible units."""
        return self.visible_bias.size

    @property
    def hidden(self) -> int:
        """Number of hidden units."""
        return self.hidden_bias.size

    @cached_property
    def transposed(self) -> "Machine":
        """The same machine with its two sides exchanged: what holds for v holds for h."""
        return Machine(
            np.ascontiguousarray(self.weights.T), self.hidden_bias.copy(), self.visible_bias.copy()
        )

    def energy(self, v: Bits, h: Bits) -> NDArray[np.float64]:
        """Return E(v, h) = −b·v − c·h − vᵀW h.

        Parameters
        ----------
        v, h
            Units 0 or 1, arrays of shape (…, visible) and (…, hidden).
        """
        across = (self.hidden_input(v) * h).sum(axis=-1)
        return np.asarray(-(v @ self.visible_bias) - across)

    def free_energy(self, v: Bits) -> NDArray[np.float64]:
        """Return F(v) = −b·v − Σ_j ln(1 + e^(c_j + (vᵀW)_j)), so that p(v) = e^−F(v) / Z.

        Parameters
        ----------
        v
            Units 0 or 1, array of shape (…, visible).
        """
        return np.asarray(-(v @ self.visible_bias) - softplus_sum(self.hidden_input(v)))

    def hidden_input(self, v: Bits) -> NDArray[np.float64]:
        """Return c + vᵀW, array of shape (…, hidden)."""
        return np.asarray(v @ self.weights + self.hidden_bias)

    def visible_input(self, h: Bits) -> NDArray[np.float64]:
        """Return b + W h, array of shape (…, visible)."""
        return np.asarray(h @ self.weights.T + self.visible_bias)

    def hidden_mean(self, v: Bits) -> NDArray[np.float64]:
        """Return p(h_j = 1 | v) = σ(c_j + (vᵀW)_j), array of shape (…, hidden)."""
        return logistic(self.hidden_input(v))

    def visible_mean(self, h: Bits) -> NDArray[np.float64]:
        """Return p(v_i = 1 | h) = σ(b_i + (W h)_i), array of shape (…, visible)."""
        return logistic(self.visible_input(h))

    def reconstruction(self, v: Bits) -> NDArray[np.float64]:
        """Return the visible means given the hidden means given v: once there and back."""
        return self.visible_mean(self.hidden_mean(v))


def bits_of(patterns: NDArray[np.int8]) -> NDArray[np.float32]:
    """Turn units ±1 into 1 and 0, float32 of the same shape."""
    return (patterns > 0).astype(np.float32)


def pattern_of(v: Bits) -> Pattern:
    """Turn units 1 and 0 into ±1, int8 of the same shape."""
    return np.where(v > 0, 1, -1).astype(np.int8)
