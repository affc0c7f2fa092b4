"""What lists of rows with thumbnails have in common: how rows are chosen, and names edited."""

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget


class TileView(QListView):
    """Rows on the ground of a card, of which some may be chosen.

    Parameters
    ----------
    rows
        The list.
    """

    def __init__(self, rows: QAbstractListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def selected(self) -> list[int]:
        """Return the rows chosen, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def select(self, rows: list[int]) -> None:
        """Choose these rows and no others; the first becomes the current one."""
        chosen, model = self.selectionModel(), self.model()
        chosen.clear()
        for row in rows:
            chosen.select(model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
        if rows:
            first = model.index(rows[0], 0)
            chosen.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def edit_name(self, row: int) -> None:
        """Open the row's name for editing; a name that is being edited stays open."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if 0 <= row < self.model().rowCount() and not editing:
            self.setCurrentIndex(self.model().index(row, 0))
            self.edit(self.model().index(row, 0))
