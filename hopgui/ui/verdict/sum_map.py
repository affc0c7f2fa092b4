"""A sum over memories as colours on the pad's own shape, or the state that its sign is."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.session.session import Mask, Picture
from hopgui.ui.look import coupling_colours
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.pad.unit_marks import draw_mark
from hopgui.ui.parts.thumbnail import units_image

SMALLEST_GAPPED = 6  # pixels: smaller cells touch
MOST_MARKS = 2000


class SumMap(QWidget):
    """Shows one number a unit, blue below zero and orange above, or one state with some marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._values: NDArray[np.float32] = np.zeros((1, 1), np.float32)
        self._limit = 1.0
        self._state: Picture | None = None
        self._marked: Mask | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_sums(self, values: NDArray[np.float32], limit: float) -> None:
        """Show sums.

        Parameters
        ----------
        values
            One a unit, float32 array of shape (height, width).
        limit
            Size from which on the colour grows no stronger.
        """
        self._values, self._limit, self._state = values, limit, None
        self.update()

    def show_state(self, state: Picture, marked: Mask) -> None:
        """Show a state, and mark some of its units.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (height, width).
        marked
            Which to mark, bool array of the same shape.
        """
        self._state, self._marked = state, marked
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square to begin with."""
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        """Return a square in which a letter can still be read."""
        return QSize(120, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, its gaps and its marks."""
        painter = QPainter(self)
        image = self._image()
        cell, area = self._placed(image)
        painter.drawImage(area, image)
        if cell >= SMALLEST_GAPPED:
            self._draw_gaps(painter, area, cell)
        if self._state is not None and self._marked is not None:
            rows, columns = np.nonzero(self._marked)
            for row, column in list(zip(rows, columns, strict=True))[:MOST_MARKS]:
                place = area.left() + column * cell, area.top() + row * cell
                plus = bool(self._state[row, column] > 0)
                draw_mark(painter, QRectF(*place, cell, cell), self._theme, plus=plus)

    def _image(self) -> QImage:
        if self._state is not None:
            return units_image(self._state, self._theme)
        codes = np.ascontiguousarray(coupling_colours.indices(self._values, self._limit))
        height, width = codes.shape
        image = QImage(codes.data, width, height, width, QImage.Format.Format_Indexed8)
        image.setColorTable(coupling_colours.colour_table(self._theme))
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _placed(self, image: QImage) -> tuple[float, QRectF]:
        """Return the side of a cell, in whole device pixels where it can be, and where all lie."""
        ratio = self.devicePixelRatioF()
        cell = min(self.width() / image.width(), self.height() / image.height())
        if cell * ratio >= 3:
            cell = int(cell * ratio) / ratio
        width, height = image.width() * cell, image.height() * cell
        left = round((self.width() - width) / 2 * ratio) / ratio
        return cell, QRectF(left, 0, width, height)

    def _draw_gaps(self, painter: QPainter, area: QRectF, cell: float) -> None:
        colour = blend(self._theme.line, self._theme.panel, 0.8)
        for column in range(1, round(area.width() / cell)):
            painter.fillRect(
                QRectF(area.left() + column * cell, area.top(), 1, area.height()), colour
            )
        for row in range(1, round(area.height() / cell)):
            painter.fillRect(QRectF(area.left(), area.top() + row * cell, area.width(), 1), colour)
