"""What can be chosen beside the conventions: learning rule, energy, updates."""

from dataclasses import dataclass
from enum import StrEnum


class RuleKind(StrEnum):
    """How memories become couplings."""

    HEBB = "hebb"
    PROJECTION = "projection"
    STORKEY = "storkey"
    PERCEPTRON = "perceptron"
    UNLEARNING = "unlearning"


class EnergyKind(StrEnum):
    """What the overlaps count for."""

    QUADRATIC = "quadratic"
    POLYNOMIAL = "polynomial"
    EXPONENTIAL = "exponential"
    BOLTZMANN = "boltzmann"  # the free energy of a machine that was trained


class Update(StrEnum):
    """Which unit is asked next."""

    ASYNC = "async"  # every unit once a sweep, in a fresh random order
    RASTER = "raster"  # every unit once a sweep, row by row
    REPLACEMENT = "replacement"  # any unit, drawn anew each time
    STEEPEST = "steepest"  # the unit whose flip lowers the energy most
    SYNC = "sync"  # all units at once


@dataclass(frozen=True)
class Rule:
    """A learning rule and its parameters.

    Attributes
    ----------
    kind
        Which rule.
    margin
        κ of the perceptron rule: every unit's field beats its row's length κ times.
    one_way
        Perceptron rule: each row learns by itself, so that couplings need not be symmetric.
    dreams
        Unlearning: how many spurious states are settled into and weakened.
    strength
        Unlearning: ε, how much each dream takes away, in units of a memory.
    """

    kind: RuleKind = RuleKind.HEBB
    margin: float = 0.0
    one_way: bool = False
    dreams: int = 100
    strength: float = 0.01


@dataclass(frozen=True)
class Energy:
    """What every state's energy is made of.

    Attributes
    ----------
    kind
        Quadratic (pairwise couplings), a dense energy −Σ_μ F(M_μ), or a machine's free energy.
    order
        n of the polynomial F(x) = xⁿ.
    """

    kind: EnergyKind = EnergyKind.QUADRATIC
    order: int = 3


@dataclass(frozen=True)
class Dynamics:
    """How a state moves.

    Attributes
    ----------
    update
        Which unit is asked next.
    temperature
        T of Glauber's rule, in units of the energy; 0 is the deterministic fall.
    cooling
        What the temperature is multiplied by after each sweep; 1 keeps it.
    """

    update: Update = Update.ASYNC
    temperature: float = 0.0
    cooling: float = 1.0


@dataclass(frozen=True)
class Trouble:
    """Switches that break the theorem on purpose, so that one can see what it needs.

    Attributes
    ----------
    negative_own
        Self-connections of the opposite sign: a unit argues against itself.
    one_way
        Every pair of couplings loses one of its two directions, at random.
    """

    negative_own: bool = False
    one_way: bool = False
