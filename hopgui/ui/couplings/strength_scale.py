"""What the colours of couplings mean, and how many couplings there are of each strength."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.couplings.table import BINS, HALF_BINS
from hopgui.ui.look import coupling_colours, fonts, numbers
from hopgui.ui.look.theme import LIGHT, Theme

_BAR = 8
_GAP = 4
_BARS = 64
_LEFT = 34
_PALEST = 0.4  # share of the full colour that a bar of the histogram has at least


class StrengthScale(QWidget):
    """A histogram of the couplings, its height in powers of ten, over a bar of their colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._counts: NDArray[np.float64] = np.zeros(BINS)
        self._limit = 0.0
        self._strongest = 1.0
        self._marked: float | None = None
        self.setFont(fonts.font(fonts.SMALL_SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: NDArray[np.float64], limit: float, strongest: float) -> None:
        """Show how many couplings there are of each strength.

        Parameters
        ----------
        counts
            Couplings in equal steps from −limit to +limit, float64 array of shape (BINS,).
        limit
            Strength at the ends of the scale.
        strongest
            Strength from which on the colour grows no stronger.
        """
        self._counts, self._limit = counts, limit
        self._strongest = strongest or 1.0
        self._describe()
        self.update()

    def show_marked(self, strength: float | None) -> None:
        """Point at one strength, or at none."""
        if strength != self._marked:
            self._marked = strength
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the histogram, the bar and its numbers."""
        line = self.fontMetrics().height()
        return QSize(200, line // 2 + _BARS + _BAR + 3 * _GAP + line)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and no width that is needed."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the histogram, the bar beneath it, and the numbers."""
        painter = QPainter(self)
        painter.setFont(self.font())
        top = self.fontMetrics().height() / 2
        step = (self.width() - _LEFT) / BINS
        bars = QRectF(_LEFT, top, self.width() - _LEFT, _BARS)
        powers = max(1, math.ceil(math.log10(max(self._counts.max(), 1.0)) - 1e-9))
        self._paint_powers(painter, bars, powers)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, count in enumerate(self._counts):
            x = bars.left() + number * step
            colour = self._colour(number, 0.0)
            bar = QRectF(x, bars.bottom() + _GAP, step, _BAR)
            painter.fillRect(bar.toAlignedRect(), colour)
            if count > 0:
                painter.fillRect(
                    self._bar(bars, x, step, count, powers), self._colour(number, _PALEST)
                )
        self._paint_numbers(painter, bars.bottom() + 2 * _GAP + _BAR)
        if self._marked is not None and self._limit:
            share = min(max(self._marked / self._limit, -1.0), 1.0)
            middle = bars.left() + ((share + 1) * HALF_BINS + 0.5) * step
            self._paint_mark(painter, QPointF(middle, bars.bottom() + _GAP + _BAR / 2))
        painter.end()

    def _bar(self, bars: QRectF, x: float, step: float, count: float, powers: int) -> QRectF:
        # A single coupling, 10⁰, must be seen too: the axis begins a little below it.
        height = bars.height() * (0.06 + 0.94 * max(math.log10(count), 0.0) / powers)
        return QRectF(x, bars.bottom() - height, max(step - 1, 1.0), height)

    def _colour(self, number: int, palest: float) -> QColor:
        """Colour of a bin, but no paler than a share of the strongest."""
        side = number - HALF_BINS
        if not side:
            return QColor(self._theme.muted if palest else self._theme.panel)
        share = min(max(abs(side) / HALF_BINS * self._limit / self._strongest, palest), 1.0)
        return QColor(coupling_colours.colour(self._theme, math.copysign(share, side)))

    def _paint_powers(self, painter: QPainter, bars: QRectF, powers: int) -> None:
        line = self.fontMetrics().height()
        stride = 1 if powers <= 2 else math.ceil(powers / 3)
        for power in range(0, powers + 1, stride):
            y = bars.bottom() - bars.height() * (0.06 + 0.94 * power / powers)
            painter.setPen(QColor(self._theme.line))
            painter.drawLine(QPointF(bars.left(), y), QPointF(bars.right(), y))
            painter.setPen(QColor(self._theme.muted))
            text = "1" if not power else "10" if power == 1 else f"10{numbers.raised(power)}"
            painter.drawText(QRectF(0, y - line / 2, _LEFT - 6, line), _RIGHT, text)

    def _paint_numbers(self, painter: QPainter, top: float) -> None:
        if not self._limit:
            return
        painter.setPen(QColor(self._theme.muted))
        line = QRectF(_LEFT, top, self.width() - _LEFT, self.fontMetrics().height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, strength_text(-self._limit))
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, "0")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, strength_text(self._limit))

    def _paint_mark(self, painter: QPainter, at: QPointF) -> None:
        box = QRectF(at.x() - 1.5, at.y() - _BAR / 2 - 3, 3, _BAR + 6)
        painter.fillRect(box.adjusted(-1, 0, 1, 0), QColor(self._theme.panel))
        painter.fillRect(box, QColor(self._theme.text))

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Histogram of the couplings"))
        text = self.tr("{count} couplings between −{limit} and +{limit}")
        self.setAccessibleDescription(
            text.format(
                count=numbers.number(round(float(self._counts.sum()))),
                limit=strength_text(self._limit).lstrip("+"),
            )
        )


def strength_text(strength: float) -> str:
    """Write a coupling with its sign, in three significant digits."""
    if not strength:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(strength))))
    text = numbers.signed(strength, min(decimals, 8))
    return text.rstrip("0").rstrip(".") if "." in text else text


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
