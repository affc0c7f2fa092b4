"""The pad with a region selected on it, or a piece floating over it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from hopgui.session.frame import Frame
from hopgui.session.region import Piece, Region
from hopgui.session.session import Picture
from hopgui.ui.pad.canvas import PadCanvas, grid_of
from hopgui.ui.pad.painting import Scene
from hopgui.ui.pad.selection import Selection
from hopgui.ui.pad.strokes import Cell
from hopgui.ui.pad.viewport import revealing

ARROWS: dict[int, Cell] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_TO_THE_EDGE = 256  # cells: further than any grid reaches


class SelectingCanvas(PadCanvas):
    """Shows what is selected, and lets a piece be moved by mouse and keys until it is set.

    Drag a piece to move it, or use the arrow keys, with Shift to the edge. Return, or a click
    outside, sets it; Escape drops it. Without a piece, Escape gives the region up.

    Signals
    -------
    selection_changed()
        Another region is selected, or a piece floats elsewhere or no longer.
    piece_set(object)
        A `Piece` is to become part of the picture.
    """

    selection_changed = Signal()
    piece_set = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = Selection()

    @property
    def region(self) -> Region | None:
        """The region selected, None for none."""
        return self._selection.region

    @property
    def piece(self) -> Piece | None:
        """The piece that floats, None for none."""
        return self._selection.piece

    def select(self, region: Region | None) -> None:
        """Select a region of the pad, or none; a piece that floats is set first."""
        self.set_piece()
        self._become(Selection(region))

    def float_piece(self, picture: Picture) -> None:
        """Let a picture float over the pad, which must be as large; one before it is set first.

        Parameters
        ----------
        picture
            Units ±1, int8 array of shape (height, width).
        """
        if self._frame is None or self._viewport is None:
            return
        self.set_piece()
        first_column, first_row, last_column, last_row = self._viewport.visible
        middle = (first_column + last_column) // 2, (first_row + last_row) // 2
        self._become(self._selection.floating(picture, middle, grid_of(self._frame)))

    def set_piece(self) -> None:
        """Let the piece become part of the picture."""
        piece = self.piece
        if piece is not None:
            self._become(Selection())
            self.piece_set.emit(piece)

    def drop_piece(self) -> None:
        """Forget the piece."""
        if self.piece is not None:
            self._become(Selection())

    def show_frame(self, frame: Frame) -> None:
        """Show a moment of the pad; on a grid of another size nothing is selected."""
        if self._frame is not None and self._frame.state.shape != frame.state.shape:
            self._become(Selection())
        super().show_frame(frame)

    def _scene(self, frame: Frame) -> Scene:
        return self._selection.shown_in(super()._scene(frame))

    def _become(self, selection: Selection) -> None:
        before, self._selection = self._selection, selection
        if selection.region != before.region or selection.piece is not before.piece:
            self.update()
            self.setAccessibleDescription(self._described())
            self.selection_changed.emit()
        self._show_cursor_shape()

    def _described(self) -> str:
        """Say to a screen reader what is selected, or where the piece floats."""
        region, text = self.region, self.tr("{width} × {height} units selected from {cell}")
        if self.piece is not None:
            region, text = self.piece.region, self.tr("{width} × {height} units float at {cell}")
        if region is None:
            return self.tr("nothing selected")
        cell = f"({region.left}, {region.top})"
        return text.format(width=region.width, height=region.height, cell=cell)

    def _press_piece(self, event: QMouseEvent) -> bool:
        """Take the piece into the grip, or set it; say whether the press was meant for it."""
        buttons = {Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton}
        if self.piece is None or self._panning or event.button() not in buttons:
            return False
        cell = self._cell_at(event.position())
        if self.piece.region.holds(cell):
            self._become(self._selection.grasped(cell))
        else:
            self.set_piece()
        return True

    def _drag_piece(self, event: QMouseEvent) -> bool:
        """Let the piece follow the pointer; say whether it is in the grip."""
        if self._selection.hold is None or self._frame is None:
            return False
        cell = self._cell_at(event.position())
        self._become(self._selection.dragged(cell, grid_of(self._frame)))
        if not event.buttons():  # let go, or the release went elsewhere
            self._let_go()
        return True

    def _let_go(self) -> None:
        self._become(self._selection.let_go())

    def _is_selection_key(self, event: QKeyEvent) -> bool:
        """Whether a key means something to the piece or the region."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            return self.piece is not None or self.region is not None
        if self.piece is None:
            return False
        if event.key() in ARROWS:
            return modifiers in {_NO_MODIFIER, _SHIFT}
        return event.key() in _ENTER and modifiers == _NO_MODIFIER

    def _press_selection_key(self, event: QKeyEvent) -> None:
        """Do what such a key means."""
        if event.key() == Qt.Key.Key_Escape:
            self._become(Selection())
        elif event.key() in _ENTER:
            self.set_piece()
        elif self._frame is not None:
            far = _TO_THE_EDGE if event.modifiers() & _SHIFT else 1
            columns, rows = (far * way for way in ARROWS[event.key()])
            self._become(self._selection.moved(columns, rows, grid_of(self._frame)))
            self._reveal_piece(columns + rows > 0)

    def _reveal_piece(self, last: bool) -> None:
        """Move a zoomed picture so that the side shows to which the piece was moved."""
        if self.piece is not None and self._viewport is not None:
            self._look(revealing(self._viewport, self.piece.region.corners[last]))

    def _show_cursor_shape(self) -> None:
        super()._show_cursor_shape()
        piece, pointer = self.piece, self._pointer
        if piece is not None and pointer is not None and not self._panning and not self.is_panned:
            over = piece.region.holds(self._cell_at(pointer))
            self.setCursor(Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.CrossCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show whether the pointer is over the piece."""
        super().mouseMoveEvent(event)
        if self.piece is not None:
            self._show_cursor_shape()
