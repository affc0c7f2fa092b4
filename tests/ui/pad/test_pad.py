"""A hand on the pad: every tool, with either button."""

import numpy as np
import pytest
from pads import CONTROL, LEFT, RIGHT, SHIFT, Hearing, a_frame, at, blank, drag
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from hopgui.ui.pad.pad import PadView, Tool


def test_a_fast_drag_leaves_no_gap_and_gives_each_unit_once(qtbot, pad, heard):
    drag(qtbot, pad, [(0, 0), (9, 9), (9, 0), (0, 9)])
    expected = {(k, k) for k in range(10)} | {(9, k) for k in range(10)}
    expected |= {(k, 9 - k) for k in range(10)}
    assert heard.units(1) == sorted(y * 10 + x for x, y in expected)
    assert heard.words == ["begun", "ended"]


def test_every_batch_comes_while_the_button_is_held(qtbot, pad, heard):
    qtbot.mousePress(pad, LEFT, pos=at(pad, 2, 2))
    assert heard.units(1) == [22]
    qtbot.mouseMove(pad, at(pad, 5, 2))
    assert heard.units(1) == [22, 23, 24, 25]
    assert heard.words == ["begun"]
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 5, 2))
    assert heard.words == ["begun", "ended"]


def test_the_right_button_paints_minus(qtbot, pad, heard):
    drag(qtbot, pad, [(1, 1), (3, 1)], RIGHT)
    assert heard.units(-1) == [11, 12, 13]
    assert heard.units(1) == []


def test_a_drag_keeps_the_value_of_the_button_that_began_it(qtbot, pad, heard):
    qtbot.mousePress(pad, LEFT, pos=at(pad, 0, 0))
    qtbot.mousePress(pad, RIGHT, pos=at(pad, 0, 0))
    qtbot.mouseMove(pad, at(pad, 3, 0))
    qtbot.mouseRelease(pad, RIGHT, pos=at(pad, 3, 0))
    qtbot.mouseMove(pad, at(pad, 5, 0))
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 5, 0))
    assert heard.units(1) == [0, 1, 2, 3, 4, 5]
    assert heard.units(-1) == []
    assert heard.words == ["begun", "ended"]


def test_the_eraser_paints_minus_with_the_left_button(qtbot, pad, heard):
    pad.set_tool(Tool.ERASER)
    drag(qtbot, pad, [(1, 1), (2, 1)])
    assert heard.units(-1) == [11, 12]


def test_leaving_the_pad_and_coming_back_joins_the_line(qtbot, pad, heard):
    pad.show_frame(blank(10, 10))
    qtbot.mousePress(pad, LEFT, pos=at(pad, 0, 5))
    qtbot.mouseMove(pad, QPoint(-3000, at(pad, 0, 5).y()))
    qtbot.mouseMove(pad, QPoint(3000, at(pad, 0, 5).y()))
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(3000, at(pad, 0, 5).y()))
    assert heard.units(1) == list(range(50, 60))


def test_a_drag_that_never_meets_the_grid_says_nothing(qtbot, pad, heard):
    qtbot.mousePress(pad, LEFT, pos=QPoint(-30, -30))
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(-30, 300))
    assert heard.said == []


def test_the_brush_widens_the_stroke(qtbot, pad, heard):
    pad.set_brush(3)
    drag(qtbot, pad, [(4, 4), (4, 4)])
    assert heard.units(1) == [33, 34, 35, 43, 44, 45, 53, 54, 55]


def test_mirrors_double_the_stroke(qtbot, pad, heard):
    pad.set_mirror(horizontally=True, vertically=True)
    drag(qtbot, pad, [(1, 2), (1, 2)])
    assert heard.units(1) == [21, 28, 71, 78]


def test_shift_and_a_click_draw_a_line_from_the_last_cell(qtbot, pad, heard):
    drag(qtbot, pad, [(1, 1), (1, 1)])
    drag(qtbot, pad, [(6, 1), (6, 1)], modifier=SHIFT)
    assert heard.units(1) == [11, 11, 12, 13, 14, 15, 16]
    assert heard.words == ["begun", "ended"] * 2


def test_shift_and_a_first_click_paint_one_unit(qtbot, pad, heard):
    drag(qtbot, pad, [(6, 1), (6, 1)], modifier=SHIFT)
    assert heard.units(1) == [16]


@pytest.mark.parametrize(
    ("tool", "expected"),
    [(Tool.LINE, [11, 22, 33]), (Tool.RECTANGLE, [11, 12, 13, 21, 22, 23, 31, 32, 33])],
)
def test_a_shape_acts_once_on_the_release(qtbot, pad, heard, tool, expected):
    pad.set_tool(tool)
    qtbot.mousePress(pad, LEFT, pos=at(pad, 1, 1))
    qtbot.mouseMove(pad, at(pad, 8, 2))
    qtbot.mouseMove(pad, at(pad, 3, 3))
    assert heard.said == []
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 3, 3))
    assert heard.units(1) == expected
    assert [part if isinstance(part, str) else "batch" for part in heard.said] == [
        "begun",
        "batch",
        "ended",
    ]


def test_a_shape_is_seen_before_it_acts(qtbot, pad):
    pad.set_tool(Tool.RECTANGLE)
    before = pad.grab().toImage().pixelColor(at(pad, 2, 2))
    qtbot.mousePress(pad, LEFT, pos=at(pad, 1, 1))
    qtbot.mouseMove(pad, at(pad, 3, 3))
    assert pad.grab().toImage().pixelColor(at(pad, 2, 2)) != before
    qtbot.keyClick(pad, Qt.Key.Key_Escape)
    assert pad.grab().toImage().pixelColor(at(pad, 2, 2)) == before
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 3, 3))


@pytest.mark.parametrize("tool", [Tool.LINE, Tool.RECTANGLE, Tool.BLANK])
def test_escape_gives_a_shape_up(qtbot, pad, heard, tool):
    pad.set_tool(tool)
    qtbot.mousePress(pad, LEFT, pos=at(pad, 1, 1))
    qtbot.mouseMove(pad, at(pad, 3, 3))
    qtbot.keyClick(pad, Qt.Key.Key_Escape)
    qtbot.mouseMove(pad, at(pad, 5, 5))
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 5, 5))
    assert heard.said == ["cancelled"]


def test_a_fill_takes_the_area_that_was_clicked(qtbot, pad, heard):
    state = np.full((10, 10), -1)
    state[:, 4] = 1
    pad.show_frame(a_frame(state))
    pad.set_tool(Tool.FILL)
    qtbot.mouseClick(pad, LEFT, pos=at(pad, 0, 0))
    assert heard.units(1) == [y * 10 + x for y in range(10) for x in range(4)]
    assert heard.words == ["begun", "ended"]


def test_a_double_click_paints_like_clicks(qtbot, pad, heard):
    qtbot.mouseClick(pad, LEFT, pos=at(pad, 1, 1))
    qtbot.mouseDClick(pad, LEFT, pos=at(pad, 2, 1))
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 2, 1))
    assert set(heard.units(1)) == {11, 12}
    assert heard.words[-1] == "ended"
    assert heard.words.count("begun") == heard.words.count("ended")


def test_pins_are_set_with_the_left_and_taken_with_the_right_button(qtbot, pad, heard):
    pad.set_tool(Tool.PIN)
    drag(qtbot, pad, [(0, 0), (2, 0)])
    drag(qtbot, pad, [(1, 0), (1, 0)], RIGHT)
    assert heard.units(True) == [0, 1, 2]
    assert heard.units(False) == [1]
    assert heard.words == ["begun", "ended"] * 2


def test_the_blank_tool_gives_the_rectangle_and_paints_nothing(qtbot, pad, heard):
    pad.set_tool(Tool.BLANK)
    drag(qtbot, pad, [(8, 8), (9, 9)])
    assert heard.units("blank") == [88, 89, 98, 99]
    assert heard.words == []


def test_losing_the_focus_ends_the_stroke(qtbot):
    window = QWidget()
    window.resize(400, 400)
    pad, other = PadView(window), QLineEdit(window)
    pad.resize(300, 300)
    qtbot.addWidget(window)
    pad.show_frame(blank(10, 10))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    pad.setFocus()
    qtbot.waitUntil(pad.hasFocus)
    heard = Hearing(pad)
    qtbot.mousePress(pad, LEFT, pos=at(pad, 1, 1))
    other.setFocus()
    assert heard.words == ["begun", "ended"]
    qtbot.mouseMove(pad, at(pad, 5, 5))
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 5, 5))
    assert heard.units(1) == [11]


def test_a_window_that_goes_to_the_back_ends_the_stroke(qtbot, pad, heard):
    qtbot.mousePress(pad, LEFT, pos=at(pad, 1, 1))
    QApplication.sendEvent(pad, QEvent(QEvent.Type.WindowDeactivate))
    assert heard.words == ["begun", "ended"]
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 1, 1))


def test_another_grid_ends_the_stroke(qtbot, pad, heard):
    qtbot.mousePress(pad, LEFT, pos=at(pad, 9, 9))
    pad.show_frame(blank(3, 2))
    assert heard.words == ["begun", "ended"]
    qtbot.mouseMove(pad, at(pad, 0, 0))
    qtbot.mouseRelease(pad, LEFT, pos=at(pad, 0, 0))
    assert heard.units(1) == [99]
    drag(qtbot, pad, [(0, 0), (2, 1)])
    assert set(heard.units(1)) == {99, 0, 4, 5}


def test_a_pad_without_a_frame_says_nothing(qtbot):
    pad = PadView()
    qtbot.addWidget(pad)
    pad.show()
    qtbot.waitExposed(pad)
    heard = Hearing(pad)
    qtbot.mouseClick(pad, LEFT, pos=QPoint(50, 50))
    qtbot.keyClick(pad, Qt.Key.Key_Right, CONTROL)
    pad.zoom_in()
    pad.zoom_to_fit()
    assert heard.said == []


@pytest.mark.parametrize(("width", "height"), [(2, 2), (256, 256), (7, 3), (2, 256), (130, 21)])
def test_each_corner_of_any_grid_can_be_painted(qtbot, pad, heard, width, height):
    pad.show_frame(blank(width, height))
    for cell in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        drag(qtbot, pad, [cell, cell])
    corners = {0, width - 1, (height - 1) * width, height * width - 1}
    assert set(heard.units(1)) == corners
