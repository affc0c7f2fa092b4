"""Light, dark, or as the system has it."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from hopgui.ui.look import style
from hopgui.ui.look.theme import DARK, LIGHT, Theme
from hopgui.ui.window.actions import Actions

SYSTEM = "system"
_THEMES = {"light": LIGHT, "dark": DARK}


class ThemeSwitch(QObject):
    """Dresses the program in the chosen theme, and follows the system when asked to.

    Parameters
    ----------
    app
        The application.
    actions
        The window's actions.

    Signals
    -------
    switched(object)
        The `Theme` to draw in from now on.
    """

    switched = Signal(object)

    def __init__(self, app: QApplication, actions: Actions) -> None:
        super().__init__(actions)
        self._app = app
        self._actions = actions
        self.choice = SYSTEM
        self._theme: Theme | None = None
        self._scale = 1.0
        actions.group("theme").triggered.connect(self._choose)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: str) -> None:
        """Take ``system``, ``light`` or ``dark``; anything else is taken as ``system``."""
        self.choice = choice if choice in _THEMES else SYSTEM
        self._actions[f"theme_{self.choice}"].setChecked(True)
        theme = _THEMES.get(self.choice) or style.system_theme(self._app)
        if theme is not self._theme:
            self._theme = theme
            style.apply(self._app, theme, self._scale)
            self.switched.emit(theme)

    def set_scale(self, scale: float) -> None:
        """Make all type larger by a factor; 1 is as usual."""
        if scale != self._scale:
            self._scale = scale
            if self._theme is not None:
                style.apply(self._app, self._theme, scale)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.choose(action.objectName().removeprefix("theme_"))

    @Slot()
    def _follow(self) -> None:
        self.choose(self.choice)
