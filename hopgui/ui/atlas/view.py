"""The atlas: where thousands of falls end, or every stable state that there is."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hopgui.model.attractors import Attractor
from hopgui.model.census import Census
from hopgui.model.enumeration import Enumeration
from hopgui.model.verdict import Kind
from hopgui.session.session import Session
from hopgui.ui.atlas.attractor_list import AttractorList, Order
from hopgui.ui.atlas.attractor_view import AttractorView
from hopgui.ui.atlas.controls import AtlasControls
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.pace import Pace
from hopgui.ui.verdict.kind_bar import KindBar
from hopgui.ui.verdict.kinds import KINDS, kind_name

PERIOD = 250  # milliseconds between two arrangements of the list: rows that jump cannot be read


class AtlasView(QFrame):
    """Falls to begin, how they divide by kind, and the attractors found.

    Signals
    -------
    looked_at(int)
        An attractor is to be put on the pad.
    keep_requested(list), store_requested(list), unlearn_requested(list)
        Attractors to be put aside, stored as memories, or unlearnt.
    cue_requested(int)
        An attractor is to be put on the pad and damaged.
    export_requested(object)
        The atlas is to be written into this folder, a path.
    """

    looked_at = Signal(int)
    keep_requested = Signal(list)
    store_requested = Signal(list)
    unlearn_requested = Signal(list)
    cue_requested = Signal(int)
    export_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Atlas"))
        self.controls = AtlasControls()
        self._list = AttractorList(self)
        self.view = AttractorView(self._list)
        self._kinds = KindBar()
        self._title = QLabel(self.tr("Atlas"))
        self._title.setObjectName("title")
        self._summary = ElidedLabel("note")
        self._summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note = ElidedLabel("note")
        self._empty = QLabel(
            self.tr("Where do states fall?\nLet some thousands go, and see what they end in.")
        )
        self._empty.setObjectName("muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        self._pace = Pace(PERIOD, self)
        self._pace.due.connect(self._arrange)
        self._newest: tuple[tuple[Attractor, ...], NDArray[np.int64] | None, int] = ((), None, 0)
        self._make_choices()
        self._make_buttons()
        self._lay_out()
        self.view.looked_at.connect(self.looked_at)
        self.view.selectionModel().selectionChanged.connect(self._show_what_is_possible)
        self._list.modelReset.connect(self._show_what_is_possible)
        self._show_what_is_possible()

    def begin(self, session: Session) -> None:
        """Forget what was found before; what comes is of this document's network."""
        self._newest = ((), None, 0)
        self._pace.settle()
        self._list.begin(session.memories, session.grid)
        self._pages.setCurrentWidget(self._empty)
        self._kinds.show_counts({})
        self._summary.show_text("")
        self.show_note("")

    def show_census(self, census: Census) -> None:
        """Show what falls have ended in so far."""
        self._newest = (census.attractors, census.hits, census.done)
        self._kinds.show_counts(census.counts)
        self._show_found(len(census.attractors))
        if census.unkept:
            self.show_note(self._unkept(census.unkept))

    def show_enumeration(self, enumeration: Enumeration) -> None:
        """Show the stable states found so far."""
        self._newest = (enumeration.attractors, None, 0)
        self._kinds.show_counts(enumeration.counts, shares=False)
        self._show_found(enumeration.stable)
        words = [self.tr("{n} local minima").format(n=number(enumeration.minima))]
        if enumeration.cycles:
            on_cycles = self.tr("{n} states on two-state cycles")
            words.append(on_cycles.format(n=number(enumeration.cycles)))
        if enumeration.unkept:
            words.append(self._unkept(enumeration.unkept))
        self.show_note(" · ".join(words))

    def settle(self) -> None:
        """Show the newest at once: nothing more comes."""
        self._pace.settle()

    def show_note(self, text: str) -> None:
        """Say something of what is shown, or nothing."""
        self._note.show_text(text)
        self._note.setVisible(bool(text))

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self.view.show_theme(theme)
        self._kinds.show_theme(theme)

    def chosen(self) -> list[int]:
        """Return the numbers of the attractors chosen."""
        return self.view.chosen()

    def _show_found(self, found: int) -> None:
        words = self.tr("1 attractor") if found == 1 else self.tr("{n} attractors")
        self._summary.show_text(words.format(n=number(found)))
        self._pace.ask()

    def _unkept(self, count: int) -> str:
        words = self.tr("More were found than are kept: {n} are counted, not shown.")
        return words.format(n=number(count))

    @Slot()
    def _arrange(self) -> None:
        self._keep_choice(lambda: self._list.show_attractors(*self._newest))
        self._pages.setCurrentWidget(self.view if self._newest[0] else self._empty)

    def _sort(self) -> None:
        self._keep_choice(lambda: self._list.arrange(self._order, self._only))

    def _keep_choice(self, change: Callable[[], bool]) -> None:
        """Change the list; what was chosen stays chosen wherever it has moved."""
        chosen = self.view.chosen()
        scrolled = self.view.verticalScrollBar().value()
        if change():
            self.view.choose(chosen)
            self.view.verticalScrollBar().setValue(scrolled)

    def _make_choices(self) -> None:
        self._order = Order.HITS
        self._only: Kind | None = None
        self._orders = ChoiceBox(
            (
                (Order.HITS, self.tr("Most hits first")),
                (Order.ENERGY, self.tr("Lowest energy first")),
                (Order.KIND, self.tr("By kind")),
            )
        )
        self._orders.setAccessibleName(self.tr("Sort the attractors"))
        self._orders.chosen.connect(self._choose_order)
        kinds: Sequence[tuple[object, str]] = [(kind, kind_name(kind)) for kind in KINDS[:5]]
        self._filter = ChoiceBox(((None, self.tr("all kinds")), *kinds))
        self._filter.setAccessibleName(self.tr("Show only one kind"))
        self._filter.chosen.connect(self._choose_kind)
        for box in (self._orders, self._filter):
            box.setMinimumContentsLength(4)  # two stand side by side in a narrow dock

    def _make_buttons(self) -> None:
        self._keep = self._button(
            self.tr("Keep"), self.tr("Put the chosen ones aside, to compare them later")
        )
        self._keep.clicked.connect(lambda: self.keep_requested.emit(self.chosen()))
        self._store = self._button(self.tr("Store"), self.tr("Keep the chosen ones as memories"))
        self._store.clicked.connect(lambda: self.store_requested.emit(self.chosen()))
        self._unlearn = self._button(
            self.tr("Unlearn"), self.tr("Weaken the chosen ones by the strength in Controls")
        )
        self._unlearn.clicked.connect(lambda: self.unlearn_requested.emit(self.chosen()))
        self._cue = self._button(
            self.tr("Set as cue"), self.tr("Put it on the pad, damaged, ready to be recalled")
        )
        self._cue.clicked.connect(lambda: self.cue_requested.emit(self.chosen()[0]))
        self._export = self._button(
            self.tr("Export…"), self.tr("Write the atlas as a table and as pictures")
        )
        self._export.clicked.connect(self._ask_folder)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the atlas into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.export_requested.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("small")
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # It needs no more than its words: a panel that is opened leaves the pad its size.
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance(text) + 10)
        return button

    def _lay_out(self) -> None:
        head, choices, buttons = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._summary, 1)
        choices.setSpacing(8)
        choices.addWidget(self._orders, 1)
        choices.addWidget(self._filter, 1)
        buttons.setSpacing(8)
        # In two rows: the dock may be narrow.
        for row in ((self._keep, self._store, self._unlearn), (self._cue, self._export)):
            line = QHBoxLayout()
            line.setSpacing(8)
            for button in row:
                line.addWidget(button)
            line.addStretch()
            buttons.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(12)
        for each in (head, self.controls, self._kinds, self._note, choices):
            column.addLayout(_indented(each, 16))
        column.addLayout(_indented(self._pages, 8), 1)
        column.addLayout(_indented(buttons, 16))
        self._note.hide()

    def _choose_order(self, order: Order) -> None:
        self._order = order
        self._sort()

    def _choose_kind(self, kind: Kind | None) -> None:
        self._only = kind
        self._sort()

    @Slot()
    def _show_what_is_possible(self) -> None:
        chosen = len(self.view.chosen())
        self._keep.setEnabled(chosen > 0)
        self._store.setEnabled(chosen > 0)
        self._unlearn.setEnabled(chosen > 0)
        self._cue.setEnabled(chosen == 1)
        self._export.setEnabled(self._list.rowCount() > 0)


def _indented(content: QWidget | QLayout, margin: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(margin, 0, margin, 0)
    if isinstance(content, QWidget):
        row.addWidget(content)
    else:
        row.addLayout(content)
    return row
