"""Weights as pictures: what a hidden unit looks for, and what it looks away from."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from hopgui.ui.look.coupling_colours import colour_table, indices
from hopgui.ui.look.theme import Theme


def filter_images(
    weights: NDArray[np.float64], shape: tuple[int, int], theme: Theme
) -> list[QImage]:
    """Return a picture of each hidden unit's weights, in the colours of couplings.

    Each picture is as strong as its own largest weight.

    Parameters
    ----------
    weights
        W, float64 array of shape (visible, hidden).
    shape
        (height, width) of the pad.
    theme
        Whose colours to use.
    """
    height, width = shape
    images = []
    for column in weights.T:
        picture = column.reshape(shape).astype(np.float32)
        places = np.ascontiguousarray(indices(picture, float(np.abs(picture).max(initial=0.0))))
        image = QImage(places.data, width, height, width, QImage.Format.Format_Indexed8)
        image.setColorTable(colour_table(theme))
        images.append(image.convertToFormat(QImage.Format.Format_RGB32))
    return images
