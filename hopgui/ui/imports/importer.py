"""Pictures from files, folders, fonts and the clipboard, by way of the import dialog."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import arrays
from hopgui.session.arrays import Rows
from hopgui.session.images import NamedPicture, read_grey
from hopgui.session.reading import PICTURE_SUFFIXES, Reading, pictures_of, read_all, read_text
from hopgui.session.session import MOST_MEMORIES, Session
from hopgui.ui.imports.dialog import Destination, ImportDialog
from hopgui.ui.imports.letters_dialog import LettersDialog
from hopgui.ui.imports.shape_dialog import ShapeDialog, is_askable
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.parts.files import local_files
from hopgui.ui.parts.png import png
from hopgui.ui.parts.progress_dialog import ProgressDialog


class Importer(QObject):
    """Asks for pictures, shows what they become, and hands them over.

    Files are read elsewhere, so that a thousand of them do not hold the window up: `begun` hands
    out the steps, and `show_progress`, `take` and `give_up` say what became of them.

    Parameters
    ----------
    window
        The dialogs stand before it.

    Signals
    -------
    begun(object)
        An iterator of `Reading`s, to be gone through.
    called_off()
        The person does not want it gone through any more.
    stored(object)
        Named pictures to be stored: list of (name, int8 array of shape (height, width)).
    opened(object, object)
        Named pictures that become a new document's memories, and its `Grid`.
    put(object)
        A picture for the pad.
    chosen(object)
        Named pictures that a machine is to be trained on.
    refused(list)
        A `Refusal` for each file that could not be read.
    """

    begun = Signal(object)
    called_off = Signal()
    stored = Signal(object)
    opened = Signal(object, object)
    put = Signal(object)
    chosen = Signal(object)
    refused = Signal(list)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = LIGHT
        self._folder = ""
        self._session: Session | None = None
        self._training = False  # whether what is read is to be trained on
        self._progress: ProgressDialog | None = None

    def show_theme(self, theme: Theme) -> None:
        """Draw the previews in the colours of a theme."""
        self._theme = theme

    def ask(self, session: Session) -> None:
        """Let the person choose files, then import them."""
        suffixes = sorted(PICTURE_SUFFIXES | arrays.SUFFIXES)
        kinds = self.tr("Pictures and rows of numbers ({patterns});;All files (*)")
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Import pictures"),
            self._folder,
            kinds.format(patterns=" ".join(f"*{suffix}" for suffix in suffixes)),
        )
        if names:
            self._folder = str(Path(names[0]).parent)
            self.read([Path(name) for name in names], session)

    def ask_folder(self, session: Session) -> None:
        """Let the person choose a folder, then import what is in it."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Import a folder"), self._folder
        )
        if name:
            self._folder = name
            self.read([Path(name)], session)

    def ask_training(self, session: Session) -> None:
        """Let the person choose a folder, then what of it a machine is to be trained on."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Train on a folder"), self._folder
        )
        if name:
            self._folder = name
            self.read([Path(name)], session, training=True)

    def ask_letters(self, session: Session) -> None:
        """Let the person choose letters of a font, then import them."""
        dialog = LettersDialog(session.grid, self._theme, self._window)
        dialog.accepted.connect(lambda: self._show_letters(dialog.pictures(), session))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self, session: Session) -> None:
        """Import what is on the clipboard: files, a picture, or patterns written as text."""
        # An empty clipboard may give nothing at all.
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        files = local_files(data)
        name = self.tr("pasted")
        try:
            if files:
                self.read(files, session)
            elif data.hasImage():
                image = QGuiApplication.clipboard().image()
                self._training = False
                self._show_pictures([NamedPicture(name, read_grey(png(image), name))], session)
            else:
                self._session, self._training = session, False
                self.take(_text_reading(data.text(), name))
        except Refusal as refusal:
            self.refused.emit([refusal])

    def read(self, files: list[Path], session: Session, *, training: bool = False) -> None:
        """Import these files, and what is in these folders, or train on it."""
        if not files:
            return
        self._training = training
        self._end_progress()  # of files that were still being read
        self._session = session
        progress = ProgressDialog(self.tr("Reading the pictures …"), self._window)
        progress.rejected.connect(self.called_off)
        progress.finished.connect(progress.deleteLater)
        self._progress = progress
        steps: Iterator[Reading] = read_all(files)
        self.begun.emit(steps)

    def show_progress(self, reading: Reading) -> None:
        """Show how far the reading has come."""
        if self._progress is not None:
            self._progress.show_progress(reading.done, reading.total)

    def give_up(self) -> None:
        """Forget what was being read."""
        self._end_progress()

    def take(self, reading: Reading) -> None:
        """Show what was read; ask for the shape of rows first."""
        self._end_progress()
        refusals = list(reading.refusals)
        if reading.left_out:
            sentence = QT_TRANSLATE_NOOP(
                "Refusal", "Only the first {most} pictures are read, {count} are left out."
            )
            refusals.append(Refusal(sentence, most=MOST_MEMORIES, count=reading.left_out))
        if refusals:
            self.refused.emit(refusals)
        self._ask_shapes(list(reading.rows), list(reading.pictures))

    def _end_progress(self) -> None:
        progress, self._progress = self._progress, None
        if progress is not None:
            progress.accept()

    def _ask_shapes(self, rows: list[Rows], pictures: list[NamedPicture]) -> None:
        """Ask for one shape after the other; a row of as many units as the grid has its shape."""
        session = self._session
        if session is None:
            return
        while rows:
            first = rows.pop(0)
            if first.units.shape[1] == session.grid.units:
                pictures += pictures_of(first, session.grid.shape)
            elif not is_askable(first):
                sentence = QT_TRANSLATE_NOOP(
                    "Refusal", "{name} has rows of {units} units, which no pad can have."
                )
                units = first.units.shape[1]
                self.refused.emit([Refusal(sentence, name=first.name, units=units)])
            else:
                self._ask_shape(first, rows, pictures)
                return
        self._show_pictures(pictures, session)

    def _ask_shape(self, first: Rows, rest: list[Rows], pictures: list[NamedPicture]) -> None:
        dialog = ShapeDialog(first, self._theme, self._window)

        def go_on() -> None:
            found = pictures_of(dialog.rows(), dialog.shape_chosen())
            self._ask_shapes(rest, [*pictures, *found])

        dialog.accepted.connect(go_on)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_letters(self, letters: list[NamedPicture], session: Session) -> None:
        self._training = False
        # They are drawn finely for the grid that is there: their own size means nothing.
        self._show_pictures(letters, session, offers_grid=False)

    def _show_pictures(
        self, pictures: Iterable[NamedPicture], session: Session, *, offers_grid: bool = True
    ) -> None:
        shown = list(pictures)[:MOST_MEMORIES]
        if not shown:
            return
        dialog = ImportDialog(
            shown,
            session.grid,
            self._theme,
            session.patterns,
            self._window,
            session=session,
            offers_grid=offers_grid,
            training=self._training,
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
        elif dialog.destination is Destination.DOCUMENT:
            self.opened.emit(pictures, dialog.grid())
        elif dialog.destination is Destination.TRAINING:
            self.chosen.emit(pictures)
        else:
            self.stored.emit(pictures)


def _text_reading(text: str, name: str) -> Reading:
    """Read a text as patterns; one that is none is no picture either."""
    drawn = text.lstrip()[:1]
    if not drawn or drawn not in "P01-+#.@*·■█□░Xx_":
        raise Refusal(QT_TRANSLATE_NOOP("Refusal", "There is no picture on the clipboard."))
    return read_text(text, name)
