"""A list of every action, narrowed down while one types."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

_PASSED_ON = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ActionFinder(QDialog):
    """Finds an action by any part of its words and triggers it.

    Parameters
    ----------
    actions
        All there is to find.
    """

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find an action"))
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Type a part of its name"))
        self._line.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Actions"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list)
        for action in actions:
            item = QListWidgetItem(action.icon(), _plain(action), self._list)
            item.setData(Qt.ItemDataRole.UserRole, action)
            if not action.isEnabled():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._narrow("")
        self._line.installEventFilter(self)
        self._line.textChanged.connect(self._narrow)
        self._line.returnPressed.connect(self._trigger)
        self._list.itemClicked.connect(self._trigger)
        self.resize(440, 480)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move through the list while the line is typed into."""
        if isinstance(event, QKeyEvent) and event.key() in _PASSED_ON:
            self._list.event(event)
            return True
        return False

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        first = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            hidden = not all(word in item.text().casefold() for word in words)
            item.setHidden(hidden)
            if first is None and not hidden and item.flags():
                first = item
        if first is not None:
            self._list.setCurrentItem(first)

    def _trigger(self) -> None:
        item = self._list.currentItem()
        if item is None or item.isHidden():
            return
        action: QAction = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        action.trigger()


def _plain(action: QAction) -> str:
    """Return an action's words with its keys, without the marks for the menu."""
    words, _, keys = action.text().replace("&", "").partition("\t")
    keys = keys or action.shortcut().toString()
    return f"{words}    {keys}" if keys else words
