"""The space bar: tapped it recalls or pauses, held and dragged it pans the pad."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget


class SpaceKey(QObject):
    """Hears the space bar where nobody else wants it.

    A line of text and a button that has the focus keep it to themselves: it comes up to the window
    only when the widget with the focus lets it pass. No number has a space in it, so a box for one
    takes what was typed, and the bar is heard.

    Parameters
    ----------
    window
        Where the key comes up to.
    pad
        Where a drag turns a tap into panning.

    Signals
    -------
    tapped()
        The bar went down and up with no drag between.
    held(bool)
        Whether the bar is down: a drag on the pad then pans.
    """

    tapped = Signal()
    held = Signal(bool)

    def __init__(self, window: QWidget, pad: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._down = False
        self._dragged = False
        window.installEventFilter(self)
        pad.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the space bar, let all else pass."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self._dragged = self._dragged or self._down
        elif kind == QEvent.Type.WindowDeactivate and self._down:
            self._down = False
            self.held.emit(False)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            if kind == QEvent.Type.KeyPress:
                if isinstance(watched, QAbstractSpinBox):
                    watched.interpretText()
                return self._press(event)
            if kind == QEvent.Type.KeyRelease:
                return self._release(event)
        return False

    @Slot(QWidget, QWidget)
    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QAbstractSpinBox):
            old.removeEventFilter(self)
        if isinstance(new, QAbstractSpinBox) and new.window() is self._window:
            new.installEventFilter(self)

    def _press(self, event: QKeyEvent) -> bool:
        if not event.isAutoRepeat():
            self._down, self._dragged = True, False
            self.held.emit(True)
        return True

    def _release(self, event: QKeyEvent) -> bool:
        if not event.isAutoRepeat() and self._down:
            self._down = False
            self.held.emit(False)
            if not self._dragged:
                self.tapped.emit()
        return True
