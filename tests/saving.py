"""Hands for files: named in their dialogs, and what is asked before a window closes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from shiboken6 import isValid

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def title(hands):
    mark = "*" if hands.window.isWindowModified() else ""
    return hands.window.windowTitle().replace("[*]", mark)


def choose_file(hands, path):
    """Name a file in the dialog that stands before the window, and accept it."""
    dialog = hands.dialog(QFileDialog)
    dialog.selectFile(str(path))
    dialog.accept()
    hands.wait(lambda: not isValid(dialog) or not dialog.isVisible())
    if hands.window.isVisible() and not hands.window.findChildren(QFileDialog):
        hands.window.activateWindow()
        hands.pad.setFocus()
        hands.wait(hands.pad.hasFocus)


def save(hands, path):
    hands.key(Qt.Key.Key_S, CONTROL | SHIFT)
    choose_file(hands, path)
    hands.wait(path.exists)


def question(hands):
    return hands.dialog(QMessageBox)


def answer(hands, which):
    hands.click(question(hands).button(which))


def asked(hands):
    return [each for each in hands.window.findChildren(QMessageBox) if each.isVisible()]


def change(hands):
    """Change something that a file would have to save."""
    hands.paint((0, 9), (9, 0))
