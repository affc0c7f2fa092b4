"""What rows with a thumbnail have in common: colour bar, thumbnail, room for two lines."""

from collections.abc import Hashable

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from hopgui.session.session import Picture
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.parts.row_painting import Index, bold, paint_ground
from hopgui.ui.parts.thumbnail import thumbnail

MARGIN = 8
_TILE = 52
_HEIGHT = 68
_BAR = 4
_GAP = 12
_MOST_TILES = 300


class TileRow(QStyledItemDelegate):
    """Draws the left of a row, and remembers the thumbnails drawn last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self._tiles: dict[tuple[Hashable, str, float], QPixmap] = {}

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return a height that holds the thumbnail and both lines."""
        lines = option.fontMetrics.height() + QFontMetrics(bold(option.font)).height()
        return QSize(0, max(_HEIGHT, lines + 2 * MARGIN))

    def paint_left(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        colour: QColor,
        key: Hashable,
        picture: Picture,
    ) -> None:
        """Draw the ground, a bar in a colour, and the thumbnail of a picture, known by its key."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self.theme)
        middle = option.rect.center().y() + 1
        bar = QRectF(option.rect.left() + MARGIN, middle - _TILE / 2, _BAR, _TILE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        tile = self._tile(key, picture, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(bar.right() + _GAP, bar.top()), tile)

    def _tile(self, key: Hashable, picture: Picture, ratio: float) -> QPixmap:
        known = key, self.theme.name, ratio
        if known not in self._tiles:
            if len(self._tiles) >= _MOST_TILES:
                del self._tiles[next(iter(self._tiles))]
            self._tiles[known] = thumbnail(picture, self.theme, _TILE, ratio)
        return self._tiles[known]


def words(row: QRect) -> QRect:
    """Return where the words of a row stand: right of its thumbnail."""
    return row.adjusted(MARGIN + _BAR + _GAP + _TILE + _GAP, 0, -MARGIN - 2, 0)
