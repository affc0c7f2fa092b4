"""The list of kept states: which keys and clicks mean what."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from hopgui.ui.kept.kept_list import KeptList
from hopgui.ui.kept.kept_row import KeptRow
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.tile_view import TileView

_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TRAVEL = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class KeptView(TileView):
    """Kept states as rows, to be chosen, looked at, renamed, stored and deleted.

    *Signals*

    put_requested(int)
        A row was double-clicked, or Enter pressed on it.
    store_requested(list), delete_requested(list)
        Rows to be stored as memories, or to be let go.
    """

    put_requested = Signal(int)
    store_requested = Signal(list)
    delete_requested = Signal(list)

    def __init__(self, kept: KeptList, parent: QWidget | None = None) -> None:
        super().__init__(kept, parent)
        self.setAccessibleName(self.tr("Kept states"))
        self._kept = kept
        self._row = KeptRow(self)
        self.setItemDelegate(self._row)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.doubleClicked.connect(self._put)

    def menu(self) -> QMenu:
        """Return the context menu for the rows chosen."""
        rows = self.selected()
        one, some = len(rows) == 1, bool(rows)
        menu = QMenu(self)
        put = self._entry(menu, self.tr("Put on the pad"), "Return", enabled=one)
        put.triggered.connect(lambda: self.put_requested.emit(rows[0]))
        rename = self._entry(menu, self.tr("Rename…"), "F2", enabled=one)
        rename.triggered.connect(lambda: self.edit_name(rows[0]))
        store = self._entry(menu, self.tr("Store as a memory"), "", enabled=some)
        store.triggered.connect(lambda: self.store_requested.emit(rows))
        menu.addSeparator()
        delete = self._entry(menu, self.tr("Delete"), "Del", enabled=some)
        delete.triggered.connect(lambda: self.delete_requested.emit(rows))
        return menu

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._row.show_theme(theme)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something in the list from the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_ours(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means here, and let every other key pass."""
        if self.state() == QAbstractItemView.State.EditingState and not self.hasFocus():
            event.ignore()  # what the name's editor leaves over is not meant for the list
            return
        key, plain = event.key(), _modifiers(event) == _PLAIN
        if plain and key in _ENTER:
            self._put(self.currentIndex())
        elif plain and key == Qt.Key.Key_F2:
            self.edit_name(self.currentIndex().row())
        elif plain and key == Qt.Key.Key_Delete:
            if self.selected():
                self.delete_requested.emit(self.selected())
        elif key in _TRAVEL or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()  # Space and letters are the window's

    def keyboardSearch(self, _search: str) -> None:
        """Let letters pass: they are the window's shortcuts."""

    def _put(self, index: QModelIndex) -> None:
        if index.isValid():
            self.put_requested.emit(index.row())

    def _open_menu(self, position: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(position))

    @staticmethod
    def _entry(menu: QMenu, text: str, keys: str, *, enabled: bool) -> QAction:
        """Add an entry that shows its key; the key itself is the list's."""
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(enabled)
        return action


def _is_ours(event: QKeyEvent) -> bool:
    """Whether the list, and not the window, should have this key."""
    if event.key() in _TRAVEL:
        return _modifiers(event) in {_PLAIN, _SHIFT}
    return _modifiers(event) == _PLAIN and event.key() in (
        *_ENTER,
        Qt.Key.Key_Delete,
        Qt.Key.Key_F2,
    )


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
