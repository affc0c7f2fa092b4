"""Gibbs sampling: one side drawn given the other, all units and all chains at once.

At temperature T both conditionals are those of e^(−E/T): p(h_j = 1 | v) = σ((c_j + (vᵀW)_j) / T).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Bits, Machine
from hopgui.model.boltzmann.softplus import logistic

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Halves:
    """A machine in single precision: what chains are drawn from.

    Attributes
    ----------
    weights, back
        W and its transpose, float32, each contiguous.
    visible_bias, hidden_bias
        b and c, float32.
    """

    weights: Floats
    back: Floats
    visible_bias: Floats
    hidden_bias: Floats

    def hidden_input(self, v: Floats) -> Floats:
        """Return c + vᵀW, shape (…, hidden)."""
        inputs = v @ self.weights
        inputs += self.hidden_bias
        return inputs

    def visible_input(self, h: Floats) -> Floats:
        """Return b + W h, shape (…, visible)."""
        inputs = h @ self.back
        inputs += self.visible_bias
        return inputs


def halves(machine: Machine) -> Halves:
    """Return a machine in single precision."""
    weights = machine.weights.astype(np.float32)
    return Halves(
        weights,
        np.ascontiguousarray(weights.T),
        machine.visible_bias.astype(np.float32),
        machine.hidden_bias.astype(np.float32),
    )


def means(inputs: Floats) -> Floats:
    """Turn inputs y into chances 1/(1 + e^−y), in place."""
    with np.errstate(over="ignore"):
        np.negative(inputs, out=inputs)
        np.exp(inputs, out=inputs)
        inputs += 1
        return np.reciprocal(inputs, out=inputs)


def drawn(inputs: Floats, rng: np.random.Generator, beta: float | Floats = 1.0) -> Floats:
    """Draw each unit: 1 with chance 1/(1 + e^−βy), to 2⁻²⁴; the inputs are used up.

    Parameters
    ----------
    inputs
        y, float32 array of any shape.
    rng
        Where the draws come from.
    beta
        β = 1/T, a number or an array that broadcasts.
    """
    noise = rng.random(inputs.shape, np.float32)
    inputs *= -beta
    # Past e^88 a chance is zero however large the input.
    with np.errstate(over="ignore", invalid="ignore"):
        np.exp(inputs, out=inputs)
        inputs += 1
        inputs *= noise
        return (inputs < 1).astype(np.float32)


def step(
    at: Halves, v: Floats, rng: np.random.Generator, beta: float | Floats = 1.0
) -> tuple[Floats, Floats]:
    """Draw the hidden units given v, then the visible ones given those.

    Returns
    -------
    tuple
        The new v and the h between, float32 arrays of shapes (…, visible) and (…, hidden).
    """
    h = drawn(at.hidden_input(v), rng, beta)
    return drawn(at.visible_input(h), rng, beta), h


def sample(
    machine: Machine,
    start: Bits,
    steps: int,
    rng: np.random.Generator,
    *,
    pinned: NDArray[np.bool_] | None = None,
    temperature: float = 1.0,
    cooling: float = 1.0,
) -> Iterator[Floats]:
    """Let chains move, a whole step v → h → v at a time.

    Parameters
    ----------
    machine
        What they are drawn from.
    start
        Units 0 or 1, array of shape (chains, visible).
    steps
        How many steps.
    rng
        Where the draws come from.
    pinned
        Visible units that keep their start, bool array of shape (visible,).
    temperature
        T > 0 of the first step.
    cooling
        What the temperature is multiplied by after each step.

    Yields
    ------
    NDArray
        The chains after each step, float32 array of shape (chains, visible).
    """
    at, v = halves(machine), np.asarray(start, np.float32)
    held = v if pinned is None else v[..., pinned]
    for _ in range(steps):
        v, _ = step(at, v, rng, 1 / max(temperature, COLDEST))
        if pinned is not None:
            v[..., pinned] = held
        temperature *= cooling
        yield v


# So that 1/T stays a number; nothing is drawn any more far above it.
COLDEST = 1e-6


def mean_field(
    machine: Machine,
    start: Bits,
    *,
    pinned: NDArray[np.bool_] | None = None,
    temperature: float = 1.0,
    most_steps: int = 1000,
) -> NDArray[np.float64]:
    """Recall without chance: means given means, until none changes any more.

    The fixed points are the stationary points of the mean-field free energy (Peterson, Anderson
    1987); each half of a step minimises it over one side, so it never rises.

    Returns
    -------
    NDArray
        Chances of the visible units, float64 array of the shape of `start`.
    """
    v = np.array(start, np.float64)
    free = np.ones(machine.visible, bool) if pinned is None else ~pinned
    for _ in range(most_steps):
        h = logistic(machine.hidden_input(v) / temperature)
        new = logistic(machine.visible_input(h) / temperature)
        change = float(np.abs(new - v)[..., free].max(initial=0.0))
        v[..., free] = new[..., free]
        if change < STILL:
            break
    return v


STILL = 1e-9
