"""How it is shown in a row whether a state is stable: a mark, and a word beside it."""

from PySide6.QtCore import QCoreApplication, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from hopgui.ui.look.theme import Theme

_DOT, _GAP = 8, 5

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def stability_word(*, stable: bool) -> str:
    """Say whether a state is stable."""
    return translate("Row", "stable") if stable else translate("Row", "unstable")


def stability_width(font: QFont, *, stable: bool | None) -> int:
    """Return the room for the mark and its word."""
    word = "…" if stable is None else stability_word(stable=stable)
    return QFontMetrics(font).horizontalAdvance(word) + _GAP + _DOT


def paint_stability(
    painter: QPainter,
    theme: Theme,
    font: QFont,
    line: QRect,
    *,
    stable: bool | None,
    speaks: bool = True,
) -> int:
    """Draw the mark and its word at the right of a line; return how wide they are.

    Parameters
    ----------
    painter, theme, font
        What to draw with.
    line
        Where.
    stable
        Whether the state is stable, None while nobody knows.
    speaks
        Whether there is room for the word; the mark alone is a full dot or a ring.
    """
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font)
    painter.setPen(QColor(theme.good if stable else theme.muted))
    word = "…" if stable is None else stability_word(stable=stable)
    if speaks or stable is None:
        painter.drawText(line, right, word)
    width = QFontMetrics(font).horizontalAdvance(word)
    if stable is None:
        return width
    width = width if speaks else -_GAP
    radius = _DOT / 2 if stable else _DOT / 2 - 0.75
    painter.setBrush(QColor(theme.good) if stable else Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen if stable else QPen(QColor(theme.muted), 1.5))
    x = line.right() + 1 - width - _GAP - _DOT / 2
    painter.drawEllipse(QPointF(x, line.center().y() + 1), radius, radius)
    return width + _GAP + _DOT
