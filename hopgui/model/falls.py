"""Many falls of one network at a time, on all cores: what a census and its like are made of."""

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Update
from hopgui.model.conventions import Ties
from hopgui.model.couplings import LowRank
from hopgui.model.dynamics import ways
from hopgui.model.kernels import census as loops
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

# Sweeps after which a fall is given up: only what can go on for ever takes as many.
PATIENCE = 1000
# States that fall side by side: enough to fill a machine's vectors, few enough to stay near it.
LANES = 64
# Falls asked for at once, at most; and units of them, so that none takes long.
MOST_AT_ONCE, UNITS_AT_ONCE = 512, 400_000
_ORDERS = {
    Update.ASYNC: loops.IN_SWEEPS,
    Update.RASTER: loops.IN_SWEEPS,
    Update.REPLACEMENT: loops.WITH_REPLACEMENT,
    Update.STEEPEST: loops.STEEPEST,
    Update.SYNC: loops.AT_ONCE,
}


class Ends(NamedTuple):
    """Where falls ended.

    Attributes
    ----------
    states
        The last state of each, int8 array of shape (falls, units).
    ends
        `UNSETTLED`, `STABLE` or `CYCLE` of the loops, int8 array of shape (falls,).
    partners
        The other state of each cycle, int8 array of shape (falls, units); of shape (0, units)
        unless the update is synchronous.
    """

    states: NDArray[np.int8]
    ends: NDArray[np.int8]
    partners: NDArray[np.int8]

    def attractor(self, fall: int) -> tuple[Pattern, Pattern | None]:
        """Return the state that a settled fall ended in, and the other one if it is a cycle.

        Of the two states of a cycle always the same one is the first.
        """
        state = self.states[fall]
        if self.ends[fall] != loops.CYCLE:
            return state, None
        partner = self.partners[fall]
        return (partner, state) if key_of(partner) < key_of(state) else (state, partner)

    def keys(self) -> list[bytes | None]:
        """Return the key of the attractor that each fall ended in, None where it did not settle."""
        keys: list[bytes | None] = [*keys_of(self.states)]
        for fall in np.flatnonzero(self.ends == loops.CYCLE).tolist():
            keys[fall] = key_of(self.attractor(fall)[0])
        for fall in np.flatnonzero(self.ends == loops.UNSETTLED).tolist():
            keys[fall] = None
        return keys


class Falls:
    """Lets states fall at temperature 0. Several threads may use one at the same time.

    Parameters
    ----------
    network
        What gives the states their energy.
    update
        Which unit is asked next.
    free
        The units that are asked, in their order, int32 array.
    stop
        Falls are left as they are once this is not 0, uint8 array of shape (1,).
    patience
        Sweeps after which a fall is given up.
    """

    def __init__(
        self,
        network: Network,
        update: Update,
        free: NDArray[np.int32],
        stop: NDArray[np.uint8],
        patience: int = PATIENCE,
    ) -> None:
        self._network, self._update, self._free, self._stop = network, update, free, stop
        self._patience = patience
        blank = np.ones(network.units, np.int8)
        # Asked for once here, so that what a network keeps is not made in several threads.
        self._ways = ways(network, network.form(blank), update)
        self._score = np.asarray([network.score(blank)])

    @property
    def side_by_side(self) -> bool:
        """Whether states can fall side by side, one order of the units serving many."""
        network = self._network
        return (
            self._update in {Update.ASYNC, Update.RASTER}
            and network.conventions.ties is not Ties.RANDOM
            and network.has_couplings
            and isinstance(network.learnt, LowRank)
            and network.learnt.carried.dtype == np.int8
            and network.slack == 0
        )

    def apart(self, states: NDArray[np.int8], streams: NDArray[np.uint64]) -> Ends:
        """Let each of these states fall with a stream of its own.

        Parameters
        ----------
        states
            Where the falls begin, int8 array of shape (falls, units); changed in place.
        streams
            A random stream a fall, uint64 array of shape (falls,); changed in place.

        Raises
        ------
        ValueError
            If the states have another number of units than the network.
        """
        require_units(self._network, states)
        count, units = states.shape
        ends = np.zeros(count, np.int8)
        synchronous = self._update is Update.SYNC
        partners = np.empty((count if synchronous else 0, units), np.int8)
        if not count:
            return Ends(states, ends, partners)
        loops.quench(
            self._network.form(states[0]),
            states,
            partners,
            ends,
            self._free,
            streams,
            self._score.copy(),
            self._ways,
            _ORDERS[self._update],
            self._patience * max(1, self._free.size),
            self._stop,
        )
        return Ends(states, ends, partners)

    def together(self, states: NDArray[np.int8], stream: NDArray[np.uint64]) -> Ends:
        """Let these states fall side by side, one order a sweep serving all that fall.

        Parameters
        ----------
        states
            As in `apart`.
        stream
            The random stream of all, uint64 array of shape (1,); changed in place.

        Raises
        ------
        ValueError
            As `apart`.
        """
        require_units(self._network, states)
        count, units = states.shape
        ends = np.zeros(count, np.int8)
        nobody = np.empty((0, units), np.int8)
        if count and not self._free.size:
            ends[:] = loops.STABLE
        elif count:
            learnt = cast("LowRank", self._network.learnt)  # or they would not fall side by side
            form = learnt.unfilled(self._network.form(states[0]))
            rank = form.rows.shape[1]
            largest = int(np.abs(form.carry).max(initial=0)) * rank * (units + 1)
            narrow = next(bits for bits in (16, 32, 64) if 2 * largest < 2 ** (bits - 1))
            sums = np.zeros((rank, LANES), f"i{narrow // 8}")
            loops.quench_side_by_side(
                form, states, ends, self._free, stream, sums, self._ways, self._patience, self._stop
            )
        return Ends(states, ends, nobody)


def require_units(network: Network, states: NDArray[np.int8]) -> None:
    """Refuse states of another size than the network's: a loop would read beyond their end.

    Parameters
    ----------
    network
        The network.
    states
        int8 array of shape (…, units).

    Raises
    ------
    ValueError
        If the sizes differ.
    """
    if states.shape[-1] != network.units:
        message = f"states of {states.shape[-1]} units are none of a network of {network.units}"
        raise ValueError(message)


def free_units(units: int, pinned: NDArray[np.bool_] | None) -> NDArray[np.int32]:
    """Return the units that are not pinned, in their order, int32 array."""
    return np.flatnonzero(np.ones(units, bool) if pinned is None else ~pinned).astype(np.int32)


def at_once(units: int) -> int:
    """Return how many falls of so many units to ask for at once."""
    return int(np.clip(UNITS_AT_ONCE // max(1, units) // LANES * LANES, LANES, MOST_AT_ONCE))


def key_of(state: Pattern) -> bytes:
    """Return a state in as few bytes as there are: equal for equal states of one network alone."""
    return np.packbits(state > 0).tobytes()


def keys_of(states: NDArray[np.int8]) -> list[bytes]:
    """Return the key of each of these states, int8 array of shape (states, units)."""
    return [row.tobytes() for row in np.packbits(states > 0, axis=1)]
