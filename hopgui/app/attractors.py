"""The wires between a census and the map of attractors."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from hopgui.app.strip_job import StripJob
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.attractor_map import AttractorMap, map_of_attractors, mapped
from hopgui.model.attractors import Attractor
from hopgui.model.census import census
from hopgui.model.starts import Starts
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.draws import Draws, rng_of
from hopgui.ui.landscape.attractor_marks import marks_of
from hopgui.ui.landscape.map_page import MapPage

FALLS = 2000


class Attractors(QObject):
    """Finds attractors for the map, or takes those that others found.

    Parameters
    ----------
    page, player, document
        The parts to connect.

    Signals
    -------
    mapped(object)
        The `AttractorMap` that is shown, None for none.
    refused(object)
        A `Refusal` to tell the person.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    mapped = Signal(object)
    refused = Signal(object)
    failed = Signal(str, str)

    def __init__(self, page: MapPage, player: Player, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._player, self._document = page, player, document
        self._map: AttractorMap | None = None
        self._job = StripJob(self)
        self._job.put_on(page.strip)
        self._job.advanced.connect(self._show)
        self._job.refused.connect(self.refused)
        self._job.failed.connect(self.failed)
        page.strip.begun.connect(self._begin)
        player.network_changed.connect(self._forget)

    def close(self) -> None:
        """End the census and its thread."""
        self._job.close()

    def take(self, attractors: tuple[Attractor, ...]) -> None:
        """Show attractors that were found elsewhere, unless a census of one's own goes on."""
        if not self._job.active and attractors:
            self._show(map_of_attractors(attractors))

    def _begin(self) -> None:
        network, session = self._player.network, self._document.session
        if not network.memories:
            sentence = QT_TRANSLATE_NOOP(
                "Refusal", "There is nothing to fall to yet: paint something, then store it (M)."
            )
            self.refused.emit(Refusal(sentence))
            return
        self._job.begin(
            mapped(
                census(
                    network,
                    Starts(state=session.pad.ravel()),
                    FALLS,
                    rng=rng_of(Draws.MAP, session.seed),
                    update=session.dynamics.update,
                    pinned=session.pinned.ravel(),
                )
            ),
            FALLS,
        )

    def _show(self, found: AttractorMap) -> None:
        session = self._document.session
        if any(each.state.size != session.grid.units for each in found.attractors):
            return  # found on another grid, before the document moved on
        self._map = found
        shares = None if np.isnan(found.shares).any() else found.shares.tolist()
        marks = marks_of(found.attractors, session.memories, session.grid.shape, shares)
        self._page.show_attractors(marks, found.scaling, found.found)
        self.mapped.emit(found)

    def _forget(self) -> None:
        self._job.forget()
        if self._map is not None:
            self._map = None
            self._page.show_attractors((), None, 0)
            self.mapped.emit(None)
