"""Panels that can be moved, closed and brought back, without a frame of their own."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from hopgui.ui.look.theme import LIGHT, Theme

GRIP = 8
MARGIN = 12
# Pixels in width that a panel's choices need, and that a chart has use for.
CHOICES, CHART = 320, 640
# What is left of the margin beside a separator, which the style sheet makes 4 pixels wide.
GAP = MARGIN - 4


class Panel(Protocol):
    """What a dock builds late: a widget that can be dressed in a theme."""

    def show_theme(self, theme: Theme, /) -> None:
        """Draw in the colours of a theme."""


P = TypeVar("P", bound=Panel)


class Dock(QDockWidget):
    """Holds a card; the gap above it is where it is taken to be moved.

    Parameters
    ----------
    name
        What the remembered layout calls it.
    title
        What the View menu calls it.
    card
        The panel, None if it comes later.
    """

    def __init__(self, name: str, title: str, card: QWidget | None, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.main_window = window
        self.setObjectName(name)
        holder = QWidget()
        self._frame = QVBoxLayout(holder)
        if card is not None:
            self._frame.addWidget(card)
        self.setWidget(holder)
        self.toggleViewAction().triggered.connect(self._come_forward)
        self.dockLocationChanged.connect(self._keep_off_the_edge)
        self._keep_off_the_edge(Qt.DockWidgetArea.NoDockWidgetArea)
        self._grip = _Grip(self)
        self.setTitleBarWidget(self._grip)

    def open(self) -> None:
        """Show it, in front of the tabs beside it."""
        self.show()
        self._come_forward(shown=True)

    def show_theme(self, theme: Theme) -> None:
        """Draw the grip in the colours of a theme."""
        self._grip.show_theme(theme)

    def _come_forward(self, shown: bool) -> None:
        # What is shown again among tabs stays behind the one in front.
        if shown:
            self.raise_()

    def _keep_off_the_edge(self, area: Qt.DockWidgetArea) -> None:
        left = GAP if area == Qt.DockWidgetArea.RightDockWidgetArea else MARGIN
        right = GAP if area == Qt.DockWidgetArea.LeftDockWidgetArea else MARGIN
        floating = area == Qt.DockWidgetArea.NoDockWidgetArea
        self._frame.setContentsMargins(left, 0, right, MARGIN if floating else 0)


class LateDock(Dock, Generic[P]):
    """Builds its panel when that is first seen: until then it costs nothing and knows nothing.

    Closed, or behind another tab, the panel is hidden: `isVisible` says whether it is looked at.

    It is closed at first and opens as a tab beside another dock, in front: so the pad stays large
    however many panels there are. A person may drag it elsewhere. The column it opens in is made
    wide enough at its first opening; after that its width is the person's own affair.

    Parameters
    ----------
    name
        What the remembered layout calls it.
    title
        What the View menu and the tab call it.
    make
        Builds the panel.
    beside
        The dock among whose tabs it opens.
    chart
        Whether it has use for all the width that the pad, being square, leaves over.

    Attributes
    ----------
    panel
        The panel, None until it is first seen.
    """

    def __init__(
        self, name: str, title: str, make: Callable[[], P], beside: Dock, *, chart: bool = False
    ) -> None:
        super().__init__(name, title, None, beside.main_window)
        self._chart = chart
        self.panel: P | None = None
        self._card: QWidget | None = None
        self._make = make
        self._beside = beside
        self._wires: list[Callable[[P], None]] = []
        self._theme = LIGHT
        self.hide()
        self.wait_in_place()
        self.visibilityChanged.connect(self._show_panel)

    def when_built(self, wire: Callable[[P], None]) -> None:
        """Have the panel connected and filled by this call once it is built, or now if it is."""
        if self.panel is None:
            self._wires.append(wire)
        else:
            wire(self.panel)

    def wait_in_place(self) -> None:
        """Go where it opens, while it is closed: a layout of old may not know it."""
        if self.isHidden():
            self.main_window.tabifyDockWidget(self._beside, self)

    def show_theme(self, theme: Theme) -> None:
        """Draw the grip and the panel in the colours of a theme."""
        super().show_theme(theme)
        self._theme = theme
        if self.panel is not None:
            self.panel.show_theme(theme)

    def _come_forward(self, shown: bool) -> None:
        first = self.panel is None
        super()._come_forward(shown)
        if shown and first and not self.isFloating():
            self._make_room()

    def _make_room(self) -> None:
        """Widen the column for a panel that is opened for the first time."""
        pad = cast("QWidget", self.main_window.centralWidget())
        spare = max(0, pad.width() - pad.height()) if self._chart else 0
        width = max(CHOICES, min(CHART, self.width() + spare))
        if width > self.width():
            self.main_window.resizeDocks([self], [width], Qt.Orientation.Horizontal)

    def _show_panel(self, seen: bool) -> None:
        if seen and self.panel is None:
            self._build()
        if self._card is not None:
            # Qt counts what lies behind another tab as visible; the panel should know better.
            self._card.setVisible(seen)

    def _build(self) -> None:
        self.panel = self._make()
        self.panel.show_theme(self._theme)
        for wire in self._wires:
            wire(self.panel)
        self._wires.clear()
        self._card = cast("QWidget", self.panel)  # it is one too, which a type cannot say
        room = self._card.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # turning to another tab moves nothing
        self._card.setSizePolicy(room)
        self._frame.addWidget(self._card)


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
