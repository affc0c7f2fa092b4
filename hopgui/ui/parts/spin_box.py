"""Boxes for a number, with the manners of the window.

Qt's style sheets give the field of a spin box no padding, and no width once its buttons are turned
off; so the field brings its own margin here, and a bare box has buttons of no width.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

_MARGIN = 6


class SpinBox(QSpinBox):
    """A box for a whole number.

    Its value counts once it is entered, not at each digit, and scrolling past it changes nothing.

    Parameters
    ----------
    bare
        Without arrows.
    """

    def __init__(self, parent: QWidget | None = None, *, bare: bool = False) -> None:
        super().__init__(parent)
        _teach(self, bare=bare)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is scrolled, unless the box is being typed into."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DoubleSpinBox(QDoubleSpinBox):
    """A box for a decimal number, with the same manners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _teach(self, bare=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is scrolled, unless the box is being typed into."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _teach(box: QAbstractSpinBox, *, bare: bool) -> None:
    if bare:
        box.setObjectName("bare")
    box.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
    box.setKeyboardTracking(False)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
