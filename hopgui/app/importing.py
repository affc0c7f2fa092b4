"""The wires of what comes into the window: read aside, shown, and taken into the document."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from hopgui.control.desk import Desk
from hopgui.refusal import Refusal
from hopgui.session import edits
from hopgui.session.session import Grid, Picture, blank_session
from hopgui.ui.imports.importer import Importer
from hopgui.ui.window.main_window import MainWindow
from hopgui.worker.job import Job


class Importing(QObject):
    """Has files read in a thread of their own, and brings what was chosen to the desk.

    Parameters
    ----------
    window, desk
        The parts to connect.

    Attributes
    ----------
    importer
        Asks for pictures and shows them.

    Signals
    -------
    refused(list)
        A `Refusal` for each thing that could not be read.
    failed(str, str)
        Something went wrong inside: what, and the details.
    """

    refused = Signal(list)
    failed = Signal(str, str)

    def __init__(self, window: MainWindow, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.importer = Importer(window)
        self._job = Job(self)
        self.importer.begun.connect(self._job.begin)
        self.importer.called_off.connect(self._job.cancel)
        self._job.advanced.connect(self.importer.show_progress)
        self._job.ended.connect(self.importer.take)
        self._job.cancelled.connect(self.importer.give_up)
        self._job.refused.connect(self._refuse)
        self._job.failed.connect(self._fail)
        self.importer.refused.connect(self.refused)
        self.importer.stored.connect(desk.store_all)
        self.importer.put.connect(desk.put)
        self.importer.opened.connect(self._open)
        for name, act in (
            ("import", self.importer.ask),
            ("import_folder", self.importer.ask_folder),
            ("import_letters", self.importer.ask_letters),
        ):
            action = window.actions_by_name[name]
            action.triggered.connect(lambda _on, act=act: act(desk.session))

    def close(self) -> None:
        """Give up what is being read, and end its thread."""
        self.importer.give_up()
        self._job.close()

    def _open(self, pictures: Sequence[tuple[str, Picture]], grid: Grid) -> None:
        """Begin a document of these memories, the first of them damaged; the model stays."""
        now = self._desk.session
        blank = replace(
            blank_session(grid),
            conventions=now.conventions,
            rule=now.rule,
            energy=now.energy,
            dynamics=now.dynamics,
        )
        self._desk.open(edits.damage(edits.load(edits.store_all(blank, pictures), 0)))

    def _refuse(self, refusal: Refusal) -> None:
        self.importer.give_up()
        self.refused.emit([refusal])

    def _fail(self, what: str, details: str) -> None:
        self.importer.give_up()
        self.failed.emit(what, details)
