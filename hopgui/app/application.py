"""The application as the system sees it."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Hears of files that the system hands over, as macOS does on a double click.

    Signals
    -------
    file_opened(object)
        The `Path` of a file to open.
    """

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Tell of a file to open."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)
