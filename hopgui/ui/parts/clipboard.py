"""Pictures of units on the clipboard: exact for this program, a picture for every other."""

from PySide6.QtCore import QByteArray, QMimeData

from hopgui.refusal import Refusal
from hopgui.session import pbm
from hopgui.session.session import LARGEST_SIDE, Picture
from hopgui.ui.parts.thumbnail import copied_picture

REGION_TYPE = "application/x-hopgui-region"  # what it holds is a plain PBM
# A digit and what parts it from the next, and the head.
_MOST_BYTES = 2 * LARGEST_SIDE**2 + 1000


def add_units(data: QMimeData, picture: Picture) -> None:
    """Put units, int8 array of shape (height, width), among what is copied."""
    data.setData(REGION_TYPE, QByteArray(pbm.text(picture).encode()))
    data.setImageData(copied_picture(picture))


def units_in(data: QMimeData) -> Picture | None:
    """Return the units that this program has copied, None if there are none.

    What stands there is believed no more than a file is: any program may have put it there.
    """
    if not data.hasFormat(REGION_TYPE):
        return None
    text = bytes(data.data(REGION_TYPE).data())
    if len(text) > _MOST_BYTES:
        return None
    try:
        return pbm.parse(text, REGION_TYPE)
    except Refusal:
        return None
