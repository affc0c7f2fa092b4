"""What a set of pictures would be to the network: its overlaps as a heat map, and its load."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from hopgui.session.set_facts import SetFacts
from hopgui.ui.couplings.heat_map import HeatMap
from hopgui.ui.couplings.table import matrix_table
from hopgui.ui.look import numbers
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.load_meter import LoadMeter

_SIDE = 224


class SetCard(QFrame):
    """Shows the facts of a set before it is stored."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._names: Sequence[str] = ()
        self._facts: SetFacts | None = None
        title = QLabel(self.tr("Overlaps in the set"))
        title.setObjectName("title")
        self._map = _SmallMap()
        self._map.setAccessibleName(self.tr("Overlap of each two patterns"))
        self._map.show_theme(theme)
        self._map.setFixedHeight(_SIDE)
        self._line = ElidedLabel("note")
        self._load = LoadMeter()
        self._load.show_theme(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self._map)
        column.addWidget(self._line)
        column.addStretch(1)
        column.addWidget(self._load)
        self.setFixedWidth(_SIDE + 32)
        self._map.pointed.connect(self._point)

    @property
    def text(self) -> str:
        """What is said of the overlaps, uncut."""
        return self._line.whole

    @property
    def load(self) -> LoadMeter:
        """The load of the set."""
        return self._load

    def show_set(self, facts: SetFacts, names: Sequence[str], count: int, units: int) -> None:
        """Show a set.

        Parameters
        ----------
        facts
            What is known of it.
        names
            Of the patterns compared.
        count
            How many memories there will be.
        units
            Units of the grid.
        """
        self._facts, self._names = facts, names
        self._map.show_table(matrix_table(facts.overlaps) if len(names) else None)
        self._load.show_load(count, units, facts.capacity)
        self._point(-1, -1)

    def _point(self, row: int, column: int) -> None:
        """Say the overlap under the pointer, or else the largest."""
        facts = self._facts
        if facts is None or facts.pair is None:
            self._line.show_text("")
            return
        if 0 <= row < len(self._names) and 0 <= column < len(self._names):
            text = self.tr("{one} and {other}: {overlap}")
            pair = row, column
        else:
            text = self.tr("largest {overlap}: {one} and {other}")
            pair = facts.pair
        self._line.show_text(
            text.format(
                one=self._names[pair[0]],
                other=self._names[pair[1]],
                overlap=numbers.signed(float(facts.overlaps[pair]), 2),
            )
        )


class _SmallMap(HeatMap):
    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)
