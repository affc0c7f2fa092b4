"""A table of couplings as colours, to be zoomed, panned and pointed at."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.couplings.heat_painting import HeatPainting
from hopgui.ui.couplings.heat_viewport import HeatViewport, fitted, panned, resized, zoomed
from hopgui.ui.couplings.table import CouplingTable
from hopgui.ui.look.theme import LIGHT, Theme

NOTCH = 120  # of the wheel, in Qt's eighths of a degree
PAN = 40

_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_PAN_KEYS = {
    Qt.Key.Key_Left: (PAN, 0),
    Qt.Key.Key_Right: (-PAN, 0),
    Qt.Key.Key_Up: (0, PAN),
    Qt.Key.Key_Down: (0, -PAN),
}


class HeatMap(QWidget):
    """Draws a table of couplings, each in the colour of its strength.

    Signals
    -------
    pointed(int, int)
        Row and column now under the pointer, −1 and −1 for none.
    viewed()
        Another part of the table is seen, or at another size.
    """

    pointed = Signal(int, int)
    viewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._painting = HeatPainting(LIGHT)
        self._table: CouplingTable | None = None
        self._view: HeatViewport | None = None
        self._marked: tuple[int, int] | None = None
        self._scale: float | None = None
        self._picture = QImage()
        self._pointer: QPointF | None = None
        self._cell = (-1, -1)
        self._grabbed: tuple[QPointF, HeatViewport] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_table(
        self, table: CouplingTable | None, marked: tuple[int, int] | None = None
    ) -> None:
        """Show a table; one of the same shape is seen as the last one was.

        Parameters
        ----------
        table
            The couplings, None for none.
        marked
            Row and column of a cell to be framed.
        """
        self._table, self._marked = table, marked
        view = self._view
        if table is not None and (view is None or (view.rows, view.columns) != table.shape):
            self._look(fitted(*table.shape, *self._window()))
        self._redraw()
        self._point()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self._painting = HeatPainting(theme)
        self._redraw()

    @property
    def viewport(self) -> HeatViewport | None:
        """Where the cells lie, in device pixels of the drawing area; None before any."""
        return self._view

    @property
    def ratio(self) -> float:
        """Device pixels to one of Qt's, on the screen or where else the table is drawn."""
        return self.devicePixelRatioF() if self._scale is None else self._scale

    def set_scale(self, scale: float) -> None:
        """Be rendered where so many device pixels go into one of Qt's."""
        self._scale = scale
        self._refit()

    def zoom_to_fit(self) -> None:
        """Show the whole table."""
        if self._view is not None:
            self._look(fitted(self._view.rows, self._view.columns, *self._window()))

    def area(self) -> QRect:
        """Return the part of the widget that the table is drawn in, in Qt's pixels."""
        return self.rect()

    def _window(self) -> tuple[int, int]:
        area = self.area()
        return int(area.width() * self.ratio), int(area.height() * self.ratio)

    def _look(self, view: HeatViewport) -> None:
        if view != self._view:
            self._view = view
            self._redraw()
            self._point()
            self.viewed.emit()

    def _redraw(self) -> None:
        self._picture = QImage()
        self.update()

    def _zoom(self, steps: float, at: QPointF | None = None) -> None:
        if self._view is None:
            return
        middle = QPointF(self._view.width / 2, self._view.height / 2)
        point = middle if at is None else self._inside(at)
        self._look(zoomed(self._view, steps, point.x(), point.y(), self.ratio))

    def _inside(self, position: QPointF) -> QPointF:
        """Return a point of the widget in the device pixels of the area."""
        return (position - QPointF(self.area().topLeft())) * self.ratio

    def _point(self) -> None:
        cell = None
        if self._view is not None and self._pointer is not None:
            point = self._inside(self._pointer)
            cell = self._view.cell_at(point.x(), point.y())
        if (cell or (-1, -1)) != self._cell:
            self._cell = cell or (-1, -1)
            self.pointed.emit(*self._cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the table."""
        if event.button() == Qt.MouseButton.LeftButton and self._view is not None:
            self._grabbed = event.position(), self._view
            if not self._view.fits:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the table and tell what is under the pointer."""
        self._pointer = event.position()
        if self._grabbed is not None:
            start, view = self._grabbed
            way = (event.position() - start) * self.ratio
            self._look(panned(view, way.x(), way.y()))
        self._point()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the table lie."""
        self._grabbed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show the whole table."""
        self.zoom_to_fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self._pointer = event.position()
        self._zoom(event.angleDelta().y() / NOTCH, event.position())
        if self._grabbed is not None and self._view is not None:
            self._grabbed = event.position(), self._view
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep this map's own keys from the window, and draw anew on another screen."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (*_ZOOM_KEYS, *_PAN_KEYS, Qt.Key.Key_0)
            if event.key() in own and not _modified(event):
                event.accept()
                return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by + and −, move by the arrows, show all by 0."""
        key = Qt.Key(event.key())
        if _modified(event):
            event.ignore()
        elif key in _ZOOM_KEYS:
            self._zoom(_ZOOM_KEYS[key])
        elif key in _PAN_KEYS and self._view is not None:
            across, down = _PAN_KEYS[key]
            self._look(panned(self._view, across * self.ratio, down * self.ratio))
        elif key == Qt.Key.Key_0:
            self.zoom_to_fit()
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that nothing is under the pointer."""
        self._pointer = None
        self._point()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table to the new size."""
        super().resizeEvent(event)
        self._refit()

    def _refit(self) -> None:
        if self._view is not None:
            self._look(resized(self._view, *self._window()))
            self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the part of the table that is seen."""
        view, table = self._view, self._table
        if view is None or table is None:
            return
        if self._picture.isNull():
            self._picture = self._painting.picture(view, table, self._marked, self.ratio)
        painter = QPainter(self)
        painter.drawImage(QRectF(self.area()), self._picture)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.act), 2))
            painter.drawRect(QRectF(self.area()).adjusted(1, 1, -1, -1))

    def sizeHint(self) -> QSize:
        """Return a size for a narrow column of panels."""
        return QSize(268, 268)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which something is to be seen."""
        return QSize(160, 140)


def _modified(event: QKeyEvent) -> bool:
    ignored = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    return bool(event.modifiers() & ~ignored)
