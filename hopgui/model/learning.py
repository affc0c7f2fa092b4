"""Learning: memories become couplings by the chosen rule, and couplings become a network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Machine
from hopgui.model.boltzmann.network import RbmNetwork
from hopgui.model.boltzmann.visible import VisibleMachine
from hopgui.model.boltzmann.visible_network import VisibleNetwork
from hopgui.model.choices import Energy, EnergyKind, Rule, RuleKind, Trouble
from hopgui.model.conventions import Conventions
from hopgui.model.couplings import Couplings, hebbian
from hopgui.model.dense import DenseNetwork
from hopgui.model.matrices import one_way
from hopgui.model.network import Network
from hopgui.model.progress import SILENT, Cancelled, Progress, Report
from hopgui.model.rules.perceptron import perceptron
from hopgui.model.rules.projection import projection
from hopgui.model.rules.storkey import storkey
from hopgui.model.rules.unlearning import as_matrix, unlearning
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

__all__ = ["Cancelled", "Learnt", "Plan", "Report", "effort", "learn"]

# What a multiplication of the BLAS costs, where one of a plain loop is the measure of effort.
BLAS = 1 / 15
# Sweeps that a perceptron and a dream take, where no one can know them before; and what finding a
# unit's couplings costs before any is multiplied.
SWEEPS, FALLS, FINDING = 60, 10, 40


@dataclass(frozen=True, eq=False)
class Plan:
    """All that decides which network the memories become.

    Attributes
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    weights
        How often each is stored, 0 … 9, int64 array of shape (memories,); Hebb's rule only.
    rule, energy, conventions, trouble
        As chosen. Rule and trouble are for the quadratic energy alone.
    seed
        Seed of what learning draws: dreams, cut couplings.
    unlearnt
        States unlearnt by hand, int8 array of shape (states, units), for the unlearning rule; none
        if None.
    machine
        The trained machine whose energy is asked for; None if there is none.
    """

    patterns: NDArray[np.int8]
    weights: NDArray[np.int64]
    rule: Rule
    energy: Energy
    conventions: Conventions
    trouble: Trouble
    seed: int
    unlearnt: NDArray[np.int8] | None = None
    machine: Machine | VisibleMachine | None = None


@dataclass(frozen=True, eq=False)
class Learnt:
    """A network, and whether the rule reached what it aims at.

    Attributes
    ----------
    network
        The network.
    reached
        False where the perceptron rule had to give up before every margin was κ.
    margin
        The least margin ξ_i h_i/|w_i| over all memories and units, where the rule measures it.
    """

    network: Network
    reached: bool = True
    margin: float | None = None


def learn(plan: Plan, report: Report | None = None) -> Learnt:
    """Make the network that a plan asks for.

    Parameters
    ----------
    plan
        All that decides it: the same plan is the same network, number for number.
    report
        Told the fraction done some ten times a second or more; learning stops if it answers
        False.

    Raises
    ------
    Cancelled
        If the report's answer was False.
    Refusal
        If what the plan asks for would not fit into memory or its numbers' range, before any
        memory is taken; or if it asks for a machine that is not there, or of another size.
    """
    if plan.energy.kind is EnergyKind.BOLTZMANN:
        return Learnt(_trained(plan))
    if plan.energy.kind is not EnergyKind.QUADRATIC:
        return Learnt(DenseNetwork(plan.patterns, plan.conventions, energy_kind=plan.energy))
    progress = Progress(report) if report else SILENT
    cut = plan.trouble.one_way
    if plan.rule.kind is RuleKind.HEBB and not cut and bool(np.all(plan.weights == 1)):
        # The plain Hebbian network is known as such: it is surveyed at once.
        return Learnt(Network(plan.patterns, plan.conventions, trouble=plan.trouble))
    couplings, reached, margin = _couplings(plan, progress.part(0, 0.5 if cut else 1))
    if cut:
        # Another stream than the dreams', so that the one says nothing of the other.
        rng = np.random.default_rng([plan.seed, 1])
        couplings = one_way(couplings, rng, progress.part(0.5, 1))
    network = Network(plan.patterns, plan.conventions, couplings, plan.trouble)
    return Learnt(network, reached, margin)


def _trained(plan: Plan) -> Network:
    if plan.machine is None:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "There is no machine yet: train one in Explore ▸ Boltzmann machine."
            )
        )
    units = plan.patterns.shape[1]
    if plan.machine.visible != units:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "The machine was trained on {visible} units, and this pad has {units}."
            ),
            visible=plan.machine.visible,
            units=units,
        )
    if isinstance(plan.machine, VisibleMachine):
        return VisibleNetwork(plan.patterns, plan.conventions, machine=plan.machine)
    return RbmNetwork(plan.patterns, plan.conventions, machine=plan.machine)


def effort(plan: Plan) -> float:
    """Estimate what learning a plan costs.

    Returns
    -------
    float
        Multiplications of a plain loop: some 2·10⁷ take a twentieth of a second.
    """
    memories, units = map(float, plan.patterns.shape)
    copied = memories * units
    if isinstance(plan.machine, VisibleMachine) and plan.energy.kind is EnergyKind.BOLTZMANN:
        return copied + 2.0 * units**2
    if plan.energy.kind is not EnergyKind.QUADRATIC:
        return copied
    product = copied * memories * BLAS  # Σ_j ξ_j^μ ξ_j^ν
    matrix = 2.0 * units**2 * (memories * BLAS + 2)
    match plan.rule.kind:
        case RuleKind.HEBB:
            cost = copied
        case RuleKind.PROJECTION:
            cost = 4 * product + memories**3 * BLAS
        case RuleKind.STORKEY:
            cost = copied * memories + matrix
        case RuleKind.PERCEPTRON:
            cost = SWEEPS * (4 * product + 4 * copied) + matrix
        case RuleKind.UNLEARNING:
            cost = _dreaming(plan)
    return cost + (matrix if plan.trouble.one_way else 0.0)


def _dreaming(plan: Plan) -> float:
    memories, units = plan.patterns.shape
    dreams = max(plan.rule.dreams, 0)
    if as_matrix(memories, units, dreams):
        return float(units**2 * (memories * BLAS + 1.0 * dreams))
    return float(dreams * FALLS * units * (memories + dreams / 2 + FINDING))


def _couplings(plan: Plan, progress: Progress) -> tuple[Couplings, bool, float | None]:
    match plan.rule.kind:
        case RuleKind.HEBB:
            return hebbian(plan.patterns, plan.weights, progress), True, None
        case RuleKind.PROJECTION:
            return projection(plan.patterns, progress), True, None
        case RuleKind.STORKEY:
            return storkey(plan.patterns, progress), True, None
        case RuleKind.PERCEPTRON:
            trained = perceptron(plan.patterns, plan.rule, progress)
            return trained.couplings, trained.reached, trained.margin
        case RuleKind.UNLEARNING:
            couplings = unlearning(plan.patterns, plan.rule, plan.seed, progress, plan.unlearnt)
            return couplings, True, None
