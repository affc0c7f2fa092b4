"""Pictures from files and from the clipboard, by way of the import dialog."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.images import NamedPicture, read_grey
from hopgui.session.session import MOST_MEMORIES, Session
from hopgui.ui.files import local_files
from hopgui.ui.import_dialog import Destination, ImportDialog
from hopgui.ui.png import png
from hopgui.ui.theme import LIGHT, Theme


class Importer(QObject):
    """Asks for pictures, shows what they become, and hands them over.

    Parameters
    ----------
    window
        The dialogs stand before it.

    Signals
    -------
    stored(object)
        Named pictures to be stored: list of (name, int8 array of shape (height, width)).
    put(object)
        A picture for the pad.
    refused(list)
        A `Refusal` for each file that could not be read.
    """

    stored = Signal(object)
    put = Signal(object)
    refused = Signal(list)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = LIGHT
        self._folder = ""

    def show_theme(self, theme: Theme) -> None:
        """Draw the previews in the colours of a theme."""
        self._theme = theme

    def ask(self, session: Session) -> None:
        """Let the person choose files, then import them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Import pictures"),
            self._folder,
            self.tr("Pictures (*.png *.jpg *.jpeg *.gif *.bmp *.pbm);;All files (*)"),
        )
        if names:
            self._folder = str(Path(names[0]).parent)
            self.read([Path(name) for name in names], session)

    def paste(self, session: Session) -> None:
        """Import the picture, or the files, on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        files = local_files(data)
        if files:
            self.read(files, session)
        elif data.hasImage():
            image = QGuiApplication.clipboard().image()
            self._import([(png(image), self.tr("pasted"))], session)
        else:
            sentence = QT_TRANSLATE_NOOP("Refusal", "There is no picture on the clipboard.")
            self.refused.emit([Refusal(sentence)])

    def read(self, files: list[Path], session: Session) -> None:
        """Import these files."""
        self._import([(file, file.stem) for file in files[:MOST_MEMORIES]], session)

    def _import(self, sources: Iterable[tuple[Path | bytes, str]], session: Session) -> None:
        pictures, refusals = [], []
        for source, name in sources:
            try:
                grey = read_grey(source, "" if isinstance(source, Path) else name)
                pictures.append(NamedPicture(name, grey))
            except Refusal as refusal:
                refusals.append(refusal)
        if refusals:
            self.refused.emit(refusals)
        if not pictures:
            return
        dialog = ImportDialog(
            pictures, session.grid, self._theme, session.patterns, parent=self._window
        )
        dialog.accepted.connect(self._accept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _accept(self) -> None:
        dialog = self.sender()
        if not isinstance(dialog, ImportDialog):
            return
        pictures = dialog.pictures()
        if dialog.destination is Destination.PAD:
            self.put.emit(pictures[0][1])
        else:
            self.stored.emit(pictures)
