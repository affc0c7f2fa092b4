"""The question of the grid's size, asked by mouse and key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton, QRadioButton, QSpinBox

from hopgui.session.carry import Carry
from hopgui.session.session import Grid
from hopgui.ui.window.grid_dialog import GridDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def ask(qtbot):
    def show(grid, purpose="resize", has_memories=True):
        dialog = GridDialog(grid, purpose, has_memories=has_memories)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def press(qtbot, dialog, text):
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def side(dialog, name):
    return next(box for box in dialog.findChildren(QSpinBox) if box.accessibleName() == name)


def type_number(qtbot, box, digits):
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, digits)
    qtbot.keyClick(box, Qt.Key.Key_Tab)


def said(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_it_begins_with_the_present_grid(ask):
    dialog = ask(Grid(12, 30))
    assert dialog.grid() == Grid(12, 30)
    assert not dialog.findChild(QCheckBox).isChecked()
    assert ask(Grid(7, 7)).findChild(QCheckBox).isChecked()


def test_typing_a_width_keeps_the_grid_square_until_it_is_let_go(ask, qtbot):
    dialog = ask(Grid(10, 10))
    type_number(qtbot, side(dialog, "Width"), "28")
    assert dialog.grid() == Grid(28, 28)
    assert "N = 784 units · Hebbian capacity about 108 memories" in said(dialog)
    type_number(qtbot, side(dialog, "Height"), "16")
    assert dialog.grid() == Grid(16, 16)
    qtbot.mouseClick(dialog.findChild(QCheckBox), Qt.MouseButton.LeftButton)
    type_number(qtbot, side(dialog, "Width"), "256")
    assert dialog.grid() == Grid(256, 16)
    assert "N = 4\u2009096 units · Hebbian capacity about 565 memories" in said(dialog)


@pytest.mark.parametrize("size", [10, 16, 28, 32, 64, 128, 256])
def test_a_common_size_is_one_click(ask, qtbot, size):
    dialog = ask(Grid(12, 30))
    press(qtbot, dialog, f"{size} × {size}")
    assert dialog.grid() == Grid(size, size)
    assert dialog.isVisible()


def test_sides_stay_within_what_a_grid_can_be(ask, qtbot):
    dialog = ask(Grid(256, 2))
    qtbot.keyClick(side(dialog, "Width"), Qt.Key.Key_Up)
    qtbot.keyClick(side(dialog, "Height"), Qt.Key.Key_Down)
    assert dialog.grid() == Grid(256, 2)


def test_how_to_carry_is_asked_when_resizing_only(ask, qtbot):
    dialog = ask(Grid(10, 10))
    assert dialog.carry() is Carry.CROP
    resample = dialog.findChildren(QRadioButton)[1]
    qtbot.mouseClick(resample, Qt.MouseButton.LeftButton, pos=resample.rect().center() / 4)
    assert dialog.carry() is Carry.RESAMPLE
    assert "How the memories and the pad are carried over" in said(dialog)
    assert "How the pad is carried over" in said(ask(Grid(10, 10), has_memories=False))
    assert not any(each.isVisible() for each in ask(Grid(4, 4), "new").findChildren(QRadioButton))


def test_enter_agrees_and_escape_does_not(ask, qtbot):
    dialog = ask(Grid(10, 10))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    dialog = ask(Grid(10, 10))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
