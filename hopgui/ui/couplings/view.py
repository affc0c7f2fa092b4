"""The card of the couplings: all of them as a matrix, or one unit's on the pad's own shape."""

from enum import Enum, auto
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from hopgui.ui.couplings.heat_map import HeatMap
from hopgui.ui.couplings.matrix_map import MatrixMap, unit_name
from hopgui.ui.couplings.strength_scale import StrengthScale, strength_text
from hopgui.ui.couplings.table import CouplingTable, matrix_table, unit_table
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.segmented import Segmented


class Page(Enum):
    """What of the couplings is to be seen."""

    MATRIX = auto()
    UNIT = auto()


class CouplingsView(QFrame):
    """Shows couplings as colours, with a histogram of them beneath.

    Signals
    -------
    matrix_wanted()
        The matrix is to be seen and is not there: answer by `show_matrix`.
    unit_hovered(int)
        Unit under the pointer, −1 for none: in the matrix the one of the row.
    """

    matrix_wanted = Signal()
    unit_hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._shape = (1, 1)
        self._matrix: CouplingTable | None = None
        self._reason = ""
        self._asked = False
        self._unit = -1
        self._row: CouplingTable | None = None
        self._choice = Segmented(
            ((Page.MATRIX, self.tr("matrix")), (Page.UNIT, self.tr("one unit")))
        )
        self._choice.setAccessibleName(self.tr("What of the couplings is shown"))
        self._maps: dict[Page, HeatMap] = {Page.MATRIX: MatrixMap(), Page.UNIT: HeatMap()}
        self._maps[Page.MATRIX].setAccessibleName(self.tr("Matrix of the couplings"))
        self._maps[Page.UNIT].setAccessibleName(self.tr("Couplings of one unit"))
        self._empty = QLabel()
        self._empty.setObjectName("muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._line = ElidedLabel("note")
        self._scale = StrengthScale()
        self._lay_out()
        self._connect()
        self._show()

    def show_shape(self, width: int, height: int) -> None:
        """Show couplings of a pad of this many columns and rows; those of another are dropped."""
        if (width, height) == self._shape:
            return
        self._shape = width, height
        matrix = self._maps[Page.MATRIX]
        assert isinstance(matrix, MatrixMap)  # noqa: S101 - made above
        matrix.show_shape(width, height)
        self._unit, self._row = -1, None
        self.show_matrix(None)

    def show_matrix(self, matrix: NDArray[np.float32] | None, reason: str = "") -> None:
        """Show all couplings.

        Parameters
        ----------
        matrix
            w_ij, float32 array of shape (units, units), not copied; None if there is none.
        reason
            Why there is none; without one it is taken to be on its way.
        """
        self._matrix = None if matrix is None else matrix_table(matrix)
        self._reason, self._asked = reason, False
        self._maps[Page.MATRIX].show_table(self._matrix)
        self._show()

    def show_unit(self, unit: int, row: NDArray[np.float64] | None) -> None:
        """Show one unit's couplings.

        Parameters
        ----------
        unit
            The unit, −1 for none.
        row
            w_ij from every unit j to this one, float64 array of shape (units,); None if there are
            no couplings to show.
        """
        self._unit = unit
        width = self._shape[0]
        self._row = None if row is None or unit < 0 else unit_table(row, unit, width)
        self._maps[Page.UNIT].show_table(self._row, divmod(unit, width))
        self._show()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        for each in self._maps.values():
            each.show_theme(theme)
        self._scale.show_theme(theme)

    def sizeHint(self) -> QSize:
        """Return a size for a dock."""
        return QSize(320, 460)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the matrix, now that it would be seen."""
        super().showEvent(event)
        self._ask()

    @property
    def _page(self) -> Page:
        choice = self._choice.choice
        assert isinstance(choice, Page)  # noqa: S101 - no other is put in
        return choice

    @property
    def _table(self) -> CouplingTable | None:
        return self._matrix if self._page is Page.MATRIX else self._row

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Couplings"))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._choice)
        self._pages = QStackedWidget()
        for page in (self._empty, *self._maps.values()):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._line)
        column.addWidget(self._scale)

    def _connect(self) -> None:
        self._choice.chosen.connect(self._turn)
        for page, each in self._maps.items():
            each.pointed.connect(partial(self._point, page))
            each.viewed.connect(self._describe)

    def _turn(self, _page: object) -> None:
        self._show()

    def _ask(self) -> None:
        missing = self._matrix is None and not self._reason and not self._asked
        if missing and self._page is Page.MATRIX and self.isVisible():
            self._asked = True
            self.matrix_wanted.emit()

    def _show(self) -> None:
        table, page = self._table, self._page
        self._pages.setCurrentWidget(self._empty if table is None else self._maps[page])
        self._empty.setText(self._absence() if table is None else "")
        self._scale.setVisible(table is not None)
        self._describe()
        self._ask()

    def _absence(self) -> str:
        """Say why nothing is to be seen."""
        if self._page is Page.MATRIX:
            return self._reason or self.tr("The matrix is being made…")
        if self._unit < 0:
            return self.tr("Point at a unit on the pad.")
        return self._reason or self.tr("There are no couplings between pairs of units.")

    def _point(self, page: Page, row: int, column: int) -> None:
        """Say the coupling under the pointer; a map that is hidden has nothing to say."""
        if page is not self._page:
            return
        table = self._table
        if row < 0 or table is None:
            self._describe()
            self.unit_hovered.emit(-1)
            return
        width = self._shape[0]
        by_matrix = self._page is Page.MATRIX
        target = row if by_matrix else self._unit
        source = column if by_matrix else row * width + column
        strength = float(table.values[row, column])
        self._scale.show_marked(strength)
        text = self.tr("{source} → {target}: w = {strength}")
        self._line.show_text(
            text.format(
                source=unit_name(source, width),
                target=unit_name(target, width),
                strength=strength_text(strength),
            )
        )
        self.unit_hovered.emit(target if by_matrix else source)

    def _describe(self) -> None:
        """Say what is to be seen while nothing is pointed at."""
        table, view = self._table, self._maps[self._page].viewport
        self._scale.show_marked(None)
        self._line.show_text("" if table is None else self._description())
        if table is not None:
            level = 0 if view is None else view.level
            self._scale.show_counts(table.counts, table.limit, table.copy_limit(level))

    def _description(self) -> str:
        if self._page is Page.UNIT:
            text = self.tr("What every unit says to {unit}")
            return text.format(unit=unit_name(self._unit, self._shape[0]))
        view = self._maps[Page.MATRIX].viewport
        if view is not None and view.cell < 1:
            text = self.tr("A pixel is the mean of about {side} × {side} couplings")
            return text.format(side=max(2, round(1 / view.cell)))
        return self.tr("Wheel zooms, drag moves, double-click fits")
