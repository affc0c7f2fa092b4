"""ln Z of large machines, estimated by annealed importance sampling, with its error.

Salakhutdinov, Murray (2008), after Neal (2001): chains are led from a machine without weights,
whose Z is known, to the machine in question; what the free energies differ by on the way, summed
up along a chain, is the logarithm of its weight, and the weights' mean is the ratio of the two Z.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.gibbs import draw_side, single_of
from hopgui.model.boltzmann.machine import Machine, bits_of
from hopgui.model.boltzmann.softplus import softplus_sum

CHAINS, TEMPERATURES = 200, 1000
# How far a machine without weights goes with the data: no unit is quite certain.
SMOOTH = 0.5
# Temperatures between two estimates.
STRIDE = 20


@dataclass(frozen=True)
class Estimate:
    """ln Z as far as the chains have come.

    Attributes
    ----------
    log_partition
        The estimate of ln Z once `done` is `total`; before that, of the machine on the way.
    error
        Its standard error: that of the weights' mean, divided by the mean.
    low, high
        ln of the mean three standard errors down and up; `low` is −inf where the weights are so
        uneven that zero lies within.
    done, total
        Temperatures.
    """

    log_partition: float
    error: float
    low: float
    high: float
    done: int
    total: int


def base_bias(patterns: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return the visible biases of the machine without weights that knows the pictures' means."""
    count = len(patterns)
    mean = (bits_of(patterns).sum(axis=0, dtype=np.float64) + SMOOTH) / (count + 2 * SMOOTH)
    return np.asarray(np.log(mean) - np.log1p(-mean))


def anneal(
    machine: Machine,
    rng: np.random.Generator,
    *,
    base: NDArray[np.float64] | None = None,
    chains: int = CHAINS,
    temperatures: int = TEMPERATURES,
) -> Iterator[Estimate]:
    """Estimate ln Z, a stretch of temperatures at a time.

    Parameters
    ----------
    machine
        The machine.
    rng
        Where the draws come from.
    base
        Visible biases of the machine to start from (`base_bias`); the machine's own if None.
    chains
        How many chains: their spread is the error.
    temperatures
        How many intermediate machines: the more, the smaller the error.
    """
    first = machine.visible_bias if base is None else base
    last, at = machine.visible_bias, single_of(machine)
    start = softplus_sum(first) + machine.hidden * np.log(2)
    chance = 1 / (1 + np.exp(-first))
    v = (rng.random((chains, machine.visible)) < chance).astype(np.float32)
    weights = np.zeros(chains)
    betas = np.linspace(0, 1, temperatures + 1)
    for place in range(1, temperatures + 1):
        before, beta = betas[place - 1], betas[place]
        each = np.full(chains, beta, np.float32)
        h, inputs = draw_side(at.weights, at.hidden_bias, v, each, rng)
        weights += (beta - before) * (v @ (last - first))
        weights += softplus_sum(beta * inputs) - softplus_sum(before * inputs)
        if not place % STRIDE or place == temperatures:
            yield _estimate(weights, float(start), place, temperatures)
        # βW and the mixed biases, read as a machine at temperature 1/β.
        mixed = ((1 / beta - 1) * first + last).astype(np.float32)
        v, _ = draw_side(at.back, mixed, h, each, rng)


def _estimate(weights: NDArray[np.float64], start: float, done: int, total: int) -> Estimate:
    most = float(weights.max())
    shares = np.exp(weights - most)
    mean = float(shares.mean())
    error = float(shares.std(ddof=1)) / np.sqrt(len(shares)) / mean if len(shares) > 1 else np.inf
    log_mean = start + most + float(np.log(mean))
    return Estimate(
        log_mean,
        float(error),
        log_mean + float(np.log1p(-3 * error)) if 3 * error < 1 else -np.inf,
        log_mean + float(np.log1p(3 * error)),
        done,
        total,
    )
