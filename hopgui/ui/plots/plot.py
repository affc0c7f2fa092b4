"""A quiet plot of a run: updates to the right, the present moment marked, drag to scrub.

Grid and numbers stand still while the curves move: they are painted once and kept as a picture.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from hopgui.ui.look.numbers import number, tick_texts, ticks
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.plots.axes import GAP, SMALLEST_TYPE, paint_counts, paint_factor, paint_values
from hopgui.ui.plots.curve import Curve, Mapping
from hopgui.ui.plots.names import PlotNames
from hopgui.ui.plots.staircase import Points
from hopgui.ui.plots.time_axis import LEAST_MARGIN, TimeAxis

MANY_POINTS = 2000
WIDEST_HINT = 230
_TOP, _RIGHT, _BOTTOM = 18, 14, 22
_CLOSE = 28  # pixels: a hint that near would cover the dot's own line
_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value


@dataclass(frozen=True)
class Dot:
    """A mark on a curve: full, with a rim of the ground, or hollow."""

    update: float
    value: float
    colour: QColor
    radius: float = 4.0
    hollow: bool = False


class RunPlot(QWidget):
    """Curves against updates.

    Signals
    -------
    scrubbed
        The update that the person points at with the left button down.
    reshaped
        The plot has another size or another stretch of updates: thin the curves anew.
    """

    scrubbed = Signal(int)
    reshaped = Signal()

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.axis = axis
        self.values = (0.0, 1.0)
        self.dots: tuple[Dot, ...] = ()
        self.moment: int | None = None
        self.hint = ""
        self.alone = False
        self._scale: float | None = None
        self._reach: tuple[int, int] | None = None
        self._pointed: int | None = None
        self.theme = LIGHT
        self._ticks: list[tuple[float, str]] = []
        self._factor = ""
        self.names = PlotNames()
        self._curves: list[Curve] = []
        self._mapping = Mapping(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0)
        self._still = QPixmap()
        self._still_ratio = 0.0
        self._choose_font()
        self._lay_out()
        axis.changed.connect(self._reshape)

    def follow(self, axis: TimeAxis) -> None:
        """Share another plot's stretch of updates and its margin."""
        self.axis.changed.disconnect(self._reshape)
        self.axis.release(self)
        self.axis = axis
        axis.changed.connect(self._reshape)
        self._reshape()

    def show_theme(self, theme: Theme) -> None:
        """Wear a theme; the curves keep their pens until they are drawn again."""
        self.theme = theme
        self._lay_out()

    # What is shown

    def new_curve(self, depth: float) -> Curve:
        """Add an empty curve; those of greater depth lie over the others."""
        curve = Curve(depth)
        self._curves.append(curve)
        return curve

    def draw_curve(
        self,
        curve: Curve,
        lines: Sequence[Points],
        colour: QColor,
        *,
        strong: bool = False,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Draw lines through points; a strong curve is 2 px wide while it is short."""
        if not (lines or curve.lines):
            return
        wide = strong and sum(x.size for x, _ in lines) < MANY_POINTS
        # Qt counts a cosmetic pen in device pixels.
        width = (2.0 if wide else 1.0) * self.scale
        pen = QPen(colour, width, style, Qt.PenCapStyle.SquareCap)
        pen.setCosmetic(True)
        curve.set_lines(lines, pen)
        self.update()

    def set_values(self, low: float, high: float) -> None:
        """Show the values from `low` to `high`."""
        if (low, high) != self.values:
            self.values = (low, high)
            self._lay_out()

    def set_hint(self, hint: str, *, alone: bool = False) -> None:
        """Show a sentence in the middle, or none; alone, with no plot around it, if need be."""
        if (hint, alone) != (self.hint, self.alone):
            self.hint, self.alone = hint, alone
            self._renew_still()

    def set_moment(self, moment: int | None, dots: Sequence[Dot] = ()) -> None:
        """Show the moment's line, if any, and dots upon the curves."""
        self.moment, self.dots = moment, tuple(dots)
        self.update()

    def set_reach(self, reach: tuple[int, int] | None) -> None:
        """Let the person scrub from the first to the second update, or not at all."""
        if reach != self._reach:
            self._reach = reach
            if reach is None:
                self.unsetCursor()
            else:
                self.setCursor(Qt.CursorShape.SplitHCursor)

    @property
    def area(self) -> QRectF:
        """The rectangle of the curves, in pixels."""
        return self._mapping.area

    @property
    def scale(self) -> float:
        """Device pixels to one of Qt's, on the screen or where else the plot is drawn."""
        return self.devicePixelRatioF() if self._scale is None else self._scale

    def set_scale(self, scale: float) -> None:
        """Be drawn by `draw` where so many device pixels go into one of Qt's."""
        self._scale = scale
        self._reshape()

    @property
    def column(self) -> float:
        """Updates that share one column of device pixels."""
        pixels: float = max(1.0, self._mapping.width * self.scale)
        return (self.axis.end - self.axis.start) / pixels

    def place(self, update: float, value: float) -> QPointF:
        """Pixel at which the plot shows a value."""
        return QPointF(self._mapping.x(update), self._mapping.y(value))

    # Gesture

    def update_at(self, x: float) -> int:
        """Return the update under a pixel, within reach."""
        update = round(self._mapping.update_at(x))
        first, last = self._reach or (0, 0)
        return min(max(update, first), last)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Scrub to the pixel pressed."""
        self._pointed = None
        self._scrub(event, event.button() == Qt.MouseButton.LeftButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub along while the left button is down."""
        self._scrub(event, bool(event.buttons() & Qt.MouseButton.LeftButton))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a second press for what it is."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to others."""
        event.ignore()

    def _scrub(self, event: QMouseEvent, meant: bool) -> None:
        event.accept()
        if not meant or self._reach is None:
            return
        update = self.update_at(event.position().x())
        if update != self._pointed:
            self._pointed = update
            self.scrubbed.emit(update)

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the plot into its new size."""
        super().resizeEvent(event)
        self._reshape()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._choose_font()
            self._lay_out()

    def _renew_still(self) -> None:
        """Paint anew what stands still."""
        self._still = QPixmap()
        self.update()

    def _choose_font(self) -> None:
        pixels = QFontInfo(self.font()).pixelSize()
        self._font = QFont(self.font())
        self._font.setPixelSize(max(SMALLEST_TYPE, round(pixels * 0.85)))
        self._font.setFeature(QFont.Tag.fromString("tnum"), 1)
        self._metrics = QFontMetricsF(self._font)
        self._below = max(_BOTTOM, math.ceil(self._metrics.height()) + GAP)
        self._hint_font = QFont(self.font())
        self._hint_font.setPixelSize(max(SMALLEST_TYPE, round(pixels * 0.95)))

    def _reshape(self) -> None:
        self._lay_out()
        self.reshaped.emit()

    def _lay_out(self) -> None:
        height = self.height() - _TOP - self._below
        self._ticks, self._factor = tick_texts(*self.values, max(2, int(height / 30)))
        widest = max((self._metrics.horizontalAdvance(text) for _, text in self._ticks), default=0)
        room = math.ceil((widest + GAP + 2) / 4) * 4
        self.axis.claim_margin(self, max(LEAST_MARGIN, room))
        left = self.axis.margin
        self._mapping = Mapping(
            self.axis.start,
            self.axis.end,
            *self.values,
            left,
            _TOP,
            max(10, self.width() - left - _RIGHT),
            max(10, height),
        )
        self.names.fit(self._metrics, self.area.width() * 0.4)
        self._renew_still()

    # Paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what stands still, the curves, and what moves upon them."""
        painter = QPainter(self)
        ratio = painter.device().devicePixelRatioF()
        if self._still.isNull() or ratio != self._still_ratio:
            self._still, self._still_ratio = self._still_picture(ratio), ratio
        painter.drawPixmap(0, 0, self._still)
        self._paint_live(painter)

    def draw(self, painter: QPainter) -> None:
        """Draw the plot without its ground, in lines and letters: for a file, not for the screen.

        Parameters
        ----------
        painter
            Its origin becomes the plot's corner.
        """
        painter.setFont(self._font)
        if not self.alone:
            self._paint_axes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_live(painter)

    def _paint_live(self, painter: QPainter) -> None:
        painter.setFont(self._font)
        if not self.alone:
            self.paint_lines(painter)
        if self.hint:
            self._paint_hint(painter)
        if self.alone:
            return
        if self.moment is not None:
            self._paint_moment(painter, self.place(self.moment, 0).x())
        painter.setClipRect(self.area.adjusted(-1, -1, 1, 1))
        for curve in sorted(self._curves, key=lambda curve: curve.depth):
            curve.paint(painter, self._mapping)
        painter.setClipping(False)
        self._paint_moving(painter)

    def _still_picture(self, ratio: float) -> QPixmap:
        """Return ground, grid and numbers."""
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(self.theme.panel))
        painter = QPainter(picture)
        painter.setFont(self._font)
        if not self.alone:
            self._paint_axes(painter)
        painter.end()
        return picture

    def _paint_hint(self, painter: QPainter) -> None:
        room = QRectF(self.rect()) if self.alone else self.area
        side = max(16.0, (room.width() - WIDEST_HINT) / 2)
        room.adjust(side, 0, -side, 0)
        middle = room.center().y()
        if any(abs(self.place(dot.update, dot.value).y() - middle) < _CLOSE for dot in self.dots):
            # Not across the line on which the dot stands.
            room.setBottom(middle - 4)
        painter.setFont(self._hint_font)
        words = painter.boundingRect(room, _WRAPPED, self.hint).adjusted(-6, -4, 6, 4)
        painter.fillRect(words, QColor(self.theme.panel))
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(room, _WRAPPED, self.hint)
        painter.setFont(self._font)

    def _paint_axes(self, painter: QPainter) -> None:
        start, end = self.axis.start, self.axis.end
        values = [(self.place(start, value).y(), text) for value, text in self._ticks]
        paint_values(painter, self.area, self.theme, values)
        paint_factor(painter, self.area, self._factor)
        counts = [(self.place(value, 0).x(), number(value)) for value in ticks(start, end, 5)]
        paint_counts(painter, self.area, self.width(), self.theme, counts)

    def paint_lines(self, painter: QPainter) -> None:
        """Paint lines across, behind the curves; a plot of a kind has its own."""

    def _paint_moment(self, painter: QPainter, x: float) -> None:
        # An opaque colour: Qt hands tall strips of a translucent one to other threads, and waits.
        colour = blend(self.theme.accent, self.theme.panel, 0.5)
        painter.fillRect(QRectF(x - 0.5, self.area.top(), 1, self.area.height()), colour)

    def _paint_moving(self, painter: QPainter) -> None:
        """Paint names that find room, and the dots on top."""
        self.names.clear(self._box_of(dot) for dot in self.dots if not dot.hollow)
        self.paint_names(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for dot in self.dots:
            self._paint_dot(painter, dot)

    def paint_names(self, painter: QPainter) -> None:
        """Write names beside curves and lines, the foremost first; a plot of a kind has its own."""

    def write_name(
        self, painter: QPainter, name: str, colour: QColor, rooms: Sequence[QRectF]
    ) -> None:
        """Write a name in the first of these rooms where no other name and no dot is, if any."""
        self.names.write(painter, name, (colour, QColor(self.theme.panel)), rooms)

    def _box_of(self, dot: Dot) -> QRectF:
        out = dot.radius + 2
        return QRectF(self.place(dot.update, dot.value), QSizeF()).adjusted(-out, -out, out, out)

    def _paint_dot(self, painter: QPainter, dot: Dot) -> None:
        panel = QColor(self.theme.panel)
        rim, filling = (dot.colour, panel) if dot.hollow else (panel, dot.colour)
        painter.setPen(QPen(rim, 1.5))
        painter.setBrush(filling)
        painter.drawEllipse(self.place(dot.update, dot.value), dot.radius, dot.radius)
