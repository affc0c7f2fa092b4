"""What drawn widgets have in common: a colour laid over another, and the ring of the focus."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from hopgui.ui.look.theme import Theme


def blend(colour: QColor | str, ground: QColor | str, share: float) -> QColor:
    """Mix `share` of a colour with the ground it lies on; opaque, since that paints fastest."""
    over, under = _rgb(colour), _rgb(ground)
    mixed = (share * a + (1 - share) * b for a, b in zip(over, under, strict=True))
    return QColor(*(round(part) for part in mixed))


def paint_focus(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """Draw a ring just within a widget that has the keyboard."""
    painter.setPen(QPen(QColor(theme.act), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)


def _rgb(colour: QColor | str) -> tuple[int, int, int]:
    parts = QColor(colour)
    return parts.red(), parts.green(), parts.blue()
