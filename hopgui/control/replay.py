"""A recording played again: moments in pace, with no run behind them."""

import math
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

PERIOD = 16  # milliseconds between two moments


class Replay(QObject):
    """Walks through the updates of a recording at a given speed.

    Signals
    -------
    moved(int)
        The update to show now.
    ended()
        The last recorded update has been shown.
    """

    moved = Signal(int)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(PERIOD)
        self._timer.timeout.connect(self._walk)
        self._clock = 0.0
        self._at = 0.0
        self._end = 0
        self.speed = math.inf

    @property
    def active(self) -> bool:
        """Whether it is walking."""
        return self._timer.isActive()

    def begin(self, update: int, end: int) -> None:
        """Walk from one update to another."""
        self._at, self._end = float(update), end
        self._clock = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()

    @Slot()
    def _walk(self) -> None:
        now = time.perf_counter()
        self._at = min(self._at + (now - self._clock) * self.speed, float(self._end))
        self._clock = now
        if self._at >= self._end:
            self._timer.stop()
            self.ended.emit()
        else:
            self.moved.emit(int(self._at))
