"""The question of what to export, and how, with the answer in sight."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.film import REST
from hopgui.ui.exports import picture_files
from hopgui.ui.exports.drawings import Subject
from hopgui.ui.exports.making import film_of, preview_text
from hopgui.ui.exports.order import (
    CHARTS,
    OF_A_RUN,
    Format,
    Order,
    What,
    can_export,
    drawing_of,
)
from hopgui.ui.exports.preview import ExportPreview
from hopgui.ui.exports.settings import ExportSettings
from hopgui.ui.look import numbers
from hopgui.ui.look.theme import Theme

_STEPS = 1000
_WHAT = Qt.ItemDataRole.UserRole


class ExportDialog(QDialog):
    """Asks what to export, as what kind of file, how large and in which theme.

    It stays open while a film or a long table is being made, and closes when that is done.

    Parameters
    ----------
    subject
        What there is to export.
    theme
        The window's.
    before
        What was asked for the last time, None at the first.

    Signals
    -------
    save_wanted(object), copy_wanted(object)
        An `Order` to be carried out.
    cancelled()
        What is being made is to be given up.
    """

    save_wanted = Signal(object)
    copy_wanted = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        subject: Subject,
        theme: Theme,
        before: Order | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._subject = subject
        self._busy = False
        self._make(theme)
        self._lay_out()
        self._connect()
        self._begin(before)
        self.resize(940, 640)

    def order(self) -> Order:
        """Return what is asked for."""
        return self._settings.order()

    def show_progress(self, fraction: float | None) -> None:
        """Show how much of it is made, 0 … 1; None when nothing is being made."""
        self._busy = fraction is not None
        self._bar.setVisible(self._busy)
        self._bar.setValue(round((fraction or 0.0) * _STEPS))
        if self._busy:
            self._note.setText(self.tr("Making it …"))
        for widget in (self._list, self._settings, self._save, self._copy):
            widget.setEnabled(not self._busy)
        if not self._busy:
            self._show_copy()

    def show_note(self, text: str) -> None:
        """Say something at the foot: what was done, or why it was not."""
        self._note.setText(text)

    def reject(self) -> None:
        """Give up what is being made, or else close."""
        if self._busy:
            self.cancelled.emit()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close; a film in the preview stands still."""
        self._preview.stop()
        super().done(result)

    # The parts

    def _make(self, theme: Theme) -> None:
        self._list = QListWidget()
        self._list.setObjectName("choices")
        self._list.setAccessibleName(self.tr("What to export"))
        self._list.setFixedWidth(196)
        for what, text in self._names():
            item = QListWidgetItem(text, self._list)
            item.setData(_WHAT, what.value)
            item.setSizeHint(QSize(0, 30))
            if not can_export(what, self._subject):
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(self._absence(what))
        self._preview = ExportPreview(theme)
        self._settings = ExportSettings(theme)
        self._note = QLabel()
        self._note.setObjectName("muted")
        self._note.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.hide()
        self._save = QPushButton(self.tr("Save…"))
        self._save.setObjectName("primary")
        self._save.setDefault(True)
        self._copy = QPushButton(self.tr("Copy"))
        self._close = QPushButton(self.tr("Cancel"))
        for button in (self._save, self._copy, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(button is self._save)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self._preview)
        work = QVBoxLayout()
        work.setSpacing(16)
        work.addWidget(card, 1)
        work.addWidget(self._settings)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addWidget(self._list)
        body.addLayout(work, 1)
        said = QVBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._note)
        said.addWidget(self._bar)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addLayout(said, 1)
        foot.addSpacing(8)
        for button in (self._close, self._copy, self._save):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._list.currentItemChanged.connect(self._turn)
        self._settings.changed.connect(self._show_preview)
        self._save.clicked.connect(lambda: self.save_wanted.emit(self.order()))
        self._copy.clicked.connect(lambda: self.copy_wanted.emit(self.order()))
        self._close.clicked.connect(self.reject)

    # What happens

    def _begin(self, before: Order | None) -> None:
        what = What.PAD
        if before is not None and can_export(before.what, self._subject):
            what = before.what
        rows = [row for row in range(self._list.count()) if self._what_of(row) is what]
        self._list.setCurrentRow(rows[0])
        if before is not None and before.what is what:
            self._settings.show_order(before)
            self._show_preview()

    def _what(self) -> What:
        return self._what_of(self._list.currentRow())

    def _what_of(self, row: int) -> What:
        return What(self._list.item(row).data(_WHAT))

    def _turn(self) -> None:
        """Offer what the chosen thing can be."""
        self._note.setText("")
        self._settings.offer(self._what(), self._subject)
        self._show_preview()

    def _show_copy(self) -> None:
        film = self.order().format is Format.MP4
        self._copy.setEnabled(not self._busy and not film)
        hint = self.tr("A film in MP4 cannot be pasted: choose GIF.") if film else ""
        self._copy.setToolTip(hint)

    def _show_preview(self) -> None:
        order = self.order()
        self._show_copy()
        if order.what is What.FILM:
            self._show_film(order)
            return
        drawing = drawing_of(order, self._subject)
        if drawing is None:
            self._preview.show_text(preview_text(order, self._subject))
            self._note.setText(self._text_note(order.what))
            return
        self._preview.show_drawing(drawing)
        size = picture_files.pixels(drawing, order.width)
        self._note.setText(self._size_text(size.width(), size.height()))

    def _show_film(self, order: Order) -> None:
        film = film_of(order, self._subject, order.width)
        small = film_of(order, self._subject, min(order.width, _FILM_PREVIEW))
        self._preview.show_film(small)
        text = self.tr("{count} moments in {seconds} s · {size}")
        seconds = len(film.moments) / film.rate + REST
        self._note.setText(
            text.format(
                count=numbers.number(len(film.moments)),
                seconds=numbers.number(seconds, 1),
                size=self._size_text(*film.size),
            )
        )

    def _size_text(self, width: int, height: int) -> str:
        text = self.tr("{width} × {height} pixels")
        return text.format(width=numbers.number(width), height=numbers.number(height))

    def _text_note(self, what: What) -> str:
        """Say how long a table is, of which only the beginning is shown."""
        recording = self._subject.frame.recording
        if what in OF_A_RUN and recording is not None:
            text = self.tr("{count} flips in all")
            return text.format(count=numbers.number(recording.flip_units.size))
        text = self.tr("{count} memories in all")
        return text.format(count=numbers.number(len(self._subject.session.memories)))

    def _names(self) -> tuple[tuple[What, str], ...]:
        return (
            (What.PAD, self.tr("Pad")),
            (What.ENERGY, self.tr("Energy")),
            (What.OVERLAP, self.tr("Overlap")),
            (What.COUPLINGS, self.tr("Couplings")),
            (What.LANDSCAPE, self.tr("Landscape")),
            (What.RECOVERY, self.tr("Recovery from damage")),
            (What.MARGINS, self.tr("Margins")),
            (What.LEARNING, self.tr("Learning curve")),
            (What.MOMENTS, self.tr("Moments")),
            (What.WINDOW, self.tr("Window")),
            (What.FIGURE, self.tr("Figure for a paper")),
            (What.FILM, self.tr("Film of the run")),
            (What.RUN_TABLE, self.tr("Table of the run")),
            (What.OVERLAP_TABLE, self.tr("Table of overlaps")),
            (What.SHEET, self.tr("Memories on a sheet")),
            (What.MEMORIES, self.tr("Memories as files")),
            (What.MEMORY_TABLE, self.tr("Table of memories")),
        )

    def _absence(self, what: What) -> str:
        if what is What.COUPLINGS:
            return self.tr("There are no couplings between pairs, or too many to be drawn.")
        if what in CHARTS:
            return self.tr("Let its panel show it first (View ▸ Panels).")
        if self._subject.frame.recording is None and what not in _STILL:
            return self.tr("Recall something first (Space).")
        return self.tr("Store a memory first (M).")


_FILM_PREVIEW = 480
_STILL = {What.OVERLAP, What.MEMORY_TABLE, What.SHEET, What.MEMORIES}
