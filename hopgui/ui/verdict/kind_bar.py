"""How states divide among memories, inverses, mixtures and others."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.model.verdict import Kind
from hopgui.ui.look.numbers import number, percent
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.verdict.kinds import KINDS, kind_colour, kind_name, paint_kind

SMALLEST_TYPE = 11
_BAR = 10
_GAP = 8
_MARK = 4.0
_COLUMNS = 2  # of the legend: it stands still while the numbers grow
_ALWAYS = KINDS[:4]


@dataclass(frozen=True)
class _Entry:
    """One kind in the legend."""

    kind: Kind
    words: str


class KindBar(QWidget):
    """A bar divided by kind, and under it each kind's mark, name and share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._counts: dict[Kind, int] = {}
        self._shares = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Mapping[Kind, int], *, shares: bool = True) -> None:
        """Show how many there are of each kind.

        Parameters
        ----------
        counts
            Number of each kind; kinds that are missing count 0.
        shares
            Whether the legend gives shares of all instead of numbers.
        """
        if dict(counts) == self._counts and shares == self._shares:
            return
        lines = self._lines()
        self._counts, self._shares = dict(counts), shares
        self.setAccessibleName(", ".join(entry.words for entry in self._entries()))
        if self._lines() != lines:
            self.updateGeometry()
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def legend(self) -> list[str]:
        """Return the words of the legend, a text a kind."""
        return [entry.words for entry in self._entries()]

    def sizeHint(self) -> QSize:
        """Ask for the bar and the lines of the legend."""
        return QSize(240, _BAR + _GAP + self._lines() * self._line)

    def minimumSizeHint(self) -> QSize:
        """Ask for the same height, and no width."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        self._paint_bar(painter)
        column, metrics = self.width() / _COLUMNS, QFontMetrics(self._font)
        for place, entry in enumerate(self._entries()):
            line, side = divmod(place, _COLUMNS)
            top, left = _BAR + _GAP + line * self._line, side * column
            middle = QPointF(left + _MARK + 1, top + self._line / 2)
            paint_kind(painter, self._theme, entry.kind, middle, _MARK)
            left += 2 * _MARK + 4
            room = QRectF(left, top, (side + 1) * column - left, self._line)
            words = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        track = QPainterPath()
        track.addRoundedRect(QRectF(0, 0, self.width(), _BAR), _BAR / 2, _BAR / 2)
        painter.fillPath(track, QColor(self._theme.line))
        total = sum(self._counts.values())
        if not total:
            return
        painter.save()
        painter.setClipPath(track)
        x = 0.0
        for kind in KINDS:
            width = self.width() * self._counts.get(kind, 0) / total
            if width:
                painter.fillRect(QRectF(x, 0, width, _BAR), kind_colour(self._theme, kind))
                painter.fillRect(QRectF(x + width - 1, 0, 1, _BAR), QColor(self._theme.panel))
            x += width
        painter.restore()

    def _kinds(self) -> tuple[Kind, ...]:
        return tuple(kind for kind in KINDS if kind in _ALWAYS or self._counts.get(kind))

    def _entries(self) -> list[_Entry]:
        total = sum(self._counts.values())
        return [_Entry(kind, self._words(kind, total)) for kind in self._kinds()]

    def _words(self, kind: Kind, total: int) -> str:
        count = self._counts.get(kind, 0)
        name = kind_name(kind)
        if not self._shares:
            return f"{name} {number(count)}"
        if not total:
            return name
        return self.tr("{kind} {percent} %").format(kind=name, percent=percent(count / total))

    def _lines(self) -> int:
        return -(-len(self._kinds()) // _COLUMNS)

    @property
    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(SMALLEST_TYPE, QFontInfo(font).pixelSize() - 1))
        return font

    @property
    def _line(self) -> int:
        return QFontMetrics(self._font).height() + 3
