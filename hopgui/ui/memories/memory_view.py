"""The gallery's list: which keys, drags and clicks mean what."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from hopgui.ui.memories.memory_list import MemoryList
from hopgui.ui.memories.memory_row import MemoryRow
from hopgui.ui.parts.tile_view import TileView

_PLAIN = Qt.KeyboardModifier.NoModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_TRAVEL = (*_ARROWS, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class MemoryView(TileView):
    """The memories as rows, to be chosen, renamed, moved and deleted by mouse and by key.

    *Signals*

    load_requested(int)
        A row was double-clicked, or Enter pressed on it.
    move_requested(int, int)
        A row was dragged, or moved by Alt and an arrow: from which row, to which.
    duplicate_requested(list)
        Rows to be stored once more.
    delete_requested(list)
        Rows to be deleted.
    weight_requested(list, int)
        Rows to be stored more strongly (+1) or less (−1).
    store_requested()
        The context menu's way to store the pad.
    why_requested(int)
        A person wants to know why the memory of this row is stable, or not.
    """

    load_requested = Signal(int)
    move_requested = Signal(int, int)
    duplicate_requested = Signal(list)
    delete_requested = Signal(list)
    weight_requested = Signal(list, int)
    store_requested = Signal()
    why_requested = Signal(int)

    def __init__(self, memories: MemoryList, parent: QWidget | None = None) -> None:
        super().__init__(memories, parent)
        self.setAccessibleName(self.tr("Memories"))
        self._memories = memories
        self.setItemDelegate(MemoryRow(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.doubleClicked.connect(self._load)
        memories.marked.connect(self._draw_row)

    def menu(self) -> QMenu:
        """Return the context menu for the rows chosen."""
        rows = self.selected()
        one, some = len(rows) == 1, bool(rows)
        row, last = (rows[0], self._memories.rowCount() - 1) if one else (0, 0)
        menu = QMenu(self)
        self._entry(menu, self.tr("Load to the pad"), "Return", enabled=one).triggered.connect(
            lambda: self.load_requested.emit(row)
        )
        self._entry(menu, self.tr("Rename…"), "F2", enabled=one).triggered.connect(
            lambda: self.edit_name(row)
        )
        self._entry(menu, self.tr("Duplicate"), "", enabled=some).triggered.connect(
            lambda: self.duplicate_requested.emit(rows)
        )
        self._entry(menu, self.tr("Copy as a picture"), "", enabled=some).triggered.connect(
            self._copy
        )
        menu.addSeparator()
        more = self._entry(menu, self.tr("Store more strongly"), "Ctrl+Up", enabled=some)
        more.triggered.connect(lambda: self.weight_requested.emit(rows, 1))
        less = self._entry(menu, self.tr("Store less strongly"), "Ctrl+Down", enabled=some)
        less.triggered.connect(lambda: self.weight_requested.emit(rows, -1))
        menu.addSeparator()
        up = self._entry(menu, self.tr("Move up"), "Alt+Up", enabled=one and row > 0)
        up.triggered.connect(lambda: self._move(row, row - 1))
        down = self._entry(menu, self.tr("Move down"), "Alt+Down", enabled=one and row < last)
        down.triggered.connect(lambda: self._move(row, row + 1))
        menu.addSeparator()
        self._entry(menu, self.tr("Why is it stable, or not?"), "", enabled=one).triggered.connect(
            lambda: self.why_requested.emit(row)
        )
        menu.addSeparator()
        self._entry(menu, self.tr("Delete"), "Del", enabled=some).triggered.connect(
            lambda: self.delete_requested.emit(rows)
        )
        menu.addSeparator()
        store = self._entry(menu, self.tr("Store the pad"), "M", enabled=True)
        store.triggered.connect(self.store_requested)
        return menu

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something in the list from the window."""
        # The window's shortcuts use the arrows for the pad; in the list they move the choice.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_ours(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that have changed, not those between them."""
        for rect in cast("Iterable[QRect]", event.region()):
            super().paintEvent(QPaintEvent(rect))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means here, and let every other key pass."""
        if self.state() == QAbstractItemView.State.EditingState and not self.hasFocus():
            event.ignore()  # what the name's editor leaves over is not meant for the list
            return
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _PLAIN
        row = self.currentIndex().row()
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _ARROWS[:2]:
            self._move(row, row + (1 if key == Qt.Key.Key_Down else -1))
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and key in _ARROWS[:2]:
            if self.selected():
                self.weight_requested.emit(self.selected(), 1 if key == Qt.Key.Key_Up else -1)
        elif plain and key in _ENTER:
            self._load(self.currentIndex())
        elif plain and key == Qt.Key.Key_F2:
            self.edit_name(row)
        elif plain and key == Qt.Key.Key_Delete:
            if self.selected():
                self.delete_requested.emit(self.selected())
        elif key in _TRAVEL or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()  # Space and letters are the window's

    def keyboardSearch(self, _search: str) -> None:
        """Let letters pass: they are the window's shortcuts."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let this list's own rows in."""
        if self._memories.owns(event.mimeData()):
            super().dragEnterEvent(event)
        else:
            event.ignore()  # files are for the gallery around the list

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark the gap under the pointer."""
        if self._memories.owns(event.mimeData()):
            super().dragMoveEvent(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the dragged row to be moved."""
        if not self._memories.owns(event.mimeData()):
            event.ignore()
            return
        row, gap = self.currentIndex().row(), self._gap_at(event.position().toPoint())
        super().dragLeaveEvent(QDragLeaveEvent())  # ends the scrolling and the drop mark
        event.accept()
        self._move(row, gap - 1 if gap > row else gap)

    def _gap_at(self, position: QPoint) -> int:
        """Return how many rows stand above the gap nearest to a point."""
        index = self.indexAt(position)
        if not index.isValid():
            return self._memories.rowCount() if position.y() > 0 else 0
        return index.row() + (position.y() > self.visualRect(index).center().y())

    def _move(self, row: int, to: int) -> None:
        rows = range(self._memories.rowCount())
        if row in rows and to in rows and row != to:
            self.move_requested.emit(row, to)

    @Slot(int)
    def _draw_row(self, row: int) -> None:
        self.update(self._memories.index(row))

    def _load(self, index: QModelIndex) -> None:
        if index.isValid():
            self.load_requested.emit(index.row())

    def _copy(self) -> None:
        chosen = [self._memories.index(row) for row in self.selected()]
        QGuiApplication.clipboard().setMimeData(self._memories.mimeData(chosen))

    def _open_menu(self, position: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(position))

    @staticmethod
    def _entry(menu: QMenu, text: str, keys: str, *, enabled: bool) -> QAction:
        """Add an entry that shows its key; the key itself is the list's or the window's."""
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(enabled)
        return action


def _is_ours(event: QKeyEvent) -> bool:
    """Whether the list, and not the window, should have this key."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in _ARROWS:
        allowed = (_PLAIN, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
        vertical = event.key() in _ARROWS[:2]
        weighs = vertical and modifiers == Qt.KeyboardModifier.ControlModifier
        return weighs or modifiers in allowed
    return modifiers == _PLAIN and event.key() in (*_ENTER, Qt.Key.Key_Delete, Qt.Key.Key_F2)
