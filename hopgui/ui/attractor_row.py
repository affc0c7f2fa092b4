"""How one attractor is drawn in the atlas."""

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from hopgui.model.attractors import Attractor
from hopgui.ui import numbers
from hopgui.ui.attractor_list import ROW, Index, Row, percent
from hopgui.ui.kinds import paint_kind
from hopgui.ui.row_painting import bold, energy_in, paint_ground
from hopgui.ui.theme import LIGHT, Theme, memory_colour
from hopgui.ui.thumbnail import thumbnail

_TILE = 52
_HEIGHT = 68
_MARGIN = 8
_BAR = 4
_GAP = 12
_MARK = 4.5
_MOST_TILES = 300


class AttractorRow(QStyledItemDelegate):
    """Draws a row: the memory's colour, thumbnail, what it is, its energy, its falls."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._tiles: dict[tuple[Attractor, str, float], QPixmap] = {}

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
        own = row.colour is not None
        line = QColor(self._theme.line)
        painter.setBrush(memory_colour(self._theme, row.colour or 0) if own else line)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        tile = self._tile(row, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(bar.right() + _GAP, bar.top()), tile)
        self._paint_words(painter, option, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        words = option.rect.adjusted(_MARGIN + _BAR + 2 * _GAP + _TILE, 0, -_MARGIN - 2, 0)
        name_font = bold(option.font)
        names, metrics = QFontMetrics(name_font), option.fontMetrics
        top = words.center().y() - (names.height() + metrics.height()) // 2
        upper = QRect(words.left(), top, words.width(), names.height())
        lower = QRect(words.left(), upper.bottom() + 1, words.width(), metrics.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

        mark = QPointF(upper.right() - _MARK, upper.center().y() + 1)
        paint_kind(painter, self._theme, row.attractor.verdict.kind, mark, _MARK)
        painter.setFont(name_font)
        painter.setPen(QColor(self._theme.text))
        room = upper.width() - round(2 * _MARK) - _MARGIN
        painter.drawText(upper, left, names.elidedText(row.name, Qt.TextElideMode.ElideRight, room))

        painter.setFont(option.font)
        painter.setPen(QColor(self._theme.muted))
        least = metrics.horizontalAdvance(self._percent(row)) + _MARGIN
        energy = energy_in(row.attractor.energy, metrics, lower.width() - least)
        room = lower.width() - metrics.horizontalAdvance(energy) - _MARGIN
        painter.drawText(lower, left, energy)
        painter.drawText(lower, right, self._share(row, metrics, room))

    def _percent(self, row: Row) -> str:
        """Say what share of the falls ended here; nothing of an exact list."""
        if row.hits is None:
            return ""
        return self.tr("{percent} %").format(percent=percent(row.share))

    def _share(self, row: Row, metrics: QFontMetrics, room: int) -> str:
        """Say how many falls that is, where there is room."""
        share = self._percent(row)
        if row.hits is None:
            return share
        both = f"{numbers.number(row.hits)} · {share}"
        return both if metrics.horizontalAdvance(both) <= room else share

    def _tile(self, row: Row, ratio: float) -> QPixmap:
        key = row.attractor, self._theme.name, ratio
        tile = self._tiles.get(key)
        if tile is None:
            tile = thumbnail(row.picture, self._theme, _TILE, ratio)
            if len(self._tiles) >= _MOST_TILES:
                del self._tiles[next(iter(self._tiles))]
            self._tiles[key] = tile
        return tile
