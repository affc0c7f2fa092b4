"""The question of which shape rows of units have, with the first of them in sight."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.arrays import Rows, shapes
from hopgui.session.session import LARGEST_SIDE, SMALLEST_SIDE, Picture
from hopgui.ui.look import numbers
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.picture_view import PictureView
from hopgui.ui.parts.thumbnail import units_image

Shape = tuple[int, int]


class ShapeDialog(QDialog):
    """Asks for the height and the width of patterns that came as rows.

    Parameters
    ----------
    rows
        The patterns; of more than one file of one width all that come first.
    theme
        Colours of the preview.
    """

    def __init__(self, rows: Rows, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shape of the patterns"))
        self._rows = rows
        self._theme = theme
        count, units = rows.units.shape
        text = self.tr("{name}: {count} rows of {units} units. What shape has a pattern?")
        question = QLabel(
            text.format(name=rows.name, count=numbers.number(count), units=numbers.number(units))
        )
        question.setWordWrap(True)
        self._list = QListWidget()
        self._list.setObjectName("choices")
        self._list.setAccessibleName(self.tr("Shapes"))
        self._choices = self._possible()
        for shape, words in self._choices:
            item = QListWidgetItem(words.format(width=shape[1], height=shape[0]), self._list)
            item.setSizeHint(QSize(0, 28))
        self._view = PictureView()
        self._view.setAccessibleName(self.tr("The first pattern in this shape"))
        self._lay_out(question)
        self._list.currentRowChanged.connect(self._show_shape)
        self._list.setCurrentRow(0)

    def shape_chosen(self) -> Shape:
        """Return (height, width) of each pattern."""
        return self._choices[self._list.currentRow()][0]

    def rows(self) -> Rows:
        """Return the patterns: the rows, or all of them as one picture where that was chosen."""
        shape = self.shape_chosen()
        if shape[0] * shape[1] == self._rows.units.shape[1]:
            return self._rows
        return Rows(self._rows.name, self._rows.units.reshape(1, -1), shape)

    def _possible(self) -> list[tuple[Shape, str]]:
        """List the shapes of a row, and all rows as one picture; a square comes first."""
        count, units = self._rows.units.shape
        whole = self.tr("One picture, {width} × {height}")
        each = self.tr("{width} × {height}")
        of_rows = [(shape, each) for shape in shapes(units)]
        one = [
            ((count, units), whole)
            for _ in range(1)
            if all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (count, units))
        ]
        square = bool(of_rows) and of_rows[0][0][0] == of_rows[0][0][1]
        return [*of_rows, *one] if square else [*one, *of_rows]

    def _lay_out(self, question: QLabel) -> None:
        self._list.setFixedWidth(200)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addWidget(self._list)
        body.addWidget(self._view, 1)
        buttons = QDialogButtonBox()
        agree = buttons.addButton(self.tr("Continue"), QDialogButtonBox.ButtonRole.AcceptRole)
        agree.setObjectName("primary")
        agree.setDefault(True)
        dismiss = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (agree, dismiss):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(question)
        column.addLayout(body, 1)
        column.addWidget(buttons)
        self.resize(560, 420)

    def _show_shape(self) -> None:
        self._view.show_picture(units_image(self._first(), self._theme))

    def _first(self) -> Picture:
        shape = self.shape_chosen()
        units: Picture = self.rows().units[0].reshape(shape)
        return units


def is_askable(rows: Rows) -> bool:
    """Say whether there is any shape that these rows can have."""
    count, units = rows.units.shape
    as_one = all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (count, units))
    return as_one or bool(shapes(units))
