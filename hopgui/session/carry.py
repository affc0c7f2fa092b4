"""How a picture is carried over to a grid of another size."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hopgui.session.session import Picture


class Carry(StrEnum):
    """What becomes of a picture when its grid changes."""

    CROP = "crop"  # the centre stays, the rim is cut or padded with −1
    RESAMPLE = "resample"  # the whole picture is made larger or smaller


def carried(picture: Picture, shape: tuple[int, int], how: Carry) -> Picture:
    """Return the picture on a grid of another size.

    Cropped or padded, the centre stays and new units are −1. Resampled, each new unit takes the
    majority of the area it covers, and of a draw the unit at its middle; so an enlargement by
    whole factors repeats every unit, and a picture and its inverse stay inverses.

    Parameters
    ----------
    picture
        Units ±1, int8 array of shape (height, width).
    shape
        (height, width) of the new grid.
    how
        Crop and pad, or resample.

    Returns
    -------
    units
        int8 array of the new shape.
    """
    if how is Carry.RESAMPLE:
        return _resampled(picture, shape)
    (top, new_top, rows), (left, new_left, columns) = (
        _centred(old, new) for old, new in zip(picture.shape, shape, strict=True)
    )
    units = np.full(shape, -1, np.int8)
    units[new_top : new_top + rows, new_left : new_left + columns] = picture[
        top : top + rows, left : left + columns
    ]
    return units


def _centred(old: int, new: int) -> tuple[int, int, int]:
    """Where the shared middle begins in the old side and in the new one, and its length."""
    return max(0, (old - new) // 2), max(0, (new - old) // 2), min(old, new)


def _resampled(picture: Picture, shape: tuple[int, int]) -> Picture:
    height, width = shape
    rows, columns = _shares(picture.shape[0], height), _shares(picture.shape[1], width)
    majority = np.sign(rows @ picture @ columns.T).astype(np.int8)
    middle = picture[np.ix_(_middles(picture.shape[0], height), _middles(picture.shape[1], width))]
    return np.where(majority == 0, middle, majority)


def _shares(old: int, new: int) -> NDArray[np.float64]:
    """Length of each old unit within each new one, shape (new, old), in 1/(old·new) of the side.

    The entries are whole numbers, and so small that sums of their products are exact in floats.
    """
    begin, at = np.arange(new)[:, None] * old, np.arange(old)[None, :] * new
    shared: NDArray[np.int64] = np.minimum(begin + old, at + new) - np.maximum(begin, at)
    return shared.clip(0).astype(np.float64)


def _middles(old: int, new: int) -> NDArray[np.int64]:
    return (2 * np.arange(new) + 1) * old // (2 * new)
