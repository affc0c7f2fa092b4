"""The wires between what is on the pad and the panel that says why it is so."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Signal

from hopgui.control.document import Document
from hopgui.control.errand import Errand
from hopgui.control.player import Player
from hopgui.model.network import Network
from hopgui.model.why import Pulls, margins, weakest, why_unit, why_unstable
from hopgui.session.frame import Frame, Phase
from hopgui.ui.pad.strokes import NO_UNITS
from hopgui.ui.parts.pace import Pace
from hopgui.ui.why.panel import Page, WhyPanel
from hopgui.ui.window.main_window import MainWindow

PERIOD = 100  # milliseconds between two readings of a run
AT_ONCE = 500_000  # units times memories that nobody notices


class Question(NamedTuple):
    """Which memory is asked about, and of which network."""

    network: Network
    memory: int


class Whys(QObject):
    """Explains the unit last pointed at, the margins of all, and the memory that is chosen.

    Parameters
    ----------
    window, player, document
        The parts to connect.

    Signals
    -------
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    failed = Signal(str, str)

    def __init__(
        self, window: MainWindow, player: Player, document: Document, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._player = player
        self._document = document
        self._unit = -1
        self._pace = Pace(PERIOD, self)
        self.errand = Errand(_why_unstable, _is_quick, self)
        self.errand.failed.connect(self.failed)
        window.actions_by_name["why"].triggered.connect(window.docks.why.open)
        window.gallery.why_requested.connect(self._explain_memory)
        window.docks.why.when_built(self._connect)

    def close(self) -> None:
        """End the errand's thread, and look no more."""
        self._pace.stop()
        self.errand.close()

    def _connect(self, panel: WhyPanel) -> None:
        self._panel = panel
        self._pace.due.connect(self._show)
        panel.seen.connect(self._show)
        panel.seen.connect(self._ask_memory)
        panel.weakest_marked.connect(self._show)
        self.errand.found.connect(self._show_pulls)
        self._window.pad.view.hovered.connect(self._point)
        self._window.gallery.selection_changed.connect(self._ask_memory)
        self._player.frame_changed.connect(self._follow)
        self._player.network_changed.connect(self._ask_memory)
        self._show()
        self._ask_memory()

    def _explain_memory(self, memory: int) -> None:
        """Open the panel at the memory whose row was asked."""
        self._window.gallery.select(memory)
        self._window.docks.why.open()
        panel = self._window.docks.why.panel
        if panel is not None:
            panel.turn_to(Page.MEMORY)

    def _point(self, unit: int) -> None:
        """Explain another unit; where none is pointed at, the last one stays."""
        if unit >= 0:
            self._unit = unit
            self._pace.ask()

    def _follow(self, frame: Frame) -> None:
        self._pace.ask()
        if frame.phase is not Phase.RUNNING:
            self._pace.settle()

    def _show(self) -> None:
        """Show how things stand now, where anybody can see it."""
        panel, view = self._panel, self._window.pad.view
        frame, network, session = self._player.frame, self._player.network, self._document.session
        state = np.ascontiguousarray(frame.state).ravel()
        nearest, memories = frame.nearest.memory, len(session.memories)
        moved_on = nearest is not None and nearest >= memories
        if moved_on or network.memories != memories or network.units != state.size:
            return  # the document has moved on, and its next frame is on its way
        panel.show_memories(session.memories)
        if not (panel.isVisible() or panel.weakest):
            view.show_weakest(NO_UNITS)
            return
        margin = margins(network, state)
        free = ~session.pinned.ravel()
        view.show_weakest(weakest(margin, panel.weakest, free).astype(np.int32))
        panel.show_margins(margin, int(frame.unstable.sum()))
        if not 0 <= self._unit < state.size:
            panel.show_unit(None, session.grid.width)
            return
        why = why_unit(network, state, self._unit, nearest)
        pinned = bool(session.pinned.flat[self._unit])
        panel.show_unit(why, session.grid.width, pinned=pinned)

    def _ask_memory(self) -> None:
        """Find out about the memory that is chosen, where anybody wants to know."""
        chosen, network = self._window.gallery.selected(), self._player.network
        self.errand.forget()
        if self._panel.page is not Page.MEMORY or not self._panel.isVisible():
            return
        if len(chosen) == 1 and chosen[0] < network.memories:
            self.errand.ask(Question(network, chosen[0]))
        else:
            self._panel.show_pulls(None)

    def _show_pulls(self, found: Pulls | None) -> None:
        memories = self._document.session.memories
        if found is None:
            return
        named = max(found.memory, *(pull.memory for pull in found.ranked or ()), 0)
        if named < len(memories):  # otherwise it is of memories that are forgotten by now
            self._panel.show_memories(memories)
            self._panel.show_pulls(found)


def _why_unstable(question: Question) -> Pulls:
    return why_unstable(question.network, question.memory)


def _is_quick(question: Question) -> bool:
    return question.network.patterns.size <= AT_ONCE
