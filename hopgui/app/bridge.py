"""The wires of the comparison between a network and the Boltzmann machine that it is."""

from PySide6.QtCore import QObject, Signal

from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.boltzmann.comparison import compare
from hopgui.model.choices import EnergyKind
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.draws import Draws, rng_of
from hopgui.ui.boltzmann.bridge_dialog import BridgeDialog
from hopgui.ui.boltzmann.view import BoltzmannView
from hopgui.ui.controls.values import values_of
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.window.main_window import MainWindow
from hopgui.worker.job import Job

TRAINED = QT_TRANSLATE_NOOP(
    "Refusal",
    "The pad shows a machine that was trained. Controls ▸ Energy brings the network of the memories"
    " back, which can be opened as an RBM.",
)


class Bridge(QObject):
    """Samples the network on the pad both ways, and shows them side by side.

    Parameters
    ----------
    window, player, document
        The parts to connect.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    refused = Signal(object)
    failed = Signal(str, str)

    def __init__(
        self, window: MainWindow, player: Player, document: Document, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._player, self._document = window, player, document
        self._theme = LIGHT
        self._job = Job(self)
        self._job.failed.connect(self.failed)
        self._job.refused.connect(self.refused)
        window.docks.boltzmann.when_built(self._connect)

    def close(self) -> None:
        """End the sampling."""
        self._job.close()

    def show_theme(self, theme: Theme) -> None:
        """Draw what is opened from now on in these colours."""
        self._theme = theme

    def _connect(self, view: BoltzmannView) -> None:
        view.bridge_requested.connect(self._open)

    def _open(self) -> None:
        session, network = self._document.session, self._player.network
        if session.energy.kind is EnergyKind.BOLTZMANN:
            self.refused.emit(Refusal(TRAINED))
            return
        # A document at T = 0 is compared where its energy's own size makes chains move.
        temperature = session.dynamics.temperature or values_of(session).span / 2
        try:
            steps = compare(network, temperature, rng_of(Draws.COMPARISON, session.seed))
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        dialog = BridgeDialog(
            network.memories, network.units, temperature, self._theme, self._window
        )
        self._job.advanced.connect(dialog.show_comparison)
        dialog.finished.connect(self._job.cancel)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._job.begin(steps)
