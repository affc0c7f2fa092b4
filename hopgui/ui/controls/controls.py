"""The card of all choices, a section each: how the network learns, counts and moves."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hopgui.model.choices import Dynamics, Energy, Rule, Trouble
from hopgui.model.conventions import Conventions
from hopgui.session.session import Session
from hopgui.ui.controls.conventions import ConventionControls
from hopgui.ui.controls.energy import EnergyControls
from hopgui.ui.controls.repeat import RepeatControls
from hopgui.ui.controls.rules import RuleControls
from hopgui.ui.controls.trouble import TroubleControls
from hopgui.ui.controls.updates import UpdateControls
from hopgui.ui.controls.values import ControlValues, values_of
from hopgui.ui.look.theme import Theme


class Controls(QFrame):
    """Every choice with its formula and its meaning, in sections that fold.

    Signals
    -------
    rule_changed(object)
        A person chose this `Rule`.
    energy_changed(object)
        A person chose this `Energy`.
    dynamics_changed(object)
        A person chose these `Dynamics`; while the temperature is dragged, at each step.
    conventions_changed(object)
        A person chose these `Conventions`.
    trouble_changed(object)
        A person chose this `Trouble`.
    repeat_pause_changed(float)
        Seconds between the rounds of *Repeat*.
    unlearnt_forgotten()
        What was unlearnt by hand is to be taken back.
    """

    rule_changed = Signal(object)
    energy_changed = Signal(object)
    dynamics_changed = Signal(object)
    conventions_changed = Signal(object)
    trouble_changed = Signal(object)
    repeat_pause_changed = Signal(float)
    unlearnt_forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._values = ControlValues()
        self._rule = RuleControls()
        self._energy = EnergyControls()
        self._updates = UpdateControls()
        self._conventions = ConventionControls()
        self._trouble = TroubleControls()
        self._repeat = RepeatControls()
        self._lay_out()
        self._connect()
        self._show()

    def show_session(self, session: Session) -> None:
        """Show the choices of the document; nothing is emitted."""
        values = values_of(session)
        if values != self._values:
            self._values = values
            self._show()

    def show_pause(self, seconds: float) -> None:
        """Show the pause between rounds, in seconds; nothing is emitted."""
        self._repeat.show_pause(seconds)

    def show_learning_note(self, text: str) -> None:
        """Say under the rule what the learning came to, or nothing."""
        self._rule.show_result(text)

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme: the style sheet does all but the signs."""
        self._trouble.show_theme(theme)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(24)
        for section in self._sections():
            column.addWidget(section)
        column.addWidget(self._repeat)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)

    def _connect(self) -> None:
        self._rule.chosen.connect(self._choose_rule)
        self._rule.unlearnt_forgotten.connect(self.unlearnt_forgotten)
        self._energy.chosen.connect(self._choose_energy)
        self._updates.chosen.connect(self._choose_dynamics)
        self._conventions.chosen.connect(self._choose_conventions)
        self._trouble.chosen.connect(self._choose_trouble)
        self._repeat.chosen.connect(self.repeat_pause_changed)

    def _sections(
        self,
    ) -> tuple[RuleControls, EnergyControls, UpdateControls, ConventionControls, TroubleControls]:
        return self._rule, self._energy, self._updates, self._conventions, self._trouble

    def _show(self) -> None:
        for section in self._sections():
            section.show_values(self._values)

    def _choose_rule(self, rule: Rule) -> None:
        self._choose(rule=rule)
        self.rule_changed.emit(rule)

    def _choose_energy(self, energy: Energy) -> None:
        self._choose(energy=energy)
        self.energy_changed.emit(energy)

    def _choose_dynamics(self, dynamics: Dynamics) -> None:
        self._choose(dynamics=dynamics)
        self.dynamics_changed.emit(dynamics)

    def _choose_conventions(self, conventions: Conventions) -> None:
        self._choose(conventions=conventions)
        self.conventions_changed.emit(conventions)

    def _choose_trouble(self, trouble: Trouble) -> None:
        self._choose(trouble=trouble)
        self.trouble_changed.emit(trouble)

    def _choose(self, **choice: Any) -> None:
        self._values = replace(self._values, **choice)
        self._show()
