"""The space bar: tapped it recalls or pauses, held and dragged it pans the pad."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class SpaceKey(QObject):
    """Hears the space bar where nobody else wants it.

    A field that is typed into and a button that has the focus keep it to themselves: it comes up
    to the window only when the widget with the focus lets it pass.

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
        self._down = False
        self._dragged = False
        window.installEventFilter(self)
        pad.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the space bar, let all else pass."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self._dragged = self._dragged or self._down
        elif kind == QEvent.Type.WindowDeactivate and self._down:
            self._down = False
            self.held.emit(False)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            if kind == QEvent.Type.KeyPress:
                return self._press(event)
            if kind == QEvent.Type.KeyRelease:
                return self._release(event)
        return False

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
