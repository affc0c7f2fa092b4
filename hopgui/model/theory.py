"""What theory says of each rule and energy: how many memories it holds, and how often it errs.

All of it is for random memories, every unit ±1 with equal chance, and many units. Pictures resemble
each other, so that they crowd Hebb's rule sooner, and projection and the perceptron not at all or
less.
"""

from math import erfc, exp, inf, log, pi, prod, sqrt

from hopgui.model.choices import Energy, EnergyKind, Rule, RuleKind

# Amit, Gutfreund, Sompolinsky 1985: beyond it no memory is recalled, just before it with 1.6 % of
# its units wrong.
HEBB_LOAD = 0.138
# Benedetti, Ventura, Marinari, Ruocco, Zamponi 2022, by simulation: the load up to which the best
# number of weak dreams makes all memories stable.
UNLEARNING_LOAD = 0.6


def capacity(rule: Rule, energy: Energy, units: int, *, self_connections: bool) -> float:
    """Return how many random memories a network holds.

    Parameters
    ----------
    rule, energy
        As chosen; the rule is for the quadratic energy alone.
    units
        Number of units N.
    self_connections
        Whether a unit's own coupling is kept; it matters to projection.

    Returns
    -------
    float
        Number of memories; infinite beyond double precision, 0 for less than two units.
    """
    if units < 2:
        return 0.0
    match energy.kind:
        case EnergyKind.POLYNOMIAL:
            return polynomial_capacity(units, energy.order)
        case EnergyKind.EXPONENTIAL:
            return exponential_capacity(units)
        case EnergyKind.BOLTZMANN:
            return inf  # what a machine can learn is told by its likelihood, not by a number
        case EnergyKind.QUADRATIC:
            return _rule_capacity(rule, units, self_connections=self_connections)


def hebb_capacity(units: int) -> float:
    """Return 0.138 N: memories recalled with few units wrong (Amit, Gutfreund, Sompolinsky 1985).

    Without any unit wrong it is N/(2 ln N), the `polynomial_capacity` of order 2.
    """
    return HEBB_LOAD * units


def projection_capacity(units: int, *, self_connections: bool) -> float:
    """Return N, or N/2 with self-connections: memories around which errors can be corrected.

    Up to N independent memories are fixed points (Personnaz, Guyon, Dreyfus 1985), and without
    self-connections they attract (Kanter, Sompolinsky 1987). One wrong unit has the field
    (1 − 2 w_ii) ξ_i, and w_ii is P/N on average: with self-connections kept it is put right only
    while P is below N/2.
    """
    return units / 2 if self_connections else float(units)


def storkey_capacity(units: int) -> float:
    """Return N/√(2 ln N): memories held without any unit wrong (Storkey 1997)."""
    return units / sqrt(2 * log(units))


def gardner_load(margin: float) -> float:
    """Return α_c(κ) = 1/[(1 + κ²) Φ(κ) + κ φ(κ)] (Gardner 1988).

    Beyond that load no couplings, whatever the rule, hold random memories with the margin κ. It is
    reached where each unit learns by itself; symmetric couplings hold less.
    """
    density = exp(-(margin**2) / 2) / sqrt(2 * pi)
    return 1 / ((1 + margin**2) * normal(margin) + margin * density)


def perceptron_capacity(units: int, margin: float) -> float:
    """Return N α_c(κ): beyond it the margin κ cannot be reached (Gardner 1988)."""
    return units * gardner_load(margin)


def unlearning_capacity(units: int) -> float:
    """Return about 0.6 N, after the best number of dreams (Benedetti et al. 2022)."""
    return UNLEARNING_LOAD * units


def polynomial_capacity(units: int, order: int) -> float:
    """Return Nⁿ⁻¹/(2 (2n − 3)!! ln N): memories held without any unit wrong.

    Krotov, Hopfield 2016; for order 2 it is McEliece's N/(2 ln N) (1987).
    """
    return float(units) ** (order - 1) / (2 * odd_factorial(2 * order - 3) * log(units))


def polynomial_error(units: int, memories: int, order: int) -> float:
    """Return Φ(−√(Nⁿ⁻¹/(K (2n − 3)!!))): chance that an update spoils a unit of a memory.

    Krotov, Hopfield 2016, for K memories.
    """
    if not memories:
        return 0.0
    noise = memories * odd_factorial(2 * order - 3)
    return normal(-sqrt(float(units) ** (order - 1) / noise))


def exponential_capacity(units: int) -> float:
    """Return 2^(N/2): the most memories held without any unit wrong (Demircigil et al. 2017).

    They prove exp(αN) memories for every α below (ln 2)/2. Infinite beyond double
    precision.
    """
    return 2.0 ** (units / 2) if units < 2000 else inf


def odd_factorial(odd: int) -> int:
    """Return the product of the odd numbers up to this one, and 1 for none."""
    return prod(range(1, odd + 1, 2))


def normal(argument: float) -> float:
    """Return Φ, the chance that a standard normal number is no larger than this."""
    return erfc(-argument / sqrt(2)) / 2


def _rule_capacity(rule: Rule, units: int, *, self_connections: bool) -> float:
    match rule.kind:
        case RuleKind.HEBB:
            return hebb_capacity(units)
        case RuleKind.PROJECTION:
            return projection_capacity(units, self_connections=self_connections)
        case RuleKind.STORKEY:
            return storkey_capacity(units)
        case RuleKind.PERCEPTRON:
            return perceptron_capacity(units, rule.margin)
        case RuleKind.UNLEARNING:
            return unlearning_capacity(units)
