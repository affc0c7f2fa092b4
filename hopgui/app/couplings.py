"""The wires between the network and the view of its couplings."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from hopgui.control.document import Document
from hopgui.control.errand import Errand
from hopgui.control.player import Player
from hopgui.model.network import Network
from hopgui.ui.couplings.view import CouplingsView
from hopgui.ui.look.numbers import number
from hopgui.ui.window.main_window import MainWindow

LARGEST_MATRIX = 4096  # units: more couplings than that cannot be told apart on a screen


class Couplings(QObject):
    """Shows the couplings of the present network: the matrix when it is looked at, or one unit's.

    Parameters
    ----------
    window, player, document
        The parts to connect.
    """

    def __init__(
        self, window: MainWindow, player: Player, document: Document, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._player = player
        self._grid, self._unit = document.session.grid, -1  # the unit pointed at last
        self.errand = Errand(Network.matrix, _never, self)
        window.docks.couplings.when_built(self._connect)

    def close(self) -> None:
        """End the errand's thread."""
        self.errand.close()

    def _connect(self, view: CouplingsView) -> None:
        self._view = view
        view.matrix_wanted.connect(self._show_matrix)
        self.errand.found.connect(self._show_found)
        self._player.network_changed.connect(self._forget)
        self._window.pad.view.hovered.connect(self._show_row)
        self._forget()

    def _forget(self) -> None:
        """Show nothing of an earlier network any more."""
        self.errand.forget()
        grid = self._document.session.grid
        if grid != self._grid:
            self._grid, self._unit = grid, -1
        self._view.show_shape(grid.width, grid.height)
        self._view.show_matrix(None)
        self._view.show_unit(-1, None)
        self._show_row(self._unit)

    def _show_matrix(self) -> None:
        network = self._player.network
        if not network.has_couplings:
            reason = self.tr("A dense energy has no couplings between two units.")
        elif network.units > LARGEST_MATRIX:
            reason = self.tr("{units} units would be {pairs} couplings: look at one unit's.")
            reason = reason.format(units=number(network.units), pairs=number(network.units**2))
        else:
            self.errand.ask(network)
            return
        self.errand.forget()
        self._view.show_matrix(None, reason)

    def _show_found(self, matrix: NDArray[np.float32] | None) -> None:
        self._view.show_matrix(matrix, self.tr("Computing the couplings …"))

    def _show_row(self, unit: int) -> None:
        network = self._player.network
        if not 0 <= unit < network.units or not self._view.isVisible():
            return
        self._unit = unit
        self._view.show_unit(unit, network.couplings_of(unit) if network.has_couplings else None)


def _never(_network: Network) -> bool:
    """Say that no network is so small that its matrix should be made while one waits."""
    return False
