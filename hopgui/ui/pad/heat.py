"""The local fields behind the units, as colours: blue towards −1, orange towards +1."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from hopgui.session.session import Picture
from hopgui.ui.look import coupling_colours
from hopgui.ui.look.painting import blend
from hopgui.ui.look.theme import Theme

Reals = NDArray[np.int64] | NDArray[np.float64]

_LEVELS = 127  # of the field, for each of the two values of a unit
_VALUE = 0.45  # how much of a unit's own colour is mixed in where both must share a cell


def heat(theme: Theme, fields: Reals) -> QImage:
    """Return fields as an image of a pixel a unit.

    Parameters
    ----------
    theme
        Its colours.
    fields
        Local fields of the units that are seen, array of shape (rows, columns). The strongest wears
        the full colour, none that of the panel.
    """
    strengths, limit = _strengths(fields)
    return _image(coupling_colours.indices(strengths, limit), coupling_colours.colour_table(theme))


def heat_of(theme: Theme, fields: Reals, state: Picture) -> QImage:
    """Return fields mixed with the units' values, for cells too small to show both.

    Parameters
    ----------
    theme
        Its colours.
    fields
        Local fields, array of shape (rows, columns).
    state
        Units ±1, int8 array of the same shape.
    """
    strengths, limit = _strengths(fields)
    places = coupling_colours.indices(strengths, limit) // 2
    return _image(places + np.where(state > 0, np.uint8(_LEVELS + 1), np.uint8(0)), _mixed(theme))


def _strengths(fields: Reals) -> tuple[NDArray[np.float32], float]:
    return fields.astype(np.float32), float(np.abs(fields).max(initial=0))


def _image(places: NDArray[np.uint8], table: list[int]) -> QImage:
    places = np.ascontiguousarray(places)
    height, width = places.shape
    image = QImage(places.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return image.convertToFormat(QImage.Format.Format_RGB32)


@cache
def _mixed(theme: Theme) -> list[int]:
    """Return the colours of both values, each over all levels of the field."""
    colours = []
    for value in (theme.minus, theme.plus):
        for level in range(_LEVELS + 1):
            strength = min(1.0, 2 * level / (_LEVELS - 1) - 1)
            ground = coupling_colours.colour(theme, strength)
            colours.append(blend(value, ground, _VALUE).rgb())
    return colours
