"""What stands still in a plot: the lines of the values with their numbers, the counts below."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from hopgui.ui.look.theme import Theme

SMALLEST_TYPE = 11
GAP = 7  # pixels between a number and the plot
_RIGHTWARD = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value


def paint_values(
    painter: QPainter, area: QRectF, theme: Theme, values: Sequence[tuple[float, str]]
) -> None:
    """Draw a line across at each height, its number to the left."""
    for y, text in values:
        painter.setPen(QColor(theme.line))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(0, y - 10, area.left() - GAP, 20), _RIGHTWARD, text)


def paint_factor(painter: QPainter, area: QRectF, factor: str) -> None:
    """Write what all numbers at the left are times, above them."""
    corner = QRectF(0, 0, area.left() - GAP, area.top() - 6)
    painter.drawText(corner, _RIGHTWARD | Qt.TextFlag.TextDontClip.value, factor)


def paint_counts(
    painter: QPainter,
    area: QRectF,
    width: float,
    theme: Theme,
    counts: Sequence[tuple[float, str]],
) -> None:
    """Write numbers under the plot, the last first; drop what meets another.

    Parameters
    ----------
    painter, area, theme
        Where and how.
    width
        Of the whole widget: beyond it nothing is written.
    counts
        How far to the right each stands, and its text, in rising order.
    """
    painter.setPen(QColor(theme.muted))
    metrics = QFontMetricsF(painter.font())
    row = area.bottom() + 5 + metrics.ascent()
    room = width - 2.0
    for x, text in reversed(counts):
        across = metrics.horizontalAdvance(text)
        left = min(x - across / 2, width - 2 - across)
        if left + across <= room:
            painter.drawText(QPointF(left, row), text)
            room = left - 6
