"""A Hopfield network and the machine that it is, sampled side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.bridge import GaussianMachine, gaussian_machine, sample
from hopgui.model.choices import Dynamics
from hopgui.model.network import Network

CHAINS, SWEEPS = 64, 200


@dataclass(frozen=True)
class Mean:
    """A mean over chains in balance, and its standard error."""

    value: float
    error: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """What the two samplers have found so far.

    Attributes
    ----------
    unit_by_unit, through_hidden
        Mean energy of the chains after each sweep under Glauber's rule, and after each step x → z →
        x of the machine; float64 arrays of shape (sweeps so far,).
    energies, overlaps
        Mean energy, and mean largest |m_μ|, over the later half of the sweeps: of Glauber's rule
        and of the machine. The error is that between chains.
    done, total
        Sweeps.
    """

    unit_by_unit: NDArray[np.float64]
    through_hidden: NDArray[np.float64]
    energies: tuple[Mean, Mean]
    overlaps: tuple[Mean, Mean]
    done: int
    total: int


def compare(
    network: Network,
    temperature: float,
    rng: np.random.Generator,
    *,
    chains: int = CHAINS,
    sweeps: int = SWEEPS,
) -> Iterator[Comparison]:
    """Sample a network by Glauber's rule, and the machine that it is by its blocks.

    Both have the law e^(−E/T): the statistics must agree within their errors.

    Parameters
    ----------
    network
        Hebb's network.
    temperature
        T > 0, in units of the network's energy.
    rng
        Where the draws come from.
    chains, sweeps
        How many chains each sampler has, and how long they are.

    Raises
    ------
    Refusal
        If the network is no sum over memories, or the temperature is not above 0.
    """
    return _compared(
        network, gaussian_machine(network, temperature), temperature, rng, chains, sweeps
    )


def _compared(
    network: Network,
    machine: GaussianMachine,
    temperature: float,
    rng: np.random.Generator,
    chains: int,
    sweeps: int,
) -> Iterator[Comparison]:
    starts = rng.choice(np.array([-1, 1], np.int8), (chains, network.units))
    dynamics = Dynamics(temperature=temperature)
    runs = [network.start(start, rng=rng, dynamics=dynamics) for start in starts]
    blocks = sample(machine, starts, sweeps, rng)
    # The energies differ by a constant alone.
    constant = network.energy(starts[0]) - temperature * float(machine.free_energy(starts[0]))
    found = np.empty((2, 2, sweeps, chains))  # sampler, energy or overlap, sweep, chain
    for sweep, block in enumerate(blocks):
        for run in runs:
            run.advance(network.units)
        for place, states in enumerate((np.stack([run.state for run in runs]), block)):
            free = machine.free_energy(states)
            found[place, 0, sweep] = temperature * free + constant
            sums = states.astype(np.float32) @ network.patterns.T.astype(np.float32)
            found[place, 1, sweep] = np.abs(sums).max(axis=1, initial=0) / network.units
        yield _comparison(found[:, :, : sweep + 1], sweeps)


def _comparison(found: NDArray[np.float64], total: int) -> Comparison:
    done = found.shape[2]
    each = found[:, :, done // 2 :].mean(axis=2)
    values, errors = each.mean(axis=2), each.std(axis=2) / np.sqrt(each.shape[2])
    means = [[Mean(float(values[s, k]), float(errors[s, k])) for s in (0, 1)] for k in (0, 1)]
    return Comparison(
        found[0, 0].mean(axis=1),
        found[1, 0].mean(axis=1),
        (means[0][0], means[0][1]),
        (means[1][0], means[1][1]),
        done,
        total,
    )
