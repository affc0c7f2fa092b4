"""The pad under a real mouse and real keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from hopgui.model.nearest import Nearest
from hopgui.session.frame import Frame, Phase
from hopgui.ui.pad.pad import PadView, Tool

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MiddleButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def a_frame(state):
    state = np.asarray(state, np.int8)
    return Frame(
        Phase.REST,
        state,
        update=0,
        flips=0,
        energy=0.0,
        overlaps=np.empty(0),
        unstable=np.zeros(state.shape, bool),
        descents=0,
        nearest=Nearest(None, 1, 0, 0.0),
        recent=np.empty(0, np.int32),
    )


def blank(width, height):
    return a_frame(np.full((height, width), -1))


class Hearing:
    """Writes down what a pad says, in order."""

    def __init__(self, pad):
        self.said = []
        pad.stroke_begun.connect(lambda: self.said.append("begun"))
        pad.stroke_ended.connect(lambda: self.said.append("ended"))
        pad.stroke_cancelled.connect(lambda: self.said.append("cancelled"))
        pad.painted.connect(lambda stroke: self.said.append((stroke.value, stroke.units)))
        pad.pin_painted.connect(lambda stroke: self.said.append((stroke.pinned, stroke.units)))
        pad.blank_chosen.connect(lambda units: self.said.append(("blank", units)))

    @property
    def words(self):
        return [word for word in self.said if isinstance(word, str)]

    def units(self, value):
        """Every unit given out with a value, in order of units; repeats would show."""
        batches = [part[1] for part in self.said if isinstance(part, tuple) and part[0] is value]
        return sorted(np.concatenate(batches).tolist()) if batches else []


@pytest.fixture
def pad(qtbot):
    view = PadView()
    view.resize(400, 400)
    qtbot.addWidget(view)
    view.show_frame(blank(10, 10))
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


@pytest.fixture
def heard(pad):
    return Hearing(pad)


def at(pad, x, y):
    centre = pad.cell_centre((x, y))
    return QPoint(int(centre.x()), int(centre.y()))


def drag(qtbot, pad, path, button=LEFT, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mousePress(pad, button, modifier, at(pad, *path[0]))
    for cell in path[1:]:
        qtbot.mouseMove(pad, at(pad, *cell))
    qtbot.mouseRelease(pad, button, modifier, at(pad, *path[-1]))


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


def test_the_unit_under_the_pointer_is_told(qtbot, pad):
    told = []
    pad.hovered.connect(told.append)
    for cell in ((1, 1), (1, 1), (2, 1)):
        qtbot.mouseMove(pad, at(pad, *cell))
    QApplication.sendEvent(pad, QEvent(QEvent.Type.Leave))
    assert told == [11, 12, -1]


def wheel(pad, position, notches):
    event = QWheelEvent(
        QPointF(position),
        QPointF(pad.mapToGlobal(position)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pad, event)


def test_the_wheel_zooms_around_the_pointer(qtbot, pad, heard):
    pad.show_frame(blank(60, 40))
    zooms = []
    pad.zoomed.connect(zooms.append)
    spot = at(pad, 50, 7)
    for _ in range(5):
        wheel(pad, spot, 1)
        qtbot.mouseClick(pad, LEFT, pos=spot)
    assert set(heard.units(1)) == {7 * 60 + 50}
    assert zooms == sorted(zooms)
    assert zooms[-1] > 2
    wheel(pad, spot, -20)
    assert zooms[-1] == 1


@pytest.mark.parametrize("by_key", [False, True])
def test_a_pan_moves_the_picture_and_paints_nothing(qtbot, pad, heard, by_key):
    pad.show_frame(blank(40, 40))
    for _ in range(6):
        pad.zoom_in()
    pad.set_panning(by_key)
    button = LEFT if by_key else MIDDLE
    before = pad.cell_centre((20, 20))
    start = at(pad, 20, 20)
    qtbot.mousePress(pad, button, pos=start)
    qtbot.mouseMove(pad, start + QPoint(31, -17))
    qtbot.mouseRelease(pad, button, pos=start + QPoint(31, -17))
    assert pad.cell_centre((20, 20)) - before == QPointF(31, -17)
    assert heard.said == []
    pad.set_panning(False)
    qtbot.mouseClick(pad, LEFT, pos=at(pad, 20, 20))
    assert heard.units(1) == [20 * 40 + 20]
    pad.zoom_to_fit()
    assert pad.picture_rect().center() - pad.rect().center() in {QPoint(0, 0), QPoint(-1, -1)}


def test_the_cell_cursor_sets_units_by_keyboard(qtbot, pad, heard):
    told = []
    pad.hovered.connect(told.append)
    before = pad.grab().toImage()
    qtbot.keyClick(pad, Qt.Key.Key_Right, CONTROL)
    assert pad.grab().toImage() != before
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(pad, key, CONTROL)
    assert told == [0, 1, 11, 21, 20]
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    qtbot.keyClick(pad, Qt.Key.Key_Down, CONTROL)
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    assert heard.units(1) == [20]
    assert heard.units(-1) == [30]
    assert heard.words == ["begun", "ended"] * 2


def test_keys_of_the_window_pass_through(qtbot):
    class Window(QWidget):
        def __init__(self):
            super().__init__()
            self.keys = []

        def keyPressEvent(self, event):
            self.keys.append(Qt.Key(event.key()))

    window = Window()
    pad = PadView(window)
    qtbot.addWidget(window)
    pad.show_frame(blank(4, 4))
    window.show()
    qtbot.waitExposed(window)
    passing = [
        Qt.Key.Key_Space,
        Qt.Key.Key_Left,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Escape,
        Qt.Key.Key_M,
    ]
    for key in passing:
        qtbot.keyClick(pad, key)
    assert window.keys == passing


def test_a_reader_hears_what_the_pad_is(qtbot, pad):
    assert pad.accessibleName()
    qtbot.keyClick(pad, Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(pad, Qt.Key.Key_Right, CONTROL)
    assert "(1, 0)" in pad.accessibleDescription()


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


@pytest.mark.parametrize("moves", [0, 1, 3])
def test_another_grid_under_a_pan_is_shown_whole_and_pointed_at_rightly(qtbot, pad, moves):
    pad.show_frame(blank(32, 32))
    for _ in range(4):
        pad.zoom_in()
    hovered = []
    pad.hovered.connect(hovered.append)
    qtbot.mousePress(pad, MIDDLE, pos=QPoint(200, 200))
    for step in range(moves):
        qtbot.mouseMove(pad, QPoint(190 - 10 * step, 190))
    pad.show_frame(blank(4, 3))
    hovered.clear()
    for spot in (QPoint(300, 300), QPoint(180, 210), QPoint(30, 380)):
        qtbot.mouseMove(pad, spot)
    qtbot.mouseRelease(pad, MIDDLE, pos=QPoint(200, 200))
    qtbot.mouseMove(pad, QPoint(201, 201))
    assert all(-1 <= unit < 12 for unit in hovered), "no unit of the grid that is gone"
    assert hovered
    middle = pad.cell_centre((3, 2))
    assert pad._cell_at(middle) == (3, 2)
    assert pad.picture_rect().width() == pytest.approx(pad.picture_rect().height() * 4 / 3, rel=0.1)
