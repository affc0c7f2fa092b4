"""Many small pictures: where they stand, and how one is chosen."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from hopgui.ui.look.theme import LIGHT
from hopgui.ui.parts.picture_wall import PictureWall

LEFT = Qt.MouseButton.LeftButton


def image(width=4, height=4, colour="#112233"):
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


@pytest.fixture
def wall(qtbot):
    made = PictureWall("no pictures yet")
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


@given(
    count=st.integers(1, 200),
    size=st.tuples(st.integers(2, 40), st.integers(2, 40)),
    room=st.tuples(st.integers(120, 500), st.integers(60, 500)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_pictures_stand_side_by_side_and_keep_their_shape(wall, count, size, room):
    wall.resize(*room)
    wall.show_images([image(*size)] * count)
    places = [wall.place(which) for which in range(min(count, 40))]
    for place, after in pairwise(places):
        assert not place.intersects(after)
    width, height = places[0].width(), places[0].height()
    if min(width, height) > 1:
        assert abs(width * size[1] - height * size[0]) <= max(size) + max(width, height)
    assert all(place.right() <= wall.width() for place in places)


def test_units_are_whole_pixels_where_there_is_room(wall):
    wall.show_images([image()] * 16)
    size = wall.place(0).size()
    assert size.width() % 4 == 0
    assert size.width() >= 32
    assert wall.place(15).bottom() < wall.height()


@pytest.mark.parametrize(("count", "side", "seen"), [(100, 10, 20), (64, 8, 24), (128, 64, 16)])
def test_so_much_height_is_asked_for_that_pictures_can_be_made_out(wall, count, side, seen):
    # As in the narrowest dock.
    wall.resize(254, 60)
    wall.show_images([image(side, side)] * count)
    wall.resize(254, wall.minimumHeight())
    assert wall.minimumHeight() <= 360
    assert wall.place(0).width() >= seen
    assert wall.place(count - 1).bottom() < wall.height()
    wall.show_images([])
    assert wall.minimumHeight() == 60


def test_a_picture_is_chosen_by_mouse_and_walked_to_by_key(qtbot, wall):
    heard = []
    wall.chosen.connect(heard.append)
    wall.show_images([image()] * 16)
    qtbot.mouseClick(wall, LEFT, pos=wall.place(5).center())
    qtbot.keyClick(wall, Qt.Key.Key_Right)
    qtbot.keyClick(wall, Qt.Key.Key_Left)
    qtbot.keyClick(wall, Qt.Key.Key_Up)
    columns = sum(wall.place(which).top() == wall.place(0).top() for which in range(16))
    assert heard == [5, 6, 5] + ([5 - columns] if columns <= 5 else [])
    qtbot.mouseClick(wall, LEFT, pos=QPoint(wall.width() - 1, wall.height() - 1))
    assert len(heard) in {3, 4}


def test_the_chosen_one_has_a_frame(wall):
    wall.show_images([image()] * 4)
    wall.clearFocus()  # whose ring has the same colour
    assert QColor(LIGHT.act).rgb() not in colours(wall)
    wall.show_marked(2)
    assert QColor(LIGHT.act).rgb() in colours(wall)
    wall.show_images([])
    assert QColor(LIGHT.act).rgb() not in colours(wall)


def colours(wall):
    seen = wall.grab().toImage()
    return {seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height())}


def test_other_keys_pass(qtbot, wall):
    heard = []
    wall.parent_key = heard
    wall.show_images([image()] * 4)
    qtbot.keyClick(wall, Qt.Key.Key_M)
    assert wall._marked == -1


def test_the_first_arrow_chooses_the_first_picture(wall, qtbot):
    wall.show_images([image()])
    qtbot.keyClick(wall, Qt.Key.Key_Right)
    assert wall._marked == 0


def test_who_has_the_keyboard_is_seen(wall, qtbot):
    wall.show_images([image()] * 4)
    wall.setFocus()
    qtbot.waitUntil(wall.hasFocus)
    assert QColor(LIGHT.act).rgb() in colours(wall)
    wall.clearFocus()
    assert QColor(LIGHT.act).rgb() not in colours(wall)
