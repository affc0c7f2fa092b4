"""Where states fall, once and for all: to find out which mixture falls to a state."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hopgui.model.abreast import abreast, never
from hopgui.model.choices import Dynamics, Update
from hopgui.model.conventions import Ties
from hopgui.model.couplings import LowRank, Matrix
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

# Sweeps after which a fall is given up: one that surely ends, and one that may never rest.
PATIENT, IMPATIENT = 1000, 100
# Multiplications of a sweep from which on other cores are asked to help.
LARGE = 1_000_000

# Lets some states fall, int8 array of shape (states, units), to see which is the first of them that
# settles in a goal: its place is what is yielded last, None before that and if there is none.
Settle = Callable[[NDArray[np.int8], Pattern], Iterator[int | None]]


def settler(network: Network, dynamics: Dynamics, rng: Callable[[], np.random.Generator]) -> Settle:
    """Return what lets states fall at T = 0, to see whether they settle in a goal.

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
    """
    cold = replace(dynamics, temperature=0.0, cooling=1.0)

    def settle(states: NDArray[np.int8], goal: Pattern) -> Iterator[int | None]:
        if not len(states):
            return
        # Asked for once here, so that what a network keeps is not made in several threads.
        network.form(goal)
        falls = _FallsTo(network, cold, rng, goal)
        groups = min(len(states), os.cpu_count() or 1) if network.work >= LARGE else 1
        if groups == 1:
            yield min(falls.reached(states), default=None)
            return
        parts = abreast(
            lambda group: [
                group + groups * place for place in falls.reached(states[group::groups])
            ],
            groups,
            falls.stop,
            None,
        )
        places: list[int] = []
        with closing(parts):
            for part in parts:
                places += part or []
                yield None
        yield min(places, default=None)

    return settle


class _FallsTo:
    """Lets states fall to one goal. Several threads may use one at the same time."""

    def __init__(
        self,
        network: Network,
        dynamics: Dynamics,
        rng: Callable[[], np.random.Generator],
        goal: Pattern,
    ) -> None:
        self._network, self._dynamics, self._rng, self._goal = network, dynamics, rng, goal
        floor = network.energy(goal) if never_rises(network, dynamics) else -np.inf
        # Energies of double precision may differ in their last places.
        self._floor = floor - 1e-9 * abs(floor) if np.isfinite(floor) else floor
        self._patience = patience(network, dynamics)
        self.stop = never()

    def reached(self, states: NDArray[np.int8]) -> list[int]:
        """Return the places of states that settle in the goal, of the first of them at least."""
        if self._share_an_order:
            return self._together(states)
        return [place for place, state in enumerate(states) if self._settles(state)]

    @property
    def _share_an_order(self) -> bool:
        """Whether what is asked of one state can be asked of others at once."""
        network, learnt = self._network, self._network.learnt
        return (
            self._dynamics.update in {Update.ASYNC, Update.RASTER}
            and network.conventions.ties is not Ties.RANDOM
            and network.has_couplings
            and isinstance(learnt, LowRank)
            and learnt.bits < 64
        )

    def _settles(self, state: Pattern) -> bool:
        run = self._network.start(state, rng=self._rng(), dynamics=self._dynamics)
        most = self._patience * state.size
        while not run.settled and run.updates < most and run.energy >= self._floor:
            if self.stop[0]:
                return False
            run.advance(state.size)
        return np.array_equal(run.state, self._goal)

    def _together(self, states: NDArray[np.int8]) -> list[int]:
        from hopgui.model.dynamics import ways  # noqa: PLC0415 - it comes with the compiler
        from hopgui.model.kernels.several import sweep_several  # noqa: PLC0415

        network = self._network
        forms = [network.form(state) for state in states]
        how = ways(network, forms[0], self._dynamics.update)
        scores = np.array(
            [network.score(state, form) for state, form in zip(states, forms, strict=True)]
        )
        states, sums = states.copy(), np.stack([form.sums for form in forms])
        order = np.arange(network.units, dtype=np.int32)
        stream = np.array([self._rng().integers(0, 2**64, dtype=np.uint64)])
        places, changed = np.arange(len(states)), np.ones(len(states), bool)
        count, reached = len(states), list[int]()
        for _sweep in range(self._patience):
            falling = changed & (network.energies_of(scores) >= self._floor)
            falling &= places < min(reached, default=count)
            if not falling.any() or self.stop[0]:
                break
            states, sums, scores = states[falling], sums[falling], scores[falling]
            places, changed = places[falling], changed[falling]
            sweep_several(forms[0], states, sums, scores, changed, order, stream, how)
            at_rest = zip(places[~changed].tolist(), states[~changed], strict=True)
            reached += [place for place, state in at_rest if np.array_equal(state, self._goal)]
        return reached


def patience(network: Network, dynamics: Dynamics) -> int:
    """Return after how many sweeps a fall at T = 0 is given up."""
    by_chance = network.conventions.ties is Ties.RANDOM
    return PATIENT if never_rises(network, dynamics) and not by_chance else IMPATIENT


def never_rises(network: Network, dynamics: Dynamics) -> bool:
    """Say whether the theorem holds: one unit at a time, symmetric, no negative own coupling."""
    if dynamics.update is Update.SYNC or bool(np.any(network.own < 0)):
        return False
    learnt = network.learnt if network.has_couplings else None
    return not isinstance(learnt, Matrix) or learnt.symmetric
