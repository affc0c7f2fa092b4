"""How one row of the gallery is drawn and renamed."""

from PySide6.QtCore import QAbstractItemModel, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hopgui.session.session import Memory
from hopgui.ui import numbers
from hopgui.ui.memory_list import ROW, Index, Row
from hopgui.ui.row_painting import bold, energy_in, paint_ground
from hopgui.ui.theme import LIGHT, Theme, memory_colour
from hopgui.ui.thumbnail import thumbnail

LONGEST_NAME = 80

_TILE = 52
_HEIGHT = 68
_MARGIN = 8
_BAR = 4
_GAP = 12
_DOT = 8
_MOST_TILES = 200


class MemoryRow(QStyledItemDelegate):
    """Draws a row: colour bar, thumbnail, name, energy, whether it is stable."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._tiles: dict[tuple[Memory, str, float], QPixmap] = {}

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return a height that holds the thumbnail and both lines."""
        lines = option.fontMetrics.height() + QFontMetrics(bold(option.font)).height()
        return QSize(0, max(_HEIGHT, lines + 2 * _MARGIN))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._theme)
        middle = option.rect.center().y() + 1
        bar = QRectF(option.rect.left() + _MARGIN, middle - _TILE / 2, _BAR, _TILE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(memory_colour(self._theme, row.memory.colour))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        tile = self._tile(row.memory, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(bar.right() + _GAP, bar.top()), tile)
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
        words = _words(option.rect)
        height = editor.sizeHint().height()
        top = words.center().y() - height // 2
        editor.setGeometry(words.left() - 8, top, words.width() + 14, height)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        words = _words(option.rect)
        name_font = bold(option.font)
        name_metrics, metrics = QFontMetrics(name_font), option.fontMetrics
        top = words.center().y() - (name_metrics.height() + metrics.height()) // 2
        upper = QRect(words.left(), top, words.width(), name_metrics.height())
        lower = QRect(words.left(), upper.bottom() + 1, words.width(), metrics.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

        status = self._paint_status(painter, option.font, upper, row.stable)
        room = upper.width() - status - _MARGIN
        painter.setFont(name_font)
        painter.setPen(QColor(self._theme.text))
        name = name_metrics.elidedText(row.memory.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(upper, left, name)

        painter.setFont(option.font)
        painter.setPen(QColor(self._theme.muted))
        energy = self._energy(row.energy, metrics, lower.width())
        beneath = _joined(energy, self._weight(row.memory), metrics, lower.width())
        painter.drawText(lower, left, beneath)
        nearest = self.tr("nearest")
        room = lower.width() - metrics.horizontalAdvance(beneath) - _MARGIN // 2
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
        painter.setPen(QColor(self._theme.good if stable else self._theme.muted))
        if stable is None:
            painter.drawText(line, right, "…")
            return QFontMetrics(font).horizontalAdvance("…")
        word = self.tr("stable") if stable else self.tr("unstable")
        painter.drawText(line, right, word)
        width = QFontMetrics(font).horizontalAdvance(word)
        radius = _DOT / 2 if stable else _DOT / 2 - 0.75
        painter.setBrush(QColor(self._theme.good) if stable else Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen if stable else QPen(QColor(self._theme.muted), 1.5))
        x = line.right() + 1 - width - 5 - _DOT / 2
        painter.drawEllipse(QPointF(x, line.center().y() + 1), radius, radius)
        return width + 5 + _DOT

    def _tile(self, memory: Memory, ratio: float) -> QPixmap:
        key = memory, self._theme.name, ratio
        tile = self._tiles.get(key)
        if tile is None:
            tile = thumbnail(memory.picture, self._theme, _TILE, ratio)
            if len(self._tiles) >= _MOST_TILES:
                del self._tiles[next(iter(self._tiles))]
            self._tiles[key] = tile
        return tile


def _joined(energy: str, weight: str, metrics: QFontMetrics, room: int) -> str:
    """Put the energy and the weight in one line; where they do not fit, the weight tells more."""
    if not weight:
        return energy
    both = f"{energy} · {weight}"
    return both if metrics.horizontalAdvance(both) <= room else weight


def _words(row: QRect) -> QRect:
    """Where the words of a row stand: right of its thumbnail."""
    return row.adjusted(_MARGIN + _BAR + _GAP + _TILE + _GAP, 0, -_MARGIN - 2, 0)
