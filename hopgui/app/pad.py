"""The wires between the pad and the document: strokes, pins, damage, and the unit pointed at."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from hopgui.control.desk import Desk
from hopgui.control.facts import unit_facts
from hopgui.control.player import Player
from hopgui.ui.pad.strokes import PinStroke, Stroke
from hopgui.ui.window.main_window import MainWindow


class Pad(QObject):
    """Takes what is painted to the document, and says what is known of the unit pointed at.

    Parameters
    ----------
    window, player, desk
        The parts to connect.
    """

    def __init__(self, window: MainWindow, player: Player, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._player, self._desk = window, player, desk
        self._hovered = -1
        view = window.pad.view
        view.stroke_begun.connect(desk.begin_stroke)
        view.painted.connect(self._paint)
        view.pin_painted.connect(self._pin)
        view.stroke_ended.connect(desk.end_stroke)
        view.blank_chosen.connect(self._blank)
        view.hovered.connect(self._hover)
        window.damage_bar.percent_changed.connect(desk.set_damage_percent)
        window.damage_bar.seed_changed.connect(desk.set_damage_seed)

    def show_unit(self) -> None:
        """Say what is known of the unit pointed at, as things stand now."""
        session, picture = self._desk.session, self._player.shown
        if 0 <= self._hovered < picture.size and picture.shape == session.grid.shape:
            facts = unit_facts(session, self._player.network, picture, self._hovered)
            self._window.pad.show_unit(facts)
        else:
            self._window.pad.show_unit(None)

    def _paint(self, stroke: Stroke) -> None:
        self._desk.paint(stroke.units, int(stroke.value))

    def _pin(self, stroke: PinStroke) -> None:
        self._desk.pin(stroke.units, pinned=stroke.pinned)

    def _blank(self, units: NDArray[np.integer]) -> None:
        noise = self._window.actions_by_name["noisy_blank"].isChecked()
        self._desk.erase(units, noise=noise)

    def _hover(self, unit: int) -> None:
        self._hovered = unit
        self.show_unit()
