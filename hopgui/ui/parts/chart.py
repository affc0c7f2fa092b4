"""What a chart of a panel must be able to do, to be drawn elsewhere than on the screen."""

from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter

from hopgui.ui.look.theme import Theme


class Chart(Protocol):
    """A widget that can draw itself in lines and letters."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen but a hint."""

    def isVisible(self) -> bool:  # noqa: N802 - Qt's name
        """Say whether it can be seen."""

    def size(self) -> QSize:
        """Return its size in Qt's pixels."""

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""

    def draw(self, painter: QPainter) -> None:
        """Draw the chart without its ground; the painter's origin becomes its corner."""
