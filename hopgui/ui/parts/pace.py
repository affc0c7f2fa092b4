"""A pace for what need not be done at every frame."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class Pace(QObject):
    """Passes on requests, never more often than its period, and never forgets the last.

    The first request is answered at once; those that come before the period is over are answered
    together at its end.

    Parameters
    ----------
    period
        Least time between two answers, in milliseconds.

    Signals
    -------
    due()
        Do it now.
    """

    due = Signal()

    def __init__(self, period: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waits = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.setInterval(period)
        self._timer.timeout.connect(self._go_on)

    @property
    def waits(self) -> bool:
        """Whether a request has not been answered yet."""
        return self._waits

    def ask(self) -> None:
        """Request it: now, or as soon as the period allows."""
        if self._timer.isActive():
            self._waits = True
        else:
            self._answer()

    def settle(self) -> None:
        """Answer now what waits, if anything does."""
        if self._waits:
            self._answer()

    def stop(self) -> None:
        """Forget what waits."""
        self._waits = False
        self._timer.stop()

    def _answer(self) -> None:
        self._waits = False
        self._timer.start()
        self.due.emit()

    @Slot()
    def _go_on(self) -> None:
        self.settle()
