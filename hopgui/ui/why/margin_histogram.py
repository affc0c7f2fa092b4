"""How firmly the units stand: how many of them have which margin."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.look import fonts
from hopgui.ui.look.numbers import LEAST_SPAN, number, round_above, scaled
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import LIGHT, Theme

MOST_BINS = 40
_MARK = 5
_GAP = 4


class MarginHistogram(QWidget):
    """A histogram of the margins; those below zero in the colour of what wants to flip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._counts: NDArray[np.int64] = np.zeros(1, np.int64)
        self._edges: NDArray[np.float64] = np.array([0.0, 1.0])
        self._marked: float | None = None
        self.setFont(fonts.font(fonts.SMALL_SIZE))
        self.setAccessibleName(self.tr("Margins of all units"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_margins(self, margins: NDArray[np.float64]) -> None:
        """Show margins.

        Parameters
        ----------
        margins
            One a unit, float64 array of shape (units,).
        """
        self._edges = edges(float(margins.min(initial=0.0)), float(margins.max(initial=0.0)))
        self._counts = np.histogram(margins, self._edges)[0]
        self.update()

    def show_marked(self, margin: float | None) -> None:
        """Point at one unit's margin, or at none."""
        if margin != self._marked:
            self._marked = margin
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size for a dock."""
        return QSize(240, 120)

    def minimumSizeHint(self) -> QSize:
        """Return the least in which bars can be told apart."""
        return QSize(160, 72)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, the zero, the mark and the numbers beneath."""
        self.draw(QPainter(self))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen but a hint."""
        return not self._counts.any()

    def draw(self, painter: QPainter) -> None:
        """Draw the chart without its ground; the painter's origin becomes its corner."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        line = self.fontMetrics().height()
        plot = QRectF(0, line + _GAP, self.width(), self.height() - 2 * line - 2 * _GAP)
        most = max(int(self._counts.max(initial=0)), 1)
        step = plot.width() / len(self._counts)
        for place, count in enumerate(self._counts.tolist()):
            if not count:
                continue
            high = max(plot.height() * count / most, 1.5)
            bar = QRectF(plot.left() + place * step, plot.bottom() - high, max(step - 1, 1), high)
            below = self._edges[place + 1] <= 0
            painter.fillRect(bar, self._below if below else self._above)
        painter.fillRect(
            QRectF(0, plot.bottom(), self.width(), 1),
            blend(self._theme.muted, self._theme.panel, 0.5),
        )
        zero = self._place(0.0, plot)
        painter.fillRect(
            QRectF(zero - 0.5, plot.top(), 1, plot.height()), QColor(self._theme.muted)
        )
        self._draw_numbers(painter, plot, zero, most)
        if self._marked is not None:
            self._draw_mark(painter, plot, self._marked)

    @property
    def _below(self) -> QColor:
        return QColor(self._theme.accent)

    @property
    def _above(self) -> QColor:
        return blend(self._theme.text, self._theme.panel, 0.55)

    def _place(self, margin: float, plot: QRectF) -> float:
        low, high = float(self._edges[0]), float(self._edges[-1])
        share = (margin - low) / (high - low)
        return plot.left() + min(max(share, 0.0), 1.0) * plot.width()

    def _draw_numbers(self, painter: QPainter, plot: QRectF, zero: float, most: int) -> None:
        painter.setPen(QColor(self._theme.muted))
        row = QRectF(0, plot.bottom() + _GAP, self.width(), self.fontMetrics().height())
        low, high = scaled(float(self._edges[0])), scaled(float(self._edges[-1]))
        wide = self.fontMetrics().horizontalAdvance
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, high)
        if zero > wide(low) + 2 * _GAP:
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft, low)
        if zero < self.width() - wide(high) - 3 * _GAP:
            left = max(zero - wide("0") / 2, 0.0)
            painter.drawText(QPointF(left, row.top() + self.fontMetrics().ascent()), "0")
        top = QRectF(0, 0, self.width(), self.fontMetrics().height())
        text = self.tr("up to {n} units").format(n=number(most))
        right = self._marked is None or self._place(self._marked, plot) < self.width() / 2
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(top, side, text)

    def _draw_mark(self, painter: QPainter, plot: QRectF, margin: float) -> None:
        x = self._place(margin, plot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.text))
        tip = QPointF(x, plot.top() - 1)
        wings = QPointF(x - _MARK, tip.y() - _MARK - 1), QPointF(x + _MARK, tip.y() - _MARK - 1)
        painter.drawPolygon(QPolygonF([tip, *wings]))
        painter.fillRect(QRectF(x - 0.5, plot.top(), 1, plot.height()), QColor(self._theme.text))


def edges(low: float, high: float) -> NDArray[np.float64]:
    """Return the edges of equal bins from `low` to `high`, one of them at zero."""
    span = high - low
    step = round_above(span / MOST_BINS) if span > LEAST_SPAN else 1.0
    first, last = np.floor(low / step), np.floor(high / step) + 1
    if first * step > low:
        # The quotient was rounded up to a whole number: what is lowest lies just below that edge.
        first -= 1
    return np.arange(first, last + 1) * step
