"""Votes as bars about zero: to the right what holds, to the left what pulls over."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.ui.look import fonts
from hopgui.ui.look.numbers import number, scaled
from hopgui.ui.look.theme import LIGHT, Theme, memory_colour
from hopgui.ui.verdict.overlap_bars import BAR, paint_bar

ROW = 20
_GAP = 12
_WIDEST_NAME = 110
_LEAST_ROWS = 4


class Bar(NamedTuple):
    """One vote.

    Attributes
    ----------
    name
        Who votes.
    value
        How: positive holds, negative pulls over.
    colour
        Number of the memory's colour, None for what is no memory.
    text
        What stands at the right, the value if None.
    """

    name: str
    value: float
    colour: int | None = None
    text: str | None = None


class VoteBars(QWidget):
    """The strongest votes, then all the others added up, then what is no memory's.

    Where there is no room for all, the strongest are shown, and one row adds the others up.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._bars: tuple[Bar, ...] = ()
        self._rest: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_votes(self, bars: Sequence[Bar], rest: Sequence[Bar] = ()) -> None:
        """Show votes.

        Parameters
        ----------
        bars
            Those of the memories, the strongest first.
        rest
            Those of what is no memory; they always have their rows.
        """
        self._bars, self._rest = tuple(bars), tuple(rest)
        said = "; ".join(f"{bar.name} {self._text(bar)}" for bar in self.rows())
        self.setAccessibleDescription(said)
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for some rows."""
        return QSize(240, ROW * (_LEAST_ROWS + 2))

    def minimumSizeHint(self) -> QSize:
        """Ask for a few rows at least."""
        return QSize(160, ROW * _LEAST_ROWS)

    def rows(self) -> list[Bar]:
        """Return the rows that are shown."""
        room = max(self.height() // ROW - 1 - len(self._rest), 1)
        if len(self._bars) <= room:
            return [*self._bars, *self._rest]
        kept, others = self._bars[: room - 1], self._bars[room - 1 :]
        name = self.tr("{n} others").format(n=number(len(others)))
        text = None if others[0].text is None else ""
        return [*kept, Bar(name, sum(bar.value for bar in others), text=text), *self._rest]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows from the top."""
        rows = self.rows()
        if not rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.tabular(self.font()))
        metrics = painter.fontMetrics()
        names = min(max(metrics.horizontalAdvance(bar.name) for bar in rows), _WIDEST_NAME)
        texts = max(metrics.horizontalAdvance(self._text(bar)) for bar in rows)
        left = names + _GAP
        most = max(abs(bar.value) for bar in rows) or 1.0
        track = QRectF(left, (ROW - BAR) / 2, self.width() - left - texts - _GAP, BAR)
        self._paint_sides(painter, track)
        for place, bar in enumerate(rows):
            painter.save()
            painter.translate(0, (place + 1) * ROW)
            painter.setPen(
                QColor(self._theme.text if bar.colour is not None else self._theme.muted)
            )
            row = QRectF(0, 0, self.width(), ROW)
            middle = Qt.AlignmentFlag.AlignVCenter
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names + 1)
            painter.drawText(row, middle, name)
            painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, self._text(bar))
            paint_bar(painter, track, bar.value / most, self._colour(bar), self._theme)
            painter.restore()

    def _paint_sides(self, painter: QPainter, track: QRectF) -> None:
        """Write above the bars what their two sides mean."""
        painter.setPen(QColor(self._theme.muted))
        line = QRectF(track.left(), 0, track.width(), ROW)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle, self.tr("pulls over"))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, self.tr("holds"))

    def _colour(self, bar: Bar) -> QColor:
        if bar.colour is None:
            return QColor(self._theme.muted)
        return memory_colour(self._theme, bar.colour)

    @staticmethod
    def _text(bar: Bar) -> str:
        return scaled(bar.value) if bar.text is None else bar.text
