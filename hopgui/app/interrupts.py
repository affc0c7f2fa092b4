"""Ctrl+C in the terminal, and a system that asks the program to end."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """Tells the event loop of signals of the system, which Python alone would hold back.

    Python looks at a signal when it runs next, and while a window waits that may be never; it then
    raises an exception in whatever slot comes first. A socket wakes Qt instead. Only the first
    signal is told of: the second ends the program at once, whatever it may be doing.

    Parameters
    ----------
    parent
        Owner.

    Signals
    -------
    asked()
        The program is to end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._notifier = QSocketNotifier(
            self._near.fileno(), QSocketNotifier.Type.Read, parent=self
        )
        self._notifier.activated.connect(self._hear)
        self._waking_before = signal.set_wakeup_fd(self._far.fileno())
        self._before = {each: signal.signal(each, _pass_over) for each in SIGNALS}

    @Slot()
    def _hear(self) -> None:
        self._near.recv(4096)
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        self.asked.emit()

    def close(self) -> None:
        """Let signals do what they did before."""
        for each, handler in self._before.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(self._waking_before)
        self._notifier.setEnabled(False)
        for end in (self._near, self._far):
            end.close()


def _pass_over(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that the signal has a handler is what lets it wake the socket."""
