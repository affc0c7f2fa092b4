"""Names on a plot: each in the first room that is free, and never over another or a dot."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from hopgui.ui.plots.names import PlotNames

INK, GROUND, UNDER = QColor("#0072B2"), QColor("#FFFFFF"), QColor("#D9480F")
COLOURS = INK, GROUND

pytestmark = pytest.mark.usefixtures("qapp")

FIRST, SECOND = QRectF(10, 10, 60, 14), QRectF(10, 30, 60, 14)


@pytest.fixture
def image():
    picture = QImage(120, 60, QImage.Format.Format_RGB32)
    picture.fill(UNDER)
    return picture


@pytest.fixture
def painter(image):
    painter = QPainter(image)
    yield painter
    painter.end()


@pytest.fixture
def names():
    names = PlotNames()
    names.fit(QFontMetricsF(QFont()), 60)
    return names


def test_a_name_takes_the_first_free_room(names, painter):
    names.write(painter, "A", COLOURS, [FIRST, SECOND])
    names.write(painter, "B", COLOURS, [FIRST, SECOND])
    names.write(painter, "C", COLOURS, [FIRST, SECOND])
    assert names.taken == [FIRST, SECOND]


def test_no_name_stands_over_a_dot(names, painter):
    names.clear([QRectF(60, 12, 8, 8)])
    names.write(painter, "A", COLOURS, [FIRST, SECOND])
    assert names.taken == [SECOND]


def test_clearing_frees_all_rooms(names, painter):
    names.write(painter, "A", COLOURS, [FIRST])
    names.clear([])
    names.write(painter, "B", COLOURS, [FIRST])
    assert names.taken == [FIRST]


def test_what_lies_under_a_name_is_covered(names, painter, image):
    names.write(painter, "A", COLOURS, [FIRST])
    painter.end()
    room = FIRST.toRect()
    inside = {
        image.pixelColor(x, y).name()
        for x in range(room.left(), room.right() + 1)
        for y in range(room.top(), room.bottom() + 1)
    }
    assert GROUND.name() in inside
    assert UNDER.name() not in inside
    assert image.pixelColor(room.right() + 3, room.top()) == UNDER


def test_a_long_name_is_cut_to_the_width_it_may_have(names):
    assert names.size("A name that is far too long for a plot")[0] <= 62
    assert names.size("A")[0] < 30
