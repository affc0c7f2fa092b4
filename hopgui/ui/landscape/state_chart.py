"""A chart on which marks are states: pointed at they show themselves, clicked they want the pad."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.model.verdict import Kind
from hopgui.session.session import Picture
from hopgui.ui.landscape.state_tip import paint_tip
from hopgui.ui.look import fonts
from hopgui.ui.look.painting import paint_focus
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.parts.thumbnail import thumbnail
from hopgui.ui.parts.zoom import WHOLE, Zoom, moved, zoomed
from hopgui.ui.verdict.kinds import paint_kind

NOTCH = 120  # of the wheel, in Qt's eighths of a degree
REACH = 6.0  # pixels beyond a mark at which it can still be pointed at
STILL = 4  # pixels that a click may move
NOTHING = -1
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_STEP_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_PUT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value


@dataclass(frozen=True, eq=False)
class StateMark:
    """A state as a chart shows it.

    Attributes
    ----------
    state
        Units ±1, int8 array of shape (height, width).
    kind
        What it is: its shape.
    title
        What it is called.
    facts
        What is to be said of it, a line each.
    radius
        Half the size of its mark, in pixels.
    """

    state: Picture
    kind: Kind
    title: str
    facts: tuple[str, ...] = ()
    radius: float = 5.0


class StateChart(QWidget):
    """Draws marks of states; what lies behind them and where they stand, each kind of chart knows.

    The wheel zooms, a drag moves, a double click shows all again; + − 0 do the same by keyboard.
    Arrow keys walk from mark to mark, Return asks for the pad.

    Signals
    -------
    put_requested(object)
        The state of a mark is to be put on the pad, int8 array of shape (height, width).
    pointed(int)
        The mark now pointed at, −1 for none.
    """

    put_requested = Signal(object)
    pointed = Signal(int)
    zooms = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.marks: tuple[StateMark, ...] = ()
        self.zoom: Zoom = WHOLE
        self.marked = NOTHING
        self._hint = ""
        self._by_key = False
        self._grabbed: tuple[QPointF, Zoom] | None = None
        self._still = QPixmap()
        self._pictures: dict[tuple[int, int], QPixmap] = {}
        self._small = fonts.font(fonts.SMALL_SIZE)
        self.setFont(self._small)
        self.metrics = QFontMetricsF(self._small)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_marks(self, marks: Sequence[StateMark]) -> None:
        """Show these states."""
        self.marks = tuple(marks)
        self._pictures.clear()
        kept = self.marked if self.marked < len(self.marks) else NOTHING
        self.marked = NOTHING  # whatever it is now, it is told anew
        self._point_at(kept, by_key=self._by_key)
        self.renew()

    def show_hint(self, hint: str) -> None:
        """Say why nothing is to be seen, or nothing if it is."""
        if hint != self._hint:
            self._hint = hint
            self.renew()

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        self.theme = theme
        self._pictures.clear()
        self.renew()

    def renew(self) -> None:
        """Paint anew what stands still."""
        self._still = QPixmap()
        self.update()

    # What a kind of chart knows

    def place(self, index: int) -> QPointF:
        """Return where a mark stands in the whole picture."""
        raise NotImplementedError

    def paint_still(self, painter: QPainter) -> None:
        """Paint what lies behind the marks and changes seldom."""

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the marks and changes seldom."""

    def paint_moving(self, painter: QPainter) -> None:
        """Paint what moves, over the rest."""

    def tip_room(self) -> QRectF | None:
        """Return where what is pointed at is shown; None for beside it."""
        return None

    def paint_mark(self, painter: QPainter, index: int) -> None:
        """Draw one mark: its shape, unless a kind of chart has another way."""
        mark = self.marks[index]
        at = self.seen(index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.panel))
        painter.drawEllipse(at, mark.radius + 1.5, mark.radius + 1.5)
        paint_kind(painter, self.theme, mark.kind, at, mark.radius)

    def size_of(self, index: int) -> float:
        """Return half the size of what is drawn for a mark."""
        return self.marks[index].radius

    # Where things are

    def seen(self, index: int) -> QPointF:
        """Return where a mark is seen in the widget."""
        return self.zoom.shown(self.place(index))

    def mark_at(self, point: QPointF) -> int:
        """Return the nearest mark within reach of a point, −1 if there is none."""
        best, nearest = NOTHING, 0.0
        for index in range(len(self.marks)):
            way = self.seen(index) - point
            beyond = (way.x() ** 2 + way.y() ** 2) ** 0.5 - self.size_of(index)
            if beyond <= REACH and (best == NOTHING or beyond < nearest):
                best, nearest = index, beyond
        return best

    def picture_of(self, index: int, side: int) -> QPixmap:
        """Return the thumbnail of a mark."""
        key = index, side
        if key not in self._pictures:
            self._pictures[key] = thumbnail(
                self.marks[index].state, self.theme, side, self.devicePixelRatioF()
            )
        return self._pictures[key]

    def look(self, zoom: Zoom) -> None:
        """Show another part of the picture."""
        if zoom != self.zoom:
            self.zoom = zoom
            self.renew()

    def _point_at(self, index: int, *, by_key: bool = False) -> None:
        self._by_key = by_key and index != NOTHING
        if index == self.marked:
            return
        self.marked = index
        words = ""
        if index != NOTHING:
            mark = self.marks[index]
            words = ". ".join((mark.title, *mark.facts))
        self.setAccessibleDescription(words)
        self.pointed.emit(index)
        self.update()

    # Gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture, or of a mark."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position(), self.zoom
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture while it is held; else point at what is under the pointer."""
        if self._grabbed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            start, zoom = self._grabbed
            if self.zooms:
                self.look(moved(zoom, event.position() - start, QSizeF(self.size())))
            return
        self._point_at(self.mark_at(event.position()))
        on_mark = self.marked != NOTHING
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_mark else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the pad if a mark was clicked."""
        grabbed, self._grabbed = self._grabbed, None
        if grabbed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if (event.position() - grabbed[0]).manhattanLength() <= STILL:
            self._point_at(self.mark_at(event.position()))
            self._put()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole picture again, unless a mark is meant."""
        if self.mark_at(event.position()) == NOTHING:
            self.look(WHOLE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        if not self.zooms:
            event.ignore()
            return
        steps = event.angleDelta().y() / NOTCH
        self.look(zoomed(self.zoom, steps, event.position(), QSizeF(self.size())))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more, unless the keyboard does."""
        if not self._by_key:
            self._point_at(NOTHING)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep this chart's own keys from the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (*_ZOOM_KEYS, *_STEP_KEYS, *_PUT_KEYS, Qt.Key.Key_0, Qt.Key.Key_Escape)
            if event.key() in own and not _modified(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by the arrows, zoom by + − 0, put by Return, point at nothing by Escape."""
        key = Qt.Key(event.key())
        if _modified(event):
            event.ignore()
        elif key in _STEP_KEYS and self.marks:
            start = self.marked if self.marked != NOTHING else min(0, -_STEP_KEYS[key])
            self._point_at((start + _STEP_KEYS[key]) % len(self.marks), by_key=True)
        elif key in _ZOOM_KEYS and self.zooms:
            self.look(zoomed(self.zoom, _ZOOM_KEYS[key], self._middle(), QSizeF(self.size())))
        elif key == Qt.Key.Key_0:
            self.look(WHOLE)
        elif key in _PUT_KEYS:
            self._put()
        elif key == Qt.Key.Key_Escape and self.marked != NOTHING:
            self._point_at(NOTHING)
        else:
            event.ignore()

    def _middle(self) -> QPointF:
        """Return around what to zoom by keyboard."""
        if self.marked != NOTHING:
            return self.seen(self.marked)
        return QPointF(self.width() / 2, self.height() / 2)

    def _put(self) -> None:
        if self.marked != NOTHING:
            self.put_requested.emit(self.marks[self.marked].state)

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the chart into its new size."""
        super().resizeEvent(event)
        self.zoom = moved(self.zoom, QPointF(), QSizeF(self.size()))
        self.renew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what stands still, what moves, and what is pointed at."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._still.isNull() or self._still.devicePixelRatioF() != ratio:
            self._still = self._still_picture(ratio)
        painter.drawPixmap(0, 0, self._still)
        painter.setFont(self._small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.empty:
            self.paint_moving(painter)
            if self.marked != NOTHING:
                self._paint_pointed(painter)
        if self.hasFocus():
            paint_focus(painter, self.rect(), self.theme)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen but a hint."""
        return bool(self._hint)

    def draw(self, painter: QPainter) -> None:
        """Draw the chart without its ground; the painter's origin becomes its corner."""
        self._paint_still(painter)
        if not self.empty:
            self.paint_moving(painter)

    def _still_picture(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(self.theme.panel))
        painter = QPainter(picture)
        self._paint_still(painter)
        painter.end()
        return picture

    def _paint_still(self, painter: QPainter) -> None:
        painter.setFont(self._small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.empty:
            self._paint_hint(painter)
            return
        self.paint_still(painter)
        for index in range(len(self.marks)):
            self.paint_mark(painter, index)
        self.paint_over(painter)

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setFont(fonts.font())
        painter.setPen(QColor(self.theme.muted))
        side = max(16, (self.width() - 260) // 2)
        painter.drawText(self.rect().adjusted(side, 0, -side, 0), _WRAPPED, self._hint)

    def _paint_pointed(self, painter: QPainter) -> None:
        """Ring the mark pointed at, and show it beside."""
        mark, at = self.marks[self.marked], self.seen(self.marked)
        out = self.size_of(self.marked) + 3.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.text), 1.5))
        painter.drawRoundedRect(QRectF(at, QSizeF()).adjusted(-out, -out, out, out), out, out)
        picture = self.picture_of(self.marked, 56)
        lines = (mark.title, *mark.facts)
        room = self.tip_room() or QRectF(self.rect())
        paint_tip(painter, room, (at, out), lines, picture, self.theme)

    def sizeHint(self) -> QSize:
        """Return a size for a dock."""
        return QSize(340, 340)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which something is to be seen."""
        return QSize(200, 180)

    def font_of(self, weight: QFont.Weight) -> QFont:
        """Return the chart's type in a weight."""
        return fonts.font(fonts.SMALL_SIZE, weight)


def _modified(event: QKeyEvent) -> bool:
    ignored = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    return bool(event.modifiers() & ~ignored)
