"""The memories as a list model: what each row of the gallery knows."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QObject,
    Qt,
    Signal,
)

from hopgui.session import pbm
from hopgui.session.session import Memory
from hopgui.ui.look import numbers
from hopgui.ui.parts.clipboard import add_units
from hopgui.ui.parts.row_painting import ROW, Index
from hopgui.ui.parts.thumbnail import copied_picture

MIME_TYPE = "application/x-hopgui-memory"


@dataclass(frozen=True)
class Row:
    """What one row of the gallery shows.

    Attributes
    ----------
    memory
        The memory.
    energy
        Its energy, None while it is being computed.
    stable
        Whether no unit of it wants to flip, None while that is being computed.
    nearest
        Whether it is the memory nearest to the pad.
    """

    memory: Memory
    energy: float | None
    stable: bool | None
    nearest: bool


class MemoryList(QAbstractListModel):
    """The memories in the order of the gallery.

    *Signals*

    renamed(int, str)
        A row was given another name by hand. The list itself does not change.
    marked(int)
        A row was marked as the nearest, or is so no longer. Told apart from other changes of its
        data, at which Qt lays the whole list out and draws every row.
    """

    renamed = Signal(int, str)
    marked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.memories: tuple[Memory, ...] = ()
        self.nearest: int | None = None
        self._energies: NDArray[np.float64] | None = None
        self._stable: NDArray[np.bool_] | None = None

    def show_memories(
        self,
        memories: tuple[Memory, ...],
        energies: NDArray[np.float64] | None,
        stable: NDArray[np.bool_] | None,
    ) -> bool:
        """Take over the memories and what is known of them; see `Gallery.show_memories`.

        Returns
        -------
        reset
            Whether rows came, went or moved, so that selections by row are gone.
        """
        same_rows = len(memories) == len(self.memories) and all(
            new.picture is old.picture for new, old in zip(memories, self.memories, strict=True)
        )
        if not same_rows:
            self.beginResetModel()
        self.memories, self._energies, self._stable = memories, energies, stable
        if not same_rows:
            self.endResetModel()
        elif memories:
            self.dataChanged.emit(self.index(0), self.index(len(memories) - 1))
        return not same_rows

    def show_nearest(self, nearest: int | None) -> None:
        """Mark the row of the memory nearest to the pad, or none."""
        before, self.nearest = self.nearest, nearest
        if nearest == before:
            return
        for row in (before, nearest):
            if row is not None and row < len(self.memories):
                self.marked.emit(row)

    def row(self, index: Index) -> Row:
        """Return what the row at `index` shows."""
        number = index.row()
        return Row(
            self.memories[number],
            None if self._energies is None else float(self._energies[number]),
            None if self._stable is None else bool(self._stable[number]),
            nearest=number == self.nearest,
        )

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the memories."""
        return 0 if parent is not None and parent.isValid() else len(self.memories)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, its name, or all that is to be said of it."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.memories[index.row()].name
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._spoken(self.row(index))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; an empty one keeps the old."""
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if not name or name == self.memories[index.row()].name:
            return False
        self.renamed.emit(index.row(), name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be selected, edited and dragged, and drops fall between them."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # drops fall between the rows, never on one
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Let rows move, not be copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Name the kind of data that a dragged row is."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Any) -> QMimeData:
        """Say that this list's own row travels; to other programs it is a picture, or a text."""
        data = QMimeData()
        data.setData(MIME_TYPE, str(id(self)).encode())
        chosen = sorted({index.row() for index in indexes})
        if chosen:
            memories = [self.memories[row] for row in chosen]
            if len(memories) == 1:
                add_units(data, memories[0].picture)
            else:
                data.setImageData(copied_picture(memories[0].picture))
            texts = (pbm.text(memory.picture, memory.name) for memory in memories)
            data.setText("\n".join(texts))
        return data

    def owns(self, data: QMimeData) -> bool:
        """Whether the data that is dragged came from this very list."""
        return data.data(MIME_TYPE).data() == str(id(self)).encode()

    def _spoken(self, row: Row) -> str:
        said = [row.memory.name]
        if row.energy is not None and row.stable is not None:
            energy = numbers.energy(row.energy)
            said.append(self.tr("energy {energy}").format(energy=energy))
            said.append(self.tr("stable") if row.stable else self.tr("unstable"))
        weight = row.memory.weight
        if weight != 1:
            times = self.tr("stored {weight} times") if weight else self.tr("not stored")
            said.append(times.format(weight=weight))
        return ", ".join(said)
