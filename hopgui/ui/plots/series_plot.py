"""A quiet plot of a few lines against a count, with levels to compare them with."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.look.numbers import held_range, tick_texts
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.plots.axes import GAP, SMALLEST_TYPE, paint_counts, paint_values
from hopgui.ui.plots.names import PlotNames

_TOP, _RIGHT, _BOTTOM = 10, 14, 22
_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value


@dataclass(frozen=True, eq=False)
class Series:
    """A line.

    Attributes
    ----------
    name
        What stands at its end.
    counts, values
        Its points, float64 arrays of shape (points,), counts rising; NaN where there is none.
    strong
        Whether it is drawn in the colour of the act; else it stands back.
    errors
        Half the length of the bar through each point, as `values`; None where there are none.
    """

    name: str
    counts: NDArray[np.float64]
    values: NDArray[np.float64]
    strong: bool = True
    errors: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Level:
    """A line across, with its name."""

    name: str
    value: float


class SeriesPlot(QWidget):
    """Lines against a count.

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
        self._series: tuple[Series, ...] = ()
        self._levels: tuple[Level, ...] = ()
        self._last = 1.0
        self._values = (0.0, 0.0)
        self._names = PlotNames()

    def show_series(
        self, series: Sequence[Series], levels: Sequence[Level] = (), last: float = 1.0
    ) -> None:
        """Show these lines.

        Parameters
        ----------
        series
            The lines.
        levels
            Lines across, to compare them with.
        last
            The count at the right end.
        """
        self._series, self._levels, self._last = tuple(series), tuple(levels), max(last, 1.0)
        values = [self._finite(each) for each in series] + [
            np.array([level.value for level in levels], np.float64)
        ]
        all_values = np.concatenate(values)
        if all_values.size:
            low, high = float(all_values.min()), float(all_values.max())
            self._values = held_range(self._values, low, high)
        else:
            self._values = (0.0, 0.0)
        self.update()

    def show_hint(self, hint: str) -> None:
        """Say this while there is nothing to draw."""
        self._hint = hint
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the height of a small plot."""
        return QSize(240, 150)

    def minimumSizeHint(self) -> QSize:
        """Ask for enough to see a line fall."""
        return QSize(160, 110)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw grid, levels, lines and names."""
        self.draw(QPainter(self))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen but a hint."""
        return not any(self._finite(each).size for each in self._series)

    def draw(self, painter: QPainter) -> None:
        """Draw the chart without its ground; the painter's origin becomes its corner."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(max(SMALLEST_TYPE, round(QFontInfo(font).pixelSize() * 0.85)))
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
        painter.setFont(font)
        if self.empty:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QRectF(self.rect()).adjusted(16, 0, -16, 0), _WRAPPED, self._hint)
            return
        metrics = QFontMetricsF(font)
        texts, factor = tick_texts(*self._values, max(2, (self.height() - _TOP - _BOTTOM) // 30))
        widest = max((metrics.horizontalAdvance(text) for _, text in texts), default=0.0)
        area = QRectF(math.ceil(widest + GAP + 2), _TOP, 0, self.height() - _TOP - _BOTTOM)
        area.setRight(self.width() - _RIGHT)
        values = [(self._y(area, value), text) for value, text in texts]
        paint_values(painter, area, self._theme, values)
        if factor:
            painter.drawText(QRectF(area.left(), 0, area.width(), 14), factor)
        counts = [(self._x(area, count), text) for count, text in tick_texts(0, self._last, 4)[0]]
        paint_counts(painter, area, self.width(), self._theme, counts)
        self._names.fit(metrics, area.width() * 0.6)
        self._names.clear(())
        for level in self._levels:
            self._paint_level(painter, area, level)
        painter.setClipRect(area.adjusted(-2, -2, 2, 2))
        for each in sorted(self._series, key=lambda each: each.strong):
            self._paint_series(painter, area, each)
        painter.setClipping(False)
        for each in sorted(self._series, key=lambda each: not each.strong):
            self._write_name(painter, area, each)

    def _paint_level(self, painter: QPainter, area: QRectF, level: Level) -> None:
        y = self._y(area, level.value)
        painter.setPen(QPen(QColor(self._theme.text), 1, Qt.PenStyle.DashLine))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self._names.size(level.name)
        right = area.right() - width
        rooms = [QRectF(right, y - height - 1, width, height), QRectF(right, y + 2, width, height)]
        colours = (QColor(self._theme.text), QColor(self._theme.panel))
        self._names.write(painter, level.name, colours, rooms)

    def _paint_series(self, painter: QPainter, area: QRectF, series: Series) -> None:
        colour = self._colour(series)
        painter.setPen(QPen(colour, 1.75 if series.strong else 1.25))
        points = self._points(area, series)
        painter.drawPolyline(QPolygonF(points))
        if series.errors is not None:
            known = np.isfinite(series.values)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            for point, error in zip(points, series.errors[known].tolist(), strict=True):
                high = area.height() * error / (self._values[1] - self._values[0])
                painter.drawLine(point + QPointF(0, -high), point + QPointF(0, high))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if points:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(points[-1], 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _write_name(self, painter: QPainter, area: QRectF, series: Series) -> None:
        points = self._points(area, series)
        if not points:
            return
        end = points[-1]
        width, height = self._names.size(series.name)
        left = min(max(area.left(), end.x() - width), area.right() - width)
        rooms = [
            QRectF(left, end.y() - height - 5, width, height),
            QRectF(left, end.y() + 5, width, height),
            QRectF(left, end.y() - 2 * height - 7, width, height),
            QRectF(left, end.y() + height + 7, width, height),
        ]
        inside = [room for room in rooms if area.adjusted(0, -8, 0, 4).contains(room)]
        colours = (self._colour(series), QColor(self._theme.panel))
        self._names.write(painter, series.name, colours, inside)

    def _colour(self, series: Series) -> QColor:
        return QColor(self._theme.act if series.strong else self._theme.muted)

    def _points(self, area: QRectF, series: Series) -> list[QPointF]:
        return [
            QPointF(self._x(area, count), self._y(area, value))
            for count, value in zip(series.counts.tolist(), series.values.tolist(), strict=True)
            if math.isfinite(value)
        ]

    def _x(self, area: QRectF, count: float) -> float:
        return area.left() + area.width() * count / self._last

    def _y(self, area: QRectF, value: float) -> float:
        low, high = self._values
        return area.bottom() - area.height() * (value - low) / (high - low)

    @staticmethod
    def _finite(series: Series) -> NDArray[np.float64]:
        return series.values[np.isfinite(series.values)]
