"""The card of the landscape: the plane of two overlaps, the map of attractors, barriers, kicks."""

from enum import Enum

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from hopgui.ui.landscape.chart_page import ChartPage
from hopgui.ui.landscape.map_page import MapPage
from hopgui.ui.landscape.plane_page import PlanePage
from hopgui.ui.landscape.small_grid_pages import BarrierPage, KickPage
from hopgui.ui.landscape.state_chart import StateChart
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.segmented import Segmented


class Page(Enum):
    """What of the landscape is to be seen."""

    PLANE = "plane"
    MAP = "map"
    BARRIERS = "barriers"
    KICKS = "kicks"


class LandscapeView(QFrame):
    """The energy as a landscape, in four pages.

    Attributes
    ----------
    plane, map, barriers, kicks
        The pages.

    Signals
    -------
    page_shown(object)
        This `Page` is now to be seen; None when none is.
    put_requested(object)
        A state is to be put on the pad, int8 array of shape (height, width).
    """

    page_shown = Signal(object)
    put_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Landscape"))
        self.plane, self.map = PlanePage(), MapPage()
        self.barriers, self.kicks = BarrierPage(), KickPage()
        self._pages: dict[Page, ChartPage] = {
            Page.PLANE: self.plane,
            Page.MAP: self.map,
            Page.BARRIERS: self.barriers,
            Page.KICKS: self.kicks,
        }
        self._choice = Segmented(
            (
                (Page.PLANE, self.tr("plane")),
                (Page.MAP, self.tr("map")),
                (Page.BARRIERS, self.tr("tree")),
                (Page.KICKS, self.tr("kicks")),
            )
        )
        self._choice.setAccessibleName(self.tr("What of the landscape is shown"))
        self._give_hints()
        title = QLabel(self.tr("Landscape"))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(self._choice)
        head.addStretch()
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
            page.chart.put_requested.connect(self.put_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._choice.chosen.connect(self.show_page)

    @property
    def page(self) -> Page | None:
        """The page that is to be seen, None while the card is not."""
        choice = self._choice.choice
        assert isinstance(choice, Page)  # noqa: S101 - no other is put in
        return choice if self.isVisible() else None

    @property
    def chart(self) -> StateChart:
        """The chart of the page that was turned to."""
        return self._turned_to.chart

    @property
    def caption(self) -> str:
        """What that chart shows, and how true it is."""
        return self._turned_to.caption

    @property
    def _turned_to(self) -> ChartPage:
        choice = self._choice.choice
        assert isinstance(choice, Page)  # noqa: S101 - no other is put in
        return self._pages[choice]

    def show_page(self, page: object) -> None:
        """Turn to a page."""
        assert isinstance(page, Page)  # noqa: S101 - no other is put in
        self._choice.show_choice(page)
        self._stack.setCurrentWidget(self._pages[page])
        self.page_shown.emit(self.page)

    def show_theme(self, theme: Theme) -> None:
        """Draw everything in the colours of a theme."""
        for page in self._pages.values():
            page.show_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell which page is now to be seen."""
        super().showEvent(event)
        self.page_shown.emit(self.page)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that none is."""
        super().hideEvent(event)
        self.page_shown.emit(None)

    def sizeHint(self) -> QSize:
        """Return a size for a dock."""
        return QSize(380, 560)

    def _give_hints(self) -> None:
        hints = {
            Page.PLANE: self.tr("The energy over the overlaps with two memories"),
            Page.MAP: self.tr("Attractors by the units in which they differ"),
            Page.BARRIERS: self.tr("Minima and the energy between them, on small grids"),
            Page.KICKS: self.tr("Where single flips lead, on small grids"),
        }
        for page, hint in hints.items():
            self._choice.button(page).setToolTip(hint)
