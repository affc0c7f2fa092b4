"""What this program copies comes back exactly; what others put there is believed no more."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from hopgui.session.session import LARGEST_SIDE
from hopgui.ui.parts.clipboard import REGION_TYPE, add_units, units_in

pytestmark = pytest.mark.usefixtures("qapp")


def picture(height, width):
    return np.random.default_rng(1).choice(np.array([-1, 1], np.int8), (height, width))


@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (40, 36), (LARGEST_SIDE, LARGEST_SIDE)])
def test_units_come_back_as_they_were(shape):
    data = QMimeData()
    add_units(data, picture(*shape))
    assert np.array_equal(units_in(data), picture(*shape))


def test_other_programs_find_a_picture():
    data = QMimeData()
    add_units(data, picture(3, 7))
    image = data.imageData().convertToFormat(QImage.Format.Format_RGB32)
    side = image.width() // 7
    assert (image.width(), image.height()) == (7 * side, 3 * side)
    black = [
        [image.pixelColor(x * side, y * side).value() == 0 for x in range(7)] for y in range(3)
    ]
    assert np.array_equal(black, picture(3, 7) > 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"P1",
        b"P1\n3 3\n1 0",
        b"P1\n999999 999999\n",
        b"P4\n8192 8192\n" + bytes(100),
        b"\x89PNG\r\n",
        b"P1\n1 1\n" + b"1" * 500_000,
    ],
)
def test_what_is_no_picture_is_none(content):
    data = QMimeData()
    data.setData(REGION_TYPE, content)
    assert units_in(data) is None


def test_what_this_program_did_not_copy_is_none():
    data = QMimeData()
    data.setText("P1\n1 1\n1")
    assert units_in(data) is None
    assert units_in(QMimeData()) is None
