"""What the training of a fully visible machine is asked for: its start, its moments, its steps."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from hopgui.model.boltzmann.matching import Schedule, schedule_for
from hopgui.model.boltzmann.visible import MOST_UNITS
from hopgui.session.training import DataKind
from hopgui.session.visible_training import Start, VisibleCourse
from hopgui.ui.controls.parts import Section, decimal_box, number_box, show_number
from hopgui.ui.look.numbers import number
from hopgui.ui.parts.segmented import Segmented

MOST_STEPS, MOST_CHAINS = 1_000_000, 10_000
LEAST_TEMPERATURE, LARGEST_TEMPERATURE = 0.01, 1_000_000


class VisibleControls(Section):
    """Choices for the next training of a fully visible machine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Matching moments"))
        self._units = 1
        self._schedule = Schedule()
        self._start_kind = Start.HOPFIELD
        self._starts = Segmented(
            ((Start.HOPFIELD, self.tr("From Hopfield")), (Start.NOTHING, self.tr("From zero")))
        )
        self._starts.setAccessibleName(self.tr("What the machine starts from"))
        self._starts.chosen.connect(self._choose_start)
        self.add(self._starts)
        self._start_note = self.note()
        self._temperature = decimal_box(LEAST_TEMPERATURE, LARGEST_TEMPERATURE, 0.5, 2)
        self._temperature_label = self.row(self.tr("At temperature T"), self._temperature)
        self._moments = Segmented(((True, self.tr("Exact")), (False, self.tr("Sampled"))))
        self._moments.setAccessibleName(self.tr("The machine's moments"))
        self._moments.chosen.connect(self._choose_moments)
        self.add(self._moments)
        self._moments_note = self.note()
        self._steps = number_box(1, MOST_STEPS, 100)
        self.row(self.tr("Steps"), self._steps)
        more = Section()
        more.set_title(self.tr("Schedule"))
        self._make_schedule(more)
        self.add(more)
        self._show_schedule(self._schedule)
        self._show_start(Start.HOPFIELD)

    def course(self, data: DataKind, seed: int) -> VisibleCourse:
        """Return what is asked for."""
        schedule = replace(
            self._schedule,
            steps=self._steps.value(),
            rate=self._rate.value(),
            last_rate=self._last_rate.value(),
            momentum=self._momentum.value(),
            chains=self._chains.value(),
        )
        return VisibleCourse(data, self._start_kind, self._temperature.value(), schedule, seed)

    def show_units(self, units: int) -> None:
        """Choose what usually works for so many units."""
        self._units = units
        self._show_schedule(schedule_for(units))

    def show_span(self, span: float) -> None:
        """Propose the temperature at which the network of the memories just melts."""
        show_number(self._temperature, round(span, 2))

    def show_course(self, course: VisibleCourse) -> None:
        """Show what a training was asked for."""
        self._show_start(course.start)
        show_number(self._temperature, course.temperature)
        self._show_schedule(course.schedule)

    def _make_schedule(self, part: Section) -> None:
        self._rate = decimal_box(0.0001, 10, 0.01, 4)
        part.row(self.tr("First learning rate"), self._rate)
        self._last_rate = decimal_box(0.0001, 10, 0.001, 4)
        part.row(self.tr("Last learning rate"), self._last_rate)
        self._momentum = decimal_box(0, 0.99, 0.1, 2)
        part.row(self.tr("Momentum"), self._momentum)
        self._chains = number_box(1, MOST_CHAINS, 100)
        self._chains_label = part.row(self.tr("Chains"), self._chains)
        part.fold()

    def _choose_start(self, start: Start) -> None:
        self._show_start(start)

    def _show_start(self, start: Start) -> None:
        self._start_kind = start
        self._starts.show_choice(start)
        hopfield = start is Start.HOPFIELD
        self._start_note.show_text(
            self.tr("What the learning rule makes of the memories, over T.")
            if hopfield
            else self.tr("No couplings: all states are alike likely.")
        )
        self._temperature.setVisible(hopfield)
        self._temperature_label.setVisible(hopfield)

    def _choose_moments(self, exact: bool) -> None:
        # Sampled moments ask for another schedule.
        self._show_schedule(schedule_for(self._units, exact=exact))

    def _show_schedule(self, schedule: Schedule) -> None:
        self._schedule = schedule
        can_sum = self._units <= MOST_UNITS
        self._moments.show_choice(schedule.exact)
        self._moments.button(True).setEnabled(can_sum or schedule.exact)
        for box, value in (
            (self._steps, schedule.steps),
            (self._rate, schedule.rate),
            (self._last_rate, schedule.last_rate),
            (self._momentum, schedule.momentum),
            (self._chains, schedule.chains),
        ):
            show_number(box, value)
        self._chains.setVisible(not schedule.exact)
        self._chains_label.setVisible(not schedule.exact)
        self._moments_note.show_text(self._meaning(schedule, can_sum=can_sum))

    def _meaning(self, schedule: Schedule, *, can_sum: bool) -> str:
        if schedule.exact:
            return self.tr("Summed over all {states} states.").format(
                states=number(2 ** min(self._units, MOST_UNITS))
            )
        drawn = self.tr("Of chains that go on from step to step, a sweep each.")
        if can_sum:
            return drawn
        return self.tr("{drawn} More than {most} units cannot be summed.").format(
            drawn=drawn, most=number(MOST_UNITS)
        )
