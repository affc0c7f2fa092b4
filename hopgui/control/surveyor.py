"""Finds out, off the window's thread when it takes long, which memories are stable."""

from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal, Slot

from hopgui.model.network import Network
from hopgui.model.survey import Survey, survey

AT_ONCE = 20_000_000  # multiplications that nobody notices


class Surveyor(QObject):
    """Surveys the newest network; one asked for earlier is forgotten.

    Call `close` before the object goes.

    Signals
    -------
    surveyed(object)
        The `Survey` of the newest network, or None while it is being made.
    """

    surveyed = Signal(object)
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="survey")
        self._network: Network | None = None
        self._future: Future[None] | None = None
        self._done.connect(self._deliver)

    @Slot(object)
    def ask(self, network: Network) -> None:
        """Survey this network."""
        self._network = network
        if self._future is not None:
            self._future.cancel()
        if network.memories**2 * network.units <= AT_ONCE:
            self.surveyed.emit(survey(network))
            return
        self.surveyed.emit(None)
        self._future = self._pool.submit(self._survey, network)

    def close(self) -> None:
        """End the pool's thread and wait for it."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _survey(self, network: Network) -> None:
        # In the pool's thread: the signal is queued to the thread this object lives in.
        self._done.emit(network, survey(network))

    @Slot(object, object)
    def _deliver(self, network: Network, result: Survey) -> None:
        if network is self._network:
            self.surveyed.emit(result)
