"""A line through points, kept ready to be drawn again."""

from collections.abc import Sequence
from ctypes import c_double
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from shiboken6 import Shiboken

from hopgui.ui.plots.staircase import Points

Numbers = TypeVar("Numbers", float, NDArray[np.float64])


@dataclass(frozen=True)
class Mapping:
    """From updates and values to pixels.

    Attributes
    ----------
    start, end
        Updates at the left and the right edge.
    low, high
        Values at the bottom and the top edge.
    left, top, width, height
        The edges in pixels.
    """

    start: float
    end: float
    low: float
    high: float
    left: float
    top: float
    width: float
    height: float

    @property
    def area(self) -> QRectF:
        """The rectangle in pixels."""
        return QRectF(self.left, self.top, self.width, self.height)

    def x(self, updates: Numbers) -> Numbers:
        """Return where updates lie, in pixels from the left."""
        return self.left + (updates - self.start) * (self.width / (self.end - self.start))

    def y(self, values: Numbers) -> Numbers:
        """Return where values lie, in pixels from the top."""
        bottom = self.top + self.height
        return bottom - (values - self.low) * (self.height / (self.high - self.low))

    def update_at(self, x: float) -> float:
        """Return which update lies at a pixel."""
        return self.start + (x - self.left) * (self.end - self.start) / self.width


class Curve:
    """One or more lines in one pen.

    Attributes
    ----------
    depth
        Curves of a greater depth number lie over those of a smaller.
    lines
        The points of each line, in updates and values.
    pen
        What they are drawn with; its width counts device pixels.
    """

    def __init__(self, depth: float) -> None:
        self.depth = depth
        self.lines: tuple[Points, ...] = ()
        self.pen = QPen(Qt.PenStyle.NoPen)
        self._mapping: Mapping | None = None
        self._polygons: list[QPolygonF] = []

    def set_lines(self, lines: Sequence[Points], pen: QPen) -> None:
        """Draw these lines from now on."""
        self.lines, self.pen = tuple(lines), pen
        self._mapping = None

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the lines."""
        if not self.lines:
            return
        if mapping != self._mapping:
            self._mapping = mapping
            self._polygons = [polygon_of(mapping.x(x), mapping.y(y)) for x, y in self.lines]
        painter.setPen(self.pen)
        for polygon in self._polygons:
            painter.drawPolyline(polygon)


def polygon_of(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    """Return points as Qt keeps them."""
    polygon = QPolygonF()
    if not x.size:
        return polygon
    polygon.resize(x.size)
    # A thousand points one by one would take longer than drawing them: they are written at once
    # where Qt keeps them, each as two doubles.
    (address,) = Shiboken.getCppPointer(polygon.data())
    points = np.ctypeslib.as_array((c_double * (2 * x.size)).from_address(address))
    points[::2], points[1::2] = x, y
    return polygon
