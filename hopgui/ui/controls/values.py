"""What the controls show, as one value: every section sees all of it and changes its own part."""

from dataclasses import dataclass, field

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble
from hopgui.model.conventions import ARTICLE, Conventions, Scale
from hopgui.session.session import Session
from hopgui.session.visible_training import VisibleTraining

_SCALED_BY_CONVENTION = (RuleKind.HEBB, RuleKind.UNLEARNING)
_WITH_OWN = (RuleKind.HEBB, RuleKind.PROJECTION, RuleKind.STORKEY)


@dataclass(frozen=True)
class ControlValues:
    """The choices of a document that the controls show, and how large it is.

    Attributes
    ----------
    conventions, rule, energy, dynamics, trouble
        As in `Session`.
    units, stored
        N, and how many memories are stored, each as often as its weight says.
    unlearnt
        How many states are unlearnt by hand.
    hidden_units
        Whether the document's machine, if it has one, is a restricted one.
    """

    conventions: Conventions = ARTICLE
    rule: Rule = field(default_factory=Rule)
    energy: Energy = field(default_factory=Energy)
    dynamics: Dynamics = field(default_factory=Dynamics)
    trouble: Trouble = field(default_factory=Trouble)
    units: int = 100
    stored: int = 1
    unlearnt: int = 0
    hidden_units: bool = True

    @property
    def pairwise(self) -> bool:
        """Whether there are couplings at all."""
        return self.energy.kind is EnergyKind.QUADRATIC

    @property
    def scale_applies(self) -> bool:
        """Whether dividing by P or by N makes a difference."""
        if self.pairwise:
            return self.rule.kind in _SCALED_BY_CONVENTION
        return self.energy.kind is EnergyKind.POLYNOMIAL

    @property
    def rule_has_own(self) -> bool:
        """Whether the learning rule leaves self-connections to keep or to remove."""
        return self.rule.kind in _WITH_OWN

    @property
    def span(self) -> float:
        """A temperature of the energy's own size: there, one memory alone just melts.

        Half of what flipping one unit of a lone memory costs: 1 in the textbook's units, 2N/P in
        the article's. A machine's own temperature is 1.
        """
        half = 0.5 if self.conventions.half else 1.0
        if self.energy.kind is EnergyKind.EXPONENTIAL:
            return half
        if self.energy.kind is EnergyKind.BOLTZMANN:
            return 1.0  # the temperature at which it was trained
        order = 2 if self.pairwise else self.energy.order
        by_memories = self.scale_applies and self.conventions.scale is Scale.MEMORIES
        if not by_memories:
            return half * order
        return half * order * float(self.units) ** (order - 1) / max(self.stored, 1)


def values_of(session: Session) -> ControlValues:
    """Return what the controls show of a document."""
    return ControlValues(
        session.conventions,
        session.rule,
        session.energy,
        session.dynamics,
        session.trouble,
        session.grid.units,
        sum(memory.weight for memory in session.memories),
        len(session.unlearnt),
        not isinstance(session.training, VisibleTraining),
    )
