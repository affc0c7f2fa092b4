"""The overlap with a few memories over a run, kept up as the run goes on."""

import numpy as np
from numpy.typing import NDArray

from hopgui.model.network import Network
from hopgui.session.frame import OverlapTrace
from hopgui.session.recording import Recording
from hopgui.session.tape import MOST_FLIPS, NO_UNIT

MOST_LINES = 8
MOST_POINTS = 512
SHORT = 2**16


class OverlapTracer:
    """Follows the recording of a run, adding only what is new.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    """

    def __init__(self, patterns: NDArray[np.int8]) -> None:
        self._patterns = patterns
        self._network = Network(patterns)
        self._run: tuple[int, int] | None = None
        self._chosen = np.empty(0, np.int64)
        self._seen = 0
        # Of each line its integer overlap at the start and after each flip, shape (lines, flips+1).
        self._values = np.empty((0, 0), np.int32)
        self._turns = np.empty(0, np.int8)

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
        if run != self._run:
            self._let_go(recording, nearest)
        if run != self._run or recording.flip_units.size < self._seen:
            self._begin(recording, nearest)
        self._follow(recording)
        if nearest is not None and nearest not in self._chosen:
            self._take_in(nearest, recording)
        flips = recording.flip_units.size
        points = np.linspace(0, flips, min(flips + 1, MOST_POINTS)).astype(np.int64)
        moments = np.concatenate(([recording.first_update], recording.flip_updates[points[1:] - 1]))
        order = np.argsort(self._chosen)
        values = self._values[order[:, None], points].T / self._patterns.shape[1]
        return OverlapTrace(
            self._chosen[order],
            np.append(moments, recording.updates),
            np.concatenate([values, values[-1:]]),
        )

    def _begin(self, recording: Recording, nearest: int | None) -> None:
        overlaps = self._network.overlaps(recording.start)
        self._chosen = _chosen(overlaps, nearest, recording.start.size)
        self._run = (recording.run, recording.forgotten)
        self._seen = 0
        self._values = np.empty((self._chosen.size, 1024), np.int32)
        self._values[:, 0] = overlaps[self._chosen]
        self._turns = np.empty(1024, np.int8)
        self._state = recording.start.copy()

    def _let_go(self, recording: Recording, nearest: int | None) -> None:
        """Let the part go that the recording of the same run has let go, if it was all seen."""
        if self._run is None or recording.run != self._run[0]:
            return
        cut = recording.forgotten - self._run[1]
        if not 0 < cut <= self._seen:
            return
        seen = self._seen - cut
        self._values[:, : seen + 1] = self._values[:, cut : self._seen + 1].copy()
        self._turns[:seen] = self._turns[cut : self._seen].copy()
        self._seen = seen
        self._run = (recording.run, recording.forgotten)
        overlaps = self._network.overlaps(recording.start)
        chosen = _chosen(overlaps, nearest, recording.start.size)
        free = np.flatnonzero(~np.isin(self._chosen, chosen)).tolist()
        for line, memory in zip(free, np.setdiff1d(chosen, self._chosen).tolist(), strict=True):
            self._give(line, memory, recording)

    def _follow(self, recording: Recording) -> None:
        units = recording.flip_units[self._seen :]
        if not units.size:
            return
        new = slice(self._seen, self._seen + units.size)
        self._make_room(new.stop + 1)
        self._turns[new] = self._turned(units)
        for line, memory in enumerate(self._chosen.tolist()):
            self._extend(self._values[line], self._patterns[memory], units, new)
        self._seen = new.stop

    def _extend(
        self,
        values: NDArray[np.int32],
        pattern: NDArray[np.int8],
        units: NDArray[np.int32],
        new: slice,
    ) -> None:
        """Carry one line on over new flips of these units."""
        after = values[new.start + 1 : new.stop + 1]
        np.cumsum(pattern[units] * self._turns[new], dtype=np.int32, out=after)
        after *= 2
        after += values[new.start]

    def _take_in(self, nearest: int, recording: Recording) -> None:
        """Let the memory that is now the least alike give its line to another."""
        self._give(int(np.argmin(np.abs(self._values[:, self._seen]))), nearest, recording)

    def _give(self, line: int, memory: int, recording: Recording) -> None:
        """Give a line to another memory."""
        self._chosen[line] = memory
        pattern = self._patterns[memory]
        self._values[line, 0] = pattern.astype(np.int32) @ recording.start
        units = recording.flip_units[: self._seen]
        self._extend(self._values[line], pattern, units, slice(0, self._seen))

    def _make_room(self, flips: int) -> None:
        room = self._turns.size
        if flips <= room:
            return
        larger = max(flips, min(2 * flips, MOST_FLIPS + 1))
        values = np.empty((self._chosen.size, larger), np.int32)
        values[:, :room] = self._values
        turns = np.empty(larger, np.int8)
        turns[:room] = self._turns
        self._values, self._turns = values, turns

    def _turned(self, units: NDArray[np.int32]) -> NDArray[np.int8]:
        """Return what each flip turned its unit to, 0 where none flipped; carry the state along."""
        real = units != NO_UNIT
        if not real.all():
            turned = np.zeros(units.size, np.int8)
            turned[real] = self._turned(units[real])
            return turned
        counts = np.bincount(units, minlength=self._state.size)
        once = not units.size or counts.max() == 1
        turned = -self._state[units] if once else self._turned_again(units)
        self._state = np.where(counts & 1, -self._state, self._state)
        return turned

    def _turned_again(self, units: NDArray[np.int32]) -> NDArray[np.int8]:
        """Return what each flip turned its unit to, by how often it had flipped before."""
        if self._state.size <= SHORT:
            units = units.astype(np.uint16)  # which are sorted by counting, ten times as fast
        order = np.argsort(units, kind="stable")
        ordered = units[order]
        first = np.concatenate([[True], ordered[1:] != ordered[:-1]])
        starts = np.flatnonzero(first)
        rank = np.arange(units.size) - np.repeat(starts, np.diff(np.append(starts, units.size)))
        turned = np.empty(units.size, np.int8)
        turned[order] = np.where(rank % 2 == 0, -1, 1) * self._state[ordered]
        return turned


def _chosen(overlaps: NDArray[np.int32], nearest: int | None, units: int) -> NDArray[np.int64]:
    """Choose the memories to be drawn: of many the most alike, and the nearest in any case."""
    if overlaps.size <= MOST_LINES:
        return np.arange(overlaps.size)
    size = np.abs(overlaps)
    if nearest is not None:
        size[nearest] = units + 1
    return np.argsort(-size, kind="stable")[:MOST_LINES]
