"""A mark on single units that is neither a pin, nor a wish to flip, nor a flip."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from hopgui.ui.theme import Theme

SMALLEST = 7.0  # pixels: in smaller cells a diamond is no diamond, and the cell is ringed


def draw_mark(painter: QPainter, cell: QRectF, theme: Theme, *, plus: bool) -> None:
    """Draw a hollow diamond into a cell, in the colour of the other value: seen on either.

    Parameters
    ----------
    painter
        What to draw with.
    cell
        The cell, in the painter's units.
    theme
        Whose colours.
    plus
        Whether the unit is +1.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = min(cell.width(), cell.height())
    if side < SMALLEST:
        painter.setPen(QPen(QColor(theme.panel), 2))
        painter.drawRect(cell.adjusted(-2, -2, 2, 2))
        painter.setPen(QPen(QColor(theme.act), 1.5))
        painter.drawRect(cell.adjusted(-1, -1, 1, 1))
    else:
        pen = QPen(QColor(theme.minus if plus else theme.plus), max(1.5, side / 14))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolygon(_diamond(cell.center(), 0.36 * side))
    painter.restore()


def _diamond(middle: QPointF, radius: float) -> QPolygonF:
    across, down = QPointF(radius, 0), QPointF(0, radius)
    return QPolygonF([middle - down, middle + across, middle + down, middle - across])
