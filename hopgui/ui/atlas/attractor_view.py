"""The atlas's list: which keys and clicks mean what."""

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from hopgui.ui.atlas.attractor_list import AttractorList
from hopgui.ui.atlas.attractor_row import AttractorRow
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.tile_view import TileView

_TRAVEL = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

BATCH = 200  # rows laid out at a stretch


class AttractorView(TileView):
    """Attractors as rows, to be chosen and looked at.

    Signals
    -------
    looked_at(int)
        A row was clicked, walked to by a key, or Enter pressed on it: the attractor's number.
    """

    looked_at = Signal(int)

    def __init__(self, attractors: AttractorList, parent: QWidget | None = None) -> None:
        super().__init__(attractors, parent)
        # Qt asks the list for its length once a row: ten thousand at a stretch would be felt.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setAccessibleName(self.tr("Attractors"))
        self._attractors = attractors
        self._row = AttractorRow(self)
        self.setItemDelegate(self._row)
        self.clicked.connect(lambda index: self.looked_at.emit(attractors.number(index.row())))

    def chosen(self) -> list[int]:
        """Return the numbers of the attractors chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._attractors.number(row) for row in rows]

    def choose(self, numbers: list[int]) -> None:
        """Choose these attractors and no others, without a signal of looking at them."""
        selection = self.selectionModel()
        selection.clear()
        for place, row in enumerate(self._attractors.rows_of(numbers)):
            index = self._attractors.index(row)
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)
            if not place:
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._row.show_theme(theme)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move the choice from the window, whose arrows are the pad's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (*_TRAVEL, *_ENTER)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and look; let every other key pass."""
        if event.key() in _TRAVEL:
            super().keyPressEvent(event)
        elif event.key() not in _ENTER:
            event.ignore()  # Space and letters are the window's
            return
        row = self.currentIndex().row()
        if row >= 0 and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.looked_at.emit(self._attractors.number(row))

    def keyboardSearch(self, _search: str) -> None:
        """Let letters pass: they are the window's shortcuts."""
