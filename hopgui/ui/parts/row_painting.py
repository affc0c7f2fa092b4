"""What the rows of every list have in common: where they keep what they know, and their look."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from hopgui.ui.look import numbers
from hopgui.ui.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # under which a list keeps what a row knows

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Draw what lies under a row: whether it is chosen, under the pointer, or has the keyboard."""
    ground = QRectF(option.rect).adjusted(1, 1, -1, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setBrush(faint(theme.act, 0.10))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(faint(theme.text, 0.04))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(faint(theme.act, 0.55), 1.5))
    painter.drawRoundedRect(ground, 8, 8)


def bold(font: QFont) -> QFont:
    """Return the font of a name: a step larger, and bold."""
    bolder = QFont(font)
    bolder.setWeight(QFont.Weight.DemiBold)
    if font.pixelSize() > 0:
        bolder.setPixelSize(font.pixelSize() + 2)
    else:
        bolder.setPointSizeF(font.pointSizeF() + 1.5)
    return bolder


def energy_in(energy: float, metrics: QFontMetrics, room: int) -> str:
    """Write an energy; without its decimals, and then by a power of ten, where it has no room."""
    for write in (numbers.energy, numbers.number, numbers.short_energy):
        text = translate("Row", "E = {energy}").format(energy=write(energy))
        if metrics.horizontalAdvance(text) <= room or abs(energy) >= numbers.LONGEST_ENERGY:
            break
    return text


def faint(colour: str, opacity: float) -> QColor:
    """Return a colour that lets the ground through."""
    fainter = QColor(colour)
    fainter.setAlphaF(opacity)
    return fainter
