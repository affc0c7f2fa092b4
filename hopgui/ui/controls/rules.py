"""The learning rule: which, with what parameters, and what each of them means."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from hopgui.model.choices import EnergyKind, Rule, RuleKind
from hopgui.ui.controls import formulas
from hopgui.ui.controls.parts import Note, Section, decimal_box, number_box, show_number
from hopgui.ui.controls.values import ControlValues
from hopgui.ui.look.numbers import number
from hopgui.ui.parts.choice_box import ChoiceBox

LARGEST_MARGIN = 3.0
MOST_DREAMS = 10_000
STRENGTHS = (0.0001, 0.2)


class RuleControls(Section):
    """How memories become couplings.

    Signals
    -------
    chosen(object)
        A person chose this `Rule`.
    unlearnt_forgotten()
        What was unlearnt by hand is to be taken back.
    """

    chosen = Signal(object)
    unlearnt_forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Learning rule"))
        self._rule = Rule()
        self._kinds = ChoiceBox(
            (
                (RuleKind.HEBB, self.tr("Hebb")),
                (RuleKind.PROJECTION, self.tr("Projection (pseudo-inverse)")),
                (RuleKind.STORKEY, self.tr("Storkey")),
                (RuleKind.PERCEPTRON, self.tr("Perceptron")),
                (RuleKind.UNLEARNING, self.tr("Unlearning")),
            )
        )
        self._kinds.setAccessibleName(self.tr("Learning rule"))
        self._kinds.chosen.connect(self._choose_kind)
        self.add(self._kinds)
        with self.group() as self._details:
            self._meaning = self.note()
            self._formula = self.formula()
            self._symbols = self.note()
            self._capacity = self.note()
            self._make_perceptron()
            self._make_unlearning()
            self._result = Note(kind="result")
            self.add(self._result)

    def show_values(self, values: ControlValues) -> None:
        """Show the rule of the document; nothing is emitted."""
        self._rule = rule = values.rule
        self._kinds.show_choice(rule.kind)
        self._details.setVisible(values.pairwise)
        meaning, symbols, capacity = self._texts(rule.kind)
        self._meaning.show_text(meaning)
        self._formula.show_text(formulas.rule(rule.kind, values.conventions))
        self._symbols.show_text(symbols)
        self._capacity.show_text(capacity)
        self._perceptron.setVisible(rule.kind is RuleKind.PERCEPTRON)
        self._unlearning.setVisible(rule.kind is RuleKind.UNLEARNING)
        show_number(self._margin, rule.margin)
        self._one_way.setChecked(rule.one_way)
        self._one_way_note.show_text(self._one_way_meaning())
        show_number(self._dreams, rule.dreams)
        show_number(self._strength, rule.strength)
        self._by_hand.show_text(self._unlearnt(values.unlearnt))
        self._forget.setVisible(values.unlearnt > 0)
        self.show_reason(self._why_none(values))

    def _why_none(self, values: ControlValues) -> str:
        """Say why no rule can be chosen; empty where one can."""
        if values.pairwise:
            return ""
        if values.energy.kind is EnergyKind.BOLTZMANN:
            return self.tr("A Boltzmann machine learns by training, not by a rule.")
        return self.tr("A dense energy asks the memories themselves: there is nothing to learn.")

    def show_result(self, text: str) -> None:
        """Say what the learning came to, or nothing."""
        self._result.show_text(text)

    def _make_perceptron(self) -> None:
        with self.group() as self._perceptron:
            self._margin = decimal_box(0.0, LARGEST_MARGIN, 0.1, 2)
            self._margin.valueChanged.connect(self._choose_margin)
            self.row(self.tr("Margin κ"), self._margin)
            self.note(self.tr("How firmly every unit of every memory must stand."))
            self._one_way = self.switch(self.tr("Rows learn by themselves"))
            self._one_way.clicked.connect(self._choose_one_way)
            self._one_way_note = self.note()

    def _make_unlearning(self) -> None:
        with self.group() as self._unlearning:
            self._dreams = number_box(0, MOST_DREAMS, 10)
            self._dreams.valueChanged.connect(self._choose_dreams)
            self.row(self.tr("Dreams"), self._dreams)
            self.note(self.tr("Too many dreams destroy the memories."))
            self._strength = decimal_box(*STRENGTHS, 0.005, 4)
            self._strength.valueChanged.connect(self._choose_strength)
            self.row(self.tr("Strength ε"), self._strength)
            self.note(self.tr("How much each dream takes away, in units of a memory."))
            self._by_hand = self.note()
            self._forget = QPushButton(self.tr("Take back what was unlearnt by hand"))
            self._forget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._forget.clicked.connect(self.unlearnt_forgotten)
            self.add(self._forget)

    def _unlearnt(self, states: int) -> str:
        """Say how many states are unlearnt by hand."""
        if not states:
            return self.tr("Memories ▸ Unlearn weakens the state on the pad, by ε each time.")
        if states == 1:
            return self.tr("1 state is unlearnt by hand, before the dreams.")
        return self.tr("{n} states are unlearnt by hand, before the dreams.").format(
            n=number(states)
        )

    def _texts(self, kind: RuleKind) -> tuple[str, str, str]:
        """Say what a rule does, what its symbols are, how much it holds."""
        xi, weight = formulas.XI, formulas.WEIGHT
        match kind:
            case RuleKind.HEBB:
                return (
                    self.tr("Units that agree in a memory pull each other to agree."),
                    self.tr(
                        "{xi}: memory μ; {a}: how often it is stored; P: sum of all {a}."
                    ).format(xi=xi, a=weight),
                    self.tr("Holds about 0.138 N random memories; fewer if they are alike."),
                )
            case RuleKind.PROJECTION:
                return (
                    self.tr("Makes every memory exactly stable, however alike they are."),
                    self.tr("{q}: how memories overlap; Q<sup>+</sup>: its pseudo-inverse.").format(
                        q=formulas.Q
                    ),
                    self.tr("Holds up to N independent memories, with ever smaller basins."),
                )
            case RuleKind.STORKEY:
                return (
                    self.tr("Adds of each memory what the earlier ones do not say already."),
                    self.tr("{h}: what the others say.").format(h=formulas.OTHERS),
                    self.tr("Holds about N / √(2 ln N) random memories, every unit of them right."),
                )
            case RuleKind.PERCEPTRON:
                return (
                    self.tr("Repeats each memory wherever a unit does not yet stand firm."),
                    self.tr(
                        "{h}: local field at memory μ; {length}: length of the unit's row."
                    ).format(h=formulas.FIELD, length=formulas.LENGTH),
                    self.tr(
                        "Holds up to 2 N random memories at κ = 0, 0.96 N at κ = ½, 0.52 N at"
                        " κ = 1; symmetric couplings hold fewer."
                    ),
                )
            case RuleKind.UNLEARNING:
                return (
                    self.tr("After Hebb's rule, dreams: forgets a little of wherever it falls."),
                    self.tr("{s}: what a random state settles in; ε: strength of a dream.").format(
                        s=formulas.DREAM
                    ),
                    self.tr("Holds up to about 0.6 N random memories, with the right dreams."),
                )

    def _one_way_meaning(self) -> str:
        if self._rule.one_way:
            return self.tr("Couplings are asymmetric: the energy may rise.")
        return self.tr("Off: couplings stay symmetric, so that the energy falls.")

    def _choose_kind(self, kind: RuleKind) -> None:
        self._choose(replace(self._rule, kind=kind))

    def _choose_margin(self, margin: float) -> None:
        self._choose(replace(self._rule, margin=round(margin, 2)))

    def _choose_one_way(self, one_way: bool) -> None:
        self._choose(replace(self._rule, one_way=one_way))

    def _choose_dreams(self, dreams: int) -> None:
        self._choose(replace(self._rule, dreams=dreams))

    def _choose_strength(self, strength: float) -> None:
        self._choose(replace(self._rule, strength=round(strength, 4)))

    def _choose(self, rule: Rule) -> None:
        if rule != self._rule:
            self._rule = rule
            self.chosen.emit(rule)
