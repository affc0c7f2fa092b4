"""How one kept state is drawn in its list."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from hopgui.ui.kept.kept_list import Row
from hopgui.ui.look.theme import memory_colour
from hopgui.ui.parts.named_row import NamedRow
from hopgui.ui.parts.row_painting import ROW, Index, bold, energy_in
from hopgui.ui.parts.stability import paint_stability, stability_width
from hopgui.ui.parts.tile_row import MARGIN, words
from hopgui.ui.verdict.kinds import paint_kind

_MARK = 4.5
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.TextElideMode.ElideRight


class KeptRow(NamedRow):
    """Draws a row: thumbnail, name, what the state is, its energy, whether it is stable."""

    def editor_name(self) -> str:
        """Return what a screen reader calls the line of the name."""
        return self.tr("Name of the kept state")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a height that holds the thumbnail and three lines."""
        lines = 2 * option.fontMetrics.height() + QFontMetrics(bold(option.font)).height()
        return QSize(0, max(super().sizeHint(option, index).height(), lines + 2 * MARGIN))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        painter.save()
        line = QColor(self.theme.line)
        colour = line if row.colour is None else memory_colour(self.theme, row.colour)
        self.paint_left(painter, option, colour, row.state, row.state.picture)
        self._paint_words(painter, option, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        room, metrics = words(option.rect), option.fontMetrics
        names = QFontMetrics(bold(option.font))
        height = metrics.height()
        top = room.center().y() - (names.height() + 2 * height) // 2
        upper = QRect(room.left(), top, room.width(), names.height())
        middle = QRect(room.left(), upper.bottom() + 1, room.width(), height)
        lower = middle.translated(0, height)
        self._paint_name(painter, option.font, upper, row)
        told = middle
        if row.appraisal is not None:
            mark = QPointF(middle.left() + _MARK, middle.center().y() + 1)
            paint_kind(painter, self.theme, row.appraisal.verdict.kind, mark, _MARK)
            told = middle.adjusted(round(2 * _MARK) + 6, 0, 0, 0)
        painter.setFont(option.font)
        painter.setPen(QColor(self.theme.text))
        fitting = (text for text in row.told if metrics.horizontalAdvance(text) <= told.width())
        text = next(fitting, row.told[-1])
        painter.drawText(told, _LEFT, metrics.elidedText(text, _RIGHT, told.width()))
        if row.appraisal is not None:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(lower, _LEFT, energy_in(row.appraisal.energy, metrics, lower.width()))

    def _paint_name(self, painter: QPainter, font: QFont, line: QRect, row: Row) -> None:
        """Draw the name, and at its right whether the state is stable."""
        stable = None if row.appraisal is None else row.appraisal.stable
        names = QFontMetrics(bold(font))
        needed = names.horizontalAdvance(row.state.name) + MARGIN
        needed += stability_width(font, stable=stable)
        taken = paint_stability(
            painter, self.theme, font, line, stable=stable, speaks=needed <= line.width()
        )
        painter.setFont(bold(font))
        painter.setPen(QColor(self.theme.text))
        name = names.elidedText(row.state.name, _RIGHT, line.width() - taken - MARGIN)
        painter.drawText(line, _LEFT, name)
