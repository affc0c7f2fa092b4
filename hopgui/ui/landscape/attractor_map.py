"""The map of attractors: the nearer two lie, the fewer units differ between them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hopgui.model.verdict import Kind
from hopgui.ui.landscape.state_chart import StateChart
from hopgui.ui.look.numbers import number, round_above
from hopgui.ui.plots.names import PlotNames

MARGIN = 30.0
_SCALE = 0.3  # of the width that the scale takes at most


class AttractorMap(StateChart):
    """Attractors as marks, larger where more falls end; equal distances both ways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: NDArray[np.float64] = np.empty((0, 2))
        self._names = PlotNames()

    def show_points(self, points: NDArray[np.float64]) -> None:
        """Say where the marks stand, float64 array of shape (marks, 2), in units of distance."""
        self._points = points
        self.renew()

    @property
    def pixels(self) -> float:
        """Pixels to a unit of distance, before the zoom."""
        if not len(self._points):
            return 1.0
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        span = np.maximum(high - low, 1.0)
        room = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        return float(max(min(room[0] / span[0], room[1] / span[1]), 0.01))

    def place(self, index: int) -> QPointF:
        """Return where a mark stands."""
        if index >= len(self._points):
            return QPointF(self.width() / 2, self.height() / 2)
        middle = (self._points.min(axis=0) + self._points.max(axis=0)) / 2
        across, up = (self._points[index] - middle) * self.pixels
        return QPointF(self.width() / 2 + across, self.height() / 2 - up)

    def paint_still(self, painter: QPainter) -> None:
        """Paint the scale; the marks come over it."""
        if self.marks:
            self._paint_scale(painter)

    def paint_moving(self, painter: QPainter) -> None:
        """Write the names of memories beside their marks, where there is room."""
        self._names.fit(self.metrics, self.width() * 0.45)
        self._names.clear(self._box(index) for index in range(len(self.marks)))
        for index, mark in enumerate(self.marks):
            if mark.kind not in {Kind.MEMORY, Kind.INVERSE}:
                continue
            at, out = self.seen(index), mark.radius + 5
            width, height = self._names.size(mark.title)
            rooms = [
                QRectF(at.x() + out, at.y() - height / 2, width, height),
                QRectF(at.x() - out - width, at.y() - height / 2, width, height),
                QRectF(at.x() - width / 2, at.y() + out, width, height),
                QRectF(at.x() - width / 2, at.y() - out - height, width, height),
            ]
            inside = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            rooms = [room for room in rooms if inside.contains(room)]
            colours = QColor(self.theme.text), QColor(self.theme.panel)
            self._names.write(painter, mark.title, colours, rooms)

    def _box(self, index: int) -> QRectF:
        at, out = self.seen(index), self.marks[index].radius + 1
        return QRectF(at.x() - out, at.y() - out, 2 * out, 2 * out)

    def _paint_scale(self, painter: QPainter) -> None:
        """Draw how long so many units of distance are."""
        pixel = self.pixels * self.zoom.scale
        units = round_above(self.width() * _SCALE / pixel / 2.5)
        if units < 1:
            return
        length = units * pixel
        left, y = 10.0, self.height() - 10.0
        painter.setPen(QPen(QColor(self.theme.muted), 1.5))
        painter.drawLine(QPointF(left, y), QPointF(left + length, y))
        for x in (left, left + length):
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y))
        text = self.tr("{n} units").format(n=number(units))
        box = QRectF(left, y - 20, max(length, 120), 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)
