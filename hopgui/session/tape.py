"""Where a run's flips are kept while it goes on."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hopgui.model.flips import Flips
from hopgui.session.recording import Recording, key_frames

# Past this many flips the older half is let go: only a run that never settles comes so far.
MOST_FLIPS = 2**20
NO_UNIT = -1
ROOM = 1024

T = TypeVar("T", bound=np.generic)


class Tape:
    """Flips appended as they happen, and shown as recordings that never change.

    Snapshots share the tape's arrays: what is written is never written again, so a recording taken
    earlier stays true while the run goes on.

    Parameters
    ----------
    run
        Number of the run.
    seed
        Seed of the run.
    start
        Units ±1 at the start, int8 array of shape (units,); copied.
    energy
        Energy at the start.
    """

    def __init__(self, run: int, seed: int, start: NDArray[np.int8], energy: float) -> None:
        self._run = run
        self._seed = seed
        self._start = start.copy()
        self._start.flags.writeable = False
        self._energy_start = energy
        self._keys: tuple[NDArray[np.int8], ...] = ()
        self._forgotten = 0
        self._forgotten_by_hand = 0
        self._first_update = 0
        self._size = 0
        self._updates = np.empty(ROOM, np.int64)
        self._units = np.empty(ROOM, np.int32)
        self._energies = np.empty(ROOM, np.float64)
        self._by_hand = np.empty(ROOM, bool)

    def append(self, flips: Flips, *, by_hand: bool = False) -> None:
        """Keep these flips."""
        beyond = self._size + flips.units.size - MOST_FLIPS
        if beyond > 0 and self._size:
            self._forget(min(max(self._size // 2, beyond), self._size))
        end = self._size + flips.units.size
        if end > self._units.size:
            self._allocate(max(end, min(2 * end, MOST_FLIPS)))
        new = slice(self._size, end)
        self._updates[new] = flips.updates
        self._units[new] = flips.units
        self._energies[new] = flips.energies
        self._by_hand[new] = by_hand
        self._size = end
        self._keys = key_frames(self._start, self._units[:end], self._keys)

    def note_change(self, update: int, energy: float) -> None:
        """Keep the energy that the state has after the network was changed under it."""
        self.append(
            Flips(np.array([update]), np.array([NO_UNIT], np.int32), np.array([energy])),
            by_hand=True,
        )

    def recording(self, updates: int) -> Recording:
        """Return the run so far, read-only, sharing the tape's arrays."""
        return Recording(
            run=self._run,
            seed=self._seed,
            start=self._start,
            energy_start=self._energy_start,
            updates=updates,
            flip_updates=_kept(self._updates, self._size),
            flip_units=_kept(self._units, self._size),
            flip_energies=_kept(self._energies, self._size),
            by_hand=_kept(self._by_hand, self._size),
            forgotten=self._forgotten,
            forgotten_by_hand=self._forgotten_by_hand,
            first_update=self._first_update,
            keys=self._keys,
        )

    def _allocate(self, room: int) -> None:
        """Take new arrays; recordings taken before keep the old ones."""
        self._updates = _grown(self._updates, self._size, room)
        self._units = _grown(self._units, self._size, room)
        self._energies = _grown(self._energies, self._size, room)
        self._by_hand = _grown(self._by_hand, self._size, room)

    def _forget(self, oldest: int) -> None:
        """Let so many of the oldest flips go, one at least: the start moves to where they end."""
        moment = int(self._updates[max(oldest, 1) - 1])
        whole = self.recording(moment)
        # All flips of one moment stay together, so that the cut is a moment of the run.
        cut = whole.flips_at(moment)
        self._start = whole.state_at(moment)
        self._start.flags.writeable = False
        self._energy_start = whole.energy_at(moment)
        self._first_update = moment
        self._forgotten += cut
        self._forgotten_by_hand += int(self._by_hand[:cut].sum())
        kept = slice(cut, self._size)
        rest = Flips(
            self._updates[kept].copy(), self._units[kept].copy(), self._energies[kept].copy()
        )
        by_hand = self._by_hand[kept].copy()
        self._size = 0
        self._keys = ()
        self._allocate(MOST_FLIPS)
        self.append(rest)
        self._by_hand[: self._size] = by_hand


def _kept(array: NDArray[T], size: int) -> NDArray[T]:
    view = array[:size]
    view.flags.writeable = False
    return view


def _grown(array: NDArray[T], size: int, room: int) -> NDArray[T]:
    grown = np.empty(room, array.dtype)
    grown[:size] = array[:size]
    return grown
