"""What of a recording is drawn: found once, and good for every moment of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.session.recording import Recording
from hopgui.ui.plots.staircase import Points, staircase, thin

MOST_HAND_MARKS = 40


@dataclass(frozen=True, eq=False)
class Outline:
    """A run's energy as a staircase that is thin enough to be drawn.

    Attributes
    ----------
    recording
        The run.
    kept
        Flips that are drawn, rising, int64 array.
    lowest, highest
        The least and the largest energy after any flip, or of the start where there is none.
    by_hand
        Flips that a hand made, or at which the network was changed: the latest few, one a moment.
    """

    recording: Recording
    kept: NDArray[np.int64]
    lowest: float
    highest: float
    by_hand: NDArray[np.int64]

    @property
    def flips(self) -> int:
        """Number of recorded flips."""
        return int(self.recording.flip_units.size)

    def until(self, update: int) -> Points:
        """Return the staircase up to a moment."""
        recording, flips = self.recording, self.recording.flips_at(update)
        kept = self.kept[: int(np.searchsorted(self.kept, flips))]
        if flips and (not kept.size or kept[-1] != flips - 1):
            kept = np.append(kept, flips - 1)
        return self._stairs(recording.first_update, recording.energy_start, kept, update)

    def after(self, update: int) -> Points:
        """Return the staircase from a moment on."""
        recording, flips = self.recording, self.recording.flips_at(update)
        kept = self.kept[int(np.searchsorted(self.kept, flips)) :]
        return self._stairs(update, recording.energy_at(update), kept, recording.updates)

    def _stairs(self, first: int, energy: float, kept: NDArray[np.int64], last: int) -> Points:
        recording = self.recording
        return staircase(
            first, energy, recording.flip_updates[kept], recording.flip_energies[kept], last
        )


def outline(recording: Recording, origin: float, column: float) -> Outline:
    """Find what of a recording is drawn.

    Parameters
    ----------
    recording
        The run.
    origin, column
        Left edge of the plot, and the width of a column of its pixels, in updates.
    """
    energies = recording.flip_energies
    start = recording.energy_start
    hand = np.flatnonzero(recording.by_hand | (recording.flip_units < 0))
    moments = recording.flip_updates[hand]
    # Of a stroke that flipped many units at one moment the last flip stands for all.
    hand = hand[np.flatnonzero(np.diff(moments, append=-1))][-MOST_HAND_MARKS:]
    return Outline(
        recording,
        thin(recording.flip_updates, energies, origin, column),
        float(energies.min()) if energies.size else start,
        float(energies.max()) if energies.size else start,
        hand,
    )
