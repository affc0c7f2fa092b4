"""Gibbs sampling: one side drawn given the other, all units and all chains at once.

At temperature T both conditionals are those of e^(−E/T): p(h_j = 1 | v) = σ((c_j + (vᵀW)_j) / T).
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Bits, Machine
from hopgui.model.boltzmann.softplus import logistic

Floats = NDArray[np.float32]

# So that 1/T stays a number; nothing is drawn any more far above it.
COLDEST = 1e-6
# A mean-field recall ends when no mean changes by more.
STILL = 1e-9


def kernels() -> ModuleType:
    """Return the compiled loops, which come with the first chain and not with the first window."""
    from hopgui.model.kernels import machine as loops  # noqa: PLC0415

    return loops


def single_of(machine: Machine) -> Any:
    """Return a machine in single precision (`kernels.Single`)."""
    weights = machine.weights.astype(np.float32)
    return kernels().Single(
        weights,
        np.ascontiguousarray(weights.T),
        machine.visible_bias.astype(np.float32),
        machine.hidden_bias.astype(np.float32),
    )


def draw_side(
    rows: Floats, bias: Floats, bits: Floats, betas: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw one side of every chain given the other.

    Parameters
    ----------
    rows
        Weights with a row a unit of the given side, shape (given, drawn).
    bias
        Biases of the drawn side, shape (drawn,).
    bits
        The given side, 0 or 1, float32 array of shape (chains, given).
    betas
        β = 1/T of each chain.
    rng
        Where the draws come from.

    Returns
    -------
    tuple
        What is drawn, 1 with chance 1/(1 + e^−βy), and y; float32 arrays of shape (chains, drawn).
    """
    inputs = np.empty((len(bits), bias.size), np.float32)
    out = np.empty_like(inputs)
    seed = np.uint64(rng.bit_generator.random_raw())
    kernels().draw_side(rows, bias, bits, betas, seed, inputs, out)
    return out, inputs


def step(
    single: Any, v: Floats, betas: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Draw the hidden units given v, then the visible ones given those.

    Parameters
    ----------
    single
        The machine, as `single_of` returns it.
    v
        Visible units 0 or 1, float32 array of shape (chains, visible).
    betas
        β = 1/T of each chain.
    rng
        Where the draws come from.

    Returns
    -------
    tuple
        The new v, the h between, and what reached the new v.
    """
    new, inputs = np.empty_like(v), np.empty_like(v)
    h = np.empty((len(v), single.hidden_bias.size), np.float32)
    kernels().step(single, v, betas, rng.bit_generator.random_raw(2), new, h, inputs)
    return new, h, inputs


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
    at, v = single_of(machine), np.array(start, np.float32)
    held = v if pinned is None else v[:, pinned]
    for _ in range(steps):
        betas = np.full(len(v), 1 / max(temperature, COLDEST), np.float32)
        v, _, _ = step(at, v, betas, rng)
        if pinned is not None:
            v[:, pinned] = held
        temperature *= cooling
        yield v


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
