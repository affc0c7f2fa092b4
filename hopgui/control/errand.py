"""Something to find out about a network, say, off the window's thread when it takes long."""

import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot


class Errand(QObject):
    """Finds something out about the newest thing asked about; an earlier one is forgotten.

    Call `close` before the object goes.

    Parameters
    ----------
    find_out
        What to compute of a network, or whatever is asked about.
    quick
        Whether that takes so little time that it is done at once.

    Signals
    -------
    found(object)
        What was found out about the newest, or None while that takes its time.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    found = Signal(object)
    failed = Signal(str, str)
    _done = Signal(object, object)

    def __init__(
        self,
        find_out: Callable[[Any], object],
        quick: Callable[[Any], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._find_out = find_out
        self._quick = quick
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="errand")
        self._newest: object = None
        self._future: Future[None] | None = None
        self._done.connect(self._deliver)

    @Slot(object)
    def ask(self, about: object) -> None:
        """Find it out about this."""
        self.forget()
        self._newest = about
        if self._quick(about):
            self.found.emit(self._find_out(about))
            return
        self.found.emit(None)
        self._future = self._pool.submit(self._go, about)

    def forget(self) -> None:
        """Want to know nothing any more: what is still being found out is not told."""
        self._newest = None
        if self._future is not None:
            self._future.cancel()

    def close(self) -> None:
        """End the pool's thread and wait for it."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _go(self, about: object) -> None:
        # In the pool's thread: the signal is queued to the thread this object lives in.
        try:
            self._done.emit(about, self._find_out(about))
        except Exception as error:  # noqa: BLE001 - a thread has no caller who could catch it
            self.failed.emit(str(error) or type(error).__name__, traceback.format_exc())

    @Slot(object, object)
    def _deliver(self, about: object, found: object) -> None:
        if about is self._newest:
            self.found.emit(found)
