"""The pad as shapes, for files: sharp at any size, and small however many units there are."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from hopgui.session.session import Mask, Picture
from hopgui.ui.look.theme import Theme
from hopgui.ui.pad.strokes import Units

SMALLEST_GAPPED = 5.0
SMALLEST_MARKED = 3.0
_GAP = 0.04  # of a cell
_DOT, _NOTCH = 0.22, 0.28


def draw_pad(
    painter: QPainter,
    room: QRectF,
    state: Picture,
    theme: Theme,
    *,
    unstable: Mask | None = None,
    pinned: Mask | None = None,
    recent: Units | None = None,
) -> None:
    """Draw units as square cells, in the middle of some room.

    Parameters
    ----------
    painter
        What to draw with.
    room
        Where to draw.
    state
        Units ±1, int8 array of shape (height, width).
    theme
        Whose colours to use.
    unstable, pinned
        Units to mark as wanting to flip and as pinned, bool arrays of the same shape.
    recent
        Units to outline, the newest first.
    """
    cell = cell_of(room, state.shape)
    height, width = state.shape
    corner = room.center() - QPointF(width * cell / 2, height * cell / 2)
    gap = cell * _GAP if cell >= SMALLEST_GAPPED else 0.0
    painter.save()
    # Without a gap, softened edges would let the ground shine through between the cells.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, gap > 0)
    painter.translate(corner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(_cells(state < 0, cell, gap), QColor(theme.minus))
    painter.fillPath(_cells(state > 0, cell, gap), QColor(theme.plus))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if cell >= SMALLEST_MARKED:
        if unstable is not None:
            painter.fillPath(_dots(unstable, cell), QColor(theme.accent))
        if pinned is not None:
            painter.fillPath(_notches(pinned & (state > 0), cell, gap), QColor(theme.minus))
            painter.fillPath(_notches(pinned & (state < 0), cell, gap), QColor(theme.plus))
    if recent is not None:
        _outline(painter, recent, width, cell, QColor(theme.accent))
    painter.restore()


def cell_of(room: QRectF, shape: tuple[int, ...]) -> float:
    """Return the side of a cell where a picture of this shape fills some room."""
    return min(room.width() / shape[1], room.height() / shape[0])


def _cells(where: Mask, cell: float, gap: float) -> QPainterPath:
    """Return the cells where `where` is true; without gaps, neighbours in a row as one."""
    path = QPainterPath()
    if gap:
        side = cell - gap
        for row, column in np.argwhere(where).tolist():
            path.addRect(column * cell + gap / 2, row * cell + gap / 2, side, side)
        return path
    edges = np.diff(np.pad(where.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    starts, ends = np.argwhere(edges > 0), np.argwhere(edges < 0)
    for (row, first), (_, last) in zip(starts.tolist(), ends.tolist(), strict=True):
        path.addRect(first * cell, row * cell, (last - first) * cell, cell)
    return path


def _dots(where: Mask, cell: float) -> QPainterPath:
    path = QPainterPath()
    radius = _DOT * cell / 2
    for row, column in np.argwhere(where).tolist():
        path.addEllipse(QPointF((column + 0.5) * cell, (row + 0.5) * cell), radius, radius)
    return path


def _notches(where: Mask, cell: float, gap: float) -> QPainterPath:
    path = QPainterPath()
    side = _NOTCH * cell
    for row, column in np.argwhere(where).tolist():
        right, top = (column + 1) * cell - gap / 2, row * cell + gap / 2
        path.moveTo(right - side, top)
        path.lineTo(right, top)
        path.lineTo(right, top + side)
        path.closeSubpath()
    return path


def _outline(painter: QPainter, units: Units, width: int, cell: float, colour: QColor) -> None:
    """Outline the last flips: the newest thick and full, older ones thinner and paler."""
    for age in range(units.size - 1, -1, -1):
        row, column = divmod(int(units[age]), width)
        strength = 1 - age / units.size
        thick = cell / 12 * strength
        outer = QRectF(column * cell, row * cell, cell, cell)
        frame = QPainterPath()
        frame.setFillRule(Qt.FillRule.OddEvenFill)
        inset = cell * _GAP / 2
        outer = outer.adjusted(inset, inset, -inset, -inset)
        frame.addRect(outer)
        frame.addRect(outer.adjusted(thick, thick, -thick, -thick))
        colour.setAlphaF(0.35 + 0.65 * strength)
        painter.fillPath(frame, colour)
