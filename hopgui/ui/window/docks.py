"""Every dock: what is in it, where it stands at first, and where it stood."""

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget

from hopgui.ui.atlas.view import AtlasView
from hopgui.ui.basins.view import BasinsView
from hopgui.ui.boltzmann.view import BoltzmannView
from hopgui.ui.controls.controls import Controls
from hopgui.ui.couplings.view import CouplingsView
from hopgui.ui.kept.panel import KeptPanel
from hopgui.ui.landscape.view import LandscapeView
from hopgui.ui.look.theme import Theme
from hopgui.ui.memories.gallery import Gallery
from hopgui.ui.plots.energy_panel import EnergyPanel
from hopgui.ui.plots.overlap_panel import OverlapPanel
from hopgui.ui.runs.runs_panel import RunsPanel
from hopgui.ui.verdict.status_card import StatusCard
from hopgui.ui.why.panel import WhyPanel
from hopgui.ui.window.dock import Dock, LateDock

LAYOUT_VERSION = 1
LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


class Docks(QObject):
    """The docks around the pad of a window.

    Parameters
    ----------
    window
        The window.
    gallery, energy, overlap, status
        The panels that are open at first.

    Attributes
    ----------
    controls, couplings, atlas, why, landscape, basins, boltzmann, runs, kept
        Docks whose panels are built when they are first seen.
    """

    def __init__(
        self,
        window: QMainWindow,
        gallery: Gallery,
        energy: EnergyPanel,
        overlap: OverlapPanel,
        status: StatusCard,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._memories = Dock("memories", self.tr("Memories"), gallery, window)
        self._energy = Dock("energy", self.tr("Energy"), energy, window)
        self._overlap = Dock("overlap", self.tr("Overlap"), overlap, window)
        self._status = Dock("status", self.tr("Verdict"), status, window)
        window.setTabPosition(LEFT | RIGHT, QTabWidget.TabPosition.North)
        window.addDockWidget(LEFT, self._memories)
        for dock in (self._energy, self._overlap, self._status):
            window.addDockWidget(RIGHT, dock)
        self.controls = LateDock("controls", self.tr("Controls"), Controls, self._memories)
        self.couplings = LateDock(
            "couplings", self.tr("Couplings"), CouplingsView, self._memories, chart=True
        )
        self.atlas = LateDock("atlas", self.tr("Atlas"), AtlasView, self._memories, chart=True)
        self.why = LateDock("why", self.tr("Why"), WhyPanel, self._status)
        self.landscape = LateDock(
            "landscape", self.tr("Landscape"), LandscapeView, self._memories, chart=True
        )
        self.basins = LateDock("basins", self.tr("Basins"), BasinsView, self._memories, chart=True)
        self.boltzmann = LateDock(
            "boltzmann", self.tr("Boltzmann"), BoltzmannView, self._memories, chart=True
        )
        self.runs = LateDock("runs", self.tr("Runs"), RunsPanel, self._memories)
        self.kept = LateDock("kept", self.tr("Kept states"), KeptPanel, self._memories)
        self._first_layout = self.layout_state()
        self._give_room()
        QTimer.singleShot(0, self, self._put_tabs_away)

    def actions(self) -> list[QAction]:
        """Return the actions that open and close each panel."""
        return [dock.toggleViewAction() for dock in self._all()]

    def layout_state(self) -> QByteArray:
        """Return where the docks are, to be remembered."""
        return self._window.saveState(LAYOUT_VERSION)

    def set_layout_state(self, state: QByteArray) -> bool:
        """Put the docks where they were; say whether that was understood."""
        understood = self._window.restoreState(state, LAYOUT_VERSION)
        for dock in self._all():
            if isinstance(dock, LateDock):
                dock.wait_in_place()
        QTimer.singleShot(0, self, self._put_tabs_away)
        return understood

    def reset_layout(self) -> None:
        """Put the docks where they are at the first start."""
        self._window.restoreState(self._first_layout, LAYOUT_VERSION)
        self._give_room()
        QTimer.singleShot(0, self, self._put_tabs_away)

    def show_for_a_room(self) -> None:
        """Leave the curve and the verdict alone beside the pad."""
        for dock in self._all():
            dock.setVisible(dock in {self._energy, self._status})
        width = self._window.width() * 3 // 8
        self._window.resizeDocks([self._energy], [width], Qt.Orientation.Horizontal)
        self._window.resizeDocks([self._energy, self._status], [1, 1], Qt.Orientation.Vertical)

    def show_theme(self, theme: Theme) -> None:
        """Draw every grip, and the panels that are built late, in the colours of a theme."""
        for dock in self._all():
            dock.show_theme(theme)

    def _all(self) -> list[Dock]:
        return [each for each in self._window.children() if isinstance(each, Dock)]

    def _put_tabs_away(self) -> None:
        """Move the tabs of a dock that is alone out of sight: Qt leaves them over the menus."""
        alone = Qt.FindChildOption.FindDirectChildrenOnly
        for tabs in self._window.findChildren(QTabBar, options=alone):
            if tabs.count() < 2:
                tabs.move(-tabs.width(), -tabs.height())  # with two, Qt gives it a place

    def _give_room(self) -> None:
        self._window.resizeDocks(
            [self._memories, self._energy], [256, 404], Qt.Orientation.Horizontal
        )
        self._window.resizeDocks(
            [self._energy, self._overlap, self._status], [280, 230, 230], Qt.Orientation.Vertical
        )
