"""Energies as shades of grey: the lower, the stronger; and the scale that says so."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.look import fonts
from hopgui.ui.look.numbers import energy
from hopgui.ui.look.style import blend
from hopgui.ui.look.theme import LIGHT, Theme

SHADES = 12
_STRONGEST, _PALEST = 0.92, 0.14  # of the colour of +1 on the ground
_BAR, _GAP = 8, 3


def shade(theme: Theme, step: int) -> str:
    """Return the colour of a step, 0 for the lowest energy to 11 for the highest."""
    share = _STRONGEST + (_PALEST - _STRONGEST) * step / (SHADES - 1)
    return blend(theme.plus, theme.panel, share)


def shades(energies: NDArray[np.float64], over: tuple[float, float]) -> NDArray[np.int64]:
    """Return each energy's step in a range, −1 where it is not known; int64 of the same shape."""
    low, high = over
    share = (
        (energies - low) / (high - low) if high > low else np.where(np.isnan(energies), energies, 0)
    )
    known = ~np.isnan(share)
    steps = np.full(energies.shape, -1, np.int64)
    steps[known] = np.minimum(share[known] * SHADES, SHADES - 1).astype(np.int64)
    return steps


class EnergyScale(QWidget):
    """The shades in a row, the lowest energy at the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._range = 0.0, 0.0
        self.setFont(fonts.font(fonts.SMALL_SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_range(self, over: tuple[float, float]) -> None:
        """Show the lowest and the highest energy."""
        if over != self._range:
            self._range = over
            text = self.tr("Energy from {low}, strong, to {high}, pale")
            low, high = map(energy, over)
            self.setAccessibleName(text.format(low=low, high=high))
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the shades and of the numbers."""
        return QSize(200, _BAR + _GAP + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and no width that is needed."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shades, and numbers under their ends."""
        painter = QPainter(self)
        step = self.width() / SHADES
        for number in range(SHADES):
            box = QRectF(number * step, 0, step - 1, _BAR)
            painter.fillRect(box, QColor(shade(self._theme, number)))
        painter.setPen(QColor(self._theme.muted))
        line = QRectF(0, _BAR + _GAP, self.width(), self.fontMetrics().height())
        low, high = map(energy, self._range)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, self.tr("energy"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, high)
        painter.end()
