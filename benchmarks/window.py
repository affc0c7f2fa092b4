"""How smooth the whole window is while recalls follow each other without a pause.

Opens the window at 1440 × 900 with 100 random memories on 128 × 128, speed unlimited, *Repeat*
without a pause, and watches it for some seconds (ten, or the number given): frames that the pad
paints, how late a timer of 4 ms comes, recalls, and the most memory the program has held.
"""

import math
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from _documents import random_document
from _screen import screen
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from hopgui.app import Lab

TICK = 4  # milliseconds
WARM_UP = 3.0  # seconds, in which the kernels are loaded and the first recalls made
LEAST_FRAMES, MOST_DELAY = 55, 16


class Watch(QObject):
    """Counts the frames that the pad paints, and how late a timer comes."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
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
        print(f"frames a second                {frames:8.1f}   goal: at least {LEAST_FRAMES}")
        print(f"delay of events, 99 in 100     {delays[2]:8.1f} ms  goal: at most {MOST_DELAY} ms")
        print("   half / 90 in 100 / worst    ", *(f"{delays[i]:.1f}" for i in (0, 1, 3)), "ms")
        print("between frames: half / 99 / worst", *(f"{gap:.1f}" for gap in gaps), "ms")
        print(
            f"work for a frame               {1000 * work / len(self.paints):8.1f} ms of the window"
        )
        print(f"recalls a second               {runs / seconds:8.1f}")
        print(f"most memory held               {peak / 1024:8.0f} MiB")
        return frames >= LEAST_FRAMES and bool(delays[2] <= MOST_DELAY)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.delays.append(max(0.0, 1000 * (now - self._last) - TICK))
        self._last = now


def main(seconds: float) -> int:
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        lab = Lab(app, random_document(128, 100), settings)
        lab.window.resize(1440, 900)
        lab.window.show()
        lab.player.set_repeat_pause(0.0)
        lab.player.set_speed(math.inf)
        lab.runner.warm()
        watch = Watch(lab)
        QTimer.singleShot(500, lambda: lab.player.set_repeat(True))
        QTimer.singleShot(round(1000 * WARM_UP), watch.begin)
        QTimer.singleShot(round(1000 * (WARM_UP + seconds)), app.quit)
        app.exec()
        reached = watch.report()
        lab.window.close()
    return 0 if reached else 1


if __name__ == "__main__":
    with screen():
        sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
