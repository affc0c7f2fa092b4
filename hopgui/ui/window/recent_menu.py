"""The session files that were used last."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

LONGEST = 60  # characters of a path that are shown: its end tells most


class RecentMenu(QMenu):
    """A menu of files, the last one used first.

    Signals
    -------
    chosen(object)
        The `Path` of a file.
    cleared()
        The list is to be forgotten.
    """

    chosen = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self.setToolTipsVisible(True)

    def show_files(self, files: Sequence[Path]) -> None:
        """Show these files."""
        self.clear()
        for file in files:
            action = QAction(_shown(file), self)
            action.setObjectName("set_recent")
            action.setToolTip(str(file))
            action.triggered.connect(lambda _on, file=file: self.chosen.emit(file))
            self.addAction(action)
        if files:
            self.addSeparator()
            self.addAction(self.tr("&Forget these")).triggered.connect(self.cleared)
        self.menuAction().setEnabled(bool(files))


def _shown(file: Path) -> str:
    text = str(file)
    if len(text) > LONGEST:
        text = f"…{text[-LONGEST:]}"
    return text.replace("&", "&&")
