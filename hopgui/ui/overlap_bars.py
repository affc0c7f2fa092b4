"""The overlap with each memory as a bar about zero."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.session.session import Memory
from hopgui.ui import fonts
from hopgui.ui.numbers import number, signed
from hopgui.ui.style import blend
from hopgui.ui.theme import LIGHT, Theme, memory_colour

ROW = 24
_BAR = 8
_GAP = 12
_WIDEST_NAME = 96
_LEAST_ROWS = 3


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
        self.setMaximumHeight(ROW * max(len(self._memories), 1))
        self.updateGeometry()
        self.update()

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
        return QSize(240, ROW * max(len(self._memories), _LEAST_ROWS))

    def minimumSizeHint(self) -> QSize:
        """Ask for a few rows at least."""
        return QSize(160, ROW * min(max(len(self._memories), 1), _LEAST_ROWS))

    def rows(self) -> tuple[list[int], int]:
        """Return the indices of the memories that have a bar, and how many have none."""
        count = min(len(self._memories), self._overlaps.size)
        room = max(self.height() // ROW, 1)
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
        track = QRectF(left, (ROW - _BAR) / 2, self.width() - left - values - _GAP, _BAR)
        for place, index in enumerate(rows):
            painter.save()
            painter.translate(0, place * ROW)
            self._paint_row(painter, index, names, track)
            painter.restore()
        if others:
            painter.setPen(QColor(self._theme.muted))
            where = QRectF(0, len(rows) * ROW, self.width(), ROW)
            text = self.tr("and {n} more").format(n=number(others))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_row(self, painter: QPainter, index: int, names: int, track: QRectF) -> None:
        memory, overlap = self._memories[index], float(self._overlaps[index])
        painter.setPen(QColor(self._theme.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        name = painter.fontMetrics().elidedText(memory.name, Qt.TextElideMode.ElideRight, names + 1)
        painter.drawText(QRectF(0, 0, names + 1, ROW), middle, name)
        right = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(0, 0, self.width(), ROW), right, signed(overlap, 2))
        ground = QPainterPath()
        ground.addRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.fillPath(ground, QColor(blend(self._theme.muted, self._theme.panel, 0.18)))
        zero = track.center().x()
        end = zero + max(-1.0, min(1.0, overlap)) * track.width() / 2
        painter.save()
        painter.setClipPath(ground)
        bar = QRectF(min(zero, end), track.top(), abs(end - zero), _BAR)
        painter.fillRect(bar, memory_colour(self._theme, memory.colour))
        painter.restore()
        painter.fillRect(
            QRectF(zero - 0.5, track.top() - 3, 1, _BAR + 6), QColor(self._theme.muted)
        )

    def _font(self) -> QFont:
        return fonts.tabular(self.font())
