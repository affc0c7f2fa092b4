"""A state in which falls end, and what it is called."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Dynamics, Update
from hopgui.model.mixtures import Mixtures
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.verdict import Verdict

# Sweeps after which a mixture that is let fall is given up, as where one recall is named.
SETTLING = 100


@dataclass(frozen=True, eq=False)
class Attractor:
    """A stable state, or the two states of a synchronous cycle.

    Attributes
    ----------
    state
        Units ±1, read-only int8 array of shape (units,).
    energy
        Its energy, as the conventions count it.
    verdict
        What it is; its kind is `CYCLE` if it is a cycle, and it then says what `state` is like.
    minimum
        Whether no single flip lowers the energy: self-connections can hold a state that is none.
    partner
        The other state of a cycle, of the same form; None for a stable state.
    """

    state: Pattern
    energy: float
    verdict: Verdict
    minimum: bool
    partner: Pattern | None = None


class Naming:
    """Says what attractors of one network are.

    Parameters
    ----------
    network
        The network.
    rng
        Seeds the falls of mixtures: the same for every attractor, in whatever order they come.
    update
        In which order these falls ask the units.
    """

    def __init__(
        self, network: Network, *, rng: np.random.Generator, update: Update = Update.ASYNC
    ) -> None:
        self._network = network
        self._mixtures = Mixtures(network.patterns)
        self._seed = int(rng.integers(0, 2**63))
        self._dynamics = Dynamics(update)
        self._ends: dict[bytes, Pattern] = {}

    def attractor(self, state: Pattern, partner: Pattern | None = None) -> Attractor:
        """Name the attractor in this state; of a cycle, the partner is its other state."""
        verdict = self._verdict(state, cycle=partner is not None)
        minimum = not self._network.descents(state).any()
        return Attractor(state, self._network.energy(state), verdict, minimum, partner)

    def _verdict(self, state: Pattern, *, cycle: bool) -> Verdict:
        return self._mixtures.identify(state, settle=self._settle, cycle=cycle)

    def _settle(self, mixture: Pattern) -> Pattern:
        key = np.packbits(mixture > 0).tobytes()
        if key not in self._ends:
            rng = np.random.default_rng(self._seed)
            run = self._network.start(mixture, rng=rng, dynamics=self._dynamics)
            most = SETTLING * mixture.size
            while not run.settled and run.updates + run.least <= most:
                run.advance(most - run.updates)
            self._ends[key] = run.state
        return self._ends[key]


def kept(state: NDArray[np.int8]) -> Pattern:
    """Return a copy of a state that nobody can write to."""
    copy = np.array(state, np.int8)
    copy.flags.writeable = False
    return copy
