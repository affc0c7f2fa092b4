"""The card that says why: why a unit stands, how firmly all do, why a memory does not."""

from collections.abc import Sequence
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hopgui.model.why import Pulls, UnitWhy
from hopgui.session.session import Memory
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.parts.spin_box import SpinBox
from hopgui.ui.why import why_text
from hopgui.ui.why.margin_histogram import MarginHistogram
from hopgui.ui.why.vote_bars import Bar, VoteBars

WEAKEST, MOST_WEAKEST = 10, 99


class Page(Enum):
    """What is to be explained."""

    UNIT = auto()
    UNITS = auto()
    MEMORY = auto()


class WhyPanel(QFrame):
    """Explains one unit, the margins of all units, or a memory that is not stable.

    Signals
    -------
    weakest_marked(int)
        So many of the weakest units are to be marked on the pad, 0 for none.
    seen()
        It has come to sight, or another page has: what it shows may be of an earlier moment.
    """

    weakest_marked = Signal(int)
    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Why"))
        self._memories: tuple[Memory, ...] = ()
        self._choice = Segmented(
            (
                (Page.UNIT, self.tr("a unit")),
                (Page.UNITS, self.tr("all units")),
                (Page.MEMORY, self.tr("a memory")),
            )
        )
        self._choice.setAccessibleName(self.tr("What is explained"))
        self._votes = VoteBars()
        self._votes.setAccessibleName(self.tr("What each memory adds to the margin"))
        self._histogram = MarginHistogram()
        self._pulls = VoteBars()
        self._pulls.setAccessibleName(self.tr("Which memories pull its units over"))
        self._said = {page: ElidedLabel("result") for page in Page}
        self._more = {page: _note() for page in Page}
        self._mark = QCheckBox(self.tr("Mark the weakest on the pad:"))
        self._count = SpinBox()
        self._count.setRange(1, MOST_WEAKEST)
        self._count.setValue(WEAKEST)
        self._count.setAccessibleName(self.tr("How many of the weakest units are marked"))
        self._lay_out()
        self._choice.chosen.connect(self._turn)
        self._mark.toggled.connect(self._tell_weakest)
        self._count.valueChanged.connect(self._tell_weakest)
        self.show_unit(None, 1)
        self.show_pulls(None)

    @property
    def chart(self) -> MarginHistogram:
        """The margins of all units."""
        return self._histogram

    @property
    def caption(self) -> str:
        """What the margins say."""
        text = self.tr("Margins of all units · {said}")
        return text.format(said=self._said[Page.UNITS].whole)

    def show_memories(self, memories: Sequence[Memory]) -> None:
        """Name the memories, in the order of the gallery."""
        self._memories = tuple(memories)

    def show_unit(self, why: UnitWhy | None, width: int, *, pinned: bool = False) -> None:
        """Say why a unit stands as it does.

        Parameters
        ----------
        why
            What is known of it, None while no unit has been pointed at.
        width
            Columns of the grid.
        pinned
            Whether a recall leaves the unit alone.
        """
        if why is None:
            self._said[Page.UNIT].show_text(self.tr("No unit yet"))
            text = self.tr("Point at a unit of the pad, or walk there with Ctrl and the arrows.")
            self._more[Page.UNIT].setText(text)
            self._votes.show_votes(())
            self._histogram.show_marked(None)
            return
        self._said[Page.UNIT].show_text(why_text.unit(why, width, pinned=pinned))
        more = why_text.signal(why, self._memories)
        if why.by_memory is None:
            more = f"{more}. {why_text.mixed()}"
        self._more[Page.UNIT].setText(more)
        self._votes.show_votes(*self._vote_bars(why))
        self._histogram.show_marked(why.margin)

    def show_margins(self, margins: NDArray[np.float64], flipping: int) -> None:
        """Show how firmly all units stand.

        Parameters
        ----------
        margins
            Margin of each unit, float64 array of shape (units,).
        flipping
            How many an update would flip.
        """
        least = float(margins.min(initial=np.inf))
        said = why_text.spread(flipping, margins.size, least)
        self._said[Page.UNITS].show_text(said)
        self._histogram.show_margins(margins)
        self._histogram.setAccessibleDescription(said)

    def show_pulls(self, found: Pulls | None) -> None:
        """Say why a memory is not stable; None while none is chosen."""
        if found is None:
            self._said[Page.MEMORY].show_text(self.tr("No memory chosen"))
            self._more[Page.MEMORY].setText(self.tr("Choose one memory in the gallery."))
            self._pulls.show_votes(())
            return
        self._said[Page.MEMORY].show_text(why_text.pulls(found, self._memories))
        self._more[Page.MEMORY].setText(why_text.proof(found))
        bars = [
            Bar(
                self._memories[pull.memory].name,
                -pull.strength,
                self._memories[pull.memory].colour,
                self.tr("at {n} of {all}").format(n=pull.units, all=found.unstable.size),
            )
            for pull in found.ranked or ()
        ]
        self._pulls.show_votes(bars)

    def turn_to(self, page: Page) -> None:
        """Show a page."""
        self._choice.show_choice(page)
        self._turn(page)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        choice = self._choice.choice
        assert isinstance(choice, Page)  # noqa: S101 - no other is put in
        return choice

    @property
    def weakest(self) -> int:
        """How many of the weakest units are to be marked."""
        return self._count.value() if self._mark.isChecked() else 0

    @property
    def said(self) -> str:
        """What stands at the head of the page."""
        return self._said[self.page].whole

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        for each in (self._votes, self._histogram, self._pulls):
            each.show_theme(theme)

    def sizeHint(self) -> QSize:
        """Return a size for a dock."""
        return QSize(380, 280)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it is looked at."""
        super().showEvent(event)
        self.seen.emit()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Why"))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._choice)
        marks = QHBoxLayout()
        marks.addWidget(self._mark)
        marks.addWidget(self._count)
        marks.addStretch()
        self._pages = QStackedWidget()
        contents: dict[Page, QWidget] = {
            Page.UNIT: self._votes,
            Page.UNITS: self._histogram,
            Page.MEMORY: self._pulls,
        }
        for page, content in contents.items():
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addWidget(self._said[page])
            column.addWidget(self._more[page])
            column.addSpacing(4)
            column.addWidget(content, 1)
            if page is Page.UNITS:
                self._more[page].hide()
                column.addLayout(marks)
            self._pages.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)

    def _vote_bars(self, why: UnitWhy) -> tuple[list[Bar], list[Bar]]:
        """Return a bar a memory, the strongest first, and what is no memory's."""
        if why.by_memory is None:
            return [], []
        order = np.argsort(-np.abs(why.by_memory), kind="stable")
        bars = [
            Bar(
                self._memories[index].name,
                float(why.by_memory[index]),
                self._memories[index].colour,
            )
            for index in order
        ]
        rest = [Bar(self.tr("no memory"), why.rest)] if why.rest else []
        return bars, rest

    def _turn(self, page: object) -> None:
        self._pages.setCurrentIndex(list(Page).index(Page(page)))
        self.seen.emit()

    def _tell_weakest(self) -> None:
        self.weakest_marked.emit(self.weakest)


def _note() -> QLabel:
    label = QLabel()
    label.setObjectName("note")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
