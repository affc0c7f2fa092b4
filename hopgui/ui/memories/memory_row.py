"""How one row of the gallery is drawn and renamed."""

from PySide6.QtCore import QAbstractItemModel, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from hopgui.session.edits import LONGEST_NAME
from hopgui.session.session import Memory
from hopgui.ui.look import numbers
from hopgui.ui.look.theme import memory_colour
from hopgui.ui.memories.memory_list import Row
from hopgui.ui.parts.row_painting import ROW, Index, bold, energy_in
from hopgui.ui.parts.tile_row import MARGIN, TileRow
from hopgui.ui.parts.tile_row import words as words_of

_DOT = 8


class MemoryRow(TileRow):
    """Draws a row: colour bar, thumbnail, name, energy, whether it is stable."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        painter.save()
        colour = memory_colour(self.theme, row.memory.colour)
        self.paint_left(painter, option, colour, row.memory, row.memory.picture)
        self._paint_words(painter, option, row)
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """Open a line for the name."""
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_NAME)
        editor.setAccessibleName(self.tr("Name of the memory"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the line with the name."""
        # New energies arriving under the editor must not undo what is being typed.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask for the name typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Put the line where the words of the row are."""
        words = words_of(option.rect)
        height = editor.sizeHint().height()
        top = words.center().y() - height // 2
        editor.setGeometry(words.left() - 8, top, words.width() + 14, height)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        words = words_of(option.rect)
        name_font = bold(option.font)
        name_metrics, metrics = QFontMetrics(name_font), option.fontMetrics
        top = words.center().y() - (name_metrics.height() + metrics.height()) // 2
        upper = QRect(words.left(), top, words.width(), name_metrics.height())
        lower = QRect(words.left(), upper.bottom() + 1, words.width(), metrics.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

        status = self._paint_status(painter, option.font, upper, row.stable)
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

    def _paint_status(
        self, painter: QPainter, font: QFont, line: QRect, stable: bool | None
    ) -> int:
        """Draw the mark and its word at the right of the line; return how wide they are."""
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(QColor(self.theme.good if stable else self.theme.muted))
        if stable is None:
            painter.drawText(line, right, "…")
            return QFontMetrics(font).horizontalAdvance("…")
        word = self.tr("stable") if stable else self.tr("unstable")
        painter.drawText(line, right, word)
        width = QFontMetrics(font).horizontalAdvance(word)
        radius = _DOT / 2 if stable else _DOT / 2 - 0.75
        painter.setBrush(QColor(self.theme.good) if stable else Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen if stable else QPen(QColor(self.theme.muted), 1.5))
        x = line.right() + 1 - width - 5 - _DOT / 2
        painter.drawEllipse(QPointF(x, line.center().y() + 1), radius, radius)
        return width + 5 + _DOT


def _joined(energy: str, weight: str, metrics: QFontMetrics, room: int) -> str:
    """Put the energy and the weight in one line; where they do not fit, the weight tells more."""
    if not weight:
        return energy
    both = f"{energy} · {weight}"
    return both if metrics.horizontalAdvance(both) <= room else weight
