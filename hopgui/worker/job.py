"""One long computation in a thread of its own, taken step by step."""

import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hopgui.refusal import Refusal
from hopgui.worker.aside import stand_back

PULL = 50  # milliseconds between two looks at how far it is
NOTHING = object()
# How a computation ended: of itself, refused, or at fault (what, and the details).
Outcome = Refusal | tuple[str, str] | None


@dataclass(eq=False)
class _Task:
    """A computation under way, and what is asked of it from outside."""

    steps: Iterator[object]
    dropped: threading.Event = field(default_factory=threading.Event)
    may_go: threading.Event = field(default_factory=threading.Event)
    newest: object = NOTHING


class Job(QObject):
    """Takes one long computation on, off the window's thread: census, training, a film.

    A computation is an iterator of frozen values, each of which tells all that is known so far.
    Pausing is not asking for the next one, cancelling is asking for no more and closing the
    iterator. The newest value is pulled by a timer, so that a fast computation cannot flood the
    window; the last one always arrives.

    Call `close` before the object goes.

    Signals
    -------
    advanced(object)
        The newest value.
    ended(object)
        The last value of a computation that came to its end; None if it had none.
    cancelled()
        The computation was called off.
    refused(object)
        The `Refusal` that the computation ended with.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    advanced = Signal(object)
    ended = Signal(object)
    cancelled = Signal()
    refused = Signal(object)
    failed = Signal(str, str)
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._task: _Task | None = None
        self._last: object = NOTHING
        self._worked = 0.0
        self._since: float | None = None
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULL)
        self._pulse.timeout.connect(self._pull)
        self._done.connect(self._end)

    @property
    def active(self) -> bool:
        """Whether a computation is under way, paused or not."""
        return self._task is not None

    @property
    def paused(self) -> bool:
        """Whether a computation is under way and stands still."""
        return self._task is not None and not self._task.may_go.is_set()

    @property
    def seconds(self) -> float:
        """How long the computation has worked, pauses left out."""
        going = 0.0 if self._since is None else time.monotonic() - self._since
        return self._worked + going

    def begin(self, steps: Iterator[object]) -> None:
        """Take a computation on; one under way is dropped without a word."""
        self._drop()
        if self._pool is None:
            # The thread comes with the first computation, not with the window.
            self._pool = ThreadPoolExecutor(1, "job", initializer=stand_back)
        self._task = _Task(steps)
        self._last = NOTHING
        self._worked, self._since = 0.0, None
        self.go_on()
        self._pool.submit(self._go, self._task)
        self._pulse.start()

    @Slot()
    def pause(self) -> None:
        """Let the computation stand still before its next step."""
        if self._task is not None:
            self._task.may_go.clear()
            self._stop_clock()

    @Slot()
    def go_on(self) -> None:
        """Let a paused computation go on."""
        if self._task is not None:
            self._task.may_go.set()
            self._since = time.monotonic() if self._since is None else self._since

    @Slot()
    def cancel(self) -> None:
        """Call the computation off."""
        if self._task is not None:
            self._drop()
            self.cancelled.emit()

    def close(self) -> None:
        """Drop what is under way, end the thread and wait for it."""
        self._drop()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def _drop(self) -> None:
        task, self._task = self._task, None
        self._pulse.stop()
        self._stop_clock()
        if task is not None:
            task.dropped.set()
            task.may_go.set()

    def _stop_clock(self) -> None:
        self._worked, self._since = self.seconds, None

    def _go(self, task: _Task) -> None:
        """Work in the pool's thread; the signal is queued to this object's own."""
        outcome: Outcome = None
        try:
            with closing(_closable(task.steps)) as steps:
                for value in steps:
                    task.newest = value
                    task.may_go.wait()
                    if task.dropped.is_set():
                        return
        except Refusal as refusal:
            outcome = refusal
        except Exception as error:  # noqa: BLE001 - a thread has no caller who could catch it
            outcome = (str(error) or type(error).__name__, traceback.format_exc())
        self._done.emit(task, outcome)

    @Slot()
    def _pull(self) -> None:
        if self._task is not None:
            value = self._task.newest
            if value is not self._last:
                self._last = value
                self.advanced.emit(value)

    @Slot(object, object)
    def _end(self, task: _Task, outcome: Outcome) -> None:
        if task is not self._task:
            return
        self._pull()
        # Whoever heard of the last value may have begun something else.
        if task is not self._task:
            return
        self._task = None
        self._pulse.stop()
        self._stop_clock()
        if outcome is None:
            self.ended.emit(None if self._last is NOTHING else self._last)
        elif isinstance(outcome, Refusal):
            self.refused.emit(outcome)
        else:
            self.failed.emit(*outcome)


def _closable(steps: Iterator[object]) -> Any:
    """Return the computation as something that can be closed: a generator can, a list cannot."""
    return steps if hasattr(steps, "close") else (step for step in steps)
