"""How one row of the gallery is drawn."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from hopgui.session.session import Memory
from hopgui.ui.look import numbers
from hopgui.ui.look.theme import memory_colour
from hopgui.ui.memories.memory_list import Row
from hopgui.ui.parts.named_row import NamedRow
from hopgui.ui.parts.row_painting import ROW, Index, bold, energy_in
from hopgui.ui.parts.stability import paint_stability
from hopgui.ui.parts.tile_row import MARGIN
from hopgui.ui.parts.tile_row import words as words_of


class MemoryRow(NamedRow):
    """Draws a row: colour bar, thumbnail, name, energy, whether it is stable."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        painter.save()
        colour = memory_colour(self.theme, row.memory.colour)
        self.paint_left(painter, option, colour, row.memory, row.memory.picture)
        self._paint_words(painter, option, row)
        painter.restore()

    def editor_name(self) -> str:
        """Return what a screen reader calls the line of the name."""
        return self.tr("Name of the memory")

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        words = words_of(option.rect)
        name_font = bold(option.font)
        name_metrics, metrics = QFontMetrics(name_font), option.fontMetrics
        top = words.center().y() - (name_metrics.height() + metrics.height()) // 2
        upper = QRect(words.left(), top, words.width(), name_metrics.height())
        lower = QRect(words.left(), upper.bottom() + 1, words.width(), metrics.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

        status = paint_stability(painter, self.theme, option.font, upper, stable=row.stable)
        room = upper.width() - status - MARGIN
        painter.setFont(name_font)
        painter.setPen(QColor(self.theme.text))
        name = name_metrics.elidedText(row.memory.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(upper, left, name)

        painter.setFont(option.font)
        painter.setPen(QColor(self.theme.muted))
        energy = self._energy(row.energy, metrics, lower.width())
        beneath = _joined(energy, self._weight(row.memory), metrics, lower.width())
        painter.drawText(lower, left, beneath)
        nearest = self.tr("nearest")
        room = lower.width() - metrics.horizontalAdvance(beneath) - MARGIN // 2
        if row.nearest and metrics.horizontalAdvance(nearest) <= room:
            painter.drawText(lower, right, nearest)

    def _energy(self, energy: float | None, metrics: QFontMetrics, room: int) -> str:
        """Write an energy, without its decimals where they find no room."""
        if energy is None:
            return self.tr("E = {energy}").format(energy="…")
        return energy_in(energy, metrics, room)

    def _weight(self, memory: Memory) -> str:
        """Say how often a memory is stored, unless it is once."""
        if memory.weight == 1:
            return ""
        weight = numbers.number(memory.weight)
        said = self.tr("× {weight}") if memory.weight else self.tr("× {weight}, not stored")
        return said.format(weight=weight)


def _joined(energy: str, weight: str, metrics: QFontMetrics, room: int) -> str:
    """Put the energy and the weight in one line; where they do not fit, the weight tells more."""
    if not weight:
        return energy
    both = f"{energy} · {weight}"
    return both if metrics.horizontalAdvance(both) <= room else weight
