"""Letters of a font as pictures: all on one line of writing, and all of one size."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from hopgui.session.images import GreyPicture, NamedPicture
from hopgui.session.session import Grid

FINE = 8  # pixels that a unit is drawn with, each way
LONGEST = 200  # letters at a time


def letters_of(text: str) -> str:
    """Return the letters of a text, each once, in its order, without spaces."""
    seen = dict.fromkeys(sign for sign in text if not sign.isspace() and sign.isprintable())
    return "".join(seen)[:LONGEST]


def draw_letters(text: str, font: QFont, grid: Grid, size: int) -> list[NamedPicture]:
    """Draw letters onto pictures of the grid's shape, to be cut into ±1 units.

    They share one baseline and one size, as in writing: the highest and the deepest of them decide
    how large they are.

    Parameters
    ----------
    text
        The letters.
    font
        Its family, weight and slant count, not its size.
    grid
        The grid they come onto.
    size
        Percent of the grid that the letters together may fill, 10 … 150; beyond 100 they are cut.
    """
    letters = letters_of(text)
    if not letters:
        return []
    font = QFont(font)
    font.setPixelSize(100)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    metrics = QFontMetricsF(font)
    boxes = [metrics.tightBoundingRect(letter) for letter in letters]
    top = min(box.top() for box in boxes)
    bottom = max(box.bottom() for box in boxes)
    widest = max(*(box.width() for box in boxes), 1.0)
    width, height = grid.width * FINE, grid.height * FINE
    scale = size / 100 * min(width / widest, height / max(bottom - top, 1.0))
    middle = (top + bottom) / 2
    return [
        NamedPicture(letter, _draw(letter, font, box, (width, height), scale, middle))
        for letter, box in zip(letters, boxes, strict=True)
    ]


def _draw(
    letter: str, font: QFont, box: QRectF, size: tuple[int, int], scale: float, middle: float
) -> GreyPicture:
    image = QImage(*size, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.translate(size[0] / 2, size[1] / 2)
    painter.scale(scale, scale)
    painter.setFont(font)
    painter.drawText(QPointF(-box.center().x(), -middle), letter)
    painter.end()
    return GreyPicture(_luminance(image))


def _luminance(image: QImage) -> NDArray[np.uint8]:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    luminance = rows[:, : image.width()].copy()
    luminance.flags.writeable = False
    return luminance
