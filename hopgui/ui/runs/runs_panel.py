"""The runs: the one on the pad, those before it, and those that are kept."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.proof import Proof
from hopgui.session.run_facts import Keeping, RunFacts
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.row_painting import ROW
from hopgui.ui.runs import run_text
from hopgui.ui.runs.run_row import RunRow


class RunsPanel(QFrame):
    """A list of runs, to be shown again, named, kept, proved and deleted.

    Signals
    -------
    retold(int)
        A run is to be shown on the pad, by its place in the list.
    kept(int), deleted(int), proved(int)
        A run is to be kept, to be let go, to be made again and compared.
    renamed(int, str)
        A run is to have another name.
    """

    retold = Signal(int)
    kept = Signal(int)
    deleted = Signal(int)
    proved = Signal(int)
    renamed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._facts: tuple[RunFacts, ...] = ()
        self._showing = False
        self._row = RunRow(self)
        self._make_list()
        self._make_buttons()
        self._note = QLabel()
        self._note.setObjectName("result")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setContentsMargins(8, 0, 8, 0)
        self._note.hide()
        title = QLabel(self.tr("Runs"))
        title.setObjectName("title")
        empty = QLabel(self.tr("Press Recall: every run is listed here."))
        empty.setObjectName("muted")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(8)
        title.setContentsMargins(8, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self._pages, 1)
        column.addWidget(self._note)
        column.addLayout(self._buttons)
        self._allow()

    def show_runs(self, facts: Sequence[RunFacts]) -> None:
        """Show these runs, the newest first; the one that was chosen stays so."""
        chosen = self._facts[self._list.currentRow()] if self._list.currentRow() >= 0 else None
        self._showing = True
        self._facts = tuple(facts)
        self._row.forget()
        self._list.clear()
        for each in facts:
            item = QListWidgetItem()
            item.setData(ROW, each)
            said = [run_text.name(each), run_text.headline(each), run_text.detail(each)]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ". ".join(said))
            item.setToolTip(run_text.headline(each))
            if each.keeping is Keeping.KEPT:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self._list.addItem(item)
        self._pages.setCurrentIndex(1 if facts else 0)
        if chosen is not None:
            self._list.setCurrentRow(self._place_of(chosen))
        self._showing = False
        self._allow()

    def show_proof(self, proof: Proof) -> None:
        """Say how far a run was made again, and whether it is the same."""
        self.show_note(run_text.outcome(proof))

    def show_note(self, text: str) -> None:
        """Say something under the list, or nothing."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._row.show_theme(theme)
        self._list.viewport().update()

    def _make_list(self) -> None:
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Runs"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.viewport().setAutoFillBackground(False)
        self._list.setItemDelegate(self._row)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self._list.setToolTip(self.tr("Double-click shows a run on the pad; F2 renames a kept one"))
        self._list.activated.connect(self._retell)
        self._list.itemChanged.connect(self._rename)
        self._list.currentRowChanged.connect(self._choose)

    def _make_buttons(self) -> None:
        self._keep = QPushButton(self.tr("Keep"))
        self._keep.setToolTip(self.tr("Make the run part of the session"))
        self._prove = QPushButton(self.tr("Prove"))
        self._prove.setToolTip(self.tr("Make the run again from its seed, and compare every flip"))
        self._delete = QPushButton(self.tr("Delete"))
        self._delete.setToolTip(self.tr("Let the run go"))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.setContentsMargins(8, 0, 8, 0)
        for button, signal in (
            (self._keep, self.kept),
            (self._prove, self.proved),
            (self._delete, self.deleted),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            # They share what room there is: a panel that is opened leaves the pad its size.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _on, signal=signal: signal.emit(self._list.currentRow()))
            self._buttons.addWidget(button)

    def _allow(self) -> None:
        """Enable what can be done with the run that is chosen."""
        row = self._list.currentRow()
        keeping = self._facts[row].keeping if 0 <= row < len(self._facts) else None
        self._keep.setEnabled(keeping in {Keeping.PRESENT, Keeping.PASSING})
        self._prove.setEnabled(keeping is not None)
        self._delete.setEnabled(keeping in {Keeping.PASSING, Keeping.KEPT})

    def _place_of(self, chosen: RunFacts) -> int:
        """Where a run that was listed is now: kept since, or named otherwise, it is another value.

        What stays the same is the run itself, told by where its flips began.
        """
        for place, facts in enumerate(self._facts):
            one, other = facts.run.recording, chosen.run.recording
            if one.start is other.start and one.seed == other.seed:
                return place
        return -1

    def _choose(self) -> None:
        if not self._showing:
            self.show_note("")
        self._allow()

    def _retell(self, index: QModelIndex) -> None:
        self.retold.emit(index.row())

    def _rename(self, item: QListWidgetItem) -> None:
        if not self._showing:
            self.renamed.emit(self._list.row(item), item.text())
