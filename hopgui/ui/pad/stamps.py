"""The marks on single cells of the pad, stamped by numpy into one image."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from hopgui.session.session import Mask, Picture
from hopgui.ui.look.theme import Theme

# Premultiplied pixels of the part of the picture that is seen, uint32 array of shape
# (rows, cell, columns, cell): row of cells, row of pixels in it, and the same across.
Layer = NDArray[np.uint32]

FEW_PIXELS = 36


class Stamps:
    """The marks on single cells, as small blocks of premultiplied pixels.

    A dot in the middle says that a unit wants to flip; a notch in the corner, in the colour of the
    other value, that it is pinned; a slash, that it differs from a memory; a line at the foot, that
    its flip changes where the state falls. A core shows the unit's value where its cell is taken by
    something else.
    """

    def __init__(self, theme: Theme, cell: int, gap: int) -> None:
        self._cell, self._gap = cell, gap
        inner = cell - gap
        across = max(3, round(0.22 * inner))
        across += (inner - across) % 2
        start = gap // 2 + (inner - across) // 2
        self._middle = slice(start, start + across)
        self._dot = _disc(across, QColor(theme.accent))
        around = round(0.25 * inner)
        self._core = slice(gap // 2 + around, gap // 2 + inner - around)
        self._values = np.uint32(QColor(theme.plus).rgba()), np.uint32(QColor(theme.minus).rgba())
        self._inner = slice(gap // 2, gap // 2 + inner)
        self._ground = QColor(theme.panel)
        side = max(1, round(0.28 * inner))
        end = gap // 2 + inner
        self._top, self._right = slice(gap // 2, gap // 2 + side), slice(end - side, end)
        self._notch = _triangle(side)
        # Beneath the dot, however small the cell.
        beneath = end - self._middle.stop
        thick = max(1, min(max(2, round(0.1 * inner)), beneath))
        foot = end - min(round(0.06 * inner), beneath - thick)
        self._foot = slice(foot - thick, foot)
        self._wide = slice(gap // 2 + inner // 5, end - inner // 5)
        shape = thick, self._wide.stop - self._wide.start
        self._line = np.full(shape, QColor(theme.act).rgba(), np.uint32)

    def suits(self, cell: int, gap: int) -> bool:
        """Whether the stamps were cut for cells of this size."""
        return (self._cell, self._gap) == (cell, gap)

    def dot(self, layer: Layer, where: Mask) -> None:
        """Put a dot on the cells where `where` is true, and take it off the others."""
        middle = layer[:, self._middle, :, self._middle]
        _stamp(middle, where.astype(np.uint32), self._dot)

    def notch(self, layer: Layer, where: Mask, state: Picture) -> None:
        """Put a notch on the cells where `where` is true, and take it off the others."""
        corner = layer[:, self._top, :, self._right]
        plus, minus = self._values
        _stamp(corner, np.where(state > 0, minus, plus) * where, self._notch)

    def core(self, layer: Layer, state: Picture) -> None:
        """Put the colour of its value into the middle of every cell."""
        plus, minus = self._values
        layer[:, self._core, :, self._core] = np.where(state > 0, plus, minus)[:, None, :, None]

    def slash(self, layer: Layer, where: Mask, colour: QColor) -> None:
        """Put a slash on the cells where `where` is true, and take it off the others."""
        side = self._inner.stop - self._inner.start
        _stamp(
            layer[:, self._inner, :, self._inner],
            where.astype(np.uint32),
            _slash(side, colour, self._ground),
        )

    def underline(self, layer: Layer, where: Mask) -> None:
        """Put a line at the foot of the cells where `where` is true, and take it off the others."""
        _stamp(layer[:, self._foot, :, self._wide], where.astype(np.uint32), self._line)


def _stamp(part: Layer, cells: NDArray[np.uint32], stamp: NDArray[np.uint32]) -> None:
    """Write the product of a value a cell and a stamp a pixel into a part of every cell."""
    if stamp.size > FEW_PIXELS:
        np.multiply(cells[:, None, :, None], stamp[None, :, None, :], out=part)
        return
    # Many small stamps: a pass over all cells for each pixel beats many short rows of pixels.
    for row, column in np.ndindex(stamp.shape):
        np.multiply(cells, stamp[row, column], out=part[:, row, :, column])


def _disc(side: int, colour: QColor) -> Layer:
    image = _transparent(side)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(image.rect())
    painter.end()
    return _pixels(image)


def _slash(side: int, colour: QColor, ground: QColor) -> Layer:
    """Return a line from corner to corner, edged so that it is seen on either value."""
    image = _transparent(side)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(2.0, 0.11 * side)
    for ink, across in ((ground, 1.8 * width), (colour, width)):
        painter.setPen(QPen(ink, across))
        painter.drawLine(QLineF(0, side, side, 0))
    painter.end()
    return _pixels(image)


def _triangle(side: int) -> NDArray[np.uint32]:
    """Return a corner cut off at the top right, 1 in it and 0 beside, its slope in whole pixels."""
    rows, columns = np.indices((side, side))
    return (columns >= rows).astype(np.uint32)


def _transparent(side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _pixels(image: QImage) -> Layer:
    shape = image.height(), image.width()
    return np.frombuffer(image.constBits(), np.uint32).reshape(shape).copy()
