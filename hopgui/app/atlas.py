"""The wires between the network, the census of where states fall, and the atlas."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hopgui.app.strip_job import StripJob
from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.census import Census, census
from hopgui.model.enumeration import MOST_UNITS_ON_REQUEST, Enumeration, enumeration
from hopgui.model.network import Network
from hopgui.model.starts import Starts
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.atlas_files import write_atlas
from hopgui.session.draws import Draws, rng_of
from hopgui.session.session import Picture, Session
from hopgui.ui.atlas.view import AtlasView
from hopgui.ui.verdict.verdict_text import title
from hopgui.ui.window.main_window import MainWindow
from hopgui.worker.aside import stand_back
from hopgui.worker.job import Job

Snapshot = Census | Enumeration


class Atlas(QObject):
    """Has states fall by the thousand, shows where they end, and takes from there to the document.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    failed(str, str)
        A census went wrong inside: what, and the details.
    found(object)
        All `Attractor` objects found so far, a tuple, with each snapshot.
    """

    refused = Signal(object)
    failed = Signal(str, str)
    found = Signal(object)

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
        self._session = document.session
        self._snapshot: Snapshot | None = None
        self._outdated = False
        self._job, self._writer = StripJob(self), Job(self)
        self._threads: ThreadPoolExecutor | None = None
        window.actions_by_name["atlas"].triggered.connect(lambda _on: window.docks.atlas.open())
        window.docks.atlas.when_built(self._connect)

    def close(self) -> None:
        """End the census and its threads."""
        self._job.close()
        self._writer.close()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)

    def _connect(self, view: AtlasView) -> None:
        self._view = view
        view.controls.census_begun.connect(self._begin_census)
        view.controls.enumeration_begun.connect(self._begin_enumeration)
        self._job.put_on(view.controls.strip)
        view.looked_at.connect(self._look)
        view.keep_requested.connect(self._keep)
        view.store_requested.connect(self._store)
        view.unlearn_requested.connect(self._unlearn)
        view.cue_requested.connect(self._set_cue)
        view.export_requested.connect(self._write)
        self._writer.ended.connect(self._say_written)
        self._writer.refused.connect(self.refused)
        self._writer.failed.connect(self.failed)
        self._job.advanced.connect(self._show)
        self._job.over.connect(view.settle)
        self._job.refused.connect(self.refused)
        self._job.failed.connect(self.failed)
        self._document.changed.connect(self._follow)
        self._player.network_changed.connect(self._note_change)
        self._follow(self._document.session)

    # Asking

    def _begin_census(self) -> None:
        session, controls = self._desk.session, self._view.controls
        starts = Starts(controls.kind, float(controls.percent), session.pad.ravel())
        self._begin(
            partial(
                census,
                starts=starts,
                total=controls.falls,
                rng=rng_of(Draws.CENSUS, session.seed),
                update=session.dynamics.update,
                pinned=session.pinned.ravel(),
                executor=self._executor(),
            )
        )

    def _begin_enumeration(self) -> None:
        session = self._desk.session
        self._begin(
            partial(
                enumeration,
                rng=rng_of(Draws.CENSUS, session.seed),
                update=session.dynamics.update,
                state=session.pad.ravel(),
                pinned=session.pinned.ravel(),
                most=MOST_UNITS_ON_REQUEST,
                executor=self._executor(),
            )
        )

    def _begin(self, ask: Callable[[Network], Iterator[Snapshot]]) -> None:
        network = self._player.network
        if not network.recalls:
            sentence = QT_TRANSLATE_NOOP(
                "Refusal", "There is nothing to fall to yet: paint something, then store it (M)."
            )
            self.refused.emit(Refusal(sentence))
            return
        self._session, self._snapshot, self._outdated = self._document.session, None, False
        self._view.begin(self._session)
        self._job.begin(ask(network))

    def _executor(self) -> ThreadPoolExecutor:
        if self._threads is None:
            # Threads that stand back: the window comes first.
            self._threads = ThreadPoolExecutor(
                os.cpu_count() or 1, "census", initializer=stand_back
            )
        return self._threads

    # Showing

    def _show(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        if isinstance(snapshot, Census):
            self._view.show_census(snapshot)
        else:
            self._view.show_enumeration(snapshot)
        if self._outdated:
            self._say_outdated()
        else:
            self.found.emit(snapshot.attractors)

    def _follow(self, session: Session) -> None:
        self._view.controls.show_units(int(session.grid.units - session.pinned.sum()))

    def _note_change(self) -> None:
        if (self._snapshot is not None or self._job.active) and not self._outdated:
            self._outdated = True
            self._say_outdated()

    def _say_outdated(self) -> None:
        self._view.show_note(self.tr("The network has changed since: let them fall again."))

    # What is done with attractors

    def _look(self, which: int) -> None:
        for picture in self._pictures([which]):
            self._desk.look_at(picture)

    def _keep(self, numbers: list[int]) -> None:
        if pictures := self._pictures(numbers):
            self._desk.keep_all(pictures)

    def _store(self, numbers: list[int]) -> None:
        if pictures := self._pictures(numbers):
            names = [self._name(which) for which in numbers]
            self._desk.store_all(list(zip(names, pictures, strict=True)))

    def _unlearn(self, numbers: list[int]) -> None:
        if pictures := self._pictures(numbers):
            self._desk.unlearn(pictures)

    def _set_cue(self, which: int) -> None:
        for picture in self._pictures([which]):
            self._desk.set_cue(picture)

    def _write(self, folder: Path) -> None:
        """Write the atlas as it is now, off the window's thread."""
        snapshot = self._snapshot
        if snapshot is not None:
            names = [self._name(which) for which in range(len(snapshot.attractors))]
            hits = snapshot.hits if isinstance(snapshot, Census) else None
            self._writer.begin(write_atlas(folder, self._session, snapshot.attractors, hits, names))

    def _say_written(self, _last: object) -> None:
        self._view.show_note(self.tr("The atlas is written."))

    def _pictures(self, numbers: list[int]) -> list[Picture]:
        """Return attractors as pictures; none, and a word, if the grid is another one by now."""
        grid = self._session.grid
        if self._snapshot is None or grid != self._document.session.grid:
            sentence = QT_TRANSLATE_NOOP(
                "Refusal", "This attractor was found on a grid of {width} × {height}."
            )
            self.refused.emit(Refusal(sentence, width=grid.width, height=grid.height))
            return []
        attractors = self._snapshot.attractors
        return [attractors[which].state.reshape(grid.shape) for which in numbers]

    def _name(self, which: int) -> str:
        attractors = () if self._snapshot is None else self._snapshot.attractors
        return title(attractors[which].verdict, self._session.memories)
