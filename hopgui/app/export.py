"""The wires of what goes out of the window: files, folders and the clipboard."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from hopgui.control.desk import Desk
from hopgui.control.player import Player
from hopgui.model.survey import Survey
from hopgui.refusal import Refusal
from hopgui.session import atomic
from hopgui.session.picture_folder import Kind, safe_name, write_memories
from hopgui.session.tables import Made
from hopgui.ui.exports import drawings
from hopgui.ui.exports import making as export_making
from hopgui.ui.exports.charts import Still, take_down
from hopgui.ui.exports.dialog import ExportDialog
from hopgui.ui.exports.drawings import Subject
from hopgui.ui.exports.order import TABLES, Format, Order, What, drawing_of
from hopgui.ui.exports.picture_files import to_image
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.parts.chart import Chart
from hopgui.ui.window.banner import translated
from hopgui.ui.window.docks import Docks
from hopgui.ui.window.main_window import MainWindow
from hopgui.worker.job import Job

LARGEST_MATRIX = 1024  # units: the matrix of more would keep the dialog waiting
_MIME = {Format.SVG: "image/svg+xml", Format.GIF: "image/gif", Format.PDF: "application/pdf"}
_MADE_IN_STEPS = {What.FILM, *TABLES}


class Export(QObject):
    """Opens the dialog, has what is asked for made, and brings it where it is wanted.

    Parameters
    ----------
    window, player, desk
        The parts to connect.

    Signals
    -------
    failed(str, str)
        Something went wrong inside: what, and the details.
    """

    failed = Signal(str, str)

    def __init__(self, window: MainWindow, player: Player, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._player, self._desk = window, player, desk
        self._theme = LIGHT
        self._survey: Survey | None = None
        self._folder = ""
        self._dialog: ExportDialog | None = None
        self._subject: Subject | None = None
        self._before: Order | None = None
        self._finish: Callable[[bytes], None] = _nowhere
        self.job = Job(self)
        self.job.advanced.connect(self._show_progress)
        self.job.ended.connect(self._end)
        self.job.cancelled.connect(self._show_cancelled)
        self.job.refused.connect(self._refuse)
        self.job.failed.connect(self._fail)
        window.actions_by_name["export"].triggered.connect(self.ask)

    def close(self) -> None:
        """Give up what is being made, and end its thread."""
        self.job.close()

    def show_theme(self, theme: Theme) -> None:
        """Offer this theme first from now on."""
        self._theme = theme

    def show_survey(self, survey: Survey | None) -> None:
        """Know the memories' energies and stabilities."""
        self._survey = survey

    def ask(self) -> None:
        """Open the dialog."""
        self._subject = self._look()
        dialog = ExportDialog(self._subject, self._theme, self._before, self._window)
        dialog.save_wanted.connect(self._ask_where)
        dialog.copy_wanted.connect(self._copy)
        dialog.cancelled.connect(self.job.cancel)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        dialog.open()

    def _look(self) -> Subject:
        """Take down what is in the window now; what goes on in it does not matter any more."""
        session, network, survey = self._desk.session, self._player.network, self._survey
        if survey is not None and survey.energies.size != len(session.memories):
            survey = None
        small = network.has_couplings and network.units <= LARGEST_MATRIX
        return Subject(
            session,
            self._player.frame,
            self._player.told,
            None if survey is None else survey.energies,
            None if survey is None else survey.stable,
            _once(network.matrix) if small and network.memories else None,
            self._grab,
            self._window.size(),
            _charts(self._window.docks, self._theme),
        )

    def _grab(self, scale: float) -> QImage:
        image = QImage(self._window.size() * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        self._window.render(image)
        return image

    # To a file

    def _ask_where(self, order: Order) -> None:
        """Let the person choose a file, or a folder for many."""
        self._before = order
        files = QFileDialog(self._dialog, self.tr("Save"), self._folder or _pictures())
        if order.what is What.MEMORIES:
            files.setFileMode(QFileDialog.FileMode.Directory)
            files.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Save here"))
        else:
            files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            files.setDefaultSuffix(order.format.value)
            pattern = self.tr("{kind} (*.{suffix})")
            suffix = order.format.value
            files.setNameFilter(pattern.format(kind=suffix.upper(), suffix=suffix))
            files.selectFile(self._file_name(order))
        files.fileSelected.connect(partial(self._save, order))
        files.finished.connect(files.deleteLater)
        files.open()

    def _file_name(self, order: Order) -> str:
        title = self._desk.session.title or self.tr("Untitled")
        return f"{safe_name(title)}-{order.what.value}.{order.format.value}"

    def _save(self, order: Order, name: str) -> None:
        path = Path(name)
        subject = self._subject
        if subject is None:
            return
        if order.what is What.MEMORIES:
            self._folder = str(path)
            kind = Kind.PBM if order.format is Format.PBM else Kind.PNG
            origin = export_making.origin_of(order, subject)
            self._begin(
                write_memories(path, subject.session.memories, kind, origin),
                partial(self._show_saved, path),
            )
            return
        self._folder = str(path.parent)
        if order.what in _MADE_IN_STEPS:
            self._begin(export_making.steps(order, subject), partial(self._write, path))
        else:
            self._write(path, export_making.picture_file(order, subject, self._title(order)))

    def _write(self, path: Path, content: bytes) -> None:
        try:
            atomic.write(path, content)
        except Refusal as refusal:
            self._refuse(refusal)
        else:
            self._show_saved(path)

    def _show_saved(self, path: Path, _content: bytes = b"") -> None:
        if self._dialog is not None:
            self._dialog.accept()
        saved = self.tr("{file} is saved.")
        self._window.banner.show_text(saved.format(file=path.name or str(path)))

    # To the clipboard

    def _copy(self, order: Order) -> None:
        subject = self._subject
        if subject is None:
            return
        self._before = order
        if order.what in _MADE_IN_STEPS:
            steps = export_making.steps(order, subject)
            self._begin(steps, partial(self._put_made, order))
        elif order.what is What.MEMORIES and order.format is Format.PBM:
            self._put_text(export_making.text_of_memories(subject))
        else:
            self._put_picture(order, subject)

    def _put_picture(self, order: Order, subject: Subject) -> None:
        """Copy a picture as pixels, and as the file that was chosen for programs that take it."""
        drawing = drawing_of(order, subject)
        if drawing is None:  # memories as files are copied as the sheet that shows them
            drawing = drawings.sheet(subject, order.theme)
        data = QMimeData()
        data.setImageData(to_image(drawing, order.width))
        if order.format in _MIME:
            content = export_making.picture_file(order, subject, self._title(order))
            data.setData(_MIME[order.format], content)
        self._put(data)

    def _put_made(self, order: Order, content: bytes) -> None:
        if order.format is Format.CSV:
            self._put_text(content.decode())
            return
        data = QMimeData()
        data.setData(_MIME[order.format], content)
        data.setImageData(QImage.fromData(content))
        self._put(data)

    def _put_text(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        self._put(data)

    def _put(self, data: QMimeData) -> None:
        QGuiApplication.clipboard().setMimeData(data)
        if self._dialog is not None:
            self._dialog.show_progress(None)
            self._dialog.show_note(self.tr("Copied: paste it where you want it."))

    # In steps

    def _begin(self, steps: Iterator[Made], finish: Callable[[bytes], None]) -> None:
        self._finish = finish
        if self._dialog is not None:
            self._dialog.show_progress(0.0)
        self.job.begin(steps)

    def _show_progress(self, made: Made) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(made.done / max(1, made.total))

    def _end(self, made: Made) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(None)
        self._finish(made.content or b"")

    def _show_cancelled(self) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(None)
            self._dialog.show_note(self.tr("Given up."))

    def _refuse(self, refusal: Refusal) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(None)
            self._dialog.show_note(translated(refusal))

    def _fail(self, what: str, details: str) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(None)
            self._dialog.reject()
        self.failed.emit(what, details)

    def _forget(self) -> None:
        dialog, self._dialog, self._subject = self._dialog, None, None
        if dialog is not None:
            dialog.deleteLater()

    def _title(self, order: Order) -> str:
        return f"{self._desk.session.title or self.tr('Untitled')}: {order.what.value}"


def _charts(docks: Docks, worn: Theme) -> dict[str, Still]:
    """Take the charts down that are looked at: others may show what is no longer so."""
    found: dict[str, tuple[Chart, str]] = {}
    if docks.landscape.panel is not None:
        found[What.LANDSCAPE] = docks.landscape.panel.chart, docks.landscape.panel.caption
    if docks.basins.panel is not None:
        found[What.RECOVERY] = docks.basins.panel.chart, docks.basins.panel.caption
    if docks.why.panel is not None:
        found[What.MARGINS] = docks.why.panel.chart, docks.why.panel.caption
    if docks.boltzmann.panel is not None:
        curve = docks.boltzmann.panel.curve
        found[What.LEARNING] = curve.chart, curve.words()
        found[What.MOMENTS] = docks.boltzmann.panel.moments, ""
    return {
        what: take_down(chart, worn, caption)
        for what, (chart, caption) in found.items()
        if chart.isVisible() and not chart.empty
    }


def _nowhere(_content: bytes) -> None:
    """Do nothing with what is made."""


def _once(make: Callable[[], NDArray[np.float32]]) -> Callable[[], NDArray[np.float32]]:
    """Return a function that makes something the first time, and gives it again afterwards."""
    made: list[NDArray[np.float32]] = []

    def give() -> NDArray[np.float32]:
        if not made:
            made.append(make())
        return made[0]

    return give


def _pictures() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
