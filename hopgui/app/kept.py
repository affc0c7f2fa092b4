"""The wires between the kept states, what is found out about them, and where they are seen."""

from PySide6.QtCore import QObject, Slot

from hopgui.control.appraiser import Appraiser
from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.network import Network
from hopgui.session.session import Session
from hopgui.ui.kept.panel import KeptPanel
from hopgui.ui.window.main_window import MainWindow


class Kept(QObject):
    """Lists the kept states with what each is under the present network.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Attributes
    ----------
    appraiser
        Finds out what they are, once their list is looked at.
    """

    def __init__(
        self, window: MainWindow, player: Player, document: Document, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._player = window, player
        self._document, self._desk = document, desk
        self._panel: KeptPanel | None = None
        self.appraiser = Appraiser(player.network, self)
        self.appraiser.found.connect(self._show)
        window.actions_by_name["keep"].triggered.connect(lambda _on: self._keep())
        window.actions_by_name["kept"].triggered.connect(lambda _on: window.docks.kept.open())
        window.status.buttons.keep_requested.connect(self._keep)
        window.status.buttons.show_kept(document.session.kept)
        document.changed.connect(self._follow)
        player.network_changed.connect(self._know)
        window.docks.kept.when_built(self._connect)

    def close(self) -> None:
        """End the appraiser's thread."""
        self.appraiser.close()

    def _connect(self, panel: KeptPanel) -> None:
        self._panel = panel
        panel.keep_requested.connect(self._keep)
        panel.put_requested.connect(self._put)
        panel.store_requested.connect(self._desk.store_kept)
        panel.delete_requested.connect(self._desk.delete_kept)
        panel.rename_requested.connect(self._desk.rename_kept)
        self._appraise()

    @Slot()
    def _keep(self) -> None:
        """Put the state aside, and say so where nothing else in sight does."""
        before = self._document.session.kept
        self._desk.keep()
        kept = self._document.session.kept
        seen = self._panel is not None and self._panel.isVisible()
        if kept is not before and not seen and not self._window.status.buttons.offers_to_keep:
            text = self.tr("Kept as {name}: Ctrl+Shift+K shows what is kept.")
            self._window.banner.show_text(text.format(name=kept[-1].name))

    @Slot(int)
    def _put(self, row: int) -> None:
        self._desk.put(self._document.session.kept[row].picture)

    @Slot(object, object)
    def _follow(self, session: Session, before: Session) -> None:
        if session.kept is not before.kept:
            self._window.status.buttons.show_kept(session.kept)
            self._appraise()
        elif session.memories is not before.memories:
            self._show()

    @Slot(object)
    def _know(self, network: Network) -> None:
        self.appraiser.know(network)
        self._appraise()

    def _appraise(self) -> None:
        """Find out what the kept states are, if anybody may look at them."""
        if self._panel is None:
            return
        session = self._document.session
        pictures = [state.picture for state in session.kept]
        self.appraiser.ask(pictures, session.dynamics, session.seed)
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._panel is not None:
            session = self._document.session
            appraisals = [self.appraiser.of(state.picture) for state in session.kept]
            self._panel.show_kept(session.kept, appraisals, session.memories)
