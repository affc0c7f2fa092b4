"""What a census is asked for: where its falls begin, and how many there are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hopgui.model.enumeration import MOST_UNITS_ON_REQUEST
from hopgui.model.starts import StartKind
from hopgui.ui.look.numbers import number, raised
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.job_strip import JobStrip
from hopgui.ui.parts.spin_box import SpinBox

FALLS = (1_000, 10_000, 100_000, 1_000_000)
FIRST_FALLS = 10_000


class AtlasControls(QWidget):
    """Where falls begin, how many, and the strip that lets them begin.

    Signals
    -------
    census_begun()
        The falls are to begin; see `kind`, `percent` and `falls`.
    enumeration_begun()
        Every state of the grid is to be gone through.
    """

    census_begun = Signal()
    enumeration_begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = ChoiceBox(
            (
                (StartKind.RANDOM, self.tr("From random states")),
                (StartKind.DAMAGED, self.tr("From damaged memories")),
                (StartKind.AROUND, self.tr("From around the pad")),
            )
        )
        self._kind = StartKind.RANDOM
        self._kinds.setAccessibleName(self.tr("Where the falls begin"))
        self._kinds.chosen.connect(self._choose_kind)
        self._falls = ChoiceBox((count, self._many(count)) for count in FALLS)
        self._falls.show_choice(FIRST_FALLS)
        self._falls.setAccessibleName(self.tr("How many falls"))
        self._falls.chosen.connect(self._choose_falls)
        self._falls.setMinimumContentsLength(4)
        self._count = FIRST_FALLS
        self._percent = SpinBox()
        self._percent.setRange(0, 100)
        self._percent.setValue(20)
        self._percent.setSuffix(self.tr(" % flipped"))
        self._percent.setAccessibleName(self.tr("Share of the units that is flipped"))
        self._all = QPushButton()
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._all.clicked.connect(self.enumeration_begun)
        self.strip = JobStrip(self.tr("Let them fall"))
        self.strip.begun.connect(self.census_begun)
        self._lay_out()
        self._show_percent()

    @property
    def kind(self) -> StartKind:
        """Where the falls begin."""
        return self._kind

    @property
    def percent(self) -> int:
        """How many percent of the units are flipped in a damaged start."""
        return self._percent.value()

    @property
    def falls(self) -> int:
        """How many falls there are to be."""
        return self._count

    def show_units(self, free: int) -> None:
        """Offer to go through all states where they are few enough, of so many free units."""
        few = free <= MOST_UNITS_ON_REQUEST
        self._all.setVisible(few)
        if few:
            states = number(2**free) if free <= 16 else f"2{raised(free)}"
            self._all.setText(self.tr("Go through all {states} states").format(states=states))
            self._all.setToolTip(
                self.tr("Find every stable state, exactly: each state is looked at, none is drawn")
            )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._falls, 1)
        row.addWidget(self._percent, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._kinds)
        column.addLayout(row)
        column.addWidget(self.strip)
        column.addWidget(self._all)

    def _many(self, count: int) -> str:
        return self.tr("{n} falls").format(n=number(count))

    def _choose_kind(self, kind: StartKind) -> None:
        self._kind = kind
        self._show_percent()

    def _choose_falls(self, count: int) -> None:
        self._count = count

    def _show_percent(self) -> None:
        self._percent.setVisible(self.kind is not StartKind.RANDOM)
