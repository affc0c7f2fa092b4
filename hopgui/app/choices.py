"""The wires between the document and the panel of its choices."""

from PySide6.QtCore import QObject

from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.session.session import Session
from hopgui.ui.controls.controls import Controls
from hopgui.ui.window.main_window import MainWindow
from hopgui.ui.window.preferences import Preferences


class Choices(QObject):
    """Shows what the document has chosen, and takes what a person chooses.

    Parameters
    ----------
    window, player, document, desk, preferences
        The parts to connect.
    """

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        document: Document,
        desk: Desk,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._document = document
        self._desk = desk
        self._preferences = preferences
        player.set_repeat_pause(preferences.pause)
        window.docks.controls.when_built(self._connect)

    def _connect(self, controls: Controls) -> None:
        self._controls = controls
        controls.conventions_changed.connect(self._desk.set_conventions)
        controls.rule_changed.connect(self._desk.set_rule)
        controls.energy_changed.connect(self._desk.set_energy)
        controls.dynamics_changed.connect(self._desk.set_dynamics)
        controls.trouble_changed.connect(self._desk.set_trouble)
        controls.unlearnt_forgotten.connect(self._desk.forget_unlearnt)
        controls.repeat_pause_changed.connect(self._set_pause)
        controls.show_pause(self._preferences.pause)
        self._document.changed.connect(self._show)
        self._show(self._document.session)

    def _show(self, session: Session) -> None:
        self._controls.show_session(session)

    def _set_pause(self, seconds: float) -> None:
        self._preferences.pause = seconds
        self._player.set_repeat_pause(seconds)
