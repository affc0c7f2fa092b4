"""The tools: which is in the hand, how thick it is, and what is marked on the pad."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from hopgui.ui.pad.pad import Overlay, PadView, Tool
from hopgui.ui.pad.strokes import LARGEST_BRUSH
from hopgui.ui.window.actions import Actions

_OVERLAYS = {
    "show_unstable": Overlay.UNSTABLE,
    "show_recent": Overlay.RECENT,
    "show_field": Overlay.FIELD,
    "show_difference": Overlay.DIFFERENCE,
}
_ON_AT_FIRST = ("show_unstable", "show_recent")


class ToolBox(QObject):
    """Lets the actions of the tools work on the pad.

    Parameters
    ----------
    actions
        The window's actions.
    view
        The pad.
    """

    def __init__(self, actions: Actions, view: PadView) -> None:
        super().__init__(view)
        self._actions = actions
        self._view = view
        self._brush = 1
        actions.group("tool").triggered.connect(self._take)
        actions["smaller_brush"].triggered.connect(self._thin)
        actions["larger_brush"].triggered.connect(self._thicken)
        for name in ("mirror_columns", "mirror_rows"):
            actions[name].toggled.connect(self._mirror)
        for name in _OVERLAYS:
            actions[name].setChecked(name in _ON_AT_FIRST)
            actions[name].toggled.connect(self._mark)
        actions["zoom_in"].triggered.connect(view.zoom_in)
        actions["zoom_out"].triggered.connect(view.zoom_out)
        actions["zoom_fit"].triggered.connect(view.zoom_to_fit)
        actions["pencil"].setChecked(True)
        self._mark()

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        self._view.set_tool(Tool(action.objectName()))

    @Slot()
    def _thin(self) -> None:
        self._set_brush(self._brush - 1)

    @Slot()
    def _thicken(self) -> None:
        self._set_brush(self._brush + 1)

    def _set_brush(self, size: int) -> None:
        self._brush = min(max(size, 1), LARGEST_BRUSH)
        self._view.set_brush(self._brush)

    @Slot()
    def _mirror(self) -> None:
        self._view.set_mirror(
            self._actions["mirror_columns"].isChecked(), self._actions["mirror_rows"].isChecked()
        )

    @Slot()
    def _mark(self) -> None:
        for name, overlay in _OVERLAYS.items():
            self._view.set_overlay(overlay, self._actions[name].isChecked())
