"""The question of which letters of which font, with what they become in sight."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.fitting import Fit, to_units
from hopgui.session.images import NamedPicture
from hopgui.session.session import Grid, Picture
from hopgui.ui.imports.letters import draw_letters
from hopgui.ui.look import fonts, numbers
from hopgui.ui.look.theme import Theme
from hopgui.ui.pad.drawing import draw_pad
from hopgui.ui.parts.choice_box import SettingSlider

FIRST_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MIDDLE = 128
_SHOWN = 40
_SMALLEST_CELLS, _LARGEST_SIDE = 24, 72


class LettersDialog(QDialog):
    """Asks for a font, letters and their size.

    Parameters
    ----------
    grid
        The grid that the letters come onto.
    theme
        Colours of the preview.
    """

    def __init__(self, grid: Grid, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Letters of a font"))
        self._grid = grid
        self._family = QComboBox()
        self._family.addItems([name for name in QFontDatabase.families() if name[0] != "@"])
        self._family.setCurrentText(fonts.FAMILIES[0])
        self._family.setAccessibleName(self.tr("Font"))
        self._bold = QCheckBox(self.tr("Bold"))
        self._bold.setChecked(True)
        self._text = QLineEdit(FIRST_LETTERS)
        self._text.setAccessibleName(self.tr("Letters"))
        self._size = SettingSlider()
        self._size.setRange(10, 150)
        self._size.setValue(100)
        self._size.setAccessibleName(self.tr("Size"))
        self._percent = QLabel()
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("0000 %"))
        self._sheet = _Letters(theme)
        self._sheet.setAccessibleName(self.tr("The letters on the grid"))
        self._lay_out()
        self._family.currentTextChanged.connect(self._show_letters)
        self._bold.toggled.connect(self._show_letters)
        self._text.textChanged.connect(self._show_letters)
        self._size.valueChanged.connect(self._show_letters)
        self._show_letters()

    def pictures(self) -> list[NamedPicture]:
        """Return the letters as pictures, each named by itself."""
        font = QFont(self._family.currentText())
        font.setWeight(QFont.Weight.DemiBold if self._bold.isChecked() else QFont.Weight.Normal)
        return draw_letters(self._text.text(), font, self._grid, self._size.value())

    def _lay_out(self) -> None:
        settings = QGridLayout()
        settings.setHorizontalSpacing(16)
        settings.setVerticalSpacing(8)
        named = (
            (self.tr("&Font"), self._family),
            (self.tr("&Letters"), self._text),
            (self.tr("&Size"), self._size),
        )
        for row, (text, widget) in enumerate(named):
            label = QLabel(text)
            label.setBuddy(widget)
            settings.addWidget(label, row, 0)
            settings.addWidget(widget, row, 1)
        settings.addWidget(self._bold, 0, 2)
        settings.addWidget(self._percent, 2, 2)
        settings.setColumnStretch(1, 1)
        buttons = QDialogButtonBox()
        self._agree = buttons.addButton(self.tr("Continue"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._agree.setObjectName("primary")
        self._agree.setDefault(True)
        dismiss = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self._agree, dismiss):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(settings)
        column.addWidget(self._sheet, 1)
        column.addWidget(buttons)
        self.resize(600, 480)

    def _show_letters(self) -> None:
        drawn = self.pictures()
        self._percent.setText(
            self.tr("{percent} %").format(percent=numbers.number(self._size.value()))
        )
        self._agree.setEnabled(bool(drawn))
        self._sheet.show_units(
            [
                to_units(
                    each.grey, self._grid.shape, threshold=_MIDDLE, invert=False, fit=Fit.STRETCH
                )
                for each in drawn[:_SHOWN]
            ]
        )


class _Letters(QWidget):
    """Small pads side by side, as many as there is room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._units: list[Picture] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_units(self, units: list[Picture]) -> None:
        self._units = units
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(540, 240)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.line))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        side, gap = self._side(), 12
        columns = max(1, (self.width() - gap) // (side + gap))
        for place, units in enumerate(self._units):
            row, column = divmod(place, columns)
            corner = QPointF(gap + column * (side + gap), gap + row * (side + gap))
            if corner.y() + side > self.height():
                break
            draw_pad(painter, QRectF(corner, QSize(side, side).toSizeF()), units, self._theme)

    def _side(self) -> int:
        """Return how large the pads can be, so that all of them are seen if possible."""
        count, gap = max(1, len(self._units)), 12
        for side in range(_LARGEST_SIDE, _SMALLEST_CELLS, -4):
            columns = max(1, (self.width() - gap) // (side + gap))
            if -(-count // columns) * (side + gap) + gap <= self.height():
                return side
        return _SMALLEST_CELLS
