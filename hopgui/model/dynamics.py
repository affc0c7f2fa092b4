"""A recall: asynchronous updates that can stop after any unit and go on from there."""

import numpy as np
from numpy.typing import NDArray

from hopgui.model import kernels
from hopgui.model.conventions import Ties
from hopgui.model.flips import Flips
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

_TIES = {
    Ties.MINUS: kernels.TIE_MINUS,
    Ties.KEEP: kernels.TIE_KEEP,
    Ties.RANDOM: kernels.TIE_RANDOM,
}
# Flips that one call can return; a longer run takes more calls.
MOST_FLIPS = 65_536


class Run:
    """A state falling, resumable after every update.

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

    Attributes
    ----------
    state
        The units as they stand, int8 array of shape (units,).
    flips
        Flips so far, those made by hand left out.
    """

    def __init__(
        self,
        network: Network,
        state: Pattern,
        *,
        rng: np.random.Generator,
        pinned: NDArray[np.bool_] | None = None,
    ) -> None:
        self.state = np.array(state, np.int8)
        self.flips = 0
        self._stream = rng.integers(0, 2**64, 1, dtype=np.uint64, endpoint=False)
        self._progress = np.zeros(kernels.PLACES, np.int64)
        self._updates = np.empty(MOST_FLIPS, np.int64)
        self._units = np.empty(MOST_FLIPS, np.int32)
        self._squares = np.empty(MOST_FLIPS, np.int64)
        self.change(network, pinned)

    @property
    def updates(self) -> int:
        """Units asked so far."""
        return int(self._progress[kernels.UPDATES])

    @property
    def settled(self) -> bool:
        """Whether the last sweep asked every free unit and changed none."""
        return bool(self._progress[kernels.SETTLED])

    @property
    def left_in_sweep(self) -> int:
        """Units still to ask in this sweep; all of them when one is about to begin."""
        return int(self._order.size - self._progress[kernels.POSITION])

    @property
    def energy(self) -> float:
        """Energy of the state."""
        return float(self._network.energies_of(self._progress[kernels.SQUARES]))

    @property
    def overlaps(self) -> NDArray[np.int32]:
        """M_μ = Σ_j ξ_j^μ x_j, int32 array of shape (memories,); a copy."""
        return self._overlaps.copy()

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
        free = np.ones(self.state.size, bool) if pinned is None else ~pinned
        self._network = network
        self._order = np.flatnonzero(free).astype(np.int32)
        self._overlaps = network.overlaps(self.state)
        self._progress[kernels.SQUARES] = np.sum(self._overlaps.astype(np.int64) ** 2)
        self._restart_sweep()

    def advance(self, most_updates: int, most_flips: int = MOST_FLIPS) -> Flips:
        """Ask up to `most_updates` units, stopping early at `most_flips` flips or when settled.

        Returns
        -------
        Flips
            The flips that this call made, none or more.
        """
        room = min(most_flips, MOST_FLIPS)
        conventions = self._network.conventions
        count = kernels.fall(
            self.state,
            self._overlaps,
            self._network.by_unit,
            self._order,
            self._progress,
            self._stream,
            int(conventions.self_connections),
            _TIES[conventions.ties],
            most_updates,
            self._updates[:room],
            self._units[:room],
            self._squares[:room],
        )
        self.flips += count
        return Flips(
            self._updates[:count].copy(),
            self._units[:count].copy(),
            self._network.energies_of(self._squares[:count]),
        )

    def set_units(self, units: NDArray[np.integer], value: int) -> Flips:
        """Set units by hand, pinned or not, while the run stands between two updates.

        Returns
        -------
        Flips
            The units that this changed, at the number of the update before.
        """
        changed = np.unique(units[self.state[units] != value]).astype(np.int32)
        squares = np.empty(changed.size, np.int64)
        kernels.flip_by_hand(
            self.state, self._overlaps, self._network.by_unit, changed, self._progress, squares
        )
        if changed.size:
            self._progress[kernels.SETTLED] = 0
            # A sweep under way asked some units before this change: it cannot be the quiet one.
            self._progress[kernels.CHANGED] = int(self._progress[kernels.POSITION] > 0)
        return Flips(
            np.full(changed.size, self.updates, np.int64),
            changed,
            self._network.energies_of(squares),
        )

    def _restart_sweep(self) -> None:
        self._progress[kernels.POSITION] = 0
        self._progress[kernels.CHANGED] = 0
        self._progress[kernels.SETTLED] = 0
