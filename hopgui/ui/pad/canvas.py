"""The pad without the hand: the picture on its widget, zoomed, panned and pointed at."""

from collections.abc import Sequence
from math import floor

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.session.frame import Frame
from hopgui.session.session import Grid, Mask, Memory
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.pad.painting import PadPainting, Scene
from hopgui.ui.pad.strokes import NO_UNITS, Cell, Units
from hopgui.ui.pad.tools import Overlay
from hopgui.ui.pad.viewport import Viewport, fitted, panned, resized, zoomed

OUTSIDE = 6  # pixels around the picture that marks of its outer cells may take
WHEEL_NOTCH = 120  # in Qt's eighths of a degree


class PadCanvas(QWidget):
    """Shows the units of a frame in square cells.

    Signals
    -------
    hovered(int)
        The unit now under the pointer or the keyboard's cursor, −1 for none.
    zoomed(float)
        Size of the cells against those of the fitting picture.
    panned()
        A drag has moved the picture.
    placed(QRect)
        Where the picture now lies in the widget, in Qt's pixels.
    overlaid()
        An overlay was laid on or taken away.
    """

    hovered = Signal(int)
    zoomed = Signal(float)
    panned = Signal()
    placed = Signal(QRect)
    overlaid = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self._pinned: Mask | None = None
        self._weakest = NO_UNITS
        self._turning: Mask | None = None
        self._overlays = {Overlay.UNSTABLE, Overlay.RECENT}
        self._colours: tuple[int, ...] = ()
        self._painting = PadPainting(LIGHT)
        self._viewport: Viewport | None = None
        self._pointer: QPointF | None = None
        self._hovered_unit = -1
        self._wheel = 0
        self._panning = False
        self._pan_start: tuple[QPointF, Viewport] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_frame(self, frame: Frame) -> None:
        """Show a moment of the pad; a grid of another size is shown whole."""
        grid = grid_of(frame)
        other_grid = self._frame is None or grid_of(self._frame) != grid
        self._frame = frame
        if other_grid:
            self._look(fitted(grid, *self._window()))
            if self._pan_start is not None:
                # A drag under way goes on from here: the picture it began with is no more.
                start, _ = self._pan_start
                self._begin_pan(start if self._pointer is None else self._pointer)
        self.update(self.picture_rect().adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE))

    def show_pinned(self, mask: Mask) -> None:
        """Mark the pinned units, bool array of shape (height, width)."""
        self._pinned = mask
        self.update()

    def show_weakest(self, units: Units) -> None:
        """Mark the units that stand least firmly."""
        if not np.array_equal(units, self._weakest):
            self._weakest = units
            self.update()

    def show_turning(self, mask: Mask | None) -> None:
        """Mark the units whose flip changes where the state falls, bool of the pad's shape."""
        self._turning = mask
        self.update()

    def show_memories(self, memories: Sequence[Memory]) -> None:
        """Know the colours that the memories wear."""
        self._colours = tuple(memory.colour for memory in memories)
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        self._painting = PadPainting(theme)
        self.update()

    def set_overlay(self, overlay: Overlay, on: bool) -> None:
        """Lay an overlay over the picture, or take it away."""
        if on:
            self._overlays.add(overlay)
        else:
            self._overlays.discard(overlay)
        self.update()
        self.overlaid.emit()

    def shows(self, overlay: Overlay) -> bool:
        """Whether an overlay lies over the picture."""
        return overlay in self._overlays

    def set_panning(self, on: bool) -> None:
        """Let the left button move the picture instead of painting, for as long as it is on."""
        self._panning = on
        self._show_cursor_shape()

    def zoom_in(self) -> None:
        """Make the cells one step larger, around the middle."""
        self._zoom(1, QPointF(self.width() / 2, self.height() / 2))

    def zoom_out(self) -> None:
        """Make the cells one step smaller, not smaller than the fitting picture's."""
        self._zoom(-1, QPointF(self.width() / 2, self.height() / 2))

    def zoom_to_fit(self) -> None:
        """Show the whole picture, as large as it goes."""
        if self._viewport is not None:
            self._look(fitted(self._viewport.grid, *self._window()))

    @property
    def is_panned(self) -> bool:
        """Whether a drag is moving the picture."""
        return self._pan_start is not None

    def picture_rect(self) -> QRect:
        """Return where the picture lies in the widget, in Qt's pixels; empty without a frame."""
        view = self._viewport
        if view is None:
            return QRect()
        return QRect(
            round(view.left / view.ratio),
            round(view.top / view.ratio),
            round(view.grid.width * view.cell / view.ratio),
            round(view.grid.height * view.cell / view.ratio),
        )

    def cell_centre(self, cell: Cell) -> QPointF:
        """Return the middle of a cell in the widget, in Qt's pixels."""
        if self._viewport is None:
            return QPointF()
        view = self._viewport
        left, top = view.corner(cell)
        return QPointF(left + view.cell / 2, top + view.cell / 2) / view.ratio

    def _scene(self, frame: Frame) -> Scene:
        shape = frame.state.shape
        pinned = self._pinned if self._pinned is not None and self._pinned.shape == shape else None
        unstable = frame.unstable if Overlay.UNSTABLE in self._overlays else None
        recent = frame.recent if Overlay.RECENT in self._overlays else NO_UNITS
        nearest = frame.nearest.memory
        known = nearest is not None and nearest < len(self._colours)
        fits = self._turning is not None and self._turning.shape == shape
        return Scene(
            frame.state,
            unstable,
            pinned,
            frame.fields if Overlay.FIELD in self._overlays else None,
            frame.different if Overlay.DIFFERENCE in self._overlays else None,
            self._colours[nearest] if nearest is not None and known else 0,
            recent,
            self._weakest[self._weakest < frame.state.size],
            self._turning if fits else None,
        )

    def _cell_at(self, position: QPointF) -> Cell:
        view = self._viewport
        if view is None:
            return -1, -1
        return view.cell_at(position.x() * view.ratio, position.y() * view.ratio)

    def _window(self) -> tuple[int, int, float]:
        ratio = self.devicePixelRatioF()
        return floor(self.width() * ratio), floor(self.height() * ratio), ratio

    def _look(self, viewport: Viewport) -> None:
        before, self._viewport = self._viewport, viewport
        if before == viewport:
            return
        self.update()
        self.placed.emit(self.picture_rect())
        if before is None or before.zoom != viewport.zoom:
            self.zoomed.emit(viewport.zoom)
        self._hover()

    def _zoom(self, steps: int, at: QPointF) -> None:
        view = self._viewport
        if view is None:
            return
        self._look(zoomed(view, steps, at.x() * view.ratio, at.y() * view.ratio))
        if self._pan_start is not None and self._pointer is not None:
            self._begin_pan(self._pointer)

    def _hover(self) -> None:
        view, unit = self._viewport, -1
        if view is not None and self._pointer is not None:
            unit = view.unit_at(self._pointer.x() * view.ratio, self._pointer.y() * view.ratio)
        self._hover_unit(unit)

    def _hover_unit(self, unit: int) -> None:
        if unit != self._hovered_unit:
            self._hovered_unit = unit
            self.hovered.emit(unit)

    def _begin_pan(self, position: QPointF) -> None:
        if self._viewport is not None:
            self._pan_start = position, self._viewport
            self._show_cursor_shape()

    def _pan_to(self, position: QPointF) -> None:
        if self._pan_start is None:
            return
        start, view = self._pan_start
        way = (position - start) * view.ratio
        moved = panned(view, round(way.x()), round(way.y()))
        if moved != self._viewport:
            self._look(moved)
            self.panned.emit()

    def _end_pan(self) -> None:
        self._pan_start = None
        self._show_cursor_shape()

    def _show_cursor_shape(self) -> None:
        shape = Qt.CursorShape.OpenHandCursor if self._panning else Qt.CursorShape.CrossCursor
        if self._pan_start is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        self.setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the picture with the middle button, or the left while panning."""
        by_left = self._panning and event.button() == Qt.MouseButton.LeftButton
        if by_left or event.button() == Qt.MouseButton.MiddleButton:
            self._begin_pan(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture and tell the unit under the pointer."""
        self._pointer = event.position()
        self._pan_to(event.position())
        self._hover()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the picture lie."""
        self._pan_to(event.position())
        self._end_pan()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer, a step a notch."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / WHEEL_NOTCH)
        self._wheel -= steps * WHEEL_NOTCH
        if steps:
            self._pointer = event.position()
            self._zoom(steps, event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that no unit is under the pointer."""
        self._pointer = None
        self._hover()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the new size, or keep its middle where it is zoomed."""
        super().resizeEvent(event)
        self._refit()

    def event(self, event: QEvent) -> bool:
        """Fit the picture when the window comes to a screen of another scale."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refit()
        return super().event(event)

    def _refit(self) -> None:
        if self._viewport is not None:
            self._look(resized(self._viewport, *self._window()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the moment shown, in device pixels."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._painting.theme.panel))
        view = self._viewport
        if self._frame is None or view is None:
            return
        ratio = painter.deviceTransform().m11()
        if ratio != view.ratio:  # rendered to an image of another scale
            width, height = floor(self.width() * ratio), floor(self.height() * ratio)
            view = resized(view, width, height, ratio)
        self._painting.paint(painter, view, self._scene(self._frame))

    def sizeHint(self) -> QSize:
        """Return a size for which a small grid looks well."""
        return QSize(640, 640)

    def minimumSizeHint(self) -> QSize:
        """Return the size that holds the largest grid, a pixel a unit."""
        return QSize(256, 256)


def grid_of(frame: Frame) -> Grid:
    """Return the grid that a frame is on."""
    height, width = frame.state.shape
    return Grid(width, height)
