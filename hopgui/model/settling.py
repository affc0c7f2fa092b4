"""Where a state falls, once and for all: to find out whether a mixture falls to a state."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from hopgui.model.choices import Dynamics, Update
from hopgui.model.couplings import Matrix
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

# Sweeps after which a fall that does not end is given up: ties that are drawn may never rest.
SETTLING = 100


def settler(
    network: Network, dynamics: Dynamics, rng: Callable[[], np.random.Generator], goal: Pattern
) -> Callable[[Pattern], Pattern]:
    """Return what lets a state fall at T = 0, to see whether it settles in the goal.

    A fall that can no longer end there is broken off: where the energy never rises, that is one
    that has come beneath the goal's.

    Parameters
    ----------
    network
        What gives the states their energy.
    dynamics
        Which unit is asked next.
    rng
        Makes the generator of each fall anew, so that all of them ask the units alike.
    goal
        Units ±1, int8 array of shape (units,).
    """
    cold = replace(dynamics, temperature=0.0, cooling=1.0)
    floor = network.energy(goal) if never_rises(network, dynamics) else -np.inf
    # Energies of double precision may differ in their last places.
    floor -= 1e-9 * abs(floor) if np.isfinite(floor) else 0.0

    def settle(state: Pattern) -> Pattern:
        run = network.start(state, rng=rng(), dynamics=cold)
        most = SETTLING * state.size
        while not run.settled and run.updates < most and run.energy >= floor:
            run.advance(state.size)
        return run.state

    return settle


def never_rises(network: Network, dynamics: Dynamics) -> bool:
    """Say whether the theorem holds: one unit at a time, symmetric, no negative own coupling."""
    if dynamics.update is Update.SYNC or bool(np.any(network.own < 0)):
        return False
    learnt = network.learnt if network.has_couplings else None
    return not isinstance(learnt, Matrix) or learnt.symmetric
