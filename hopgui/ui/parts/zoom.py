"""How a picture is zoomed and moved behind its window: one frozen value."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF

STEP = 1.25
LARGEST = 16.0


@dataclass(frozen=True)
class Zoom:
    """A picture as large as its window, enlarged and moved.

    Attributes
    ----------
    scale
        How many times larger it is, 1 … 16.
    left, top
        Where its corner lies in the window, in pixels.
    """

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def shown(self, point: QPointF) -> QPointF:
        """Return where a point of the picture is seen."""
        return QPointF(self.left + point.x() * self.scale, self.top + point.y() * self.scale)


WHOLE = Zoom()


def zoomed(zoom: Zoom, steps: float, at: QPointF, window: QSizeF) -> Zoom:
    """Return the picture some steps nearer (or, below 0, further), a point staying in its place."""
    scale = min(max(zoom.scale * STEP**steps, 1.0), LARGEST)
    grown = scale / zoom.scale
    left, top = at.x() - (at.x() - zoom.left) * grown, at.y() - (at.y() - zoom.top) * grown
    return _kept(Zoom(scale, left, top), window)


def moved(zoom: Zoom, way: QPointF, window: QSizeF) -> Zoom:
    """Return the picture moved, as far as it still covers the window."""
    return _kept(Zoom(zoom.scale, zoom.left + way.x(), zoom.top + way.y()), window)


def _kept(zoom: Zoom, window: QSizeF) -> Zoom:
    across, down = window.width() * (1 - zoom.scale), window.height() * (1 - zoom.scale)
    return Zoom(zoom.scale, min(max(zoom.left, across), 0.0), min(max(zoom.top, down), 0.0))
