"""The overlap with each memory as a bar about zero."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.session.session import Memory
from hopgui.ui import fonts
from hopgui.ui.numbers import number, signed
from hopgui.ui.style import blend
from hopgui.ui.theme import LIGHT, Theme, memory_colour

ROW = 24
TIGHT_ROW = 18
_BAR = 8
_GAP = 12
_WIDEST_NAME = 96
_LEAST_ROWS = 4


class OverlapBars(QWidget):
    """One bar a memory, to the right of zero for a positive overlap and to the left for a negative.

    They stand in the order of the gallery. Where there is no room for all, the strongest stand
    and a line counts the others.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Overlaps with the memories"))
        self._theme = LIGHT
        self._memories: tuple[Memory, ...] = ()
        self._overlaps: NDArray[np.float64] = np.zeros(0)

    def show_memories(self, memories: Sequence[Memory]) -> None:
        """Show these names and colours."""
        self._memories = tuple(memories)
        self._give_room()

    def show_overlaps(self, overlaps: NDArray[np.float64]) -> None:
        """Show these overlaps.

        Parameters
        ----------
        overlaps
            m_μ in −1 … 1, float64 array of shape (memories,), in the order of the gallery.
        """
        if not np.array_equal(overlaps, self._overlaps):
            self._overlaps = overlaps
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a row a memory."""
        return QSize(240, self._roomy * max(len(self._memories), _LEAST_ROWS))

    def minimumSizeHint(self) -> QSize:
        """Ask for a few rows at least, close together."""
        return QSize(160, self._tight * _LEAST_ROWS)

    def changeEvent(self, event: QEvent) -> None:
        """Give larger type larger rows."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._give_room()

    @property
    def row_height(self) -> int:
        """Height of a row: less where that lets all of them stand."""
        count = min(len(self._memories), self._overlaps.size)
        return min(max(self.height() // max(count, 1), self._tight), self._roomy)

    def rows(self) -> tuple[list[int], int]:
        """Return the indices of the memories that have a bar, and how many have none."""
        count = min(len(self._memories), self._overlaps.size)
        room = max(self.height() // self.row_height, 1)
        if count <= room:
            return list(range(count)), 0
        kept = max(room - 1, 1)
        strongest = np.argsort(-np.abs(self._overlaps[:count]), kind="stable")[:kept]
        return sorted(int(index) for index in strongest), count - kept

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows from the top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        rows, others = self.rows()
        metrics = painter.fontMetrics()
        names = max((metrics.horizontalAdvance(self._memories[i].name) for i in rows), default=0)
        names = min(names, _WIDEST_NAME)
        values = metrics.horizontalAdvance(signed(-0.99, 2))
        left = names + _GAP
        high = self.row_height
        track = QRectF(left, (high - _BAR) / 2, self.width() - left - values - _GAP, _BAR)
        for place, index in enumerate(rows):
            painter.save()
            painter.translate(0, place * high)
            self._paint_words(painter, index, QRectF(0, 0, self.width(), high), names)
            self._paint_bar(painter, index, track)
            painter.restore()
        if others:
            painter.setPen(QColor(self._theme.muted))
            where = QRectF(0, len(rows) * high, self.width(), high)
            text = self.tr("and {n} more").format(n=number(others))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_words(self, painter: QPainter, index: int, row: QRectF, room: int) -> None:
        painter.setPen(QColor(self._theme.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        name = painter.fontMetrics().elidedText(
            self._memories[index].name, Qt.TextElideMode.ElideRight, room + 1
        )
        painter.drawText(row, middle, name)
        value = signed(float(self._overlaps[index]), 2)
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, value)

    def _paint_bar(self, painter: QPainter, index: int, track: QRectF) -> None:
        overlap = max(-1.0, min(1.0, float(self._overlaps[index])))
        ground = QPainterPath()
        ground.addRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.fillPath(ground, QColor(blend(self._theme.muted, self._theme.panel, 0.18)))
        zero = track.center().x()
        end = zero + overlap * track.width() / 2
        painter.save()
        painter.setClipPath(ground)
        bar = QRectF(min(zero, end), track.top(), abs(end - zero), _BAR)
        painter.fillRect(bar, memory_colour(self._theme, self._memories[index].colour))
        painter.restore()
        mark = QRectF(zero - 0.5, track.top() - 3, 1, _BAR + 6)
        painter.fillRect(mark, QColor(self._theme.muted))

    def _give_room(self) -> None:
        self.setMaximumHeight(self._roomy * max(len(self._memories), 1))
        self.updateGeometry()
        self.update()

    @property
    def _tight(self) -> int:
        return max(TIGHT_ROW, self.fontMetrics().height() + 2)

    @property
    def _roomy(self) -> int:
        return max(ROW, self.fontMetrics().height() + 8)

    def _font(self) -> QFont:
        return fonts.tabular(self.font())
