"""What can be done with the state that the card speaks of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from hopgui.model.verdict import Kind
from hopgui.session.frame import Frame, Phase
from hopgui.session.judged import Judged
from hopgui.session.session import KeptState, Picture

SPURIOUS = {Kind.MIXTURE, Kind.OTHER}


class VerdictButtons(QWidget):
    """A row of buttons: what the state is, what becomes of it, what falls to it.

    While a run goes on there is none, and the room is kept.

    Attributes
    ----------
    rebuilding
        One more button, which belongs beside the evidence: how the state is built.

    Signals
    -------
    verdict_requested()
        A person asks what this state is.
    keep_requested()
        It is to be put aside.
    store_requested()
        It is to become a memory.
    unlearn_requested()
        It is to be weakened.
    rebuilding_requested()
        A person wants to see how it is built.
    basin_requested()
        A person wants to see which states fall to it.
    """

    verdict_requested = Signal()
    keep_requested = Signal()
    store_requested = Signal()
    unlearn_requested = Signal()
    rebuilding_requested = Signal()
    basin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finds_basins = False
        self._kept: frozenset[bytes] = frozenset()
        self._state: Picture | None = None
        self._ask = self._button(
            self.tr("What is this state?"),
            self.verdict_requested,
            self.tr("A memory, a mixture of several, or neither (W)"),
        )
        self._keep = self._button(self.tr("Keep"), self.keep_requested, "")
        self._store = self._button(
            self.tr("Store it"), self.store_requested, self.tr("Keep this state as a memory (M)")
        )
        self._unlearn = self._button(
            self.tr("Unlearn it"),
            self.unlearn_requested,
            self.tr("Weaken this state by the strength in Controls (Shift+M)"),
        )
        self.rebuilding = self._button(
            self.tr("How it is built"),
            self.rebuilding_requested,
            self.tr("Add the memories up, one by one, to this state"),
        )
        self._basin = self._button(
            self.tr("Find its basin"),
            self.basin_requested,
            self.tr("Which states fall to this one"),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        for button in (self._ask, self._keep, self._store, self._unlearn, self._basin):
            row.addWidget(button)
            button.hide()
        row.addStretch()
        self.rebuilding.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._ask.sizeHint().height() + 4)

    def offer_basins(self) -> None:
        """Offer to find basins from now on: somebody answers `basin_requested`."""
        self._finds_basins = True

    @property
    def offers_to_keep(self) -> bool:
        """Whether it is seen here that the state can be kept, or is."""
        return self._keep.isVisible()

    def show_kept(self, kept: Sequence[KeptState]) -> None:
        """Know the states that are kept."""
        self._kept = frozenset(state.picture.tobytes() for state in kept)
        self._show_keeping()

    def show_state(self, frame: Frame, judged: Judged | None, *, has_memories: bool) -> None:
        """Offer what makes sense for this moment.

        Parameters
        ----------
        frame
            The moment.
        judged
            What its state is, None while that is not known.
        has_memories
            Whether there are memories to tell it by.
        """
        known = judged is not None and has_memories
        stored = judged is not None and judged.verdict.kind is Kind.MEMORY
        exact = stored and judged is not None and judged.verdict.agreement == 1
        spurious = judged is not None and judged.verdict.kind in SPURIOUS
        asks = has_memories and not known and frame.phase is not Phase.RUNNING
        self._ask.setVisible(asks)
        self._keep.setVisible(asks or (known and not exact))
        self._store.setVisible(known and not exact)
        self._unlearn.setVisible(known and spurious and not frame.unstable.any())
        self.rebuilding.setVisible(known)
        self._basin.setVisible(known and self._finds_basins)
        self._state = frame.state
        self._show_keeping()

    def _show_keeping(self) -> None:
        """Say whether the state is kept already."""
        if not self._keep.isVisibleTo(self):
            return
        kept = self._state is not None and self._state.tobytes() in self._kept
        self._keep.setText(self.tr("Kept") if kept else self.tr("Keep"))
        self._keep.setEnabled(not kept)
        self._keep.setToolTip(
            self.tr("This state is among the kept ones (Ctrl+Shift+K)")
            if kept
            else self.tr("Put this state aside, to compare it later (K)")
        )

    @staticmethod
    def _button(text: str, signal: SignalInstance, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("small")
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(signal)
        return button
