"""The handwritten digits that come with the program, to train machines on."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.datasets import Pictures
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.library import pattern_folder

FOLDER = "handwritten-8"
# Of the 16 pixels of a unit, so many inked ones make it +1.
INKED = 8


def handwritten_digits() -> tuple[Pictures, NDArray[np.uint8]]:
    """Return 1 797 handwritten digits of 8 × 8 units, and which digit each is.

    Alpaydin, Kaynak (1998); licence and source in the folder's README.

    Returns
    -------
    tuple
        The pictures, and 0 … 9, uint8 array of shape (pictures,).

    Raises
    ------
    Refusal
        If the file is not there or cannot be read.
    """
    path = pattern_folder() / FOLDER / "digits.npz"
    grey, digit = _arrays(path)
    inked = np.where(grey >= INKED, 1, -1).astype(np.int8)
    height, width = grey.shape[1:]
    return Pictures(inked.reshape(len(grey), -1), (height, width)), digit


def _arrays(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return file["grey"], file["digit"]
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be read: {reason}."),
            file=path.name,
            reason=error.strerror or error,
        ) from error
