"""A recall: a state that moves, update by update, and can stop after any of them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model import kernels
from hopgui.model.choices import Dynamics, Update
from hopgui.model.conventions import Ties
from hopgui.model.flips import Flips, joined
from hopgui.model.network import FALL, Network
from hopgui.model.patterns import Pattern

_TIES = {
    Ties.MINUS: kernels.TIE_MINUS,
    Ties.KEEP: kernels.TIE_KEEP,
    Ties.RANDOM: kernels.TIE_RANDOM,
}
_LOOPS = {
    Update.ASYNC: kernels.fall,
    Update.RASTER: kernels.fall,
    Update.REPLACEMENT: kernels.wander,
    Update.STEEPEST: kernels.descend,
}
# Flips that one call can return; a longer run takes more calls.
MOST_FLIPS = 65_536
# A cooling run stands still once its temperature is below this share of the first.
COLD = 0.01
# Largest factor of a pull in the exponent of Glauber's rule.
STEEPEST = 1e300


def ways(network: Network, form: Any, update: Update, temperature: float = 0.0) -> kernels.Ways:
    """Return how a unit decides in a network whose fields are kept in this form."""
    half = 0.5 if network.conventions.half else 1.0
    return kernels.Ways(
        kernels.RASTER if update is Update.RASTER else kernels.SHUFFLED,
        _TIES[network.conventions.ties],
        network.slack,
        network.weight,
        # Infinity times a field of 0 would be no number: a tie stays a coin's throw.
        min(half * network.factor / temperature, STEEPEST) if temperature > 0 else -1.0,
        0 if form.own.size == 1 else -1,
    )


class Run:
    """A state moving under its energy, resumable after every update.

    Parameters
    ----------
    network
        What gives the state its energy.
    state
        Units ±1, int8 array of shape (units,); copied.
    rng
        Seeds the run's own random stream. The same seed gives the same run, flip for flip.
    pinned
        Units that are never asked, bool array of shape (units,).
    dynamics
        Which unit is asked next, and at what temperature.

    Attributes
    ----------
    state
        The units as they stand, int8 array of shape (units,).
    flips
        Flips so far, those made by hand left out.
    temperature
        T now: the dynamics' own at first, less as the run cools.
    cycling
        Whether a synchronous run has come back to the state of two steps ago, and not to the last.
    """

    def __init__(
        self,
        network: Network,
        state: Pattern,
        *,
        rng: np.random.Generator,
        pinned: NDArray[np.bool_] | None = None,
        dynamics: Dynamics = FALL,
    ) -> None:
        self.state = np.array(state, np.int8)
        self.flips = 0
        self.cycling = False
        self._stream = np.array([rng.integers(0, 2**64, dtype=np.uint64)])
        self._progress = np.zeros(kernels.PLACES, np.int64)
        # In one piece: the system takes its time to give and take back each that is so large.
        self._room = np.empty((5, MOST_FLIPS), np.int32)
        self._updates = self._room[:2].ravel().view(np.int64)
        self._units = self._room[4]
        self._last: NDArray[np.int32] | None = None  # units that the last step flipped
        self._dynamics = dynamics
        self.temperature = dynamics.temperature
        self.change(network, pinned)

    @property
    def updates(self) -> int:
        """Units asked so far."""
        return int(self._progress[kernels.UPDATES])

    @property
    def settled(self) -> bool:
        """Whether every free unit was asked and none would change. Never so at T > 0."""
        return bool(self._progress[kernels.SETTLED])

    @property
    def left_in_sweep(self) -> int:
        """Units still to ask in this sweep; all of them when one is about to begin."""
        if self._dynamics.update is Update.SYNC:
            return max(1, self._order.size)
        return max(1, int(self._order.size - self._progress[kernels.POSITION]))

    @property
    def least(self) -> int:
        """Updates that cannot be told apart: 1, or all free units of a synchronous step."""
        return max(1, self._order.size) if self._dynamics.update is Update.SYNC else 1

    @property
    def energy(self) -> float:
        """Energy of the state."""
        return self._network.energy_of(self._score.item())

    @property
    def overlaps(self) -> NDArray[np.int32]:
        """M_μ = Σ_j ξ_j^μ x_j, int32 array of shape (memories,)."""
        return self._network.overlaps(self.state)

    def change(self, network: Network, pinned: NDArray[np.bool_] | None = None) -> None:
        """Go on from the present state under another network or other pinned units.

        Raises
        ------
        ValueError
            If the network has another number of units than the state.
        """
        if network.units != self.state.size:
            message = (
                f"a state of {self.state.size} units cannot run in a network of {network.units}"
            )
            raise ValueError(message)
        free = np.arange(network.units) if pinned is None else np.flatnonzero(~pinned)
        self._network = network
        self._order = free.astype(np.int32)
        self._form = network.form(self.state)
        self._score = np.array([network.score(self.state, self._form)])
        self._scores = self._room[2:4].ravel().view(self._score.dtype)
        self._choose_ways()
        self._start_sweep()

    def drive(self, dynamics: Dynamics) -> None:
        """Go on in another order, or at another temperature.

        A change of the temperature alone leaves the sweep under way as it is.
        """
        same_order = dynamics.update is self._dynamics.update
        self._dynamics = dynamics
        self.temperature = dynamics.temperature
        self._choose_ways()
        if not same_order:
            self._start_sweep()
        self._unsettle()

    def advance(self, most_updates: int, most_flips: int = MOST_FLIPS) -> Flips:
        """Ask up to `most_updates` units, stopping early at `most_flips` flips or when settled.

        A synchronous step asks all free units; it is made when `most_updates` allows it whole.

        Returns
        -------
        Flips
            The flips that this call made, none or more.
        """
        if self._dynamics.update is Update.SYNC:
            return joined(list(self._steps(most_updates, most_flips)))
        if self.temperature > 0 and self._dynamics.cooling < 1:
            return joined(list(self._cooling(most_updates, most_flips)))
        return self._fall(most_updates, most_flips)

    def set_units(self, units: NDArray[np.integer], value: int) -> Flips:
        """Set units by hand, pinned or not, while the run stands between two updates.

        Returns
        -------
        Flips
            The units that this changed, at the number of the update before.
        """
        changed = np.unique(units[self.state[units] != value]).astype(np.int32)
        scores = np.empty(changed.size, self._score.dtype)
        kernels.flip_by_hand(self._form, self.state, changed, self._score, self._ways, scores)
        if changed.size:
            self._unsettle()
            if scores.dtype == np.float64:
                # Far from the memories a high power's sum would be lost in its rounding near them.
                scores[-1] = self._score[0] = self._network.score(self.state, self._form)
        return Flips(
            np.full(changed.size, self.updates, np.int64),
            changed,
            self._network.energies_of(scores),
        )

    def _start_sweep(self) -> None:
        self._progress[kernels.POSITION] = 0
        self._progress[kernels.CHANGED] = 0
        self._progress[kernels.SETTLED] = 0
        self._last = None
        self.cycling = False

    def _unsettle(self) -> None:
        self._progress[kernels.SETTLED] = 0
        self._last = None
        self.cycling = False
        # A sweep under way asked some units before this change: it cannot be the quiet one.
        self._progress[kernels.CHANGED] = int(self._progress[kernels.POSITION] > 0)

    def _choose_ways(self) -> None:
        self._ways = ways(self._network, self._form, self._dynamics.update, self.temperature)

    def _fall(self, most_updates: int, most_flips: int) -> Flips:
        room = min(most_flips, MOST_FLIPS)
        loop = _LOOPS[self._dynamics.update]
        if loop is kernels.descend and self.temperature > 0:
            # Where chance decides no unit is the steepest: units are asked in random orders.
            loop = kernels.fall
        count = loop(
            self._form,
            self.state,
            self._order,
            self._progress,
            self._score,
            self._stream,
            self._ways,
            most_updates,
            kernels.Log(self._updates[:room], self._units[:room], self._scores[:room]),
        )
        self.flips += count
        return Flips(
            self._updates[:count].copy(),
            self._units[:count].copy(),
            self._network.energies_of(self._scores[:count]),
        )

    def _cooling(self, most_updates: int, most_flips: int) -> Iterator[Flips]:
        """Fall sweep by sweep, a little colder after each."""
        end, room = self.updates + most_updates, most_flips
        while self.updates < end and room > 0 and not self.settled:
            flips = self._fall(min(self.left_in_sweep, end - self.updates), room)
            room -= flips.units.size
            if not self._progress[kernels.POSITION]:
                self._cool()
            yield flips

    def _cool(self) -> None:
        self.temperature *= self._dynamics.cooling
        if self.temperature < COLD * self._dynamics.temperature:
            self.temperature = 0.0
        self._choose_ways()

    def _steps(self, most_updates: int, most_flips: int) -> Iterator[Flips]:
        """Step synchronously; the energy after a step is that of the whole new state."""
        end, room = self.updates + most_updates, most_flips
        while self.updates + self.least <= end and room > 0 and not self.settled:
            flips = self._step()
            room -= flips.units.size
            yield flips

    def _step(self) -> Flips:
        flipped = np.empty(self._order.size, np.int32)
        count = kernels.step(
            self._form, self.state, self._order, self._score, self._stream, self._ways, flipped
        )
        flipped = flipped[:count].copy()
        self._progress[kernels.UPDATES] += self.least
        self._end_step(flipped)
        self.flips += count
        return Flips(np.full(count, self.updates, np.int64), flipped, np.full(count, self.energy))

    def _end_step(self, flipped: NDArray[np.int32]) -> None:
        """Note whether this step changed nothing, or went back to the state before the last."""
        back = self._last is not None and np.array_equal(flipped, self._last)
        cold = self.temperature <= 0 and self._network.conventions.ties is not Ties.RANDOM
        self.cycling = cold and back and bool(flipped.size)
        if self.temperature <= 0:
            self._progress[kernels.SETTLED] = int(not flipped.size or self.cycling)
            self._last = flipped
        elif self._dynamics.cooling < 1:
            # What chance flipped is no half of a cycle, though the next step should take it back.
            self._cool()
