"""A run as it happened: where it started and every flip since."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

# Flips between two states that are kept whole: no moment is further than this from one.
STRIDE = 2**14


@dataclass(frozen=True, eq=False)
class Recording:
    """The start state and every flip of one run; any moment of it in O(flips).

    Updates count units asked. Flip k happened at update ``flip_updates[k]`` (1 is the first unit
    asked); a flip made by hand carries the number of the update before it.

    Attributes
    ----------
    run
        Number of the run.
    seed
        Seed of the run.
    start
        Units ±1 before the first recorded flip, int8 array of shape (units,), read-only.
    energy_start
        Energy of `start`.
    updates
        Units asked so far.
    flip_updates
        Update of each flip, int64 array of shape (flips,), never falling.
    flip_units
        Unit that flipped, int32 array of shape (flips,); −1 where no unit flipped but the network
        was changed under the run.
    flip_energies
        Energy after each flip, float64 array of shape (flips,).
    by_hand
        Whether a person made the flip, bool array of shape (flips,).
    forgotten
        Flips before `start` that were let go to bound the memory.
    forgotten_by_hand
        How many of those a person made.
    first_update
        Update at which `start` stands; 0 unless flips were forgotten.
    keys
        Key frames: the state after every 16 384 flips, as `key_frames` returns them. Without them
        every moment is found from the start.
    """

    run: int
    seed: int
    start: NDArray[np.int8]
    energy_start: float
    updates: int
    flip_updates: NDArray[np.int64]
    flip_units: NDArray[np.int32]
    flip_energies: NDArray[np.float64]
    by_hand: NDArray[np.bool_]
    forgotten: int = 0
    forgotten_by_hand: int = 0
    first_update: int = 0
    keys: tuple[NDArray[np.int8], ...] = ()

    def flips_at(self, update: int) -> int:
        """Count the recorded flips that had happened when `update` units had been asked."""
        return int(np.searchsorted(self.flip_updates, update, side="right"))

    def state_at(self, update: int) -> NDArray[np.int8]:
        """Return the state when `update` units had been asked, int8 array of shape (units,)."""
        flips = self.flips_at(update)
        key = min(flips // STRIDE, len(self.keys))
        state = self.keys[key - 1] if key else self.start
        return _turned(state, self.flip_units[key * STRIDE : flips])

    def energy_at(self, update: int) -> float:
        """Return the energy when `update` units had been asked."""
        flips = self.flips_at(update)
        return float(self.flip_energies[flips - 1]) if flips else self.energy_start

    def update_of_flip_before(self, update: int) -> int:
        """Return the moment just before the last flip at `update`, or the start of the run."""
        flips = self.flips_at(update)
        if not flips:
            return self.first_update
        # A flip made by hand before the first update has no moment before it.
        return max(self.first_update, int(self.flip_updates[flips - 1]) - 1)

    def update_of_flip_after(self, update: int) -> int:
        """Return the update of the first flip after `update`, or the end of the run."""
        flips = self.flips_at(update)
        return int(self.flip_updates[flips]) if flips < self.flip_updates.size else self.updates


def key_frames(
    start: NDArray[np.int8],
    flip_units: NDArray[np.int32],
    known: tuple[NDArray[np.int8], ...] = (),
) -> tuple[NDArray[np.int8], ...]:
    """Return the key frames of a run, read-only int8 arrays of shape (units,).

    Parameters
    ----------
    start
        Units ±1 before the first flip, int8 array of shape (units,).
    flip_units
        Unit that flipped, −1 for none, int32 array of shape (flips,).
    known
        The first of them, if they were found before.
    """
    keys = list(known)
    while (len(keys) + 1) * STRIDE <= flip_units.size:
        units = flip_units[len(keys) * STRIDE : (len(keys) + 1) * STRIDE]
        state = _turned(keys[-1] if keys else start, units)
        state.flags.writeable = False
        keys.append(state)
    return tuple(keys)


def compact(recording: Recording) -> Recording:
    """Return a recording that holds no more memory than its flips need.

    One of a tape shares the tape's arrays, which have room for flips to come.
    """
    names = ("flip_updates", "flip_units", "flip_energies", "by_hand")
    arrays = {name: getattr(recording, name).copy() for name in names}
    for array in arrays.values():
        array.flags.writeable = False
    return replace(recording, **arrays)


def _turned(state: NDArray[np.int8], units: NDArray[np.int32]) -> NDArray[np.int8]:
    """Return a copy of the state with each unit turned over as often as it is named."""
    odd = np.bincount(units[units >= 0], minlength=state.size) & 1
    return np.where(odd == 1, -state, state).astype(np.int8, copy=False)
