"""A memory stamped on the pad, with the mouse and by keyboard."""

import numpy as np
import pytest
from pads import CONTROL, LEFT, RIGHT, at, drag
from PySide6.QtCore import Qt

from hopgui.ui.pad.pad import Tool


def a_cross():
    picture = np.full((10, 10), -1, np.int8)
    picture[4, 3:6] = picture[3:6, 4] = 1
    return picture


def test_a_stamp_is_shown_while_it_is_dragged_and_set_down_once(qtbot, pad, heard):
    pad.set_tool(Tool.STAMP)
    pad.set_stamp(a_cross())
    qtbot.mousePress(pad, LEFT, pos=at(pad, 1, 1))
    bare = pad._frame.state
    qtbot.mouseMove(pad, at(pad, 7, 2))
    shown = pad._scene(pad._frame).state
    assert sorted(np.flatnonzero(shown != bare)) == [17, 26, 27, 28, 37]
    assert heard.said == []
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 7, 2))
    assert heard.units(1) == [17, 26, 27, 28, 37]
    assert heard.words == ["begun", "ended"]


def test_a_stamp_is_cut_at_the_edge_and_the_right_button_takes_it_out(qtbot, pad, heard):
    pad.set_tool(Tool.STAMP)
    pad.set_stamp(a_cross())
    drag(qtbot, pad, [(0, 0)], RIGHT)
    assert heard.units(-1) == [0, 1, 10]


def test_escape_puts_the_stamp_away_unused(qtbot, pad, heard):
    pad.set_tool(Tool.STAMP)
    pad.set_stamp(a_cross())
    qtbot.mousePress(pad, LEFT, pos=at(pad, 4, 4))
    qtbot.keyClick(pad, Qt.Key.Key_Escape)
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 4, 4))
    assert heard.words == ["cancelled"]


def test_the_stamp_stands_between_the_mirrors(qtbot, pad, heard):
    pad.set_tool(Tool.STAMP)
    pad.set_stamp(a_cross())
    pad.set_mirror(True, False)
    drag(qtbot, pad, [(1, 1)])
    assert heard.units(1) == sorted([1, 10, 11, 12, 21, 8, 17, 18, 19, 28])


@pytest.mark.parametrize("picture", [None, np.full((10, 10), -1, np.int8)])
def test_without_a_picture_the_stamp_does_nothing(qtbot, pad, heard, picture):
    pad.set_tool(Tool.STAMP)
    pad.set_stamp(picture)
    drag(qtbot, pad, [(4, 4), (5, 5)])
    assert heard.words == []


def test_the_stamp_is_set_down_by_keyboard_at_the_cursor(qtbot, pad, heard):
    pad.set_tool(Tool.STAMP)
    pad.set_stamp(a_cross())
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(pad, key, CONTROL)
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert heard.units(1) == [1, 10, 11, 12, 21]
