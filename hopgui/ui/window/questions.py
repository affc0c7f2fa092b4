"""The questions that the window asks, each a dialog that leaves it responsive."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from hopgui import __version__
from hopgui.session.session import Session
from hopgui.ui.window.action_finder import ActionFinder
from hopgui.ui.window.grid_dialog import GridDialog
from hopgui.ui.window.main_window import MainWindow


class Questions(QObject):
    """Opens dialogs before the window and hands over what was answered.

    Parameters
    ----------
    window
        The window.

    Signals
    -------
    grid_chosen(object)
        The `Grid` of a new document.
    size_chosen(object, object)
        The `Grid` to take everything over to, and how to `Carry` it.
    """

    grid_chosen = Signal(object)
    size_chosen = Signal(object, object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def ask_new(self, session: Session) -> None:
        """Ask for the size of a new document."""
        dialog = GridDialog(session.grid, "new", has_memories=False, parent=self._window)
        dialog.accepted.connect(lambda: self.grid_chosen.emit(dialog.grid()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_size(self, session: Session) -> None:
        """Ask for another size of this document."""
        dialog = GridDialog(
            session.grid, "resize", has_memories=bool(session.memories), parent=self._window
        )
        dialog.accepted.connect(lambda: self.size_chosen.emit(dialog.grid(), dialog.carry()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def find_action(self) -> None:
        """Let the person find an action by its words."""
        actions = [*self._window.actions_by_name.all(), *self._window.docks.actions()]
        finder = ActionFinder(actions, self._window)
        finder.finished.connect(finder.deleteLater)
        finder.open()

    def about(self) -> None:
        """Say what this program is."""
        text = self.tr(
            "<h3>HopGUI {version}</h3><p>A drawing pad for Hopfield networks: paint, store, damage,"
            " recall, and watch the energy fall.</p><p>MIT licence. Inter is used under the SIL"
            " Open Font License, icons by Lucide under the ISC licence.</p>"
        ).format(version=__version__)
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About HopGUI"))
        box.setText(text)
        box.finished.connect(box.deleteLater)
        box.open()
