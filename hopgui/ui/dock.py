"""A panel that can be moved, closed and brought back, without a frame of its own."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from hopgui.ui.theme import LIGHT, Theme

GRIP = 8
MARGIN = 12
# What is left of the margin beside a separator, which the style sheet makes 4 pixels wide.
GAP = MARGIN - 4


class Dock(QDockWidget):
    """Holds a card; the gap above it is where it is taken to be moved.

    Parameters
    ----------
    name
        What the remembered layout calls it.
    title
        What the View menu calls it.
    card
        The panel.
    """

    def __init__(self, name: str, title: str, card: QWidget, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.setObjectName(name)
        holder = QWidget()
        self._frame = QVBoxLayout(holder)
        self._frame.addWidget(card)
        self.setWidget(holder)
        self.dockLocationChanged.connect(self._keep_off_the_edge)
        self._keep_off_the_edge(Qt.DockWidgetArea.NoDockWidgetArea)
        self._grip = _Grip(self)
        self.setTitleBarWidget(self._grip)

    def show_theme(self, theme: Theme) -> None:
        """Draw the grip in the colours of a theme."""
        self._grip.show_theme(theme)

    def _keep_off_the_edge(self, area: Qt.DockWidgetArea) -> None:
        left = GAP if area == Qt.DockWidgetArea.RightDockWidgetArea else MARGIN
        right = GAP if area == Qt.DockWidgetArea.LeftDockWidgetArea else MARGIN
        floating = area == Qt.DockWidgetArea.NoDockWidgetArea
        self._frame.setContentsMargins(left, 0, right, MARGIN if floating else 0)


class _Grip(QWidget):
    """The gap between two cards; under the pointer it shows that it can be held."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._theme = LIGHT
        self.setFixedHeight(GRIP)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip(self.tr("Drag to move this panel; double-click to let it float"))

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, GRIP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.underMouse():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.muted))
        middle = self.width() // 2
        painter.drawRoundedRect(middle - 16, GRIP // 2 - 1, 32, 3, 1.5, 1.5)
