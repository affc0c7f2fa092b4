"""The panel of the kept states: their list, and what can be done with them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hopgui.model.appraisal import Appraisal
from hopgui.session.session import KeptState, Memory
from hopgui.ui.kept.kept_list import KeptList
from hopgui.ui.kept.kept_view import KeptView
from hopgui.ui.look.theme import Theme


class KeptPanel(QFrame):
    """States put aside, each with what it is under the present network.

    Attributes
    ----------
    view
        The list.

    Signals
    -------
    keep_requested()
        The state on the pad is to be put aside.
    put_requested(int)
        A kept state is to be put on the pad.
    store_requested(list), delete_requested(list)
        Kept states to be stored as memories, or to be let go.
    rename_requested(int, str)
        A kept state gets another name.
    """

    keep_requested = Signal()
    put_requested = Signal(int)
    store_requested = Signal(list)
    delete_requested = Signal(list)
    rename_requested = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Kept states"))
        self._list = KeptList(self)
        self.view = KeptView(self._list)
        title = QLabel(self.tr("Kept states"))
        title.setObjectName("title")
        title.setContentsMargins(8, 0, 0, 0)
        empty = QLabel(
            self.tr("Press K: the state on the pad is put aside here, and becomes no memory.")
        )
        empty.setObjectName("muted")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self._pages, 1)
        self._make_buttons(column)
        self._list.renamed.connect(self.rename_requested)
        self.view.put_requested.connect(self.put_requested)
        self.view.store_requested.connect(self.store_requested)
        self.view.delete_requested.connect(self.delete_requested)
        self.view.selectionModel().selectionChanged.connect(self._allow)
        self._list.modelReset.connect(self._allow)
        self._allow()

    def show_kept(
        self,
        kept: tuple[KeptState, ...],
        appraisals: Sequence[Appraisal | None],
        memories: tuple[Memory, ...],
    ) -> None:
        """Show the kept states; what was chosen stays chosen wherever it has moved.

        Parameters
        ----------
        kept
            The kept states, oldest first.
        appraisals
            What each is, in their order, None while that is being found out.
        memories
            The memories, in the order of the gallery.
        """
        before, rows = self._list.kept, self.view.selected()
        scrolled = self.view.verticalScrollBar().value()
        if not self._list.show_kept(kept, appraisals, memories):
            return
        self._pages.setCurrentIndex(1 if kept else 0)
        places = {id(state.picture): row for row, state in enumerate(kept)}
        found = [places.get(id(before[row].picture)) for row in rows]
        self.view.select(sorted(row for row in found if row is not None))
        self.view.verticalScrollBar().setValue(scrolled)
        if len(kept) > len(before):
            self.view.scrollToBottom()  # to what has just been kept

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self.view.show_theme(theme)

    def _make_buttons(self, column: QVBoxLayout) -> None:
        keep = self._button(self.tr("Keep the pad"), self.tr("Put what is on the pad aside (K)"))
        keep.clicked.connect(self.keep_requested)
        self._put = self._button(self.tr("Load"), self.tr("Put it on the pad"))
        self._put.clicked.connect(lambda: self.put_requested.emit(self.view.selected()[0]))
        self._store = self._button(self.tr("Store"), self.tr("Store the chosen ones as memories"))
        self._store.clicked.connect(lambda: self.store_requested.emit(self.view.selected()))
        self._delete = self._button(self.tr("Delete"), self.tr("Let the chosen ones go"))
        self._delete.clicked.connect(lambda: self.delete_requested.emit(self.view.selected()))
        small = QHBoxLayout()
        small.setContentsMargins(8, 0, 8, 0)
        small.setSpacing(8)
        for button in (self._put, self._store, self._delete):
            button.setObjectName("small")
            small.addWidget(button)
        small.addStretch()
        large = QHBoxLayout()
        large.setContentsMargins(8, 4, 8, 0)
        large.addWidget(keep)
        column.addLayout(small)
        column.addLayout(large)

    @staticmethod
    def _button(text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # It needs no more than its words: a panel that is opened leaves the pad its size.
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance(text) + 10)
        return button

    @Slot()
    def _allow(self) -> None:
        """Enable what can be done with the rows chosen."""
        chosen = len(self.view.selected())
        self._put.setEnabled(chosen == 1)
        self._store.setEnabled(chosen > 0)
        self._delete.setEnabled(chosen > 0)
