"""Something to find out about a network, off the window's thread when it takes long."""

import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal, Slot

from hopgui.model.network import Network


class Errand(QObject):
    """Finds something out about the newest network; one asked about earlier is forgotten.

    Call `close` before the object goes.

    Parameters
    ----------
    find_out
        What to compute of a network.
    quick
        Whether a network is small enough to be asked at once.

    Signals
    -------
    found(object)
        What was found out about the newest network, or None while that takes its time.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    found = Signal(object)
    failed = Signal(str, str)
    _done = Signal(object, object)

    def __init__(
        self,
        find_out: Callable[[Network], object],
        quick: Callable[[Network], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._find_out = find_out
        self._quick = quick
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="errand")
        self._network: Network | None = None
        self._future: Future[None] | None = None
        self._done.connect(self._deliver)

    @Slot(object)
    def ask(self, network: Network) -> None:
        """Find it out about this network."""
        self._network = network
        if self._future is not None:
            self._future.cancel()
        if self._quick(network):
            self.found.emit(self._find_out(network))
            return
        self.found.emit(None)
        self._future = self._pool.submit(self._go, network)

    def close(self) -> None:
        """End the pool's thread and wait for it."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _go(self, network: Network) -> None:
        # In the pool's thread: the signal is queued to the thread this object lives in.
        try:
            self._done.emit(network, self._find_out(network))
        except Exception as error:  # noqa: BLE001 - a thread has no caller who could catch it
            self.failed.emit(str(error) or type(error).__name__, traceback.format_exc())

    @Slot(object, object)
    def _deliver(self, network: Network, found: object) -> None:
        if network is self._network:
            self.found.emit(found)
