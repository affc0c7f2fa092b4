"""The wires between the network, a run, and the plane of two overlaps."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.attractor_map import AttractorMap
from hopgui.model.landscape import Band, bands, lattice_of, plane_point
from hopgui.model.scaling import stacked
from hopgui.session.draws import Draws, rng_of
from hopgui.session.frame import Frame
from hopgui.session.overlap_trace import OverlapTracer
from hopgui.session.session import Memory
from hopgui.ui.landscape.attractor_marks import marks_of
from hopgui.ui.landscape.plane_chart import Flag, Trail
from hopgui.ui.landscape.plane_page import PlanePage
from hopgui.worker.job import Job

MARK = 4.0  # pixels
MOST_FLAGS = 24  # memories on the plane; more would hide it


class Plane(QObject):
    """Has the energies over two overlaps found out while they are looked at, and shows runs there.

    Parameters
    ----------
    page, player, document
        The parts to connect.

    Signals
    -------
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    failed = Signal(str, str)

    def __init__(
        self, page: PlanePage, player: Player, document: Document, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._page, self._player, self._document = page, player, document
        self._axes = 0, 1
        self._memories: tuple[Memory, ...] | None = None
        self._seen = False
        self._band: Band | None = None
        self._map: AttractorMap | None = None
        self._tracer: OverlapTracer | None = None
        self._job = Job(self)
        self._job.advanced.connect(self._take)
        self._job.failed.connect(self.failed)
        page.axes_chosen.connect(self._choose)
        player.network_changed.connect(self._forget)
        player.frame_changed.connect(self._follow)
        document.changed.connect(self._rename)
        self._renew()

    def close(self) -> None:
        """End the computation and its thread."""
        self._job.close()

    def look(self, seen: bool) -> None:
        """Note whether the page is to be seen: what is not seen is not computed."""
        self._seen = seen
        self._go_on()
        self._follow(self._player.frame)

    def show_map(self, found: AttractorMap | None) -> None:
        """Show attractors on the plane, or none."""
        self._map = found
        attractors = () if found is None else found.attractors
        if self._enough and attractors and attractors[0].state.size == self._pair.shape[1]:
            session = self._document.session
            marks = [
                replace(mark, radius=MARK)
                for mark in marks_of(attractors, session.memories, session.grid.shape)
            ]
            states = stacked([each.state for each in attractors], self._pair.shape[1])
            places = states.astype(np.float64) @ self._pair.T / self._pair.shape[1]
            self._page.show_attractors(marks, places)
        else:
            self._page.show_attractors((), np.empty((0, 2)))

    @property
    def _enough(self) -> bool:
        return self._player.network.memories >= 2

    def _choose(self, across: int, up: int) -> None:
        self._axes = across, up
        self._renew()

    def _rename(self) -> None:
        if self._document.session.memories is not self._memories:
            band = self._band
            self._show_memories()
            if self._enough:
                self._page.show_band(band)

    def _forget(self) -> None:
        """Begin anew with another network: the map was of the former one."""
        self._map = None
        self._renew()

    def _renew(self) -> None:
        """Begin anew with another network, or along other axes."""
        self._job.cancel()
        self._band = self._tracer = None
        if max(self._axes) >= self._player.network.memories:
            self._axes = 0, 1
        if self._enough:
            self._pair = self._player.network.patterns[list(self._axes)]
            self._tracer = OverlapTracer(self._pair)
        self._show_memories()
        self.show_map(self._map)
        self._go_on()
        self._follow(self._player.frame)

    def _show_memories(self) -> None:
        memories = self._memories = self._document.session.memories
        self._page.show_memories(memories, self._axes)
        if self._enough:
            # The two of the axes first: they keep their names whatever others stand near.
            others = [index for index in range(len(memories)) if index not in self._axes]
            flags = [
                Flag(memories[index], plane_point(memories[index].picture.ravel(), *self._pair))
                for index in (*self._axes, *others)[:MOST_FLAGS]
            ]
            self._page.show_plane(flags)

    def _go_on(self) -> None:
        if self._job.active:
            self._job.go_on() if self._seen else self._job.pause()
        elif self._seen and self._enough and self._band is None:
            rng = rng_of(Draws.PLANE, self._document.session.seed)
            self._job.begin(bands(self._player.network, lattice_of(*self._pair), rng))

    def _take(self, band: Band) -> None:
        self._band = band
        self._page.show_band(band)

    def _follow(self, frame: Frame) -> None:
        if not self._seen or self._tracer is None or frame.overlaps.size <= max(self._axes):
            return
        if frame.state.size != self._pair.shape[1]:
            return  # of another grid: the network's own frame is on its way
        recording = frame.recording
        trace = None if recording is None else self._tracer.trace(recording, None)
        across, up = (float(frame.overlaps[axis]) for axis in self._axes)
        self._page.show_trail(Trail(trace, frame.update, (across, up)))
