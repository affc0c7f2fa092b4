"""How something is exported: kind of file, size, theme, and what else it asks for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from hopgui.ui.exports.drawings import Subject
from hopgui.ui.exports.order import (
    FIRST_WIDTH,
    FORMATS,
    PLOTS,
    TABLES,
    USUAL_WIDTH,
    Format,
    Order,
    What,
    usual_height,
)
from hopgui.ui.look.theme import DARK, LIGHT, Theme
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.parts.spin_box import SpinBox

_SMALLEST, _LARGEST, _LARGEST_FILM = 64, 8000, 1600
_SIZE, _THEME, _RATE, _MARKS = 1, 2, 3, 4


class ExportSettings(QWidget):
    """A row of settings, of which those are seen that mean something for what is chosen.

    Signals
    -------
    changed()
        Another choice was made.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = What.PAD
        self._ratio = 1.0
        self._format = Format.PNG
        self._formats = ChoiceBox([])
        self._formats.setAccessibleName(self.tr("Kind of file"))
        self._width = self._box(_SMALLEST, _LARGEST, self.tr("Width in pixels"))
        self._height = self._box(_SMALLEST, _LARGEST, self.tr("Height in pixels"))
        self._times = QLabel(self.tr("×"))
        self._rate = self._box(1, 50, self.tr("Moments a second"))
        self._rate.setValue(12)
        self._theme = Segmented(((LIGHT, self.tr("light")), (DARK, self.tr("dark"))))
        self._theme.setAccessibleName(self.tr("Theme"))
        self._theme.show_choice(theme)
        self._marks = QCheckBox(self.tr("with marks"))
        self._marks.setToolTip(self.tr("Units that want to flip, have just flipped or are pinned"))
        self._marks.setChecked(True)
        self._headings: dict[int, QLabel] = {}
        self._lay_out()
        self._connect()

    def order(self) -> Order:
        """Return what is asked for, numbers that are still being typed included."""
        for box in (self._width, self._height, self._rate):
            box.interpretText()
        theme = self._theme.choice
        assert isinstance(theme, Theme)  # noqa: S101 - no other is put in
        return Order(
            self._what,
            self._format,
            self._width.value(),
            self._height.value(),
            theme,
            marks=self._marks.isChecked(),
            rate=self._rate.value(),
        )

    def offer(self, what: What, subject: Subject) -> None:
        """Offer what something can be, as it usually is."""
        self._what = what
        for each in Format:
            if self._formats.has(each):
                self._formats.remove(each)
        for each in FORMATS[what]:
            self._formats.add(each, self._format_name(each))
        self._format = FORMATS[what][0]
        self._formats.show_choice(self._format)
        width = FIRST_WIDTH.get(what, USUAL_WIDTH)
        if what is What.WINDOW:
            width = subject.window_size.width()
        self._width.setMaximum(_LARGEST_FILM if what is What.FILM else _LARGEST)
        self._show_size(width, usual_height(what, subject, width))
        self._show_what_counts()

    def show_order(self, order: Order) -> None:
        """Show what was asked for an earlier time."""
        for box in (self._rate, self._marks):
            box.blockSignals(True)
        self._format = order.format
        self._formats.show_choice(order.format)
        self._theme.show_choice(order.theme)
        self._show_size(order.width, order.height)
        self._rate.setValue(order.rate)
        self._marks.setChecked(order.marks)
        for box in (self._rate, self._marks):
            box.blockSignals(False)

    def _box(self, least: int, most: int, name: str) -> SpinBox:
        box = SpinBox()
        box.setRange(least, most)
        box.setAccessibleName(name)
        box.setMinimumWidth(84)
        return box

    def _lay_out(self) -> None:
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(16)
        row.setVerticalSpacing(4)
        size = QHBoxLayout()
        size.setSpacing(6)
        for widget in (self._width, self._times, self._height):
            size.addWidget(widget)
        texts = (
            self.tr("File"),
            self.tr("Size in pixels"),
            self.tr("Theme"),
            self.tr("Moments a second"),
            "",
        )
        for place, text in enumerate(texts):
            heading = QLabel(text)
            heading.setObjectName("note")
            self._headings[place] = heading
            row.addWidget(heading, 0, place)
        row.addWidget(self._formats, 1, 0)
        row.addLayout(size, 1, _SIZE)
        for place, part in ((_THEME, self._theme), (_RATE, self._rate), (_MARKS, self._marks)):
            row.addWidget(part, 1, place)
        row.setColumnStretch(len(texts), 1)
        self.setFixedHeight(self.sizeHint().height())

    def _connect(self) -> None:
        self._formats.chosen.connect(self._take_format)
        self._width.valueChanged.connect(self._widen)
        self._height.valueChanged.connect(self._heighten)
        for signal in (self._theme.chosen, self._rate.valueChanged, self._marks.toggled):
            signal.connect(self._tell)

    def _tell(self, _value: object) -> None:
        self.changed.emit()

    def _take_format(self, chosen: object) -> None:
        self._format = Format(str(chosen))
        self.changed.emit()

    def _widen(self, width: int) -> None:
        """Keep the shape of a plot when its width is chosen anew."""
        self._show_size(width, round(width * self._ratio))
        self.changed.emit()

    def _heighten(self, height: int) -> None:
        self._ratio = height / self._width.value()
        self.changed.emit()

    def _show_size(self, width: int, height: int) -> None:
        self._ratio = height / width
        for box, value in ((self._width, width), (self._height, height)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)

    def _show_what_counts(self) -> None:
        what = self._what
        sized = what not in TABLES and what is not What.MEMORIES
        plot = what in PLOTS
        shown: tuple[tuple[int, QWidget, bool], ...] = (
            (_SIZE, self._width, sized),
            (_THEME, self._theme, sized and what is not What.WINDOW),
            (_RATE, self._rate, what is What.FILM),
            (_MARKS, self._marks, what is What.PAD),
        )
        for place, part, on in shown:
            self._headings[place].setVisible(on)
            part.setVisible(on)
        self._height.setVisible(plot)
        self._times.setVisible(plot)
        heading = self.tr("Size in pixels") if plot else self.tr("Width in pixels")
        self._headings[_SIZE].setText(heading)

    def _format_name(self, kind: Format) -> str:
        return {
            Format.PNG: self.tr("PNG, pixels"),
            Format.SVG: self.tr("SVG, lines"),
            Format.PDF: self.tr("PDF, lines"),
            Format.GIF: self.tr("GIF"),
            Format.MP4: self.tr("MP4"),
            Format.CSV: self.tr("CSV"),
            Format.PBM: self.tr("PBM, plain text"),
        }[kind]
