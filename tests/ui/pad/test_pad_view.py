"""The pad zoomed, moved, pointed at and walked over by keyboard."""

import pytest
from pads import CONTROL, LEFT, MIDDLE, at, blank
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from hopgui.ui.pad.pad import PadView


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
