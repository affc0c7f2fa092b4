"""The graph of transitions: where each stable state goes when one of its units is flipped."""

from math import atan2, cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from hopgui.ui.landscape.state_chart import NOTHING, StateChart
from hopgui.ui.look.numbers import percent
from hopgui.ui.look.painting import blend

LARGEST_TILE, SMALLEST_TILE = 44, 14
THICKEST = 6.0
LEAST = 0.0005  # chances below this are not drawn
_BEND = 0.18  # how far an arrow swings out, against its length
_HEAD = 7.0
_STRIP = 100  # kept free under the ring for what is pointed at


class KickChart(StateChart):
    """Stable states in a ring, an arrow for each way that a kick may lead, the wider the likelier.

    An arc around a state says how often it stays what it is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chances: NDArray[np.float64] = np.empty((0, 0))
        self._taken: list[QRectF] = []

    def show_chances(self, chances: NDArray[np.float64]) -> None:
        """Show the chances, float64 array of shape (marks, marks): from the row to the column."""
        self._chances = chances
        self.renew()

    def place(self, index: int) -> QPointF:
        """Return where a mark stands on the ring."""
        count = max(1, len(self.marks))
        angle = -pi / 2 + 2 * pi * index / count
        out = self.tile / self.zoom.scale / 2 + 16
        across = max(self.width() / 2 - out, 10) if count > 1 else 0
        middle = (self.height() - _STRIP) / 2
        down = max(middle - out, 10) if count > 1 else 0
        return QPointF(self.width() / 2 + across * cos(angle), middle + down * sin(angle))

    def tip_room(self) -> QRectF:
        """Return a strip under the ring, so that no arrow is covered."""
        return QRectF(0, self.height() - _STRIP, self.width(), _STRIP)

    def size_of(self, index: int) -> float:
        """Return half the diagonal of a thumbnail, where its arc runs."""
        del index
        return self.tile * 0.71 + 1

    @property
    def tile(self) -> float:
        """Side of a thumbnail: as large as its neighbours on the ring allow."""
        count = max(2, len(self.marks))
        round_about = pi * min(self.width(), self.height() - _STRIP) * 0.75 * self.zoom.scale
        return float(min(max(round_about / count / 1.6, SMALLEST_TILE), LARGEST_TILE))

    def paint_still(self, painter: QPainter) -> None:
        """Paint every arrow, the likely ones last."""
        if self._chances.shape[0] != len(self.marks):
            return
        rows, columns = np.nonzero(self._chances >= LEAST)
        order = np.argsort(self._chances[rows, columns])
        faded = blend(QColor(self.theme.muted), QColor(self.theme.panel), 0.45)
        for start, end in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
            if start != end:
                self._paint_arrow(painter, start, end, faded)

    def paint_mark(self, painter: QPainter, index: int) -> None:
        """Draw a thumbnail, and around it the arc of the chance to stay."""
        at, side = self.seen(index), int(self.tile)
        out = self.size_of(index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.panel))
        painter.drawEllipse(at, out + 3, out + 3)
        ring = QRectF(at.x() - out, at.y() - out, 2 * out, 2 * out)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.line), 2))
        painter.drawEllipse(ring)
        if self._chances.shape[0] == len(self.marks):
            stays = float(self._chances[index, index])
            painter.setPen(QPen(QColor(self.theme.text), 2))
            painter.drawArc(ring, 90 * 16, -round(stays * 360 * 16))
        painter.drawPixmap(at - QPointF(side / 2, side / 2), self.picture_of(index, side))

    def paint_moving(self, painter: QPainter) -> None:
        """Bring forward the arrows from the state pointed at, with their chances where room is."""
        if self._chances.shape[0] != len(self.marks):
            return
        if self.marked == NOTHING:
            painter.setPen(QColor(self.theme.muted))
            words = self.tr("Point at a state to see where its kicks lead")
            painter.drawText(self.tip_room(), Qt.AlignmentFlag.AlignCenter, words)
            return
        act = QColor(self.theme.act)
        row = self._chances[self.marked]
        ends = [end for end in np.argsort(row).tolist() if row[end] >= LEAST and end != self.marked]
        for end in ends:
            self._paint_arrow(painter, self.marked, end, act)
        self._taken = [self._box(index) for index in range(len(self.marks))]
        for end in (*ends, self.marked):
            self.paint_mark(painter, end)
        for end in reversed(ends):
            self._paint_chance(painter, end, float(row[end]))

    def _box(self, index: int) -> QRectF:
        at, out = self.seen(index), self.tile / 2
        return QRectF(at.x() - out, at.y() - out, 2 * out, 2 * out)

    def _paint_chance(self, painter: QPainter, end: int, chance: float) -> None:
        text = self.tr("{percent} %").format(percent=percent(chance))
        middle = _path(self.seen(self.marked), self.seen(end)).pointAtPercent(0.5)
        width = self.metrics.horizontalAdvance(text) + 8
        box = QRectF(middle.x() - width / 2, middle.y() - 9, width, 18)
        if any(box.intersects(taken) for taken in self._taken):
            return
        self._taken.append(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.panel))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_arrow(self, painter: QPainter, start: int, end: int, colour: QColor) -> None:
        chance = float(self._chances[start, end])
        width = max(1.0, THICKEST * chance**0.5)
        path = _path(self.seen(start), self.seen(end))
        length = path.length()
        reach = self.size_of(end) + 4
        if length <= 2 * reach:
            return
        tip = path.pointAtPercent(path.percentAtLength(length - reach))
        back = path.pointAtPercent(path.percentAtLength(length - reach - _HEAD - width))
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(_until(path, length - reach - _HEAD))
        angle = atan2(tip.y() - back.y(), tip.x() - back.x())
        half = _HEAD / 2 + width / 2
        side = QPointF(-sin(angle) * half, cos(angle) * half)
        foot = tip - QPointF(cos(angle), sin(angle)) * (_HEAD + width)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, foot + side, foot - side]))


def _path(start: QPointF, end: QPointF) -> QPainterPath:
    """Return a curve that swings to its left, so that two opposite ones do not meet."""
    way = end - start
    middle = (start + end) / 2
    bend = QPointF(way.y(), -way.x()) * _BEND
    path = QPainterPath(start)
    path.quadTo(middle + bend, end)
    return path


def _until(path: QPainterPath, length: float) -> QPainterPath:
    """Return the beginning of a curve."""
    last = path.percentAtLength(max(length, 0.0))
    steps = max(8, int(hypot(path.boundingRect().width(), path.boundingRect().height()) / 6))
    part = QPainterPath(path.pointAtPercent(0))
    for step in range(1, steps + 1):
        part.lineTo(path.pointAtPercent(last * step / steps))
    return part
