"""A mark on single units that is neither a pin, nor a wish to flip, nor a flip."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from hopgui.ui.look.theme import Theme

SMALLEST = 7.0  # pixels: in smaller cells a diamond is no diamond, and the cell is ringed


def draw_mark(
    painter: QPainter, cell: QRectF, theme: Theme, *, plus: bool, ratio: float = 1.0
) -> None:
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
    ratio
        Painter's units to one of Qt's pixels.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = min(cell.width(), cell.height())
    if side < SMALLEST * ratio:
        painter.setPen(QPen(QColor(theme.panel), 2 * ratio))
        painter.drawRect(_around(cell, 2 * ratio))
        painter.setPen(QPen(QColor(theme.act), 1.5 * ratio))
        painter.drawRect(_around(cell, ratio))
    else:
        pen = QPen(QColor(theme.minus if plus else theme.plus), max(1.5 * ratio, side / 18))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolygon(_diamond(cell.center(), 0.36 * side))
    painter.restore()


def _around(cell: QRectF, out: float) -> QRectF:
    return cell.adjusted(-out, -out, out, out)


def _diamond(middle: QPointF, radius: float) -> QPolygonF:
    across, down = QPointF(radius, 0), QPointF(0, radius)
    return QPolygonF([middle - down, middle + across, middle + down, middle - across])
