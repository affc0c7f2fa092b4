"""How pictures become units: threshold, ink, greys, fit and grid."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)

from hopgui.session.fitting import Fit
from hopgui.session.session import Grid
from hopgui.ui.look import numbers
from hopgui.ui.parts.choice_box import ChoiceBox


class ImportSettings(QWidget):
    """The settings under the pictures of an import.

    Parameters
    ----------
    grid
        The pad's.
    own_grid
        The one that the pictures have, None if they have none in common.
    several
        Whether there is more than one picture.

    Signals
    -------
    threshold_chosen(int)
        Luminance below it is ink.
    best_wanted()
        The threshold that parts dark from light best is to be taken.
    common_chosen(bool)
        Whether one threshold is to serve all pictures.
    cut_changed()
        Ink or greys are taken otherwise.
    fit_changed()
        The pictures are brought onto the grid otherwise, or onto another one.
    """

    threshold_chosen = Signal(int)
    best_wanted = Signal()
    common_chosen = Signal(bool)
    cut_changed = Signal()
    fit_changed = Signal()

    def __init__(
        self, grid: Grid, own_grid: Grid | None, *, several: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._threshold = QSlider(Qt.Orientation.Horizontal)
        self._threshold.setRange(0, 256)
        self._threshold.setPageStep(16)
        self._threshold.setAccessibleName(self.tr("Threshold"))
        self._number = QLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("0000"))
        self._auto = QPushButton(self.tr("Auto"))
        self._auto.setObjectName("secondary")
        self._auto.setAutoDefault(False)
        self._auto.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._auto.setToolTip(self.tr("The threshold that parts dark from light best (Otsu)"))
        self._common = QCheckBox(self.tr("The same threshold for all pictures"))
        self._invert = QCheckBox(self.tr("Light is ink"))
        self._dither = QCheckBox(self.tr("Greys as patterns of units"))
        self._dither.setToolTip(self.tr("Dither (Floyd, Steinberg 1976)"))
        self._fits = QComboBox()
        self._fits.addItem(self.tr("Whole picture, with a margin"), Fit.CONTAIN)
        self._fits.addItem(self.tr("Fill the grid, cut what is over"), Fit.COVER)
        self._fits.addItem(self.tr("Stretch to the grid"), Fit.STRETCH)
        self._fits.setAccessibleName(self.tr("Fit"))
        self._grid = grid
        self._grids = ChoiceBox([(grid, self._size(grid))])
        self._grids.setAccessibleName(self.tr("Grid"))
        self._asks_grid = own_grid is not None and own_grid != grid
        if own_grid is not None and self._asks_grid:
            words = self.tr("{size}, as a new document")
            self._grids.add(own_grid, words.format(size=self._size(own_grid)))
        self._lay_out(several=several)
        self._connect()

    @property
    def common(self) -> bool:
        """Whether one threshold serves all pictures."""
        return self._common.isChecked()

    @property
    def invert(self) -> bool:
        """Whether the light parts are the ink."""
        return self._invert.isChecked()

    @property
    def dither(self) -> bool:
        """Whether greys become patterns of units."""
        return self._dither.isChecked()

    @property
    def fit(self) -> Fit:
        """How the pictures are brought onto the grid."""
        return Fit(self._fits.currentData())

    @property
    def grid(self) -> Grid:
        """The grid that the pictures come onto."""
        return self._grid

    def show_threshold(self, threshold: int) -> None:
        """Show a threshold; `threshold_chosen` tells if it is another one."""
        self._threshold.setValue(threshold)
        self._number.setText(numbers.number(threshold))

    def _lay_out(self, *, several: bool) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(8)
        named = [(0, self.tr("Threshold")), (4, self.tr("Fit"))]
        named += [(5, self.tr("Grid"))] if self._asks_grid else []
        for row, text in named:
            label = QLabel(text)
            label.setContentsMargins(0, 0, 8, 0)
            grid.addWidget(label, row, 0)
        grid.addWidget(self._threshold, 0, 1)
        grid.addWidget(self._number, 0, 2)
        grid.addWidget(self._auto, 0, 3)
        below = (self._common, self._invert, self._dither, self._fits, self._grids)
        for row, widget in enumerate(below, 1):
            grid.addWidget(widget, row, 1, 1, 3)
        self._common.setVisible(several)
        self._grids.setVisible(self._asks_grid)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self._threshold.valueChanged.connect(self.threshold_chosen)
        self._auto.clicked.connect(self.best_wanted)
        self._common.toggled.connect(self.common_chosen)
        self._invert.toggled.connect(self.cut_changed)
        self._dither.toggled.connect(self.cut_changed)
        self._fits.currentIndexChanged.connect(self.fit_changed)
        self._grids.chosen.connect(self._take_grid)

    def _take_grid(self, grid: object) -> None:
        assert isinstance(grid, Grid)  # noqa: S101 - no other is put in
        self._grid = grid
        self.fit_changed.emit()

    def _size(self, grid: Grid) -> str:
        return self.tr("{width} × {height}").format(width=grid.width, height=grid.height)
