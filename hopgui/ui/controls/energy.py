"""The energy: pairwise, or of higher order."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hopgui.model.choices import Energy, EnergyKind
from hopgui.model.dense import LARGEST_ORDER
from hopgui.ui.controls import formulas
from hopgui.ui.controls.parts import Section, number_box, show_number
from hopgui.ui.controls.values import ControlValues
from hopgui.ui.parts.choice_box import ChoiceBox, SettingSlider

HANDY_ORDER = 6


class EnergyControls(Section):
    """What every state's energy is made of.

    Signals
    -------
    chosen(object)
        A person chose this `Energy`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Energy"))
        self._energy = Energy()
        self._kinds = ChoiceBox(
            (
                (EnergyKind.QUADRATIC, self.tr("Quadratic")),
                (EnergyKind.POLYNOMIAL, self.tr("Polynomial, of order n")),
                (EnergyKind.EXPONENTIAL, self.tr("Exponential")),
                (EnergyKind.BOLTZMANN, self.tr("Boltzmann machine")),
            )
        )
        self._kinds.setAccessibleName(self.tr("Energy"))
        self._kinds.chosen.connect(self._choose_kind)
        self.add(self._kinds)
        self._meaning = self.note()
        self._formula = self.formula()
        self._symbols = self.note()
        self._capacity = self.note()
        self._make_order()

    def show_values(self, values: ControlValues) -> None:
        """Show the energy of the document; nothing is emitted."""
        self._energy = energy = values.energy
        self._kinds.show_choice(energy.kind)
        meaning, capacity = self._texts(values)
        self._meaning.show_text(meaning)
        formula = formulas.energy(energy, values.conventions)
        coupled = energy.kind is EnergyKind.BOLTZMANN and not values.hidden_units
        self._formula.show_text(formulas.VISIBLE if coupled else formula)
        overlap = self.tr("{overlap}: overlap with memory μ.").format(overlap=formulas.OVERLAP)
        machine = energy.kind is EnergyKind.BOLTZMANN
        self._symbols.show_text("" if values.pairwise or machine else overlap)
        self._capacity.show_text(capacity)
        self._powers.setVisible(energy.kind is EnergyKind.POLYNOMIAL)
        show_number(self._order, energy.order)
        self._slider.show_value(min(energy.order, HANDY_ORDER))
        self._order_note.show_text(self._order_meaning(energy.order))

    def _make_order(self) -> None:
        with self.group() as self._powers:
            self._order = number_box(2, LARGEST_ORDER)
            self._order.valueChanged.connect(self._choose_order)
            self.row(self.tr("Order n"), self._order)
            self._slider = SettingSlider()
            self._slider.setRange(2, HANDY_ORDER)
            self._slider.setPageStep(1)
            self._slider.setAccessibleName(self.tr("Order n, 2 to 6"))
            self._slider.valueChanged.connect(self._choose_order)
            self.add(self._slider)
            self._order_note = self.note()

    def _texts(self, values: ControlValues) -> tuple[str, str]:
        """Say what an energy does, and how much it holds."""
        match values.energy.kind:
            case EnergyKind.QUADRATIC:
                return (
                    self.tr("Units pull each other in pairs: the Hopfield network."),
                    self.tr("Holds what its learning rule can."),
                )
            case EnergyKind.POLYNOMIAL:
                return (
                    self.tr("Large overlaps count for more, so memories disturb each other less."),
                    self.tr("Holds about N<sup>n−1</sup> / (2 (2n−3)!! ln N) random memories."),
                )
            case EnergyKind.EXPONENTIAL:
                return (
                    self.tr("Almost only the nearest memory counts."),
                    self.tr("Holds up to about 2<sup>N/2</sup> random memories."),
                )
            case EnergyKind.BOLTZMANN:
                return (
                    self.tr("The free energy of a machine that has learnt a distribution.")
                    if values.hidden_units
                    else self.tr("The energy of a machine whose couplings were learnt."),
                    self.tr("Trained in Explore ▸ Boltzmann machine."),
                )

    def _order_meaning(self, order: int) -> str:
        if order == 2:
            return self.tr(
                "n = 2 is the Hopfield network without self-connections. Rub out the hat of the"
                " pattern set The ghost, go to n = 3, recall, and watch the ghost of three memories"
                " disappear."
            )
        if order == 3:
            return self.tr(
                "One memory that overlaps more can now outvote two others: go back to n = 2, the"
                " Hopfield network without self-connections, and their ghost is there again."
            )
        if order % 2:
            return self.tr("Odd orders tell a memory from its inverse.")
        return self.tr("Even orders hold every memory and its inverse alike.")

    def _choose_kind(self, kind: EnergyKind) -> None:
        self._choose(replace(self._energy, kind=kind))

    def _choose_order(self, order: int) -> None:
        self._choose(replace(self._energy, order=order))

    def _choose(self, energy: Energy) -> None:
        if energy != self._energy:
            self._energy = energy
            self.chosen.emit(energy)
