"""The space bar: a tap, a hold, and who may keep it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hopgui.ui.window.space_key import SpaceKey

SPACE = Qt.Key.Key_Space


class Pad(QWidget):
    """Something with the focus that lets keys pass."""


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    centre = QWidget()
    made.setCentralWidget(centre)
    made.pad, made.box, made.line, made.button = Pad(), QSpinBox(), QLineEdit(), QPushButton("B")
    made.pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.pad.setMinimumSize(40, 40)
    made.box.setKeyboardTracking(False)
    column = QVBoxLayout(centre)
    for each in (made.pad, made.box, made.line, made.button):
        column.addWidget(each)
    made.key = SpaceKey(made, made.pad)
    made.heard = []
    made.key.tapped.connect(lambda: made.heard.append("tap"))
    made.key.held.connect(made.heard.append)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.pad.setFocus()
    qtbot.waitUntil(made.pad.hasFocus)
    return made


def test_down_and_up_is_a_tap(window, qtbot):
    qtbot.keyPress(window.pad, SPACE)
    assert window.heard == [True]
    qtbot.keyRelease(window.pad, SPACE)
    assert window.heard == [True, False, "tap"]


def test_a_drag_between_makes_it_no_tap(window, qtbot):
    qtbot.keyPress(window.pad, SPACE)
    qtbot.mousePress(window.pad, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(window.pad, Qt.MouseButton.LeftButton)
    qtbot.keyRelease(window.pad, SPACE)
    assert window.heard == [True, False]
    qtbot.keyClick(window.pad, SPACE)
    assert window.heard[2:] == [True, False, "tap"], "the next one is a tap again"


def test_a_button_pressed_before_it_is_no_drag(window, qtbot):
    qtbot.mouseClick(window.pad, Qt.MouseButton.LeftButton)
    qtbot.keyClick(window.pad, SPACE)
    assert "tap" in window.heard


def test_the_keyboard_repeating_is_one_tap(window, qtbot):
    qtbot.keyPress(window.pad, SPACE)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) * 3:
        again = QKeyEvent(kind, SPACE, Qt.KeyboardModifier.NoModifier, " ", autorep=True)
        QApplication.sendEvent(window.pad, again)
    qtbot.keyRelease(window.pad, SPACE)
    assert window.heard == [True, False, "tap"]


def test_a_window_that_loses_the_keyboard_lets_go(window, qtbot):
    qtbot.keyPress(window.pad, SPACE)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    qtbot.keyRelease(window.pad, SPACE)
    assert window.heard == [True, False]


def test_text_and_buttons_keep_it(window, qtbot):
    window.line.setFocus()
    qtbot.keyClick(window.line, SPACE)
    assert window.line.text() == " "
    window.button.setFocus()
    with qtbot.waitSignal(window.button.clicked):
        qtbot.keyClick(window.button, SPACE)
    assert window.heard == []


def test_a_number_box_takes_what_was_typed_and_lets_it_be_heard(window, qtbot):
    window.box.setFocus()
    window.box.selectAll()
    qtbot.keyClicks(window.box, "42")
    assert window.box.value() == 0
    with qtbot.waitSignal(window.box.valueChanged):
        qtbot.keyClick(window.box, SPACE)
    assert window.box.value() == 42
    assert window.heard == [True, False, "tap"]


def test_the_boxes_of_other_windows_are_left_alone(window, qtbot):
    dialog = QSpinBox()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.setFocus()
    qtbot.waitUntil(dialog.hasFocus)
    qtbot.keyClick(dialog, SPACE)
    assert "tap" not in window.heard


def test_other_keys_pass(window, qtbot):
    qtbot.keyClick(window.pad, Qt.Key.Key_A)
    assert window.heard == []
