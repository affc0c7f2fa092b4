"""Units as small crisp pictures."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from hopgui.ui.look.theme import Theme

# From this many device pixels a unit on, uneven units would be seen as such.
_SMALLEST_EVEN_CELL = 3
_COPIED_SIDE = 512


def units_image(units: NDArray[np.int8], theme: Theme) -> QImage:
    """Return a picture of one pixel a unit, in the theme's colours of +1 and −1.

    Parameters
    ----------
    units
        Units ±1, int8 array of shape (height, width).
    theme
        Whose colours to use.
    """
    return _two_colours(units, QColor(theme.minus), QColor(theme.plus))


def copied_picture(units: NDArray[np.int8]) -> QImage:
    """Return units as black on white, large enough to be pasted into a page."""
    image = _two_colours(units, QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black))
    return image.scaled(image.size() * max(1, _COPIED_SIDE // max(units.shape)))


def grey_image(luminance: NDArray[np.uint8]) -> QImage:
    """Return luminance, uint8 array of shape (height, width), as a picture."""
    height, width = luminance.shape
    grey = np.ascontiguousarray(luminance)
    return QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def crisp(image: QImage, side: int) -> QImage:
    """Return the picture at most `side` device pixels wide and high, with units kept square.

    Units are drawn by whole pixels where they are large enough, and blended at their edges where
    whole pixels would make some of them visibly larger than others.
    """
    longest = max(image.width(), image.height())
    cell = max(1, side // longest)
    if cell < _SMALLEST_EVEN_CELL and longest < side:
        cell = -(-2 * side // longest)
    larger = image.scaled(image.size() * cell)
    if max(larger.width(), larger.height()) <= side:
        return larger
    return larger.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def thumbnail(units: NDArray[np.int8], theme: Theme, side: int, ratio: float) -> QPixmap:
    """Return units on a square tile of the colour of −1.

    Parameters
    ----------
    units
        Units ±1, int8 array of shape (height, width).
    theme
        Whose colours to use.
    side
        Side of the tile in logical pixels.
    ratio
        Device pixels in a logical one.
    """
    pixels = round(side * ratio)
    tile = QPixmap(pixels, pixels)
    tile.fill(QColor(theme.minus))
    picture = crisp(units_image(units, theme), pixels)
    painter = QPainter(tile)
    left, top = (pixels - picture.width()) // 2, (pixels - picture.height()) // 2
    painter.drawImage(QRectF(left, top, picture.width(), picture.height()), picture)
    painter.end()
    tile.setDevicePixelRatio(ratio)
    return tile


def _two_colours(units: NDArray[np.int8], minus: QColor, plus: QColor) -> QImage:
    height, width = units.shape
    ink = np.ascontiguousarray(units > 0).view(np.uint8)
    image = QImage(ink.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([minus.rgb(), plus.rgb()])
    return image.convertToFormat(QImage.Format.Format_RGB32)  # a copy: the array may go
