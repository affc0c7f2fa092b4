"""What a chart shows of the state that is pointed at: its thumbnail, its name, its facts."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from hopgui.ui.look import fonts
from hopgui.ui.look.theme import Theme

MARGIN = 8
WIDEST = 220.0
_LEFT = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value


def paint_tip(
    painter: QPainter,
    window: QRectF,
    around: tuple[QPointF, float],
    lines: Sequence[str],
    picture: QPixmap,
    theme: Theme,
) -> None:
    """Draw a small card beside a mark, within the window and not over the mark.

    Parameters
    ----------
    painter
        A painter on the window.
    window
        Where the card must stay.
    around
        Middle and half the size of the mark.
    lines
        The name, and the facts beneath.
    picture
        The thumbnail.
    theme
        Whose colours to use.
    """
    bold, plain = fonts.font(fonts.SMALL_SIZE, QFont.Weight.DemiBold), fonts.font(fonts.SMALL_SIZE)
    metrics = [QFontMetricsF(bold), *[QFontMetricsF(plain)] * (len(lines) - 1)]
    side = picture.width() / picture.devicePixelRatioF()
    room = min(WIDEST, window.width() - side - 5 * MARGIN)
    cut = [
        each.elidedText(line, Qt.TextElideMode.ElideRight, room)
        for each, line in zip(metrics, lines, strict=True)
    ]
    words = max(each.horizontalAdvance(line) for each, line in zip(metrics, cut, strict=True))
    line_height = metrics[0].height() + 2
    height = max(side, line_height * len(cut)) + 2 * MARGIN
    card = _beside(window, around, words + side + 3 * MARGIN + 2, height)
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    top = card.top() + (card.height() - side) / 2
    painter.drawPixmap(QPointF(card.left() + MARGIN, top), picture)
    top = card.top() + (card.height() - line_height * len(cut)) / 2
    for number, line in enumerate(cut):
        painter.setFont(plain if number else bold)
        painter.setPen(QColor(theme.muted if number else theme.text))
        left = card.left() + side + 2 * MARGIN
        painter.drawText(QRectF(left, top, words + 2, line_height), _LEFT, line)
        top += line_height


def _beside(window: QRectF, around: tuple[QPointF, float], width: float, height: float) -> QRectF:
    """Return where a card finds room: above or below the mark, as near to its middle as it goes."""
    at, out = around
    left = min(max(at.x() - width / 2, window.left() + 4), window.right() - width - 4)
    above = at.y() - out - 4 - height
    below = at.y() + out + 4
    fits_above = above >= window.top() + 2
    top = above if fits_above or below + height > window.bottom() else below
    top = min(max(top, window.top() + 2), window.bottom() - height - 2)
    return QRectF(left, top, width, height)
