"""Counts what a person would see of a window at work: frames, and how late events are heard."""

import resource
import time

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from hopgui.app import Lab

TICK = 4  # milliseconds


class Watch(QObject):
    """Counts the frames that the pad paints, and how late a timer comes.

    Parameters
    ----------
    lab
        Whose window.
    least_frames, most_delay
        The goals: frames a second, and milliseconds that 99 in 100 events are late at most.
    """

    def __init__(self, lab: Lab, least_frames: int, most_delay: float) -> None:
        super().__init__(lab)
        self._lab = lab
        self._least_frames, self._most_delay = least_frames, most_delay
        self._painted = lab.player.frame
        self.begin()
        lab.window.pad.view.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK)

    def begin(self) -> None:
        """Forget what has been seen so far."""
        self.begun = self._last = time.perf_counter()
        self.worked = time.thread_time()
        self.paints: list[float] = []
        self.delays: list[float] = []
        recording = self._lab.player.frame.recording
        self.first_run = 0 if recording is None else recording.run

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count a frame when it is painted for the first time."""
        frame = self._lab.player.frame
        if event.type() == QEvent.Type.Paint and frame is not self._painted:
            self._painted = frame
            self.paints.append(time.perf_counter())
        return False

    def report(self) -> bool:
        """Print what has been seen, and say whether the goals are reached."""
        seconds = time.perf_counter() - self.begun
        work = time.thread_time() - self.worked
        frames = len(self.paints) / seconds
        delays = np.percentile(self.delays, [50, 90, 99, 100])
        gaps = np.percentile(1000 * np.diff(self.paints), [50, 99, 100])
        recording = self._lab.player.frame.recording
        runs = 0 if recording is None else recording.run - self.first_run
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"frames a second                {frames:8.1f}   goal: at least {self._least_frames}")
        goal = f"goal: at most {self._most_delay} ms"
        print(f"delay of events, 99 in 100     {delays[2]:8.1f} ms  {goal}")
        print("   half / 90 in 100 / worst    ", *(f"{delays[i]:.1f}" for i in (0, 1, 3)), "ms")
        print("between frames: half / 99 / worst", *(f"{gap:.1f}" for gap in gaps), "ms")
        print(
            f"work for a frame               {1000 * work / len(self.paints):8.1f} ms of the window"
        )
        print(f"recalls a second               {runs / seconds:8.1f}")
        print(f"most memory held               {peak / 1024:8.0f} MiB")
        return frames >= self._least_frames and bool(delays[2] <= self._most_delay)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.delays.append(max(0.0, 1000 * (now - self._last) - TICK))
        self._last = now
