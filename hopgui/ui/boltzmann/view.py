"""The panel of the Boltzmann machine: how it learns, what it knows, what it makes of the pad."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hopgui.model.boltzmann.machine import Machine
from hopgui.session.any_training import AnyTraining, MachineKind
from hopgui.session.training import Training
from hopgui.session.visible_training import VisibleTraining
from hopgui.ui.boltzmann.filters import filter_images
from hopgui.ui.boltzmann.hidden_bars import HiddenBars
from hopgui.ui.boltzmann.learning_curve import LearningCurve
from hopgui.ui.boltzmann.matching_curve import MatchingCurve
from hopgui.ui.boltzmann.moment_chart import MomentChart
from hopgui.ui.boltzmann.training_controls import TrainingControls
from hopgui.ui.controls.parts import Note
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.job_strip import JobStrip
from hopgui.ui.parts.picture_wall import PictureWall
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.parts.thumbnail import units_image


class Page(StrEnum):
    """What the lower part shows."""

    FILTERS = "filters"  # of a restricted machine
    MOMENTS = "moments"  # of a fully visible one
    DREAMS = "dreams"


class BoltzmannView(QFrame):
    """Trains a machine, and shows its filters, its dreams and its hidden units.

    Signals
    -------
    train_on_requested()
        A training that was called off is to go on.
    dream_requested()
        The pad is to be drawn at random, and the machine to dream from there.
    mean_field_requested()
        The pad is to be recalled by means instead of draws.
    dream_chosen(object)
        A dream is to be put on the pad: units ±1, int8 array of shape (visible,).
    hidden_set(int)
        A hidden unit is to be turned over, and the pad to show what the machine then expects.
    bridge_requested()
        The Hopfield network on the pad is to be opened as a Boltzmann machine.
    """

    train_on_requested = Signal()
    dream_requested = Signal()
    mean_field_requested = Signal()
    dream_chosen = Signal(object)
    hidden_set = Signal(int)
    bridge_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Boltzmann machine"))
        self._theme = LIGHT
        self._marked = -1
        self._hidden = 0  # units of the machine on the pad
        self._machine: Machine | None = None
        self._units = 0  # visible units of the machine that is trained
        self._shape = (1, 1)
        self._dreams: NDArray[np.int8] = np.empty((0, 0), np.int8)
        self.controls = TrainingControls()
        self.strip = JobStrip(self.tr("Train"))
        self._train_on = self._button(self.tr("Train on"), self.train_on_requested)
        self._train_on.setToolTip(self.tr("Go on with the training that was called off"))
        self.strip.buttons.addWidget(self._train_on)
        self._curve, self._matching = LearningCurve(), MatchingCurve()
        for curve in (self._curve, self._matching):
            curve.setMinimumHeight(190)
        self._state = Note()
        self._make_lower()
        self._lay_out()
        self.controls.machine_chosen.connect(self._show_kind)
        self.show_training(None)

    @property
    def curve(self) -> LearningCurve | MatchingCurve:
        """What is seen of how the present kind of machine learns."""
        return self._curve if self._matching.isHidden() else self._matching

    @property
    def moments(self) -> MomentChart:
        """The moments of a fully visible machine against its pictures'."""
        return self._moments

    def show_training(self, training: AnyTraining | None, *, active: bool = False) -> None:
        """Show a training as far as it has come, and whether it goes on just now."""
        visible = training if isinstance(training, VisibleTraining) else None
        restricted = training if isinstance(training, Training) else None
        self._curve.show_training(restricted)
        self._matching.show_training(visible)
        self._show_kind(self.controls.machine if training is None else _kind_of(training))
        self._machine = None if restricted is None else restricted.machine
        self._units = 0 if training is None else training.machine.visible
        if visible is None:
            self._moments.show_moments(None)
        else:
            self._moments.show_moments(visible.wanted, visible.moments)
        self._dreams = self._dreams[:0] if training is None else training.dreams
        self._shape = (1, 1) if training is None else training.pictures.shape
        can_go_on = training is not None and not training.finished and training.trouble is None
        self._train_on.setVisible(can_go_on and not active)
        self._draw_pictures()

    def show_dreamer(self, *, there: bool) -> None:
        """Show whether there is a machine on the pad, to dream and to recall by means."""
        self._dream.setEnabled(there)
        self._mean_field.setEnabled(there)

    def show_hidden(
        self, activities: NDArray[np.float64] | None, free: str = "", both: str = ""
    ) -> None:
        """Show how active each hidden unit is at the state on the pad, and energies in words.

        Parameters
        ----------
        activities
            p(h_j = 1 | v), float64 array of shape (hidden,); None while no machine with hidden
            units is used.
        free, both
            The free energy of v, and the energy of (v, h): a line each, or a narrow panel cuts the
            end that tells which h.
        """
        self._used.setVisible(activities is not None)
        self._hidden = 0 if activities is None else activities.size
        self._set.setEnabled(0 <= self._marked < self._hidden)
        if activities is not None:
            self._bars.show_activities(activities)
            self._free.show_text(free)
            self._both.show_text(both)

    def show_state(self, text: str) -> None:
        """Say how the panel stands to the pad: whether its machine is used there."""
        self._state.show_text(text)

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        for part in (
            self._curve,
            self._matching,
            self._filters,
            self._moments,
            self._dream_wall,
            self._bars,
        ):
            part.show_theme(theme)
        self._draw_pictures()

    def _make_lower(self) -> None:
        self._pages = Segmented(
            (
                (Page.FILTERS, self.tr("Filters")),
                (Page.MOMENTS, self.tr("Moments")),
                (Page.DREAMS, self.tr("Dreams")),
            )
        )
        self._pages.setAccessibleName(self.tr("What is shown of the machine"))
        self._pages.chosen.connect(self._turn)
        self._filters = PictureWall(self.tr("What each hidden unit looks for appears here."))
        self._filters.setAccessibleName(self.tr("Filters of the hidden units"))
        self._filters.chosen.connect(self._mark)
        self._dream_wall = PictureWall(self.tr("What the machine dreams appears here."))
        self._dream_wall.setAccessibleName(self.tr("Dreams of the machine"))
        self._dream_wall.chosen.connect(self._choose_dream)
        self._stack = QStackedWidget()
        self._moments = MomentChart(
            self.tr("Moments of the pictures and of the machine appear here.")
        )
        self._moments.setAccessibleName(self.tr("The machine's moments against the pictures'"))
        self._stack.addWidget(self._filters)
        self._stack.addWidget(self._moments)
        self._stack.addWidget(self._dream_wall)
        self._stack.setMinimumHeight(220)
        self._bars = HiddenBars()
        self._bars.chosen.connect(self._show_filter)
        self._free, self._both = ElidedLabel("note"), ElidedLabel("note")
        self._unit = ElidedLabel("note")
        self._set = QPushButton(self.tr("Turn it over"))
        self._set.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._set.setToolTip(
            self.tr("Put on the pad what the machine expects with this unit turned")
        )
        self._set.setEnabled(False)
        self._set.clicked.connect(lambda: self.hidden_set.emit(self._marked))
        self._dream = self._button(self.tr("Dream"), self.dream_requested)
        self._dream.setToolTip(self.tr("From a random picture, let the machine draw what it knows"))
        self._mean_field = self._button(self.tr("Mean field"), self.mean_field_requested)
        self._mean_field.setToolTip(self.tr("Recall without chance: means given means"))
        self._bridge = self._button(self.tr("Open the memories as RBM"), self.bridge_requested)
        self._bridge.setToolTip(self.tr("The same network with one Gaussian hidden unit a memory"))
        self._used = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._unit, 1)
        row.addWidget(self._set)
        column = QVBoxLayout(self._used)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._free)
        column.addWidget(self._both)
        column.addWidget(self._bars)
        column.addLayout(row)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._dream, 1)
        buttons.addWidget(self._mean_field, 1)
        for part in (
            self.controls,
            self.strip,
            self._state,
            self._curve,
            self._matching,
            self._used,
            self._pages,
        ):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        column.addWidget(self._bridge)
        self._area = area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)

    def _button(self, text: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Qt hands over whether the button is checked, which none of these asks for.
        button.clicked.connect(lambda _on: signal.emit())
        return button

    def _draw_pictures(self) -> None:
        machine = self._machine
        if self._units != self._shape[0] * self._shape[1]:
            self._filters.show_images([])
            self._dream_wall.show_images([])
            return
        if self._stack.currentWidget() is self._filters and machine is not None:
            images = filter_images(machine.weights, self._shape, self._theme)
            tips = [
                self.tr("hidden unit {unit}, bias {bias}").format(
                    unit=number(unit + 1), bias=number(float(bias), 2)
                )
                for unit, bias in enumerate(machine.hidden_bias)
            ]
            self._filters.show_images(images, tips)
        elif self._stack.currentWidget() is self._dream_wall:
            dreams = self._dreams.reshape(-1, *self._shape)
            self._dream_wall.show_images([units_image(each, self._theme) for each in dreams])

    def _show_kind(self, kind: MachineKind) -> None:
        """Show the curves and pages of one kind of machine."""
        visible = kind is MachineKind.VISIBLE
        self._curve.setVisible(not visible)
        self._matching.setVisible(visible)
        self._pages.button(Page.FILTERS).setVisible(not visible)
        self._pages.button(Page.MOMENTS).setVisible(visible)
        absent, first = (Page.FILTERS, Page.MOMENTS) if visible else (Page.MOMENTS, Page.FILTERS)
        if self._pages.choice is absent:
            self._pages.show_choice(first)
            self._turn(first)

    def _turn(self, page: Page) -> None:
        walls = {Page.FILTERS: self._filters, Page.MOMENTS: self._moments}
        self._stack.setCurrentWidget(walls.get(page, self._dream_wall))
        self._draw_pictures()

    def _mark(self, unit: int) -> None:
        self._marked = unit
        self._filters.show_marked(unit)
        self._bars.show_marked(unit)
        self._set.setEnabled(0 <= unit < self._hidden)
        self._unit.show_text(self.tr("hidden unit {unit}").format(unit=number(unit + 1)))

    def _show_filter(self, unit: int) -> None:
        """Mark a hidden unit where its filter can be seen."""
        self._mark(unit)
        if self._pages.choice is not Page.FILTERS:
            self._pages.show_choice(Page.FILTERS)
            self._turn(Page.FILTERS)
        self._area.ensureWidgetVisible(self._filters)

    def _choose_dream(self, which: int) -> None:
        self.dream_chosen.emit(self._dreams[which])


def _kind_of(training: AnyTraining) -> MachineKind:
    visible = isinstance(training, VisibleTraining)
    return MachineKind.VISIBLE if visible else MachineKind.RESTRICTED
