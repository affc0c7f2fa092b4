"""The choices that textbooks make differently, each on its own switch, and their presets."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hopgui.model.choices import EnergyKind, RuleKind
from hopgui.model.conventions import ARTICLE, PRESETS, Conventions, Scale, Ties, preset_name
from hopgui.ui.controls import formulas
from hopgui.ui.controls.parts import Section
from hopgui.ui.controls.values import ControlValues
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.segmented import Segmented


class ConventionControls(Section):
    """How couplings are scaled, how energy is counted, how ties are broken.

    Signals
    -------
    chosen(object)
        A person chose these `Conventions`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Conventions"))
        self._conventions = ARTICLE
        self._make_preset()
        self._make_scale()
        self._make_switches()
        self._make_ties()

    def show_values(self, values: ControlValues) -> None:
        """Show the conventions of the document; nothing is emitted."""
        self._conventions = conventions = values.conventions
        self._show_preset(preset_name(conventions))
        self._scale.show_choice(conventions.scale)
        self._self.setChecked(conventions.self_connections)
        self._half.setChecked(conventions.half)
        self._ties.show_choice(conventions.ties)
        self._show_scale(values)
        self._show_self(values)
        self._half_note.show_text(self._half_meaning())
        self._half_formula.show_text(formulas.half(conventions))
        self._ties_note.show_text(self._ties_meaning())
        self._ties_formula.show_text(formulas.TIES[conventions.ties])

    def _make_preset(self) -> None:
        self._preset = ChoiceBox(
            (("article", self.tr("Article")), ("textbook", self.tr("Textbook")))
        )
        self._preset.setAccessibleName(self.tr("Preset of conventions"))
        self._preset.chosen.connect(self._choose_preset)
        self.add(self._preset)
        self.note(self.tr("All of the choices below at once."))

    def _make_scale(self) -> None:
        self._scale = Segmented(
            ((Scale.MEMORIES, self.tr("1 / P")), (Scale.UNITS, self.tr("1 / N")))
        )
        self._scale.chosen.connect(self._choose_scale)
        self._scale_label = self.row(self.tr("Scale of the couplings"), self._scale)
        self._scale_note = self.note()
        self._scale_formula = self.formula()

    def _make_switches(self) -> None:
        self._self = self.switch(self.tr("Self-connections"))
        self._self.clicked.connect(self._choose_self)
        self._self_note = self.note()
        self._self_formula = self.formula()
        self._half = self.switch(self.tr("Factor ½ in the energy"))
        self._half.clicked.connect(self._choose_half)
        self._half_note = self.note()
        self._half_formula = self.formula()

    def _make_ties(self) -> None:
        self._ties = Segmented(
            (
                (Ties.MINUS, self.tr("−1")),
                (Ties.KEEP, self.tr("keep")),
                (Ties.RANDOM, self.tr("random")),
            )
        )
        self._ties.chosen.connect(self._choose_ties)
        self.row(self.tr("Ties"), self._ties)
        self._ties_note = self.note()
        self._ties_formula = self.formula()

    def _show_preset(self, name: str | None) -> None:
        if name is None and not self._preset.has(None):
            self._preset.add(None, self.tr("Own"))
        elif name is not None and self._preset.has(None):
            self._preset.remove(None)
        self._preset.show_choice(name)

    def _show_scale(self, values: ControlValues) -> None:
        applies = values.scale_applies
        self._scale.setEnabled(applies)
        self._scale_label.setEnabled(applies)
        self._scale_label.setText(
            self.tr("Scale of the couplings") if values.pairwise else self.tr("Scale of the energy")
        )
        if applies:
            meaning = self.tr("Divide by the number of memories P, or of units N.")
        elif values.energy.kind is EnergyKind.EXPONENTIAL:
            meaning = self.tr("The exponential energy has a scale of its own.")
        elif values.energy.kind is EnergyKind.BOLTZMANN:
            meaning = self.tr("A machine's energy has a scale of its own.")
        else:
            meaning = self.tr("This learning rule has a scale of its own.")
        self._scale_note.show_text(meaning)
        formula = formulas.scale(values.energy, values.conventions)
        self._scale_formula.show_text(formula if applies else "")

    def _show_self(self, values: ControlValues) -> None:
        obstacle = self._self_obstacle(values)
        self._self.setEnabled(not obstacle)
        self._self_note.show_text(obstacle or self._self_meaning())
        self._self_formula.show_text("" if obstacle else self._own_coupling(values.rule.kind))

    def _own_coupling(self, rule: RuleKind) -> str:
        if not self._conventions.self_connections:
            return f"{formulas.W_II} = 0"
        if rule is not RuleKind.HEBB:
            return self.tr("{coupling} as learnt").format(coupling=formulas.W_II)
        return f"{formulas.W_II} = {'1' if self._conventions.scale is Scale.MEMORIES else 'P/N'}"

    def _self_obstacle(self, values: ControlValues) -> str:
        if values.energy.kind is EnergyKind.BOLTZMANN:
            return self.tr("A machine's energy has none.")
        if not values.pairwise:
            return self.tr("A dense energy never asks the unit itself.")
        if not values.rule_has_own:
            return self.tr("This learning rule leaves none.")
        if values.trouble.negative_own:
            return self.tr("They are turned round under “Break the theorem”.")
        return ""

    def _self_meaning(self) -> str:
        if self._conventions.self_connections:
            return self.tr("A unit also asks itself, which makes more states stable.")
        return self.tr("A unit asks only the others.")

    def _half_meaning(self) -> str:
        if self._conventions.half:
            return self.tr("Each pair of units counts once.")
        return self.tr("Each pair of units counts twice.")

    def _ties_meaning(self) -> str:
        return {
            Ties.MINUS: self.tr("A unit whose field is exactly zero becomes −1."),
            Ties.KEEP: self.tr("A unit whose field is exactly zero stays as it is."),
            Ties.RANDOM: self.tr("A unit whose field is exactly zero is drawn: may never settle."),
        }[self._conventions.ties]

    def _choose_preset(self, name: str | None) -> None:
        if name is not None:
            self._choose(PRESETS[name])

    def _choose_scale(self, scale: Scale) -> None:
        self._choose(replace(self._conventions, scale=scale))

    def _choose_self(self, kept: bool) -> None:
        self._choose(replace(self._conventions, self_connections=kept))

    def _choose_half(self, half: bool) -> None:
        self._choose(replace(self._conventions, half=half))

    def _choose_ties(self, ties: Ties) -> None:
        self._choose(replace(self._conventions, ties=ties))

    def _choose(self, conventions: Conventions) -> None:
        if conventions != self._conventions:
            self._conventions = conventions
            self.chosen.emit(conventions)
