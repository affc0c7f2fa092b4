"""The newest of a value written down again and again, by a thread of its own."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from hopgui.refusal import Refusal

# From a change on, a written copy is at most DELAY or PERIOD, and the time to write it, behind.
DELAY = 0.3  # seconds in which a stroke may end
PERIOD = 1.0  # seconds from one writing to the next

Value = TypeVar("Value")


class Autosaver(Generic[Value]):
    """Writes the newest value down soon after it was handed over; older ones are passed over.

    Call `close` before the object goes. The thread comes with the first value.

    Parameters
    ----------
    keep
        Writes a value, in the saver's thread; may raise a `Refusal`.
    tell
        Told in the saver's thread what was written and how that ended: None, or the `Refusal`.
    delay, period
        Least seconds from a change to its writing, and from one writing to the next.
    """

    def __init__(
        self,
        keep: Callable[[Value], None],
        tell: Callable[[Value, Refusal | None], None],
        *,
        delay: float = DELAY,
        period: float = PERIOD,
    ) -> None:
        self._keep = keep
        self._tell = tell
        self._delay = delay
        self._period = period
        self._news = threading.Condition()
        self._waiting: list[Value] = []
        self._closed = False
        self._thread: threading.Thread | None = None

    def note(self, value: Value) -> None:
        """Have this value written, in the place of any that waits."""
        with self._news:
            self._waiting = [value]
            self._news.notify()
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._work, name="autosave")
            self._thread.start()

    def close(self) -> None:
        """Write nothing more, end the thread and wait for it."""
        with self._news:
            self._closed = True
            self._news.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        due = 0.0
        while self._wait(due):
            due = time.monotonic() + self._period
            with self._news:
                (value,), self._waiting = self._waiting, []
            try:
                self._keep(value)
            except Refusal as refusal:
                self._tell(value, refusal)
            else:
                self._tell(value, None)

    def _wait(self, due: float) -> bool:
        """Wait until a value is there and its time has come; say whether there is one to write."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self._waiting)
            still = max(self._delay, due - time.monotonic())
            self._news.wait_for(lambda: self._closed, still)
            return not self._closed
