"""Marks of states: pointed at, walked along, clicked, zoomed."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from hopgui.model.verdict import Kind
from hopgui.ui.landscape.state_chart import NOTHING, StateChart, StateMark
from hopgui.ui.look.theme import DARK, LIGHT

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PLACES = [QPoint(60, 60), QPoint(200, 60), QPoint(200, 220)]


class Corners(StateChart):
    """Three marks in fixed places."""

    def place(self, index):
        return QPointF(PLACES[index])


def a_mark(number):
    state = np.full((3, 3), -1, np.int8)
    state.flat[number] = 1
    return StateMark(state, list(Kind)[number], f"M{number}", ("energy −4",))


@pytest.fixture
def chart(qtbot):
    chart = Corners()
    chart.resize(300, 300)
    chart.show_marks([a_mark(number) for number in range(3)])
    qtbot.addWidget(chart)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


@pytest.fixture
def put(chart):
    states = []
    chart.put_requested.connect(states.append)
    return states


def colours(chart):
    image = chart.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(0, 300, 2)}


def wheel(chart, at, notches):
    event = QWheelEvent(
        QPointF(at),
        chart.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NO_KEYS,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart, event)


def test_pointing_shows_the_state_and_tells_which(chart, qtbot):
    told = []
    chart.pointed.connect(told.append)
    before = chart.grab().toImage()
    qtbot.mouseMove(chart, PLACES[1])
    assert told == [1]
    assert chart.grab().toImage() != before
    assert chart.accessibleDescription() == "M1. energy −4"
    assert chart.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(chart, QPoint(130, 150))
    assert told == [1, NOTHING]
    assert chart.grab().toImage() == before


def test_a_click_on_a_mark_asks_for_the_pad(chart, qtbot, put):
    qtbot.mouseClick(chart, LEFT, pos=PLACES[2])
    assert len(put) == 1
    assert np.array_equal(put[0], a_mark(2).state)
    qtbot.mouseClick(chart, LEFT, pos=QPoint(130, 150))
    qtbot.mouseClick(chart, Qt.MouseButton.RightButton, pos=PLACES[0])
    assert len(put) == 1


def test_arrows_walk_along_and_return_asks_for_the_pad(chart, qtbot, put):
    chart.setFocus()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(chart, key)
        seen.append(chart.marked)
    assert seen == [0, 1, 2, 0]
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.marked == 2
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert np.array_equal(put[0], a_mark(2).state)
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.marked == NOTHING
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert len(put) == 1


def test_backwards_from_nothing_begins_at_the_last(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.marked == 2


def test_what_the_keyboard_points_at_stays_when_the_pointer_leaves(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.marked == 0
    qtbot.mouseMove(chart, PLACES[1])
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.marked == NOTHING


def test_the_wheel_zooms_around_the_pointer_and_a_drag_moves(chart, qtbot, put):
    wheel(chart, PLACES[1], 3)
    assert chart.zoom.scale == pytest.approx(1.25**3)
    assert chart.seen(1).toPoint() == PLACES[1]
    start, end = QPoint(150, 150), QPoint(120, 170)
    was = chart.seen(0)
    qtbot.mousePress(chart, LEFT, pos=start)
    qtbot.mouseMove(chart, end)
    qtbot.mouseRelease(chart, LEFT, pos=end)
    assert (chart.seen(0) - was).toPoint() == end - start
    assert not put
    qtbot.mouseDClick(chart, LEFT, pos=QPoint(20, 280))
    assert chart.zoom.scale == 1


def test_keys_zoom(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.zoom.scale == pytest.approx(1.25)
    qtbot.keyClick(chart, Qt.Key.Key_Minus)
    assert chart.zoom.scale == 1
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.zoom.scale == 1


def test_a_zoomed_mark_is_still_found_where_it_is_seen(chart, qtbot, put):
    wheel(chart, QPoint(60, 60), 4)
    at = chart.seen(1).toPoint()
    if chart.rect().contains(at):
        pytest.fail("the zoom was too small to move the mark out of sight")
    wheel(chart, QPoint(60, 60), -2)
    qtbot.mouseClick(chart, LEFT, pos=chart.seen(1).toPoint())
    assert np.array_equal(put[0], a_mark(1).state)


def test_a_hint_stands_instead_of_the_marks(chart):
    chart.clearFocus()
    with_marks = colours(chart)
    chart.show_hint("Nothing here yet")
    assert QColor(LIGHT.act).name() in with_marks
    assert QColor(LIGHT.act).name() not in colours(chart)


def test_it_wears_the_theme(chart):
    chart.show_theme(DARK)
    shown = colours(chart)
    assert QColor(DARK.panel).name() in shown
    assert QColor(LIGHT.panel).name() not in shown


def test_fewer_marks_point_at_nothing_that_is_gone(chart, qtbot):
    qtbot.mouseMove(chart, PLACES[2])
    chart.show_marks([a_mark(0)])
    assert chart.marked == NOTHING
    chart.grab()


def test_new_marks_are_told_anew_where_an_old_one_was_pointed_at(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("M0")
    chart.show_marks([a_mark(2)])
    assert chart.accessibleDescription().startswith("M2")
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.marked == 0, "the keyboard's mark stays when the pointer leaves"
