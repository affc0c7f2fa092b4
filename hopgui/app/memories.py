"""The wires between the document's memories, what is found out about them, and the gallery."""

from PySide6.QtCore import QObject

from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.errand import Errand
from hopgui.control.player import Player
from hopgui.model import theory
from hopgui.model.survey import Survey, is_quick, survey
from hopgui.session.session import Session
from hopgui.ui.window.main_window import MainWindow


class Memories(QObject):
    """Shows the memories with their energies and the load, and does what the gallery asks.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Attributes
    ----------
    surveyor
        Finds out which memories are stable, and tells it to whoever listens.
    """

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        document: Document,
        desk: Desk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._document = window, document
        self._survey: Survey | None = None
        self.surveyor = Errand(survey, is_quick, self)
        self.surveyor.found.connect(self._show_survey)
        player.network_changed.connect(self.surveyor.ask)
        document.changed.connect(self._follow)
        gallery = window.gallery
        gallery.store_requested.connect(desk.store)
        gallery.load_requested.connect(desk.load)
        gallery.rename_requested.connect(desk.rename)
        gallery.move_requested.connect(desk.move)
        gallery.duplicate_requested.connect(desk.duplicate)
        gallery.delete_requested.connect(desk.delete)
        gallery.weight_requested.connect(desk.weigh)

    def close(self) -> None:
        """End the surveyor's thread."""
        self.surveyor.close()

    def _follow(self, session: Session, before: Session) -> None:
        if session.memories is not before.memories:
            self._show()

    def _show_survey(self, found: Survey | None) -> None:
        self._survey = found
        self._show()

    def _show(self) -> None:
        session = self._document.session
        most = theory.capacity(
            session.rule,
            session.energy,
            session.grid.units,
            self_connections=session.conventions.self_connections,
        )
        self._window.show_memories(session, self._survey, most / session.grid.units)
