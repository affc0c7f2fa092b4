"""The overlap with a few memories over a run, kept up as the run goes on."""

import numpy as np
from numpy.typing import NDArray

from hopgui.session.frame import OverlapTrace
from hopgui.session.recording import Recording
from hopgui.session.tape import NO_UNIT

MOST_LINES = 8
MOST_POINTS = 512


class OverlapTracer:
    """Follows the recording of a run, adding only what is new.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    """

    def __init__(self, patterns: NDArray[np.int8]) -> None:
        self._patterns = patterns
        self._run: tuple[int, int] | None = None
        self._chosen = np.empty(0, np.int64)
        self._seen = 0
        self._values = np.empty((0, 0), np.int64)

    def trace(self, recording: Recording, nearest: int | None) -> OverlapTrace:
        """Return the overlaps over the run so far, at most 512 moments of them.

        Parameters
        ----------
        recording
            The run.
        nearest
            A memory that must be among the lines.
        """
        run = (recording.run, recording.forgotten)
        if run != self._run or (nearest is not None and nearest not in self._chosen):
            self._begin(recording, nearest)
        self._follow(recording)
        flips = recording.flip_units.size
        points = np.unique(np.linspace(0, flips, min(flips + 1, MOST_POINTS)).astype(np.int64))
        moments = np.append(recording.first_update, recording.flip_updates)[points]
        values = self._values[points] / self._patterns.shape[1]
        return OverlapTrace(
            self._chosen,
            np.append(moments, recording.updates),
            np.concatenate([values, values[-1:]]),
        )

    def _begin(self, recording: Recording, nearest: int | None) -> None:
        start = recording.start.astype(np.int32)
        memories = self._patterns.shape[0]
        self._chosen = np.arange(memories)
        if memories > MOST_LINES:
            size = np.abs(self._patterns @ start)
            if nearest is not None:
                size[nearest] = recording.start.size + 1
            self._chosen = np.sort(np.argsort(-size, kind="stable")[:MOST_LINES])
        self._run = (recording.run, recording.forgotten)
        self._seen = 0
        self._values = np.empty((1024, self._chosen.size), np.int64)
        self._values[0] = self._patterns[self._chosen] @ start
        self._state = recording.start.copy()

    def _follow(self, recording: Recording) -> None:
        units = recording.flip_units[self._seen :]
        if not units.size:
            return
        # What a unit is turned to depends on how often it has flipped before.
        real = units != NO_UNIT
        turned = self._turned(units[real])
        steps = np.zeros((units.size, self._chosen.size), np.int64)
        steps[real] = 2 * turned[:, None] * self._patterns[self._chosen][:, units[real]].T
        end = self._seen + units.size
        if end >= self._values.shape[0]:
            grown = np.empty((2 * end + 2, self._chosen.size), np.int64)
            grown[: self._seen + 1] = self._values[: self._seen + 1]
            self._values = grown
        self._values[self._seen + 1 : end + 1] = self._values[self._seen] + np.cumsum(steps, axis=0)
        self._seen = end

    def _turned(self, units: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return what each flip turned its unit to, and carry the state along."""
        order = np.argsort(units, kind="stable")
        ordered = units[order]
        first = np.concatenate([[True], ordered[1:] != ordered[:-1]])
        starts = np.flatnonzero(first)
        rank = np.arange(units.size) - np.repeat(starts, np.diff(np.append(starts, units.size)))
        turned = np.empty(units.size, np.int64)
        turned[order] = np.where(rank % 2 == 0, -1, 1) * self._state[ordered]
        counts = np.bincount(units, minlength=self._state.size)
        self._state = np.where(counts & 1, -self._state, self._state)
        return turned
