"""How full the network is: memories per unit against what the rule can hold."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.look import numbers
from hopgui.ui.look.theme import LIGHT, Theme

HEBBIAN_CAPACITY = 0.138
# Beyond so many memories a unit it is the memories that one counts.
DENSE = 2.0

_GAP = 8
_BAR = 8


class LoadMeter(QWidget):
    """A bar of the load α = P/N up to capacity, with its numbers and its verdict in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._memories, self._units = 0, 0
        self._capacity: float | None = HEBBIAN_CAPACITY
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()

    def show_load(
        self,
        memories: int,
        units: int,
        capacity: float | None = HEBBIAN_CAPACITY,
        words: str = "",
    ) -> None:
        """Show how many memories stand on how many units.

        Parameters
        ----------
        memories, units
            P and N.
        capacity
            The load beyond which the learning rule fails, in memories a unit; None if nobody knows.
        words
            What the capacity depends on, to be said beside the verdict.
        """
        self._memories, self._units = memories, units
        self._capacity, self._words = capacity, words
        self._tell()
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    @property
    def load(self) -> float:
        """Memories per unit, α = P/N; 0 before there is a grid."""
        return self._memories / self._units if self._units else 0.0

    @property
    def beyond(self) -> bool:
        """Whether there are more memories than the rule can hold."""
        return self._capacity is not None and self.load > self._capacity

    def texts(self) -> tuple[str, str, str]:
        """Return what stands at the left, at the right and beneath the bar."""
        return self.tr("load {count}").format(count=self._count()), self._right(), self._beneath()

    def sizeHint(self) -> QSize:
        """Return the size of two lines of text and the bar between them."""
        line = self.fontMetrics().height()
        left, right, _ = self.texts()
        width = self.fontMetrics().horizontalAdvance(left + right) + 2 * _GAP
        return QSize(width, 2 * line + _BAR + 2 * _GAP)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and no width that is needed."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the numbers, the bar and the word."""
        left, right, beneath = self.texts()
        line = self.fontMetrics().height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.muted))
        upper = QRectF(0, 0, self.width(), line)
        for shorter in (self._count(), numbers.number(self._memories)):
            if self.fontMetrics().horizontalAdvance(left + right) + _GAP <= self.width():
                break
            left = shorter
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft, left)
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight, right)
        self._paint_bar(painter, QRectF(0, line + _GAP, self.width(), _BAR))
        if self.beyond:
            painter.setPen(QColor(self._theme.text))
        lower = QRectF(0, line + 2 * _GAP + _BAR, self.width(), line)
        room = Qt.TextElideMode.ElideRight
        beneath = self.fontMetrics().elidedText(beneath, room, self.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft, beneath)
        painter.end()

    def _count(self) -> str:
        return f"{numbers.number(self._memories)} / {numbers.number(self._units)}"

    def _right(self) -> str:
        # Two decimals are enough, but a load so small must not read as none.
        decimals = 2 if self.load >= 0.01 or not self._memories else 4
        load = numbers.number(self.load, decimals)
        if self._capacity is None:
            return self.tr("α = {load}").format(load=load)
        if self._capacity > DENSE:
            most = _rounded(self._capacity * self._units)
            return self.tr("{memories} of ≈ {most}").format(
                memories=numbers.number(self._memories), most=most
            )
        capacity = numbers.number(self._capacity, 3).rstrip("0").rstrip(".")
        return self.tr("α = {load} of {capacity}").format(load=load, capacity=capacity)

    def _beneath(self) -> str:
        if self._capacity is None:
            return self._words
        verdict = self.tr("beyond capacity") if self.beyond else self.tr("within capacity")
        return f"{verdict} · {self._words}" if self._words else verdict

    def _share(self) -> float:
        """How much of the bar is full; of the units themselves where no capacity is known."""
        return self.load / (1.0 if self._capacity is None else self._capacity)

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        track = QPainterPath()
        track.addRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.save()
        painter.fillPath(track, QColor(self._theme.line))
        painter.setClipPath(track)
        if self.beyond:
            painter.fillRect(bar, QColor(self._theme.muted))
            painter.setPen(QPen(QColor(self._theme.panel), 2))
            x = bar.left() - _BAR
            while x < bar.right():
                painter.drawLine(
                    int(x), int(bar.bottom()) + 1, int(x) + _BAR + 2, int(bar.top()) - 1
                )
                x += 7
        elif self._memories:
            width = max(_BAR, bar.width() * min(self._share(), 1.0))
            colour = self._theme.muted if self._capacity is None else self._theme.good
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(colour)))
            painter.drawRoundedRect(
                QRectF(bar.left(), bar.top(), width, bar.height()), _BAR / 2, _BAR / 2
            )
        painter.restore()

    def _tell(self) -> None:
        self.setAccessibleName(", ".join(self.texts()))
        self.updateGeometry()


def _rounded(value: float) -> str:
    """Write a number in two digits, as a power of ten where it is beyond all counting."""
    if math.isinf(value):
        return numbers.number(value)
    if value >= 1e6:
        return f"10{numbers.raised(math.floor(math.log10(value)))}"
    return numbers.number(float(f"{value:.2g}"))
