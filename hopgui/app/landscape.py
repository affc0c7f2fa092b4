"""The wires between the network, its runs and the panel of the landscape."""

from PySide6.QtCore import QObject, Signal

from hopgui.app.attractors import Attractors
from hopgui.app.plane import Plane
from hopgui.app.small_grids import SmallGrids
from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.attractors import Attractor
from hopgui.ui.landscape.view import LandscapeView, Page
from hopgui.ui.window.main_window import MainWindow


class Landscape(QObject):
    """Fills the pages of the landscape, each while it is looked at.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    failed(str, str)
        A computation went wrong inside: what, and the details.
    """

    refused = Signal(object)
    failed = Signal(str, str)

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        document: Document,
        desk: Desk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._player, self._document, self._desk = player, document, desk
        self._found: tuple[Attractor, ...] = ()
        self._parts: list[Plane | Attractors | SmallGrids] = []
        self._attractors: Attractors | None = None
        dock = window.docks.landscape
        window.actions_by_name["landscape"].triggered.connect(lambda _on: dock.open())
        player.network_changed.connect(self._forget)
        dock.when_built(self._connect)

    def close(self) -> None:
        """End every computation and its thread."""
        for part in self._parts:
            part.close()

    def take(self, attractors: tuple[Attractor, ...]) -> None:
        """Show attractors that were found elsewhere."""
        self._found = attractors
        if self._attractors is not None:
            self._attractors.take(attractors)

    def _forget(self) -> None:
        self._found = ()

    def _connect(self, view: LandscapeView) -> None:
        player, document = self._player, self._document
        self._plane = Plane(view.plane, player, document, self)
        self._attractors = Attractors(view.map, player, document, self)
        self._small = SmallGrids(view, player, document, self)
        self._parts = [self._plane, self._attractors, self._small]
        for part in self._parts:
            part.failed.connect(self.failed)
        self._attractors.refused.connect(self.refused)
        self._attractors.mapped.connect(self._plane.show_map)
        view.put_requested.connect(self._desk.put)
        view.page_shown.connect(self._look)
        self._attractors.take(self._found)
        self._look(view.page)

    def _look(self, page: Page | None) -> None:
        self._plane.look(page is Page.PLANE)
        self._small.look(page)
