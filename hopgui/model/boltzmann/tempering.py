"""Parallel tempering: chains at several temperatures that exchange their states.

Desjardins et al. (2010): beside the chain at β = 1 others run at smaller β, where e^(−βE) is
flatter and nothing gets stuck. Neighbours exchange states with chance
min(1, e^((β_a − β_b)(E_a − E_b))), which leaves the joint law as it is; so states found by hot
chains sink to the cold one.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.gibbs import Floats, step


def inverse_temperatures(count: int) -> Floats:
    """Return β from 0 to 1, evenly spaced; float32 array of shape (temperatures,)."""
    return np.linspace(0, 1, count, dtype=np.float32)


def tempered_step(
    at: Any, v: Floats, betas: Floats, rng: np.random.Generator
) -> tuple[Floats, NDArray[np.int64]]:
    """Make a Gibbs step at every temperature, then offer every pair of neighbours an exchange.

    Parameters
    ----------
    at
        The machine.
    v
        Visible units 0 or 1, float32 array of shape (temperatures, chains, visible).
    betas
        β of each temperature, rising to 1.
    rng
        Where the draws come from.

    Returns
    -------
    tuple
        The new v, and how many exchanges each pair of neighbours made, int64 array of shape
        (temperatures − 1,).
    """
    temperatures, chains, visible = v.shape
    each = np.repeat(betas, chains)
    drawn, h, inputs = step(at, v.reshape(-1, visible), each, rng)
    energies = -np.einsum("ij,ij->i", drawn, inputs) - h @ at.hidden_bias
    places, made = exchanged(energies.reshape(temperatures, chains), betas, rng)
    return drawn[places * chains + np.arange(chains)], made


def exchanged(
    energies: Floats, betas: Floats, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Decide who exchanges: pairs (0, 1), (2, 3) … first, then (1, 2), (3, 4) ….

    Parameters
    ----------
    energies
        E of each state, array of shape (temperatures, chains).
    betas
        β of each temperature.
    rng
        Where the draws come from.

    Returns
    -------
    tuple
        From which temperature each place takes its state, int64 array of shape (temperatures,
        chains), and the exchanges of each pair, int64 array of shape (temperatures − 1,).
    """
    count, chains = energies.shape
    places = np.broadcast_to(np.arange(count)[:, None], energies.shape).copy()
    energies = energies.copy()
    made = np.zeros(count - 1, np.int64)
    for first in (0, 1):
        low = np.arange(first, count - 1, 2)
        gain = (betas[low + 1] - betas[low])[:, None] * (energies[low + 1] - energies[low])
        # e^gain beats a number below 1: as −ln of that number, drawn at once.
        swap = rng.standard_exponential((low.size, chains), np.float32) > -gain
        made[low] = swap.sum(axis=1)
        for table in (places, energies):
            below, above = table[low], table[low + 1]
            table[low] = np.where(swap, above, below)
            table[low + 1] = np.where(swap, below, above)
    return places, made
