"""A run of a restricted Boltzmann machine: asynchronous as any other, synchronous by blocks."""

import numpy as np
from numpy.typing import NDArray

from hopgui.model import kernels
from hopgui.model.boltzmann.machine import bits_of
from hopgui.model.boltzmann.network import RbmNetwork
from hopgui.model.boltzmann.softplus import logistic
from hopgui.model.conventions import Ties
from hopgui.model.dynamics import Run
from hopgui.model.flips import Flips
from hopgui.model.network import Network


class RbmRun(Run):
    """A visible state moving under its free energy.

    A synchronous step draws all hidden units, then all free visible ones, and counts as many
    updates as there are free units. At temperature 0 every unit becomes what lowers E(v, h), a
    hidden unit with no input 0: then the step settles, for E(v, h) cannot fall for ever.

    Attributes
    ----------
    hidden
        The hidden units as the last synchronous step drew them, 0 or 1, float64 array of shape
        (hidden,); their means before the first.
    """

    hidden: NDArray[np.float64]

    def change(self, network: Network, pinned: NDArray[np.bool_] | None = None) -> None:
        """Go on from the present state under another machine or other pinned units.

        Raises
        ------
        ValueError
            If the network is none of a machine, or has another number of units than the state.
        """
        if not isinstance(network, RbmNetwork):
            message = "a run of a restricted Boltzmann machine cannot go on under other couplings"
            raise ValueError(message)  # noqa: TRY004 - as for any network that does not fit
        super().change(network, pinned)
        self._machine = network.rbm
        self._blocks = np.random.default_rng(int(self._stream[0]))
        self.hidden = self._machine.hidden_mean(bits_of(self.state))

    def _step(self) -> Flips:
        free = self._order
        v = bits_of(self.state)
        self.hidden = self._drawn(self._machine.hidden_input(v), np.zeros(self._machine.hidden))
        new = self._drawn(self._machine.visible_input(self.hidden), v)
        flipped = free[new[free] != v[free]]
        self.state[flipped] *= -1
        self._form = self._network.form(self.state)
        self._score[0] = self._network.score(self.state)
        self._progress[kernels.UPDATES] += self.least
        self.flips += flipped.size
        if self.temperature <= 0:
            random = self._network.conventions.ties is Ties.RANDOM
            self._progress[kernels.SETTLED] = int(not flipped.size and not random)
        elif self._dynamics.cooling < 1:
            self._cool()
        count = flipped.size
        return Flips(np.full(count, self.updates, np.int64), flipped, np.full(count, self.energy))

    def _drawn(
        self, inputs: NDArray[np.float64], current: NDArray[np.floating]
    ) -> NDArray[np.float64]:
        """Draw units given what reaches them; at temperature 0, take the likelier value."""
        if self.temperature > 0:
            chances = logistic(inputs / self.temperature)
            return (self._blocks.random(inputs.size) < chances).astype(np.float64)
        tied = {
            Ties.MINUS: np.zeros(inputs.size),
            Ties.KEEP: current,
            Ties.RANDOM: self._blocks.integers(0, 2, inputs.size).astype(np.float64),
        }[self._network.conventions.ties]
        slack = self._network.slack
        return np.where(np.abs(inputs) <= slack, tied, (inputs > 0).astype(np.float64))
