"""What a learning curve shows: how well a machine knows its pictures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.likelihood import (
    is_exact,
    log_likelihood,
    pseudo_likelihood,
    smaller_side,
)
from hopgui.model.boltzmann.machine import Machine, bits_of

# Numbers that one measurement works on, a few hundredths of a second.
WORK = 2**21


@dataclass(frozen=True)
class Measures:
    """A point of the learning curve.

    Attributes
    ----------
    epoch
        When it was taken.
    reconstruction_error
        Mean of (v_i − its mean once there and back)² over units and pictures.
    pseudo_likelihood
        Mean over pictures of Σ_i ln p(v_i | the others), in nats.
    free_energy
        Mean F over the training pictures.
    free_energy_held
        Mean F over held-out pictures; None if there are none. When it stays above the other by
        more and more, the machine learns its pictures by heart.
    log_likelihood
        Mean of ln p over the training pictures, exactly, in nats; None where it was not summed.
    exchange_rates
        Tempering: share of the offered exchanges that each pair of neighbours has made since the
        last point; None where none was offered.
    """

    epoch: int
    reconstruction_error: float
    pseudo_likelihood: float
    free_energy: float
    free_energy_held: float | None
    log_likelihood: float | None
    exchange_rates: tuple[float, ...] | None


def measure(
    machine: Machine,
    patterns: NDArray[np.int8],
    held: NDArray[np.int8],
    epoch: int,
    log_z: float | None,
    exchange_rates: tuple[float, ...] | None,
) -> Measures:
    """Measure a machine; of many pictures, on evenly spaced ones.

    Parameters
    ----------
    machine
        The machine.
    patterns, held
        Training and held-out pictures, units ±1, int8 arrays of shape (pictures, visible).
    epoch
        When.
    log_z
        ln Z if it is known.
    exchange_rates
        As in `Measures`.
    """
    cost = machine.visible + machine.hidden
    some = spaced(patterns, WORK // cost)
    v = bits_of(some)
    free = float(machine.free_energy(v).mean())
    apart = spaced(held, WORK // cost)
    every = patterns if log_z is not None else some
    return Measures(
        epoch,
        float(np.mean((v - machine.reconstruction(v)) ** 2)),
        pseudo_likelihood(machine, spaced(some, WORK // (machine.visible * machine.hidden))),
        free,
        float(machine.free_energy(bits_of(apart)).mean()) if len(apart) else None,
        None if log_z is None else log_likelihood(machine, every, log_z),
        exchange_rates,
    )


def spaced(patterns: NDArray[np.int8], most: int) -> NDArray[np.int8]:
    """Return at most so many pictures, and at least one, evenly spaced."""
    return patterns[:: max(1, -(-len(patterns) // max(most, 1)))]


def is_quickly_exact(machine: Machine) -> bool:
    """Say whether ln Z is summed in less time than anybody notices."""
    larger = max(machine.visible, machine.hidden)
    return is_exact(machine) and 2 ** smaller_side(machine) * larger <= WORK
