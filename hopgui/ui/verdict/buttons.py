"""What can be done with the state that the card speaks of."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from hopgui.model.verdict import Kind
from hopgui.session.frame import Frame, Phase
from hopgui.session.judged import Judged


class VerdictButtons(QWidget):
    """A row of buttons: what the state is, how it is built, storing it, finding its basin.

    While a run goes on there is none, and the room is kept.

    Signals
    -------
    verdict_requested()
        A person asks what this state is.
    rebuilding_requested()
        A person wants to see how it is built.
    store_requested()
        It is to become a memory.
    basin_requested()
        A person wants to see which states fall to it.
    """

    verdict_requested = Signal()
    rebuilding_requested = Signal()
    store_requested = Signal()
    basin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finds_basins = False
        self._ask = self._button(self.tr("What is this state?"), self.verdict_requested)
        self._ask.setToolTip(self.tr("A memory, a mixture of several, or neither (W)"))
        self._rebuild = self._button(self.tr("How it is built"), self.rebuilding_requested)
        self._rebuild.setToolTip(self.tr("Add the memories up, one by one, to this state"))
        self._store = self._button(self.tr("Store it"), self.store_requested)
        self._store.setToolTip(self.tr("Keep this state as a memory (M)"))
        self._basin = self._button(self.tr("Find its basin"), self.basin_requested)
        self._basin.setToolTip(self.tr("Which states fall to this one"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        for button in self._all():
            row.addWidget(button)
            button.hide()
        row.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._ask.sizeHint().height() + 4)

    def offer_basins(self) -> None:
        """Offer to find basins from now on: somebody answers `basin_requested`."""
        self._finds_basins = True

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
        self._ask.setVisible(has_memories and not known and frame.phase is not Phase.RUNNING)
        self._rebuild.setVisible(known)
        self._store.setVisible(known and not exact)
        self._basin.setVisible(known and self._finds_basins)

    def _all(self) -> tuple[QPushButton, ...]:
        return self._ask, self._rebuild, self._store, self._basin

    @staticmethod
    def _button(text: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("small")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(signal)
        return button
