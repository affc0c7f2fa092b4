"""Hands for the export dialog."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QListWidget, QPushButton

from hopgui.ui.exports.dialog import ExportDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


def open_dialog(hands, what, kind=None):
    hands.key(Qt.Key.Key_E, CONTROL)
    dialog = hands.dialog(ExportDialog)
    rows = dialog.findChild(QListWidget)
    for row in range(rows.count()):
        if rows.item(row).data(Qt.ItemDataRole.UserRole) == what.value:
            rows.setCurrentRow(row)
    assert dialog.order().what is what
    if kind is not None:
        dialog._settings._formats.show_choice(kind)
        dialog._settings._take_format(kind)
    return dialog


def press(hands, dialog, text):
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == text)
    hands.click(button)


def save(hands, dialog, path):
    """Press Save…, and name the file in Qt's own dialog."""
    QGuiApplication.instance().setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    press(hands, dialog, "Save…")
    files = dialog.findChild(QFileDialog)
    files.setDirectory(str(path.parent))
    files.selectFile(str(path))
    files.accept()


def gone(hands):
    """Wait until the dialog is no more, and come back as a window manager would."""
    hands.wait(lambda: not hands.window.findChildren(ExportDialog))
    hands.window.activateWindow()
    hands.pad.setFocus()
    hands.wait(hands.pad.hasFocus)


def leave(hands, dialog):
    dialog.reject()
    gone(hands)
