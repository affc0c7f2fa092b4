"""Moments of the pictures against the machine's: learnt, they stand on the diagonal."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.model.boltzmann.visible import Moments
from hopgui.ui.look.numbers import MINUS, number
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.plots.axes import SMALLEST_TYPE

_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
_EDGE = 26  # pixels around the square, for its words
_MANY = 1000  # points, from which on they are small


class MomentChart(QWidget):
    """Every ⟨x_i x_j⟩ and ⟨x_i⟩ as a point: across what the pictures have, up what the machine has.

    Parameters
    ----------
    hint
        What stands there while there is nothing to draw.
    """

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._hint = hint
        self._theme = LIGHT
        self._pairs: NDArray[np.float64] = np.empty((0, 2))
        self._single: NDArray[np.float64] = np.empty((0, 2))

    def show_moments(self, wanted: Moments | None, moments: Moments | None = None) -> None:
        """Show the pictures' moments against the machine's, or that there are none."""
        if wanted is None or moments is None:
            self._pairs = self._single = np.empty((0, 2))
        else:
            above = np.triu_indices(len(wanted.single), 1)
            self._pairs = np.column_stack([wanted.pairs[above], moments.pairs[above]])
            self._single = np.column_stack([wanted.single, moments.single])
        self.setToolTip(self._told())
        self.setAccessibleDescription(self._told())
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square as wide as a dock."""
        return QSize(220, 220)

    def minimumSizeHint(self) -> QSize:
        """Ask for enough to tell points from the diagonal."""
        return QSize(150, 170)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the square, its diagonal, the points and the words."""
        self.draw(QPainter(self))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen but a hint."""
        return not len(self._single)

    def draw(self, painter: QPainter) -> None:
        """Draw the chart without its ground; the painter's origin becomes its corner."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(max(SMALLEST_TYPE, round(QFontInfo(font).pixelSize() * 0.85)))
        painter.setFont(font)
        if self.empty:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QRectF(self.rect()).adjusted(16, 0, -16, 0), _WRAPPED, self._hint)
            return
        area = self._area()
        self._paint_square(painter, area)
        pairs, single = QColor(self._theme.act), QColor(self._theme.text)
        size = 4.0 if len(self._pairs) > _MANY else 6.0
        painter.setPen(QPen(pairs, size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for point in self._places(area, self._pairs):
            painter.drawPoint(point)
        painter.setPen(QPen(single, 1.25))
        painter.setBrush(QColor(self._theme.panel))
        for point in self._places(area, self._single):
            painter.drawPolygon(
                [point + QPoint(*corner) for corner in ((0, -4), (4, 0), (0, 4), (-4, 0))]
            )
        self._write(painter, area, QFontMetricsF(font))

    def _area(self) -> QRectF:
        side = max(40.0, min(self.width() - 2 * _EDGE, self.height() - 2 * _EDGE))
        return QRectF((self.width() - side) / 2, _EDGE, side, side)

    def _paint_square(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QColor(self._theme.line))
        painter.drawRect(area)
        middle = area.center()
        painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()))
        painter.drawLine(QPointF(middle.x(), area.top()), QPointF(middle.x(), area.bottom()))
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(area.bottomLeft(), area.topRight())

    def _write(self, painter: QPainter, area: QRectF, metrics: QFontMetricsF) -> None:
        painter.setPen(QColor(self._theme.muted))
        below = QRectF(area.left() - _EDGE, area.bottom() + 3, area.width() + 2 * _EDGE, _EDGE - 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.tr("pictures →"))
        corners = QRectF(area.left() - 8, area.bottom() + 3, area.width() + 16, _EDGE - 4)
        painter.drawText(corners, Qt.AlignmentFlag.AlignLeft, f"{MINUS}1")
        painter.drawText(corners, Qt.AlignmentFlag.AlignRight, "1")
        above = QRectF(0, area.top() - _EDGE + 2, self.width(), _EDGE - 4)
        words = self.tr("↑ machine    ● pairs    ◇ units")
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width() - 4)
        painter.drawText(above, Qt.AlignmentFlag.AlignHCenter, elided)

    def _places(self, area: QRectF, points: NDArray[np.float64]) -> list[QPoint]:
        """Return each pixel that has a point, once: half a million would take a second."""
        x = area.left() + area.width() * (points[:, 0] + 1) / 2
        y = area.bottom() - area.height() * (points[:, 1] + 1) / 2
        wide = self.width() + 1
        codes = np.unique(np.rint(y).astype(np.int64) * wide + np.rint(x).astype(np.int64))
        return [QPoint(code % wide, code // wide) for code in codes.tolist()]

    def _told(self) -> str:
        """Say how many moments there are, and how far the furthest is from the diagonal."""
        every = np.concatenate([self._pairs, self._single])
        if not len(every):
            return ""
        return self.tr(
            "{pairs} moments ⟨x_i x_j⟩ and {units} moments ⟨x_i⟩, at most {gap} from the diagonal"
        ).format(
            pairs=number(len(self._pairs)),
            units=number(len(self._single)),
            gap=number(float(np.abs(every[:, 0] - every[:, 1]).max()), 3),
        )
