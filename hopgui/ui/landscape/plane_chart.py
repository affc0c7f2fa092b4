"""The plane of two overlaps: energies at the points that states have, memories, and a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from hopgui.model.landscape import Band
from hopgui.session.frame import OverlapTrace
from hopgui.session.session import Memory
from hopgui.ui.landscape.energy_shades import SHADES, shade, shades
from hopgui.ui.landscape.state_chart import NOTHING, StateChart
from hopgui.ui.look.numbers import number
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import memory_colour
from hopgui.ui.parts.pace import Pace
from hopgui.ui.plots.curve import polygon_of
from hopgui.ui.plots.names import PlotNames

PERIOD = 30  # milliseconds between two drawings of a run
REACH = 1.07  # overlaps seen beyond zero, either way
LARGEST_DOT, SMALLEST_DOT = 9.0, 1.2
FILLING = 0.72  # of the room between two points of the lattice that a dot takes
_LEFT, _TOP, _RIGHT, _BOTTOM = 48, 10, 10, 40
_FLAG = 6.5
NOWHERE = (NOTHING, NOTHING)
_WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)


class Show(StrEnum):
    """Which energy of the states of a point is shown."""

    LEAST = "least"
    MEAN = "mean"
    MOST = "most"


@dataclass(frozen=True, eq=False)
class Flag:
    """A memory on the plane.

    Attributes
    ----------
    memory
        The memory.
    overlaps
        m with the first and the second memory of the plane.
    """

    memory: Memory
    overlaps: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Trail:
    """A run on the plane, and where it is.

    Attributes
    ----------
    trace
        Overlaps with the two memories over the run; None when the pad is at rest.
    update
        The moment shown.
    here
        Overlaps of the state shown.
    """

    trace: OverlapTrace | None
    update: int
    here: tuple[float, float]


class PlaneChart(StateChart):
    """The plane, its axes in the colours of their memories.

    The pointer, or Shift and the arrows, point at a place of the lattice.

    Attributes
    ----------
    spot
        Row and column of that place, −1 and −1 for none.

    Signals
    -------
    place_pointed(int, int)
        Another place is pointed at.
    """

    place_pointed = Signal(int, int)
    zooms = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trail: Trail | None = None
        self.spot = NOWHERE
        self._flags: tuple[Flag, ...] = ()
        self._axes: tuple[Memory, Memory] | None = None
        self._places: NDArray[np.float64] = np.empty((0, 2))
        self._band: Band | None = None
        self._show = Show.MEAN
        self._names = PlotNames()
        self._pace = Pace(PERIOD, self)
        self._pace.due.connect(self._redraw)

    def show_plane(self, axes: tuple[Memory, Memory] | None, flags: Sequence[Flag]) -> None:
        """Show the plane of two memories, with all memories on it."""
        self._axes, self._flags = axes, tuple(flags)
        self._band = None
        self.spot = NOWHERE
        self.renew()

    def show_band(self, band: Band | None, show: Show) -> None:
        """Show the energies at the points of the lattice, as far as they are known."""
        if band is None or self._band is None or band.mean.shape != self._band.mean.shape:
            self.spot = NOWHERE
        self._band, self._show = band, show
        self.renew()

    def show_places(self, places: NDArray[np.float64]) -> None:
        """Say where the marks stand: overlaps, float64 array of shape (marks, 2)."""
        self._places = places
        self.renew()

    def show_trail(self, trail: Trail | None) -> None:
        """Draw a run; one that goes on, no more often than one can see."""
        self.trail = trail
        self._pace.ask()

    @Slot()
    def _redraw(self) -> None:
        self.update()

    # Where things are

    def at(self, overlaps: tuple[float, float]) -> QPointF:
        """Return where a pair of overlaps lies."""
        area = self._area()
        half = area.width() / 2
        middle = area.center()
        across, up = overlaps
        return QPointF(middle.x() + across / REACH * half, middle.y() - up / REACH * half)

    def place(self, index: int) -> QPointF:
        """Return where a mark stands."""
        across, up = self._places[index].tolist() if index < len(self._places) else (0.0, 0.0)
        return self.at((across, up))

    def lattice_point(self, point: QPointF) -> tuple[int, int]:
        """Return row and column of the lattice's point nearest to a pixel, −1 and −1 if far."""
        if self._band is None:
            return NOWHERE
        pixels = self._lattice_pixels(self._band)
        away = np.hypot(pixels[..., 0] - point.x(), pixels[..., 1] - point.y())
        row, column = np.unravel_index(int(away.argmin()), away.shape)
        near = away[row, column] <= max(6.0, self._spacing(self._band))
        return (int(row), int(column)) if near else NOWHERE

    def _area(self) -> QRectF:
        side = max(40.0, min(self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM))
        left = _LEFT + (self.width() - _LEFT - _RIGHT - side) / 2
        top = _TOP + (self.height() - _TOP - _BOTTOM - side) / 2
        return QRectF(left, top, side, side)

    def _lattice_pixels(self, band: Band) -> NDArray[np.float64]:
        overlaps = band.lattice.overlaps / max(band.lattice.units, 1)
        area = self._area()
        pixels = np.empty(overlaps.shape)
        pixels[..., 0] = area.center().x() + overlaps[..., 0] / REACH * area.width() / 2
        pixels[..., 1] = area.center().y() - overlaps[..., 1] / REACH * area.width() / 2
        return pixels

    def _spacing(self, band: Band) -> float:
        """Return how far neighbouring points of the lattice lie from each other, in pixels."""
        pixels = self._lattice_pixels(band)
        steps = [
            np.hypot(*np.moveaxis(np.diff(pixels, axis=axis), -1, 0)).min()
            for axis in (0, 1)
            if pixels.shape[axis] > 1
        ]
        return float(min(steps, default=LARGEST_DOT))

    # Painting

    def paint_still(self, painter: QPainter) -> None:
        """Paint the axes, the lattice with its energies, and the memories."""
        if self._axes is None:
            return
        self._paint_grid(painter)
        if self._band is not None:
            self._paint_lattice(painter, self._band)
        self._paint_titles(painter, self._axes)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.panel))
        for flag in self._flags:
            painter.drawEllipse(self.at(flag.overlaps), _FLAG + 1.5, _FLAG + 1.5)

    def paint_over(self, painter: QPainter) -> None:
        """Ring the memories and write their names, each where it finds room."""
        if self._axes is None:
            return
        self._names.fit(self.metrics, self.width() * 0.3)
        rings = [QRectF(self.at(flag.overlaps), self.at(flag.overlaps)) for flag in self._flags]
        self._names.clear(ring.adjusted(-7, -7, 7, 7) for ring in rings)
        for flag in self._flags:
            self._paint_flag(painter, flag)

    def _paint_grid(self, painter: QPainter) -> None:
        area = self._area()
        for tick in _TICKS:
            at = self.at((tick, tick))
            painter.setPen(QColor(self.theme.line))
            painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
            painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
            painter.setPen(QColor(self.theme.muted))
            text = number(tick, 0 if tick == int(tick) else 1)
            under = QRectF(at.x() - 20, area.bottom() + 3, 40, 16)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, text)
            beside = QRectF(area.left() - 34, at.y() - 8, 29, 16)
            painter.drawText(beside, _RIGHTWARD, text)

    def _paint_titles(self, painter: QPainter, axes: tuple[Memory, Memory]) -> None:
        area = self._area()
        painter.setFont(self.font_of(QFont.Weight.DemiBold))
        texts = [self.tr("overlap with {name}").format(name=memory.name) for memory in axes]
        texts = [
            self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width() * 0.9)
            for text in texts
        ]
        painter.setPen(memory_colour(self.theme, axes[0].colour))
        under = QRectF(area.left(), area.bottom() + 20, area.width(), 18)
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, texts[0])
        painter.save()
        painter.translate(area.left() - 40, area.center().y())
        painter.rotate(-90)
        painter.setPen(memory_colour(self.theme, axes[1].colour))
        beside = QRectF(-area.height() / 2, -9, area.height(), 18)
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, texts[1])
        painter.restore()
        painter.setFont(self.font())

    def _paint_lattice(self, painter: QPainter, band: Band) -> None:
        pixels = self._lattice_pixels(band)
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = [pixels[0, 0], pixels[0, -1], pixels[-1, -1], pixels[-1, 0]]
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        size = min(max(self._spacing(band) * FILLING, SMALLEST_DOT), LARGEST_DOT)
        energies = getattr(band, self._show.value)
        places = shades(energies, band_range(band))
        for step in range(SHADES):
            chosen = pixels[places == step]
            if chosen.size:
                colour = QColor(shade(self.theme, step))
                pen = QPen(colour, size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawPoints(polygon_of(chosen[:, 0], chosen[:, 1]))

    def _paint_flag(self, painter: QPainter, flag: Flag) -> None:
        at, colour = self.at(flag.overlaps), memory_colour(self.theme, flag.memory.colour)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2))
        painter.drawEllipse(at, _FLAG, _FLAG)
        width, height = self._names.size(flag.memory.name)
        rooms = [
            QRectF(at.x() + 10, at.y() - height / 2, width, height),
            QRectF(at.x() - 10 - width, at.y() - height / 2, width, height),
            QRectF(at.x() - width / 2, at.y() - 10 - height, width, height),
            QRectF(at.x() - width / 2, at.y() + 10, width, height),
        ]
        inside = QRectF(self.rect())
        rooms = [room for room in rooms if inside.contains(room)]
        ground = QColor(self.theme.panel)
        self._names.write(painter, flag.memory.name, (colour, ground), rooms)

    def paint_moving(self, painter: QPainter) -> None:
        """Draw the run up to the moment shown, pale beyond it, where it is, what is pointed at."""
        if self._band is not None and self.spot != NOWHERE:
            painter.setPen(QPen(QColor(self.theme.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(*self._lattice_pixels(self._band)[self.spot]), 7, 7)
        trail = self.trail
        if trail is None or self._axes is None:
            return
        act, panel = QColor(self.theme.act), QColor(self.theme.panel)
        if trail.trace is not None:
            line = self._line(trail.trace)
            past = int(np.searchsorted(trail.trace.updates, trail.update, side="right"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for part, colour in (
                (line[max(past - 1, 0) :], blend(act, panel, 0.45)),
                (line[:past], act),
            ):
                points = _distinct(part)
                polygon = polygon_of(points[:, 0], points[:, 1])
                for pen in (QPen(panel, 4.5), QPen(colour, 2)):
                    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                    painter.setPen(pen)
                    painter.drawPolyline(polygon)
            if len(line):
                painter.setPen(QPen(act, 1.5))
                painter.setBrush(panel)
                painter.drawEllipse(QPointF(*line[0]), 3.5, 3.5)
        painter.setPen(QPen(panel, 2))
        painter.setBrush(act)
        painter.drawEllipse(self.at(trail.here), 6, 6)

    def _line(self, trace: OverlapTrace) -> NDArray[np.float64]:
        area = self._area()
        half = area.width() / 2 / REACH
        line = np.empty(trace.overlaps.shape)
        line[:, 0] = area.center().x() + trace.overlaps[:, 0] * half
        line[:, 1] = area.center().y() - trace.overlaps[:, 1] * half
        return line

    # Gesture

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which point of the lattice is under the pointer."""
        super().mouseMoveEvent(event)
        self._point_to(self.lattice_point(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self._point_to(NOWHERE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk over the lattice by Shift and the arrows; other keys are those of every chart."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or self._band is None or event.modifiers() != _SHIFT:
            super().keyPressEvent(event)
            return
        self._point_to(self._next(self._band, way))

    def _point_to(self, place: tuple[int, int]) -> None:
        if place != self.spot:
            self.spot = place
            self.place_pointed.emit(*place)
            self.update()

    def _next(self, band: Band, way: tuple[float, float]) -> tuple[int, int]:
        """Return the neighbour of the place pointed at that lies most in a direction."""
        rows, columns = band.mean.shape
        if self.spot == NOWHERE:
            return rows // 2, columns // 2
        pixels = self._lattice_pixels(band)
        row, column = self.spot
        best, most = self.spot, 0.5  # what lies more across than ahead is no step ahead
        for down, right in product((-1, 0, 1), repeat=2):
            place = row + down, column + right
            if place == self.spot or not (0 <= place[0] < rows and 0 <= place[1] < columns):
                continue
            across, along = (pixels[place] - pixels[self.spot]).tolist()
            ahead = (across * way[0] + along * way[1]) / max(np.hypot(across, along), 1e-9)
            if ahead > most:
                best, most = place, ahead
        return best


def _distinct(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out points that lie within the same half pixel as the one before."""
    halves = np.rint(points * 2)
    moved = np.append(True, (np.diff(halves, axis=0) != 0).any(axis=1))
    distinct: NDArray[np.float64] = points[moved[: len(points)]]
    return distinct


def band_range(band: Band) -> tuple[float, float]:
    """Return the lowest and the highest energy of a band: one range for least, mean and most."""
    if np.isnan(band.least).all():
        return 0.0, 0.0
    return float(np.nanmin(band.least)), float(np.nanmax(band.most))


_SHIFT = Qt.KeyboardModifier.ShiftModifier
_RIGHTWARD = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value
