"""How states divide among memories, inverses, mixtures and others."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hopgui.model.verdict import Kind
from hopgui.ui.kinds import KINDS, kind_colour, kind_name, paint_kind
from hopgui.ui.numbers import number
from hopgui.ui.theme import LIGHT, Theme

_BAR = 10
_GAP = 8
_MARK = 4.5
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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

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
        lines = len(self._lines(self.width()))
        self._counts, self._shares = dict(counts), shares
        self.setAccessibleName(", ".join(entry.words for entry in self._entries()))
        if len(self._lines(self.width())) != lines:
            self.updateGeometry()
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme
        self.update()

    def legend(self) -> list[str]:
        """Return the words of the legend, a text a kind."""
        return [entry.words for entry in self._entries()]

    def heightForWidth(self, width: int) -> int:
        """Return the height of the bar and as many lines of legend as the width asks for."""
        lines = len(self._lines(width))
        return _BAR + _GAP + lines * (self.fontMetrics().height() + 2)

    def sizeHint(self) -> QSize:
        """Ask for the height that goes with the present width."""
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        """Ask for no width."""
        return QSize(0, _BAR + _GAP + self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        high = self.fontMetrics().height() + 2
        top = float(_BAR + _GAP)
        for line in self._lines(self.width()):
            x = 0.0
            for entry in line:
                painter.setPen(QColor(self._theme.muted))
                middle = QPointF(x + _MARK + 1, top + high / 2)
                paint_kind(painter, self._theme, entry.kind, middle, _MARK)
                x += 2 * _MARK + 7
                room = QRectF(x, top, self.width() - x, high)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, entry.words)
                x += self.fontMetrics().horizontalAdvance(entry.words) + 2 * _GAP
            top += high
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
        percent = 100 * count / total
        # A kind that was found must not read as none.
        text = number(percent, 1 if 0 < percent < 10 else 0)
        return self.tr("{kind} {percent} %").format(kind=name, percent=text)

    def _lines(self, width: int) -> list[list[_Entry]]:
        """Fill lines with as many entries as fit."""
        lines: list[list[_Entry]] = [[]]
        x = 0.0
        for entry in self._entries():
            wide = 2 * _MARK + 7 + self.fontMetrics().horizontalAdvance(entry.words)
            if lines[-1] and x + wide > width:
                lines.append([])
                x = 0.0
            lines[-1].append(entry)
            x += wide + 2 * _GAP
        return lines
