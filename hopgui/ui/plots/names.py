"""Names beside the lines of a plot, each where it finds room."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter


class PlotNames:
    """Writes names so that none meets another, nor any dot.

    Attributes
    ----------
    taken
        Where names stand, since the last `clear`.
    """

    def __init__(self) -> None:
        self.taken: list[QRectF] = []
        self._dots: list[QRectF] = []
        self._cut: dict[str, str] = {}
        self._metrics: QFontMetricsF | None = None
        self._widest = 0.0

    def fit(self, metrics: QFontMetricsF, widest: float) -> None:
        """Write in this type, and cut names that are wider."""
        self._metrics, self._widest = metrics, widest
        self._cut.clear()

    def clear(self, dots: Iterable[QRectF]) -> None:
        """Begin anew, with dots that no name may cover."""
        self.taken.clear()
        self._dots = list(dots)

    def size(self, name: str) -> tuple[float, float]:
        """Return the room that a name takes, in pixels."""
        if self._metrics is None:
            return 0.0, 0.0
        return self._metrics.horizontalAdvance(self._text(name)) + 2, self._metrics.height() - 1

    def write(
        self,
        painter: QPainter,
        name: str,
        colours: tuple[QColor, QColor],
        rooms: Sequence[QRectF],
    ) -> None:
        """Write a name, in a colour on a ground, in the first of these rooms that is free, if any.

        What lies under the name is covered, so that no line strikes it through.
        """
        room = next((room for room in rooms if self._is_free(room)), None)
        if room is None:
            return
        self.taken.append(room)
        colour, ground = colours
        painter.fillRect(room, ground)
        painter.setPen(colour)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter.value, self._text(name))

    def _is_free(self, room: QRectF) -> bool:
        return not any(room.intersects(other) for other in (*self.taken, *self._dots))

    def _text(self, name: str) -> str:
        if self._metrics is not None and name not in self._cut:
            cut = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, self._widest)
            self._cut[name] = cut
        return self._cut[name]
