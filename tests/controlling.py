"""Parts of the controls by name, and hands that use them."""

import re
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton, QWidget

from hopgui.session.session import Grid, Memory, blank_session
from hopgui.ui.parts.choice_box import ChoiceBox

BLANK = blank_session(Grid(10, 10))
SESSION = replace(BLANK, memories=tuple(Memory(name, BLANK.pad, 0) for name in "ACHY"))


def named(controls, name, kind=QWidget):
    return next(each for each in controls.findChildren(kind) if each.accessibleName() == name)


def word(controls, text) -> QToolButton:
    return next(each for each in controls.findChildren(QToolButton) if each.text() == text)


def switch(controls, text) -> QCheckBox:
    return next(each for each in controls.findChildren(QCheckBox) if text in each.text())


def plain(controls) -> list[str]:
    seen = (label for label in controls.findChildren(QLabel) if label.isVisible())
    return [re.sub("<[^>]+>", "", label.text()) for label in seen]


def says(controls, text) -> bool:
    return any(text in each for each in plain(controls))


def preset(controls) -> ChoiceBox:
    return named(controls, "Preset of conventions")


def presets(controls) -> list[str]:
    return [preset(controls).itemText(row) for row in range(preset(controls).count())]


def click(widget):
    # A check box answers on its mark and its word, not on the empty rest of its row.
    where = widget.rect().center()
    where.setX(min(where.x(), 10))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)


def choose(box, text):
    """Choose a word of a box by keyboard."""
    box.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(box.count()):
        QTest.keyClick(box, Qt.Key.Key_Up)
    while box.currentText() != text:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before


def write(qtbot, box, text):
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text.replace(".", box.locale().decimalPoint()))
    qtbot.keyClick(box, Qt.Key.Key_Return)
