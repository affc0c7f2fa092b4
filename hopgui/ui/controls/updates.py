"""The updates: which unit is asked next, and how warm it is."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from hopgui.model.choices import Dynamics, Update
from hopgui.ui.controls import formulas, temperature
from hopgui.ui.controls.parts import Section, decimal_box, show_number
from hopgui.ui.controls.values import ControlValues
from hopgui.ui.look import numbers
from hopgui.ui.parts.choice_box import ChoiceBox, SettingSlider

LEAST_COOLING = 0.5


class UpdateControls(Section):
    """How a state moves.

    Signals
    -------
    chosen(object)
        A person chose these `Dynamics`; while the slider is dragged, at each of its steps.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Updates"))
        self._dynamics = Dynamics()
        self._highest = temperature.top(ControlValues().span)
        self._orders = ChoiceBox(
            (
                (Update.ASYNC, self.tr("One by one, in random order")),
                (Update.REPLACEMENT, self.tr("One by one, drawn anew each time")),
                (Update.RASTER, self.tr("One by one, row by row")),
                (Update.STEEPEST, self.tr("One by one, steepest first")),
                (Update.SYNC, self.tr("All at once (synchronous)")),
            )
        )
        self._orders.setAccessibleName(self.tr("Order of the updates"))
        self._orders.chosen.connect(self._choose_update)
        self.add(self._orders)
        self._order_note = self.note()
        self._make_temperature()
        self._make_cooling()

    def show_values(self, values: ControlValues) -> None:
        """Show the dynamics of the document; nothing is emitted."""
        self._dynamics = dynamics = values.dynamics
        self._highest = temperature.top(values.span)
        self._orders.show_choice(dynamics.update)
        self._order_note.show_text(self._order_meaning(dynamics.update))
        chance = dynamics.update is not Update.STEEPEST
        for control in (self._temperature, self._slider, self._temperature_label, self._ends):
            control.setEnabled(chance)
        show_number(self._temperature, dynamics.temperature)
        self._slider.show_value(temperature.position(dynamics.temperature, self._highest))
        self._hottest.setText(numbers.energy(self._highest))
        self._show_meaning(dynamics, chance=chance)
        warm = chance and dynamics.temperature > 0
        self._cooling.setEnabled(warm)
        self._cooling_label.setEnabled(warm)
        show_number(self._cooling, dynamics.cooling)
        self._cooling_note.show_text(self._cooling_meaning(dynamics, warm=warm))

    def _make_temperature(self) -> None:
        self._temperature = temperature.TemperatureBox()
        self._temperature.setFixedWidth(112)
        self._temperature.valueChanged.connect(self._choose_temperature)
        self._temperature_label = self.row(self.tr("Temperature T"), self._temperature)
        self._temperature.setToolTip(self.tr("In units of the energy shown"))
        self._slider = SettingSlider()
        self._slider.setRange(0, temperature.LAST)
        self._slider.setPageStep(10)
        self._slider.setAccessibleName(self.tr("Temperature T"))
        self._slider.valueChanged.connect(self._choose_position)
        self.add(self._slider)
        self._ends = QWidget()
        ends = QHBoxLayout(self._ends)
        ends.setContentsMargins(0, 0, 0, 0)
        coldest, self._hottest = QLabel(self.tr("0, falls")), QLabel()
        for label in (coldest, self._hottest):
            label.setObjectName("note")
        ends.addWidget(coldest, 1)
        ends.addWidget(self._hottest)
        self.add(self._ends)
        self._formula = self.formula()
        self._meaning = self.note()

    def _make_cooling(self) -> None:
        self._cooling = decimal_box(LEAST_COOLING, 1.0, 0.01, 3)
        self._cooling.valueChanged.connect(self._choose_cooling)
        self._cooling_label = self.row(self.tr("Cooling per sweep"), self._cooling)
        self._cooling_note = self.note()

    def _show_meaning(self, dynamics: Dynamics, *, chance: bool) -> None:
        if not chance:
            self._formula.show_text(formulas.ASKED)
            self._meaning.show_text(
                self.tr("Steepest leaves nothing to chance: it has no temperature.")
            )
        elif dynamics.temperature > 0:
            self._formula.show_text(formulas.GLAUBER)
            meaning = self.tr(
                "{step}: energy with the unit at −1, less that with it at +1. T is in the same"
                " units. While T > 0 nothing is ever settled."
            )
            self._meaning.show_text(meaning.format(step=formulas.STEP))
        else:
            self._formula.show_text(formulas.ASKED)
            self._meaning.show_text(self.tr("At T = 0 a unit always follows its field."))

    def _order_meaning(self, update: Update) -> str:
        return {
            Update.ASYNC: self.tr("Every unit once a sweep, in a fresh order each time."),
            Update.REPLACEMENT: self.tr("Any unit, so that some wait long and some come twice."),
            Update.RASTER: self.tr("Every unit once a sweep, always in the same order."),
            Update.STEEPEST: self.tr("Always the unit whose flip lowers the energy most."),
            Update.SYNC: self.tr("All units answer the same state; two states may alternate."),
        }[update]

    def _cooling_meaning(self, dynamics: Dynamics, *, warm: bool) -> str:
        if not warm:
            return self.tr("There is nothing to cool at T = 0.")
        if dynamics.cooling >= 1:
            return self.tr("1 keeps the temperature as it is.")
        factor = numbers.number(dynamics.cooling, 3).rstrip("0")
        return self.tr("After each sweep: {rule}").format(
            rule=formulas.COOLING.format(factor=factor)
        )

    def _choose_update(self, update: Update) -> None:
        cold = update is Update.STEEPEST
        warmth = 0.0 if cold else self._dynamics.temperature
        self._choose(replace(self._dynamics, update=update, temperature=warmth))

    def _choose_temperature(self, value: float) -> None:
        self._choose(replace(self._dynamics, temperature=value))

    def _choose_position(self, position: int) -> None:
        value = temperature.temperature(position, self._highest)
        self._choose(replace(self._dynamics, temperature=value))

    def _choose_cooling(self, cooling: float) -> None:
        self._choose(replace(self._dynamics, cooling=round(cooling, 3)))

    def _choose(self, dynamics: Dynamics) -> None:
        if dynamics != self._dynamics:
            self._dynamics = dynamics
            self.chosen.emit(dynamics)
