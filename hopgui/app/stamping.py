"""The wires between the memories and the stamp in the hand."""

from PySide6.QtCore import QObject

from hopgui.control.document import Document
from hopgui.ui.window.main_window import MainWindow


class Stamping(QObject):
    """Makes the selected memory the stamp; the first one, where none is selected.

    Parameters
    ----------
    window, document
        The parts to connect.
    """

    def __init__(self, window: MainWindow, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._gallery = window.gallery
        self._gallery.selection_changed.connect(self._show)
        document.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        memories = self._document.session.memories
        chosen = [row for row in self._gallery.selected() if row < len(memories)] or [0]
        self._window.pad.view.set_stamp(memories[chosen[0]].picture if memories else None)
        self._window.actions_by_name["stamp"].setEnabled(bool(memories))
