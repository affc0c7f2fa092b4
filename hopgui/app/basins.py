"""The wires between the network, its memories and the panel of basins."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from hopgui.app.strip_job import StripJob
from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.recovery import Turning, recovery, turning_units
from hopgui.session.draws import Draws, rng_of
from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Picture, Session
from hopgui.ui.basins.view import BasinsView, Source
from hopgui.ui.window.main_window import MainWindow
from hopgui.worker.job import Job


class Basins(QObject):
    """Damages a state by more and more and shows how often it comes back; marks what decides.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Signals
    -------
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    failed = Signal(str, str)

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        document: Document,
        desk: Desk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._player = window, player
        self._document, self._desk = document, desk
        self._subject: Picture | None = None
        self._marked: Picture | None = None
        self._session = document.session
        self._curve, self._turning = StripJob(self), Job(self)
        dock = window.docks.basins
        window.actions_by_name["basins"].triggered.connect(lambda _on: dock.open())
        dock.when_built(self._connect)

    def close(self) -> None:
        """End both computations and their threads."""
        self._curve.close()
        self._turning.close()

    def _connect(self, view: BasinsView) -> None:
        self._view = view
        self._curve.put_on(view.strip)
        view.seen.connect(self._choose)
        view.source_chosen.connect(self._choose)
        view.marks_wanted.connect(self._mark)
        view.strip.begun.connect(self._begin)
        self._curve.advanced.connect(view.show_recovery)
        self._curve.failed.connect(self.failed)
        self._turning.advanced.connect(self._show_turning)
        self._turning.failed.connect(self.failed)
        self._window.gallery.selection_changed.connect(self._choose)
        self._document.changed.connect(self._read)
        self._player.network_changed.connect(self._renew)
        self._player.frame_changed.connect(self._follow)
        self._choose()

    def _read(self, session: Session) -> None:
        """Take note of the document; what was found under other rules of the fall goes."""
        before, self._session = self._session, session
        same_fall = session.pinned is before.pinned and session.dynamics == before.dynamics
        if not same_fall:
            self._forget()
        if not same_fall or session.seed != before.seed:
            self._unmark()
        self._choose()
        self._follow(self._player.frame)

    # The curve

    def _choose(self, *_ignored: object) -> None:
        """Take up the state that is to be damaged; a curve of another one goes."""
        if not self._view.isVisible():
            return
        picture, name = self._state()
        self._view.show_possible(picture is not None)
        if picture is None:
            self._forget()
            self._view.show_subject("")
            self._view.show_possible(False)
            return
        network = self._player.network
        free = ~self._document.session.pinned.ravel()
        if not picture.size == free.size == network.units:
            return  # the document has moved on, and its network is on its way
        caution = ""
        if (network.unstable(picture.ravel()) & free).any():
            caution = self.tr("It is not stable: it falls elsewhere even undamaged.")
        self._view.show_subject(name, caution)
        if self._subject is None or not np.array_equal(picture, self._subject):
            self._forget()
            self._subject = picture

    def _state(self) -> tuple[Picture | None, str]:
        """Return the state that is chosen, and what it is called; None where nothing is stored."""
        session = self._document.session
        if not session.memories:
            return None, ""
        if self._view.source is Source.PAD:
            return self._player.shown, self.tr("The state on the pad")
        chosen = self._window.gallery.selected()
        memory = session.memories[chosen[0] if chosen else 0]
        return memory.picture, self.tr("Memory {name}").format(name=memory.name)

    def _begin(self) -> None:
        self._choose()
        session = self._document.session
        if self._subject is None:
            return
        self._curve.begin(
            recovery(
                self._player.network,
                self._subject.ravel(),
                rng=rng_of(Draws.RECOVERY, session.seed),
                update=session.dynamics.update,
                pinned=session.pinned.ravel(),
            )
        )

    def _forget(self) -> None:
        self._curve.forget()
        self._subject = None
        self._view.show_recovery(None)

    def _renew(self) -> None:
        """Forget what was found of an earlier network."""
        self._forget()
        self._unmark()
        self._choose()
        self._follow(self._player.frame)

    # The marks

    def _mark(self, on: bool) -> None:
        self._unmark()
        if on:
            self._follow(self._player.frame)

    def _follow(self, frame: Frame) -> None:
        """Mark the picture that stands still on the pad; take marks of another one away."""
        if self._view.source is Source.PAD and frame.phase is not Phase.RUNNING:
            self._choose()
        wanted = self._view.marks and frame.phase is not Phase.RUNNING
        if self._marked is not None and not (wanted and np.array_equal(frame.state, self._marked)):
            self._unmark()
        if not wanted or self._marked is not None or not self._player.network.memories:
            return
        session = self._document.session
        if frame.state.shape != session.grid.shape:
            return
        self._marked = frame.state
        self._turning.begin(
            turning_units(
                self._player.network,
                frame.state.ravel(),
                rng=rng_of(Draws.RECALL, session.seed),
                update=session.dynamics.update,
                pinned=session.pinned.ravel(),
            )
        )

    def _show_turning(self, found: Turning) -> None:
        if self._marked is not None:
            self._window.pad.view.show_turning(found.turns.reshape(self._marked.shape))
            self._view.show_turning(found)

    def _unmark(self) -> None:
        self._turning.cancel()
        if self._marked is not None:
            self._marked = None
            self._window.pad.view.show_turning(None)
            self._view.show_turning(None)
