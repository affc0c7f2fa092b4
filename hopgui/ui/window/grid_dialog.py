"""The question of how large the grid shall be, and how pictures are carried over to it."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.carry import Carry
from hopgui.session.session import LARGEST_SIDE, SMALLEST_SIDE, Grid
from hopgui.ui.look import numbers
from hopgui.ui.parts.load_meter import HEBBIAN_CAPACITY

COMMON_SIDES = (10, 16, 28, 32, 64, 128, 256)
_SIZES_IN_A_ROW = 4


class GridDialog(QDialog):
    """Asks for the width and the height of the grid.

    Parameters
    ----------
    grid
        The grid to begin with.
    purpose
        Whether a new document is begun or the present one gets another size; then it is also
        asked how the pictures are carried over.
    has_memories
        Whether there are memories to be carried over along with the pad.
    """

    def __init__(
        self,
        grid: Grid,
        purpose: Literal["new", "resize"],
        *,
        has_memories: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        new = purpose == "new"
        self.setWindowTitle(self.tr("New grid") if new else self.tr("Resize the grid"))
        self._width = self._side(grid.width, self.tr("Width"))
        self._height = self._side(grid.height, self.tr("Height"))
        self._square = QCheckBox(self.tr("Keep square"))
        self._square.setChecked(grid.width == grid.height)
        self._meaning = QLabel()
        self._meaning.setObjectName("muted")
        self._crop = QRadioButton(self.tr("Crop or pad: the centre stays as it is"))
        self._resample = QRadioButton(self.tr("Resample: the whole picture, larger or smaller"))
        self._crop.setChecked(True)
        act = self.tr("Create") if new else self.tr("Resize")
        self._lay_out(act, asks_carry=not new, has_memories=has_memories)
        self._width.valueChanged.connect(self._follow_width)
        self._height.valueChanged.connect(self._follow_height)
        self._square.toggled.connect(self._follow_width)
        self._say()

    def grid(self) -> Grid:
        """Return the grid chosen."""
        return Grid(self._width.value(), self._height.value())

    def carry(self) -> Carry:
        """Return how the pictures are to be carried over."""
        return Carry.RESAMPLE if self._resample.isChecked() else Carry.CROP

    def _side(self, value: int, name: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(SMALLEST_SIDE, LARGEST_SIDE)
        box.setValue(value)
        box.setAccessibleName(name)
        box.setMinimumWidth(96)
        return box

    def _lay_out(self, act: str, *, asks_carry: bool, has_memories: bool) -> None:
        sides = QGridLayout()
        sides.setHorizontalSpacing(16)
        sides.setVerticalSpacing(8)
        named = ((self.tr("&Width"), self._width), (self.tr("&Height"), self._height))
        for row, (text, box) in enumerate(named):
            label = QLabel(text)
            label.setBuddy(box)
            sides.addWidget(label, row, 0)
            sides.addWidget(box, row, 1)
        sides.addWidget(self._square, 2, 1)
        sides.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(sides)
        column.addLayout(self._common_sizes())
        column.addWidget(self._meaning)
        if asks_carry:
            column.addLayout(self._carrying(has_memories=has_memories))
        buttons = QDialogButtonBox()
        agree = buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        agree.setObjectName("primary")
        agree.setDefault(True)
        dismiss = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (agree, dismiss):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _common_sizes(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setSpacing(8)
        for place, side in enumerate(COMMON_SIDES):
            button = QPushButton(self.tr("{side} × {side}").format(side=side))
            button.setObjectName("secondary")
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("side", side)
            button.clicked.connect(self._take_common)
            rows.addWidget(button, *divmod(place, _SIZES_IN_A_ROW))
        return rows

    def _carrying(self, *, has_memories: bool) -> QVBoxLayout:
        question = QLabel(
            self.tr("How the memories and the pad are carried over")
            if has_memories
            else self.tr("How the pad is carried over")
        )
        question.setObjectName("title")
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (question, self._crop, self._resample):
            column.addWidget(widget)
        return column

    def _take_common(self) -> None:
        side = int(self.sender().property("side"))
        # A common size is square: taking one while the sides are free must set both.
        self._width.setValue(side)
        self._height.setValue(side)

    def _follow_width(self) -> None:
        if self._square.isChecked():
            self._height.setValue(self._width.value())
        self._say()

    def _follow_height(self) -> None:
        if self._square.isChecked():
            self._width.setValue(self._height.value())
        self._say()

    def _say(self) -> None:
        units = self.grid().units
        text = self.tr("N = {units} units · Hebbian capacity about {memories} memories")
        self._meaning.setText(
            text.format(
                units=numbers.number(units), memories=numbers.number(HEBBIAN_CAPACITY * units)
            )
        )
