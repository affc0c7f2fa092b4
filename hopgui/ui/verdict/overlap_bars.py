"""The overlap with each memory as a bar about zero."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.model.verdict import Members
from hopgui.session.session import Memory
from hopgui.ui.look import fonts
from hopgui.ui.look.numbers import MINUS, number, signed
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import LIGHT, Theme, memory_colour

ROW = 24
TIGHT_ROW = 18
BAR = 8
_GAP = 12
_WIDEST_NAME = 96
_LEAST_ROWS = 4
PALE = 0.45  # of what is no member


class OverlapBars(QWidget):
    """One bar a memory, to the right of zero for a positive overlap and to the left for a negative.

    They stand in the order of the gallery. Where there is no room for all, the strongest stand
    and a line counts the others. The members of a mixture come before all others, bold and with
    their signs; the others then stand back.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Overlaps with the memories"))
        self._theme = LIGHT
        self._memories: tuple[Memory, ...] = ()
        self._overlaps: NDArray[np.float64] = np.zeros(0)
        self._members: Members = ()

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

    def show_members(self, members: Members) -> None:
        """Let some memories stand out, with the sign of each: what the state is made of.

        Parameters
        ----------
        members
            Sign and index of each; none lets all of them stand alike.
        """
        if members != self._members:
            self._members = members
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
        sizes = np.abs(self._overlaps[:count])
        sizes[[index for _, index in self._members if index < count]] += 1.0
        strongest = np.argsort(-sizes, kind="stable")[:kept]
        return sorted(int(index) for index in strongest), count - kept

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows from the top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        rows, others = self.rows()
        metrics = painter.fontMetrics()
        bold = QFontMetrics(self._font(bold=True))
        names = max((bold.horizontalAdvance(self._name(i)) for i in rows), default=0)
        names = min(names, _WIDEST_NAME)
        values = metrics.horizontalAdvance(signed(-0.99, 2))
        left = names + _GAP
        high = self.row_height
        track = QRectF(left, (high - BAR) / 2, self.width() - left - values - _GAP, BAR)
        for place, index in enumerate(rows):
            painter.save()
            painter.translate(0, place * high)
            if self._members and not self._sign(index):
                painter.setOpacity(PALE)
            self._paint_words(painter, index, QRectF(0, 0, self.width(), high), names)
            colour = memory_colour(self._theme, self._memories[index].colour)
            paint_bar(painter, track, float(self._overlaps[index]), colour, self._theme)
            painter.restore()
        if others:
            painter.setPen(QColor(self._theme.muted))
            where = QRectF(0, len(rows) * high, self.width(), high)
            text = self.tr("and {n} more").format(n=number(others))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_words(self, painter: QPainter, index: int, row: QRectF, room: int) -> None:
        painter.setPen(QColor(self._theme.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._font(bold=bool(self._sign(index))))
        name = painter.fontMetrics().elidedText(
            self._name(index), Qt.TextElideMode.ElideRight, room + 1
        )
        painter.drawText(row, middle, name)
        painter.setFont(self._font())
        value = signed(float(self._overlaps[index]), 2)
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, value)

    def _sign(self, index: int) -> int:
        """Sign of a member, 0 for any other memory."""
        return next((sign for sign, each in self._members if each == index), 0)

    def _name(self, index: int) -> str:
        """Name of a memory, and before it the sign that it has among several members."""
        name, sign = self._memories[index].name, self._sign(index)
        if not sign or len(self._members) < 2:
            return name
        return f"{'+' if sign > 0 else MINUS} {name}"

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

    def _font(self, *, bold: bool = False) -> QFont:
        font = fonts.tabular(self.font())
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font


def paint_bar(painter: QPainter, track: QRectF, share: float, colour: QColor, theme: Theme) -> None:
    """Draw a bar from the middle of its track to the right, or, below zero, to the left.

    Parameters
    ----------
    painter
        What to draw with.
    track
        Where the bar may reach.
    share
        How far it reaches, −1 … 1.
    colour
        Its own colour.
    theme
        Whose ground it stands on.
    """
    ground = QPainterPath()
    ground.addRoundedRect(track, BAR / 2, BAR / 2)
    painter.fillPath(ground, blend(theme.muted, theme.panel, 0.18))
    zero = track.center().x()
    end = zero + max(-1.0, min(1.0, share)) * track.width() / 2
    painter.save()
    painter.setClipPath(ground)
    painter.fillRect(QRectF(min(zero, end), track.top(), abs(end - zero), BAR), colour)
    painter.restore()
    painter.fillRect(QRectF(zero - 0.5, track.top() - 3, 1, BAR + 6), QColor(theme.muted))
