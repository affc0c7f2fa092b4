"""The panel of the memories: their list, the load, and the button that stores the pad."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QFont, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.session import Memory
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.memories.memory_list import MemoryList
from hopgui.ui.memories.memory_row import MemoryRow
from hopgui.ui.memories.memory_view import MemoryView
from hopgui.ui.parts.load_meter import HEBBIAN_CAPACITY, LoadMeter
from hopgui.ui.parts.pace import Pace

NEAREST_PERIOD = 150  # milliseconds: a mark that moves faster says nothing


class Gallery(QFrame):
    """The memories with their thumbnails, and how many more there can be.

    *Signals*

    store_requested()
        The pad is to become a memory.
    load_requested(int)
        A memory is to be put on the pad.
    rename_requested(int, str)
        A memory gets another name, 1 … 80 characters.
    move_requested(int, int)
        A memory changes its place: from which index, to which.
    duplicate_requested(list)
        Indices of memories to be stored once more.
    delete_requested(list)
        Indices of memories to be deleted.
    weight_requested(list, int)
        Indices of memories to be stored once more (+1) or once less (−1).
    why_requested(int)
        A person wants to know why this memory is stable, or not.
    files_dropped(list)
        Files dropped from outside, as paths.
    selection_changed(list)
        Indices of the memories now selected.
    """

    store_requested = Signal()
    load_requested = Signal(int)
    rename_requested = Signal(int, str)
    move_requested = Signal(int, int)
    duplicate_requested = Signal(list)
    delete_requested = Signal(list)
    weight_requested = Signal(list, int)
    why_requested = Signal(int)
    files_dropped = Signal(list)
    selection_changed = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self._restoring = False
        self._list = MemoryList(self)
        self._view = MemoryView(self._list, self)
        self._meter = LoadMeter(self)
        self._title = QLabel(self.tr("Memories"))
        self._title.setObjectName("title")
        self._empty = QLabel(self.tr("Paint something, then Store (M)"))
        self._empty.setObjectName("muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._view)
        self._key = QLabel(self.tr("M", "key that stores the pad"))
        self._key.setObjectName("muted")
        self._store = self._store_button()
        self._nearest: int | None = None
        self._nearest_pace = Pace(NEAREST_PERIOD, self)
        self._lay_out()
        self._connect()
        self.show_theme(LIGHT)

    def show_memories(
        self,
        memories: tuple[Memory, ...],
        energies: NDArray[np.float64] | None,
        stable: NDArray[np.bool_] | None,
    ) -> None:
        """Show the memories and what is known of them.

        Memories that were selected stay so wherever they have moved; if all of them are gone,
        the one that took their place is selected.

        Parameters
        ----------
        memories
            The memories in order.
        energies
            Energy of each, float64 array of shape (memories,), None while being computed.
        stable
            Whether each is stable, bool array of shape (memories,), None while being computed.
        """
        self._nearest_pace.settle()
        before, rows = self._list.memories, self._view.selected()
        scrolled = self._view.verticalScrollBar().value()
        self._restoring = True
        if self._list.show_memories(memories, energies, stable):
            self._pages.setCurrentWidget(self._view if memories else self._empty)
            chosen = _followed(before, rows, memories)
            self._view.select(chosen)
            self._view.verticalScrollBar().setValue(scrolled)
            if before and memories[: len(before)] == before:
                self._view.scrollToBottom()  # to what has just been stored
            if rows or chosen:
                self.selection_changed.emit(chosen)
        self._restoring = False

    def show_nearest(self, nearest: int | None) -> None:
        """Mark the memory nearest to the pad by its index, or none; not faster than one can see."""
        if nearest != self._nearest:
            self._nearest = nearest
            self._nearest_pace.ask()

    def show_load(
        self,
        memories: int,
        units: int,
        capacity: float | None = HEBBIAN_CAPACITY,
        words: str = "",
    ) -> None:
        """Show how many memories stand on how many units; see `LoadMeter.show_load`."""
        self._meter.show_load(memories, units, capacity, words)

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        delegate = self._view.itemDelegate()
        if isinstance(delegate, MemoryRow):
            delegate.show_theme(theme)
        self._meter.show_theme(theme)
        for label in (self._title, self._empty, self._key):
            palette = label.palette()
            palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.muted))
            label.setPalette(palette)
        self._view.viewport().update()

    def selected(self) -> list[int]:
        """Return the indices of the memories selected, in order."""
        return self._view.selected()

    def select(self, index: int) -> None:
        """Choose one memory."""
        self._view.select([index])

    def edit_name(self, index: int) -> None:
        """Open the name of a memory for editing in its row."""
        self._view.edit_name(index)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files in."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the files dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _store_button(self) -> QPushButton:
        """Return the button: its words, and after them its key, standing back."""
        button = QPushButton()
        button.setObjectName("secondary")
        button.setAccessibleName(self.tr("Store the pad"))
        button.setToolTip(self.tr("Keep what is on the pad as a memory (M)"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumHeight(36)
        words = QLabel(self.tr("Store the pad"))
        font = QFont(words.font())
        font.setWeight(QFont.Weight.Medium)
        words.setFont(font)
        row = QHBoxLayout(button)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addStretch()
        for label in (words, self._key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label)
        row.addStretch()
        return button

    def _lay_out(self) -> None:
        font = QFont(self._title.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(12)
        for widget, stretch, margin in (
            (self._title, 0, 16),
            (self._pages, 1, 8),  # the rows' own ground reaches beyond the words' edge
            (self._meter, 0, 16),
            (self._store, 0, 16),
        ):
            row = QHBoxLayout()
            row.setContentsMargins(margin, 0, margin, 0)
            row.addWidget(widget)
            column.addLayout(row, stretch)

    def _connect(self) -> None:
        self._nearest_pace.due.connect(self._mark_nearest)
        self._store.clicked.connect(self.store_requested)
        self._list.renamed.connect(self.rename_requested)
        self._view.store_requested.connect(self.store_requested)
        self._view.load_requested.connect(self.load_requested)
        self._view.move_requested.connect(self.move_requested)
        self._view.duplicate_requested.connect(self.duplicate_requested)
        self._view.delete_requested.connect(self.delete_requested)
        self._view.weight_requested.connect(self.weight_requested)
        self._view.why_requested.connect(self.why_requested)
        self._view.selectionModel().selectionChanged.connect(self._tell_selection)

    @Slot()
    def _mark_nearest(self) -> None:
        self._list.show_nearest(self._nearest)

    def _tell_selection(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        if not self._restoring:
            self.selection_changed.emit(self.selected())


def _followed(before: tuple[Memory, ...], rows: list[int], after: tuple[Memory, ...]) -> list[int]:
    """Return the rows at which what was selected stands now."""
    places = {id(memory.picture): row for row, memory in enumerate(after)}
    found = [places.get(id(before[row].picture)) for row in rows]
    kept = sorted(row for row in found if row is not None)
    if kept or not rows or not any(id(memory.picture) in places for memory in before):
        return kept
    return [min(rows[0], len(after) - 1)]
