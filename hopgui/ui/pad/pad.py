"""The pad: shows the units, and turns what a hand does over them into strokes."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from hopgui.session.frame import Frame
from hopgui.session.region import spanned, whole
from hopgui.session.session import Grid, Picture
from hopgui.ui.pad.canvas import grid_of
from hopgui.ui.pad.drag import FRAMED, LINKED, NO_CELLS, Drag, Hand
from hopgui.ui.pad.painting import Scene
from hopgui.ui.pad.selecting import ARROWS, SelectingCanvas
from hopgui.ui.pad.strokes import LARGEST_BRUSH, Cell, PinStroke, Stroke, Units, ink
from hopgui.ui.pad.tools import Overlay, Tool
from hopgui.ui.pad.viewport import revealing

__all__ = ["Overlay", "PadView", "PinStroke", "Stroke", "Tool"]

_SETTERS = {
    Qt.Key.Key_Return: True,
    Qt.Key.Key_Enter: True,
    Qt.Key.Key_Backspace: False,
    Qt.Key.Key_Delete: False,
}
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class PadView(SelectingCanvas):
    """Shows the pad and speaks of every stroke over it.

    Left paints +1, right −1, whatever else is pressed meanwhile. Pencil, eraser and pin act while
    they are dragged; line, rectangle, stamp and blank are shown while they are dragged and act
    on the release, unless Escape comes first. Shift and a click draw a straight line from the last
    cell. Ctrl and the arrow keys move a cell cursor; Return sets +1 there, Backspace −1.

    The select tool selects the rectangle dragged, and nothing by a click; with Ctrl and Shift the
    arrow keys do the same from the cell cursor. With another tool in the hand nothing is selected.

    Signals
    -------
    stroke_begun()
        Before the first units of a stroke.
    painted(object)
        A `Stroke`: units newly covered. No unit comes twice in one stroke.
    pin_painted(object)
        A `PinStroke`, likewise.
    stroke_ended()
        After the last units of a stroke.
    stroke_cancelled()
        A line, rectangle or stamp was given up before it acted.
    blank_chosen(object)
        Units of the rectangle that was dragged with the blank tool, int32 array.
    selection_changed(), piece_set(object)
        As `SelectingCanvas` says.
    hovered(int), zoomed(float), panned(), placed(QRect), overlaid()
        As `PadCanvas` says.
    """

    stroke_begun = Signal()
    painted = Signal(object)
    pin_painted = Signal(object)
    stroke_ended = Signal()
    stroke_cancelled = Signal()
    blank_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand = Hand()
        self._drag: Drag | None = None
        self._drag_button = Qt.MouseButton.NoButton
        self._stroke_open = False
        self._last_cell: Cell | None = None
        self._cursor: Cell = (0, 0)
        self._cursor_shown = False
        self._anchor: Cell | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAccessibleName(self.tr("Pad"))
        self.setAccessibleDescription(
            self.tr(
                "Paint units with the mouse, or move the cell cursor with Ctrl and the arrow keys"
                " and set +1 with Return, −1 with Backspace."
            )
        )

    def set_tool(self, tool: Tool) -> None:
        """Take a tool into the hand; a drag under way keeps its own, a piece that floats is set."""
        self._hand = replace(self._hand, tool=tool)
        if tool is Tool.SELECT:
            self.set_piece()
        else:
            self.select(None)

    def select_all(self) -> None:
        """Select the whole pad; the select tool should be in the hand."""
        if self._frame is not None:
            self.select(whole(grid_of(self._frame)))

    def set_brush(self, size: int) -> None:
        """Set the diameter of the brush, 1 … 9 cells."""
        self._hand = replace(self._hand, size=min(max(size, 1), LARGEST_BRUSH))

    def set_stamp(self, picture: Picture | None) -> None:
        """Take a picture, int8 array of shape (height, width), as the stamp; None for none."""
        self._hand = replace(self._hand, stamp=NO_CELLS if picture is None else ink(picture))

    def set_mirror(self, horizontally: bool, vertically: bool) -> None:
        """Paint left and right alike, top and bottom alike, or both."""
        self._hand = replace(self._hand, horizontally=horizontally, vertically=vertically)

    def show_frame(self, frame: Frame) -> None:
        """Show a moment of the pad. A grid of another size ends the stroke under way."""
        if self._frame is not None and self._frame.state.shape != frame.state.shape:
            self._give_up()
            self._last_cell = self._anchor = None
            height, width = frame.state.shape
            self._cursor = min(self._cursor[0], width - 1), min(self._cursor[1], height - 1)
        super().show_frame(frame)

    def _scene(self, frame: Frame) -> Scene:
        scene = super()._scene(frame)
        if self._cursor_shown and self.hasFocus():
            scene = replace(scene, cursor=self._cursor)
        drag = self._drag
        if drag is None or not drag.is_shape:
            return scene
        if drag.hand.tool in FRAMED:
            return replace(scene, frame=drag.clipped_corners())
        state = scene.state.copy()
        state.flat[drag.shape()] = drag.value
        if drag.hand.tool is Tool.STAMP:
            return replace(scene, state=state)
        if drag.hand.tool is Tool.LINE:
            return replace(scene, state=state, guide=(drag.start, drag.last))
        return replace(scene, state=state, frame=drag.clipped_corners())

    def _begin(self, event: QMouseEvent, frame: Frame) -> None:
        cell = self._cell_at(event.position())
        in_a_line = bool(event.modifiers() & _SHIFT) and self._hand.tool in LINKED
        drag = self._drag = Drag(
            self._hand,
            adds=event.button() == Qt.MouseButton.LeftButton,
            grid=grid_of(frame),
            start=cell,
            came_from=self._last_cell if in_a_line else None,
        )
        self._drag_button = event.button()
        self._cursor_shown = False
        self._anchor = None
        self.update()
        if drag.hand.tool is Tool.FILL:
            self._hand_over(drag, drag.flood(frame.state))
        else:
            self._hand_over(drag, drag.extend(cell))

    def _hand_over(self, drag: Drag, units: Units) -> None:
        """Emit what a drag has newly covered; the first units open the stroke."""
        if not units.size:
            return
        if not self._stroke_open:
            self._stroke_open = True
            self.stroke_begun.emit()
        if drag.hand.tool is Tool.PIN:
            self.pin_painted.emit(PinStroke(units, drag.adds))
        else:
            self.painted.emit(Stroke(units, drag.value))

    def _finish(self) -> None:
        """Let go: shapes act now, and the stroke is closed."""
        drag = self._drag
        if drag is None:
            return
        self._drag = None
        if drag.hand.tool is Tool.BLANK:
            units = drag.shape()
            if units.size:
                self.blank_chosen.emit(units)
        elif drag.hand.tool is Tool.SELECT:
            corners = None if drag.start == drag.last else drag.clipped_corners()
            self.select(None if corners is None else spanned(*corners))
        elif drag.is_shape:
            self._hand_over(drag, drag.shape())
        elif drag.hand.tool in LINKED:
            self._last_cell = drag.last
        self._close_stroke()

    def _give_up(self) -> None:
        """End the drag where it is: shapes are forgotten, what was painted stays."""
        drag, self._drag = self._drag, None
        self._let_go()
        if drag is not None and drag.is_shape:
            self.stroke_cancelled.emit()
        self._close_stroke()

    def _close_stroke(self) -> None:
        self.update()
        if self._stroke_open:
            self._stroke_open = False
            self.stroke_ended.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke with the left or right button."""
        if self._drag is not None or self._press_piece(event):
            return
        super().mousePressEvent(event)
        paints = event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton}
        if paints and self._frame is not None and not self.is_panned:
            self._begin(event, self._frame)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the stroke on, in a straight line from where the pointer was."""
        super().mouseMoveEvent(event)
        drag = self._drag
        if self._drag_piece(event) or drag is None:
            return
        if not event.buttons() & self._drag_button:  # the release went elsewhere
            self._finish()
            return
        self._hand_over(drag, drag.extend(self._cell_at(event.position())))
        if drag.is_shape:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke when the button that began it is let go."""
        drag = self._drag
        if self._drag_piece(event):
            return
        if drag is None:
            super().mouseReleaseEvent(event)
        elif event.button() == self._drag_button:
            self._hand_over(drag, drag.extend(self._cell_at(event.position())))
            self._finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Paint: two quick clicks are two clicks."""
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the keys of the pad before shortcuts do, and end the stroke with its window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._is_own_key(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._give_up()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cell cursor to whoever comes by keyboard."""
        by_key = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if event.reason() in by_key:
            self._cursor_shown = True
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the stroke when the keys go elsewhere."""
        self._give_up()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """End the stroke when the pad is hidden."""
        self._give_up()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cell cursor, set the unit at it, or give up a shape."""
        if self._frame is None or not self._is_own_key(event):
            super().keyPressEvent(event)
        elif self._drags_a_shape and event.key() == Qt.Key.Key_Escape:
            self._give_up()
        elif self._is_selection_key(event):
            self._press_selection_key(event)
        elif event.key() in ARROWS:
            self._walk(ARROWS[event.key()], self._frame, selects=bool(event.modifiers() & _SHIFT))
        elif self._drag is None:
            self._set_at_cursor(_SETTERS[Qt.Key(event.key())], grid_of(self._frame))

    @property
    def _drags_a_shape(self) -> bool:
        return self._drag is not None and self._drag.is_shape

    def _is_own_key(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._is_selection_key(event):
            return True
        if event.key() in ARROWS:
            selects = self._hand.tool is Tool.SELECT and modifiers == _CONTROL | _SHIFT
            return modifiers == _CONTROL or selects
        if event.key() == Qt.Key.Key_Escape:
            return self._drags_a_shape
        # What blanks a region must not set a unit instead.
        sets = event.key() in _SETTERS and (_SETTERS[Qt.Key(event.key())] or self.region is None)
        return sets and modifiers == _NO_MODIFIER and self._cursor_shown

    def _walk(self, way: Cell, frame: Frame, *, selects: bool) -> None:
        """Move the cell cursor, and select all cells from where it set out."""
        if self._anchor is None:
            self._anchor = self._cursor
        self._move_cursor(way, grid_of(frame))
        if selects:
            self.select(spanned(self._anchor, self._cursor))
        else:
            self._anchor = self._cursor

    def _move_cursor(self, way: Cell, grid: Grid) -> None:
        """Move the cell cursor; where it was hidden, the first key only shows it."""
        column, row = self._cursor
        if self._cursor_shown:
            column = min(max(column + way[0], 0), grid.width - 1)
            row = min(max(row + way[1], 0), grid.height - 1)
        self._cursor = column, row
        self._cursor_shown = True
        if self._viewport is not None:
            self._look(revealing(self._viewport, self._cursor))
        self._hover_unit(row * grid.width + column)
        self._describe_cursor()
        self.update()

    def _set_at_cursor(self, adds: bool, grid: Grid) -> None:
        tool = self._hand.tool if self._hand.tool in {Tool.PIN, Tool.STAMP} else Tool.PENCIL
        hand = replace(self._hand, tool=tool, size=1)
        drag = Drag(hand, adds=adds, grid=grid, start=self._cursor)
        covered = drag.shape() if drag.is_shape else drag.extend(self._cursor)
        self._hand_over(drag, covered)
        self._close_stroke()

    def _describe_cursor(self) -> None:
        if self._frame is None:
            return
        column, row = self._cursor
        value = "+1" if self._frame.state[row, column] > 0 else "−1"
        self.setAccessibleDescription(
            self.tr("unit ({column}, {row}): {value}").format(column=column, row=row, value=value)
        )
