"""Presenter mode: the whole screen for the pad, its curve and the verdict, in big type."""

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolBar

from hopgui.ui.window.dock import GRIP, MARGIN
from hopgui.ui.window.main_window import MainWindow
from hopgui.ui.window.theme_switch import ThemeSwitch

SCALE = 1.75  # of the type
PATIENCE = 2000  # milliseconds in which the window gets its former size
CLICKER = ("next", "previous")  # the actions of a clicker, whose keys else turn pages


class Presenter(QObject):
    """Clears the window for a room, and puts everything back.

    Parameters
    ----------
    window
        The window.
    themes
        What its type is dressed by.
    """

    def __init__(self, window: MainWindow, themes: ThemeSwitch) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._action = window.actions_by_name["present"]
        self._on = False
        self._layout, self._size = QByteArray(), QSize()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._stop_waiting)
        self._state = Qt.WindowState.WindowNoState
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.activated.connect(self.leave)
        self._action.toggled.connect(self._set_on)
        self._allow_keys(on=False)

    @Slot()
    def leave(self) -> None:
        """Put everything back, if presenter mode is on."""
        self._action.setChecked(False)

    @Slot(bool)
    def _set_on(self, on: bool) -> None:
        if on == self._on:
            return
        self._on = on
        if on:
            self._enter()
        else:
            self._go_back()
        self._allow_keys(on=on)
        self._window.pad.view.setFocus()

    def _enter(self) -> None:
        window = self._window
        self._layout, self._size = window.layout_state(), window.size()
        self._stop_waiting()
        self._state = window.windowState()
        window.setContentsMargins(MARGIN, GRIP, 0, MARGIN)
        window.menuBar().hide()
        for bar in window.findChildren(QToolBar):
            bar.hide()
        self._themes.set_scale(SCALE)
        window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        window.docks.show_for_a_room()

    def _go_back(self) -> None:
        window = self._window
        self._themes.set_scale(1.0)
        window.setContentsMargins(0, 0, 0, 0)
        window.menuBar().show()
        window.setWindowState(self._state)
        window.set_layout_state(self._layout)
        # The system gives the window its former size later, and Qt would share that out anew.
        if window.size() != self._size:
            window.installEventFilter(self)
            self._patience.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the layout back once more when the window has its former size."""
        if event.type() == QEvent.Type.Resize and self._window.size() == self._size:
            self._stop_waiting()
            self._window.set_layout_state(self._layout)
        return super().eventFilter(watched, event)

    @Slot()
    def _stop_waiting(self) -> None:
        self._patience.stop()
        self._window.removeEventFilter(self)

    def _allow_keys(self, *, on: bool) -> None:
        self._escape.setEnabled(on)
        for name in CLICKER:
            self._window.actions_by_name[name].setEnabled(on)
