"""What went wrong inside, said plainly, with the details to copy."""

from math import ceil

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QMessageBox, QWidget

from hopgui.ui.look.icons import pixmap

SIZE_OF_SIGN = 32  # pixels


def show_failure(window: QWidget, what: str, details: str) -> QMessageBox:
    """Open a message that leaves the window usable.

    Parameters
    ----------
    window
        It stands before this window.
    what
        One sentence.
    details
        A traceback, shown and copied on demand.
    """
    box = QMessageBox(
        QMessageBox.Icon.NoIcon,
        QCoreApplication.translate("Failure", "Something went wrong"),
        QCoreApplication.translate(
            "Failure", "The recall stopped: {what}\n\nThe pad and the memories are as they were."
        ).format(what=what),
        QMessageBox.StandardButton.Close,
        window,
    )
    ink = window.palette().color(QPalette.ColorRole.WindowText)
    box.setIconPixmap(pixmap("warning", ink.name(), SIZE_OF_SIGN, ceil(window.devicePixelRatio())))
    box.setDefaultButton(QMessageBox.StandardButton.Close)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setDetailedText(details)
    copy = box.addButton(
        QCoreApplication.translate("Failure", "Copy details"), QMessageBox.ButtonRole.ActionRole
    )
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    box.setModal(False)
    box.finished.connect(box.deleteLater)
    box.show()
    return box
