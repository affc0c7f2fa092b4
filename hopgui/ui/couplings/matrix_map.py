"""The matrix of couplings as a heat map with its units named along two sides."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hopgui.ui.couplings.heat_map import HeatMap
from hopgui.ui.couplings.unit_ticks import unit_ticks
from hopgui.ui.look import fonts

GAP = 6
LINES = 2.2  # lines of text from one name at the side to the next


class MatrixMap(HeatMap):
    """Rows are the units that are spoken to, columns the ones that speak."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = 1
        self._height = 1
        self.setFont(fonts.font(fonts.SMALL_SIZE))

    def show_shape(self, width: int, height: int) -> None:
        """Name units by their place on a pad of this many columns and rows."""
        self._width, self._height = width, height
        self._refit()
        self.update()

    def area(self) -> QRect:
        """Return the room that the names leave."""
        left, top = self._name_width() + GAP, self.fontMetrics().height() + GAP
        return self.rect().adjusted(left, top, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the matrix and the names."""
        super().paintEvent(event)
        view = self.viewport
        if view is None:
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.muted))
        area, cell = self.area(), view.cell / self.ratio
        line, name = self.fontMetrics().height(), self._name_width()
        for unit in unit_ticks(*view.seen_rows, self._width, LINES * line / cell):
            y = area.top() + view.top / self.ratio + (unit + 0.5) * cell
            if y <= self.height():
                box = QRectF(
                    0, y - line / 2, area.left() + max(view.left / self.ratio, 0.0) - GAP, line
                )
                box.moveTop(max(box.top(), 0.0))
                painter.drawText(box, _RIGHT, self._name(unit))
        for unit in unit_ticks(*view.seen_columns, self._width, (name + 3 * GAP) / cell):
            x = area.left() + view.left / self.ratio + (unit + 0.5) * cell
            if x + name / 2 <= self.width():
                above = area.top() + view.top / self.ratio - line - GAP + 2
                box = QRectF(x - name / 2, max(above, 0.0), name, line)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._name(unit))

    def _name(self, unit: int) -> str:
        return unit_name(unit, self._width)

    def _name_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._name(self._width * self._height - 1))


def unit_name(unit: int, width: int) -> str:
    """Return a unit by its column and row on the pad, as all of the window does."""
    return f"({unit % width}, {unit // width})"


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
