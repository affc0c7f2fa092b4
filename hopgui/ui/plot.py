"""A quiet plot of a run: updates to the right, the present moment marked, drag to scrub.

The curves and their transform are pyqtgraph's. Grid, numbers and marks are painted here, on whole
pixels, since they stand still while the curves move: Qt keeps their picture.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Memory
from hopgui.ui.numbers import number, round_above, tick_texts, ticks
from hopgui.ui.staircase import Points
from hopgui.ui.theme import LIGHT, Theme

SMALLEST_TYPE = 11
SHORTEST_SPAN = 10
MANY_POINTS = 2000
_TOP, _RIGHT, _BOTTOM, _LEAST_MARGIN = 18, 14, 22, 44
_GAP = 7
_RIGHTWARD = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value
_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
_LONGEST_SILENCE = 1000  # ms between two descriptions of a running plot for a screen reader


def blend(colour: QColor, ground: QColor, share: float) -> QColor:
    """Mix `share` of a colour with the ground it lies on; opaque, since that paints fastest."""
    mixed = (share * a + (1 - share) * b for a, b in zip(_rgb(colour), _rgb(ground), strict=True))
    return QColor(*(round(part) for part in mixed))


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


class TimeAxis(QObject):
    """The stretch of updates that the plots of a run share, and the margin that aligns them.

    Signals
    -------
    changed
        The stretch or the margin has changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.start = 0.0
        self.end = 100.0
        self.margin = _LEAST_MARGIN
        self._claims: dict[QObject, int] = {}

    def show_span(self, first: int, last: int) -> None:
        """Show at least the updates from `first` to `last`; the ends are round, and so hold."""
        length = round_above(max(last - first, SHORTEST_SPAN))
        start = math.floor(first / (length / 10)) * (length / 10)
        if start + length < last:
            length = round_above(last - start)
        if (start, start + length) != (self.start, self.end):
            self.start, self.end = start, start + length
            self.changed.emit()

    def claim_margin(self, plot: QObject, pixels: int) -> None:
        """Say how much room the numbers left of a plot need; every plot gets the most asked."""
        self._claims[plot] = pixels
        margin = max(self._claims.values())
        if margin != self.margin:
            self.margin = margin
            self.changed.emit()

    def release(self, plot: QObject) -> None:
        """Forget what a plot has claimed."""
        self._claims.pop(plot, None)


@dataclass(frozen=True)
class Dot:
    """A mark on a curve: full, with a rim of the ground, or hollow."""

    update: float
    value: float
    colour: QColor
    radius: float = 4.0
    hollow: bool = False


class _Curve(pg.PlotCurveItem):
    """A curve that says it fills the plot: to ask the data for their bounds costs more than that.

    The plot's box cuts off what lies outside.
    """

    def boundingRect(self) -> QRectF:  # noqa: N802
        box = self.getViewBox()
        return QRectF() if box is None else box.viewRect()


class RunPlot(pg.GraphicsView):
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
        super().__init__(parent, useOpenGL=False, background=None)
        self.setViewportUpdateMode(RunPlot.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMouseTracking(False)
        self.axis = axis
        self.values = (0.0, 1.0)
        self.dots: tuple[Dot, ...] = ()
        self.moment: int | None = None
        self.hint = ""
        self.alone = False
        self._name = ""
        self._reach: tuple[int, int] | None = None
        self._pointed: int | None = None
        self.theme = LIGHT
        self._ticks: list[tuple[float, str]] = []
        self._factor = ""
        self._taken: list[QRectF] = []
        self.area = QRectF()
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._box.disableAutoRange()
        self._box.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.addItem(self._box)
        self._choose_font()
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

    def name_axis(self, name: str) -> None:
        """Name what the plot counts to the right; it follows the last number."""
        self._name = name

    # What is shown

    def new_curve(self, depth: float) -> pg.PlotCurveItem:
        """Add an empty curve; the deeper lie under the higher."""
        curve = _Curve(antialias=False, skipFiniteCheck=True)
        curve.setZValue(depth)
        self._box.addItem(curve, ignoreBounds=True)
        return curve

    def draw_curve(
        self,
        curve: pg.PlotCurveItem,
        points: Points,
        colour: QColor,
        *,
        strong: bool = False,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Draw a curve through points; a strong one is 2 px wide while it is short."""
        curve.setVisible(points[0].size > 0)
        if not points[0].size:
            curve.clear()
            return
        wide = strong and points[0].size < MANY_POINTS
        # Qt counts a cosmetic pen in device pixels.
        width = (2.0 if wide else 1.0) * self.devicePixelRatioF()
        pen = QPen(colour, width, style, Qt.PenCapStyle.SquareCap)
        pen.setCosmetic(True)
        curve.setData(*points, pen=pen)

    def set_values(self, low: float, high: float) -> None:
        """Show the values from `low` to `high`."""
        if (low, high) != self.values:
            self.values = (low, high)
            self._lay_out()

    def set_hint(self, hint: str, *, alone: bool = False) -> None:
        """Show a sentence in the middle, or none; alone, with no plot around it, if need be."""
        if (hint, alone) != (self.hint, self.alone):
            self.hint, self.alone = hint, alone
            self.resetCachedContent()
            self.viewport().update()

    def set_moment(self, moment: int | None, dots: Sequence[Dot] = ()) -> None:
        """Show the moment's line, if any, and dots upon the curves."""
        self.moment, self.dots = moment, tuple(dots)
        self.viewport().update()

    def set_reach(self, reach: tuple[int, int] | None) -> None:
        """Let the person scrub from the first to the second update, or not at all."""
        if reach != self._reach:
            self._reach = reach
            if reach is None:
                self.viewport().unsetCursor()
            else:
                self.viewport().setCursor(Qt.CursorShape.SplitHCursor)

    @property
    def column(self) -> float:
        """Updates that share one column of device pixels."""
        pixels: float = max(1.0, self.area.width() * self.devicePixelRatioF())
        return (self.axis.end - self.axis.start) / pixels

    def place(self, update: float, value: float) -> QPointF:
        """Pixel at which the plot shows a value."""
        low, high = self.values
        along = (update - self.axis.start) / (self.axis.end - self.axis.start)
        up = (value - low) / (high - low)
        return QPointF(
            self.area.left() + along * self.area.width(),
            self.area.bottom() - up * self.area.height(),
        )

    # Gesture

    def update_at(self, x: float) -> int:
        """Return the update under a pixel, within reach."""
        along = (x - self.area.left()) / max(1.0, self.area.width())
        update = round(self.axis.start + along * (self.axis.end - self.axis.start))
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

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit the plot into its new size."""
        super().resizeEvent(event)
        if hasattr(self, "_box"):  # pyqtgraph resizes while it is being built
            self._reshape()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_box"):
            self._choose_font()
            self._lay_out()

    def _choose_font(self) -> None:
        pixels = QFontInfo(self.font()).pixelSize()
        self._font = QFont(self.font())
        self._font.setPixelSize(max(SMALLEST_TYPE, round(pixels * 0.85)))
        self._font.setFeature(QFont.Tag.fromString("tnum"), 1)
        self._metrics = QFontMetricsF(self._font)

    def _reshape(self) -> None:
        self._lay_out()
        self.reshaped.emit()

    def _lay_out(self) -> None:
        height = self.height() - _TOP - _BOTTOM
        self._ticks, self._factor = tick_texts(*self.values, max(2, int(height / 30)))
        widest = max((self._metrics.horizontalAdvance(text) for _, text in self._ticks), default=0)
        room = math.ceil((widest + _GAP + 2) / 4) * 4
        self.axis.claim_margin(self, max(_LEAST_MARGIN, room))
        left = self.axis.margin
        self.area = QRectF(left, _TOP, max(10, self.width() - left - _RIGHT), max(10, height))
        self._box.setGeometry(self.area)
        self._box.setRange(
            xRange=(self.axis.start, self.axis.end), yRange=self.values, padding=0, update=False
        )
        self.resetCachedContent()
        self.viewport().update()

    # Paint

    def drawBackground(self, painter: QPainter, _rect: QRectF) -> None:  # noqa: N802
        """Paint what stands still: ground, grid, numbers, the memories' lines, the hint."""
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        painter.setFont(self._font)
        if not self.alone:
            self._paint_axes(painter)
            self.paint_still(painter)
        if self.hint:
            room = self.area.adjusted(16, 0, -16, 0)
            words = painter.boundingRect(room, _WRAPPED, self.hint).adjusted(-6, -4, 6, 4)
            painter.fillRect(words, QColor(self.theme.panel))
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(room, _WRAPPED, self.hint)

    def _paint_axes(self, painter: QPainter) -> None:
        for value, text in self._ticks:
            self._paint_value_tick(painter, self.place(self.axis.start, value).y(), text)
        corner = QRectF(0, 0, self.area.left() - _GAP, _TOP - 6)
        painter.drawText(corner, _RIGHTWARD | Qt.TextFlag.TextDontClip.value, self._factor)
        self._paint_updates(painter)

    def paint_still(self, painter: QPainter) -> None:
        """Paint what else stands still behind the curves; a plot of a kind has its own."""

    def _paint_value_tick(self, painter: QPainter, y: float, text: str) -> None:
        painter.setPen(QColor(self.theme.line))
        painter.drawLine(QPointF(self.area.left(), y), QPointF(self.area.right(), y))
        painter.setPen(QColor(self.theme.muted))
        box = QRectF(0, y - 10, self.area.left() - _GAP, 20)
        painter.drawText(box, _RIGHTWARD, text)

    def _paint_updates(self, painter: QPainter) -> None:
        """Write the updates under the plot, the last with their name; drop what meets another."""
        painter.setPen(QColor(self.theme.muted))
        *others, last = ticks(self.axis.start, self.axis.end, 5)
        text = f"{number(last)} {self._name}"
        # The number itself stays centred under its place as long as the name leaves it room.
        width = self._metrics.horizontalAdvance(text)
        half = self._metrics.horizontalAdvance(number(last)) / 2
        left = min(self.place(last, 0).x() - half, self.width() - 2 - width)
        row = self.area.bottom() + 5
        painter.drawText(QPointF(left, row + self._metrics.ascent()), text)
        for value in others:
            text = number(value)
            half = self._metrics.horizontalAdvance(text) / 2
            x = self.place(value, 0).x()
            if x + half + 6 < left:
                painter.drawText(QPointF(x - half, row + self._metrics.ascent()), text)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:  # noqa: N802
        """Paint what moves: the moment's line, names that find room, and the dots on top."""
        if self.alone:
            return
        painter.setFont(self._font)
        if self.moment is not None:
            x = self.place(self.moment, 0).x()
            accent = QColor(self.theme.accent)
            accent.setAlphaF(0.5)
            painter.fillRect(QRectF(x - 0.5, self.area.top(), 1, self.area.height()), accent)
        self._taken.clear()
        self.paint_names(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for dot in self.dots:
            self._paint_dot(painter, dot)

    def paint_names(self, painter: QPainter) -> None:
        """Write names beside curves and lines, the foremost first; a plot of a kind has its own."""

    def name_size(self, name: str) -> tuple[float, float]:
        """Room that a name takes, in pixels; a long one is cut short."""
        return self._metrics.horizontalAdvance(self._elided(name)) + 2, self._metrics.height() - 1

    def write_name(self, painter: QPainter, name: str, colour: QColor, room: QRectF) -> None:
        """Write a name unless another stands there already."""
        if any(room.intersects(other) for other in self._taken):
            return
        self._taken.append(room)
        veil = QColor(self.theme.panel)
        veil.setAlphaF(0.8)
        painter.fillRect(room, veil)
        painter.setPen(colour)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter.value, self._elided(name))

    def _elided(self, name: str) -> str:
        return self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, self.area.width() * 0.4)

    def _paint_dot(self, painter: QPainter, dot: Dot) -> None:
        panel = QColor(self.theme.panel)
        rim, filling = (dot.colour, panel) if dot.hollow else (panel, dot.colour)
        painter.setPen(QPen(rim, 1.5))
        painter.setBrush(filling)
        painter.drawEllipse(self.place(dot.update, dot.value), dot.radius, dot.radius)


class PlotCard(QFrame):
    """A titled card with the plot of a run; what is drawn on it, each kind of card knows.

    Signals
    -------
    scrubbed
        The update that the person points at on the plot.
    """

    scrubbed = Signal(int)

    def __init__(self, plot: RunPlot, height: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._height = height
        self._plot = plot
        self._leads = True
        self._frame: Frame | None = None
        self._memories: tuple[Memory, ...] = ()
        self._described = QElapsedTimer()
        self._title = QLabel(self)
        self._title.setObjectName("title")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 4, 8)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(plot, 1)
        plot.scrubbed.connect(self.scrubbed)
        plot.reshaped.connect(self._draw)

    @property
    def time_axis(self) -> TimeAxis:
        """The stretch of updates shown, to be followed by other plots of the same run."""
        return self._plot.axis

    def follow(self, axis: TimeAxis) -> None:
        """Show the updates that another plot shows, in line with it."""
        self._leads = False
        self._plot.follow(axis)

    def show_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._plot.show_theme(theme)
        self._draw()
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Show one moment of a run, or of the pad at rest."""
        self._frame = frame
        recording = frame.recording
        reach = (recording.first_update, recording.updates) if recording else None
        self._plot.set_reach(reach)
        if self._leads:
            self.time_axis.show_span(*_span(frame))
        self._draw()
        running = frame.phase is Phase.RUNNING and self._described.isValid()
        if not running or self._described.hasExpired(_LONGEST_SILENCE):
            self._described.start()
            self.setAccessibleDescription(self._description(frame))

    def _draw(self) -> None:
        """Draw the frame shown last, if any."""
        raise NotImplementedError

    def _description(self, frame: Frame) -> str:
        """Say the frame in words, for those who do not see the plot."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Size in the window's right column."""
        return QSize(380, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the numbers can be read."""
        return QSize(240, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the keyboard's focus by a ring."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._plot.theme.act), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)


def _span(frame: Frame) -> tuple[int, int]:
    """First and last update to be seen: the run, the earlier ones, two sweeps of a small grid."""
    run = frame.recording
    if run is not None and run.first_update:
        return run.first_update, run.updates
    sweeps = min(2 * frame.state.size, 200)
    return 0, max([sweeps, *(each.updates for each in (*frame.earlier, *([run] if run else [])))])
