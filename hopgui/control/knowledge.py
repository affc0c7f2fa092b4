"""What the memories of a document have become: its network."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from hopgui.model.network import Network
from hopgui.session.frame import OverlapTrace
from hopgui.session.overlap_trace import OverlapTracer
from hopgui.session.plan import plan_of, same_network
from hopgui.session.recording import Recording
from hopgui.session.session import Session


class Knowledge(QObject):
    """Holds the network of the present document, and asks for another when it is outdated.

    Until that is learnt Hebb's network stands in: it is there at once.

    Attributes
    ----------
    network
        The network.

    Signals
    -------
    wanted(object)
        The `Plan` of a network to be learnt, and handed to `take`; at once, or later.
    changed(object)
        The `Network` is another one.
    """

    wanted = Signal(object)
    changed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._asking = False
        self._stand_in(session)

    def ask(self, session: Session) -> None:
        """Ask for the network of a document."""
        self.wanted.emit(plan_of(session))

    def take(self, network: Network) -> bool:
        """Take a network that was asked for; say whether whoever asked has gone on meanwhile."""
        self.network = network
        if not self._asking:
            self.changed.emit(network)
        return not self._asking

    def renew(self, session: Session, before: Session) -> bool:
        """Ask for another network if the document does; say whether a run must know."""
        if same_network(session, before):
            return session.pinned is not before.pinned
        network = self.network
        if not np.array_equal(session.patterns, network.patterns):
            self._stand_in(session)
        self._asking = True
        try:
            self.ask(session)
        finally:
            self._asking = False
        if self.network is network:
            return session.pinned is not before.pinned
        self.changed.emit(self.network)
        return True

    def trace(self, recording: Recording, nearest: int | None) -> OverlapTrace:
        """Trace the overlaps of a run with the memories.

        Parameters
        ----------
        recording
            The run.
        nearest
            The memory that was nearest last, None for none; one that is forgotten by now is none.
        """
        there = nearest is not None and nearest < self.network.memories
        return self._tracer.trace(recording, nearest if there else None)

    def _stand_in(self, session: Session) -> None:
        self.network = Network(session.patterns, session.conventions)
        self._tracer = OverlapTracer(self.network.patterns)
