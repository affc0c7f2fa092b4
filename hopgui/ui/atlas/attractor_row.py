"""How one attractor is drawn in the atlas."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from hopgui.ui.atlas.attractor_list import Row
from hopgui.ui.look import numbers
from hopgui.ui.look.theme import memory_colour
from hopgui.ui.parts.row_painting import ROW, Index, bold, energy_in
from hopgui.ui.parts.tile_row import MARGIN, TileRow
from hopgui.ui.parts.tile_row import words as words_of
from hopgui.ui.verdict.kinds import paint_kind

_MARK = 4.5


class AttractorRow(TileRow):
    """Draws a row: the memory's colour, thumbnail, what it is, its energy, its falls."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        painter.save()
        own = row.colour is not None
        colour = memory_colour(self.theme, row.colour or 0) if own else QColor(self.theme.line)
        self.paint_left(painter, option, colour, row.attractor, row.picture)
        self._paint_words(painter, option, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        words = words_of(option.rect)
        name_font = bold(option.font)
        names, metrics = QFontMetrics(name_font), option.fontMetrics
        top = words.center().y() - (names.height() + metrics.height()) // 2
        upper = QRect(words.left(), top, words.width(), names.height())
        lower = QRect(words.left(), upper.bottom() + 1, words.width(), metrics.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

        mark = QPointF(upper.right() - _MARK, upper.center().y() + 1)
        paint_kind(painter, self.theme, row.attractor.verdict.kind, mark, _MARK)
        painter.setFont(name_font)
        painter.setPen(QColor(self.theme.text))
        room = upper.width() - round(2 * _MARK) - MARGIN
        painter.drawText(upper, left, names.elidedText(row.name, Qt.TextElideMode.ElideRight, room))

        painter.setFont(option.font)
        painter.setPen(QColor(self.theme.muted))
        least = metrics.horizontalAdvance(self._percent(row)) + MARGIN
        energy = energy_in(row.attractor.energy, metrics, lower.width() - least)
        room = lower.width() - metrics.horizontalAdvance(energy) - MARGIN
        painter.drawText(lower, left, energy)
        painter.drawText(lower, right, self._share(row, metrics, room))

    def _percent(self, row: Row) -> str:
        """Say what share of the falls ended here; nothing of an exact list."""
        if row.hits is None:
            return ""
        return self.tr("{percent} %").format(percent=numbers.percent(row.share))

    def _share(self, row: Row, metrics: QFontMetrics, room: int) -> str:
        """Say how many falls that is, where there is room."""
        share = self._percent(row)
        if row.hits is None:
            return share
        both = f"{numbers.number(row.hits)} · {share}"
        return both if metrics.horizontalAdvance(both) <= room else share
