"""The formulas beside the controls, as rich text. They are the same in every language."""

from hopgui.model.choices import Energy, EnergyKind, RuleKind
from hopgui.model.conventions import Conventions, Scale, Ties
from hopgui.ui.look.numbers import MINUS

XI_I = "ξ<sub>i</sub><sup>μ</sup>"
XI_J = "ξ<sub>j</sub><sup>μ</sup>"
XI = "ξ<sup>μ</sup>"
W_IJ = "w<sub>ij</sub>"
W_II = "w<sub>ii</sub>"
OVERLAP = f"M<sub>μ</sub> = Σ<sub>j</sub> {XI_J} x<sub>j</sub>"
WEIGHT = "a<sub>μ</sub>"
Q = "Q<sub>μν</sub> = Σ<sub>k</sub> ξ<sub>k</sub><sup>μ</sup> ξ<sub>k</sub><sup>ν</sup>"
OTHERS = "h<sub>ij</sub> = Σ<sub>k≠i,j</sub> w<sub>ik</sub> ξ<sub>k</sub>"
LENGTH = "|w<sub>i</sub>|"
FIELD = "h<sub>i</sub>"
DREAM = "s"
STEP = "ΔE<sub>i</sub>"
ASKED = f"x<sub>i</sub> ← sgn {FIELD}"
GLAUBER = f"P(x<sub>i</sub> = +1) = 1 / (1 + exp({MINUS}{STEP}/T))"
VISIBLE = (
    f"E = {MINUS}½ Σ<sub>ij</sub> J<sub>ij</sub> x<sub>i</sub> x<sub>j</sub>"
    f" {MINUS} Σ<sub>i</sub> b<sub>i</sub> x<sub>i</sub>"
)
COOLING = "T ← {factor} T"
NEGATIVE_OWN = f"{W_II} → {MINUS}{W_II}"
ONE_WAY = f"{W_IJ} ≠ w<sub>ji</sub>"
TIES = {
    Ties.MINUS: f"{FIELD} = 0 : x<sub>i</sub> ← {MINUS}1",
    Ties.KEEP: f"{FIELD} = 0 : x<sub>i</sub> ← x<sub>i</sub>",
    Ties.RANDOM: f"{FIELD} = 0 : x<sub>i</sub> ← ±1",
}


def rule(kind: RuleKind, conventions: Conventions) -> str:
    """Return how a learning rule makes couplings."""
    divisor = "P" if conventions.scale is Scale.MEMORIES else "N"
    match kind:
        case RuleKind.HEBB:
            return f"{W_IJ} = (1/{divisor}) Σ<sub>μ</sub> {WEIGHT} {XI_I} {XI_J}"
        case RuleKind.PROJECTION:
            return (
                f"{W_IJ} = Σ<sub>μν</sub> {XI_I} (Q<sup>+</sup>)<sub>μν</sub>"
                " ξ<sub>j</sub><sup>ν</sup>"
            )
        case RuleKind.STORKEY:
            return (
                f"Δ{W_IJ} = (1/N) (ξ<sub>i</sub> ξ<sub>j</sub><br>"
                f"&nbsp;&nbsp;{MINUS} ξ<sub>i</sub> h<sub>ji</sub>"
                f" {MINUS} h<sub>ij</sub> ξ<sub>j</sub>)"
            )
        case RuleKind.PERCEPTRON:
            return f"{XI_I} {FIELD} &lt; κ {LENGTH} :<br>Δ{W_IJ} ∝ {XI_I} {XI_J}"
        case RuleKind.UNLEARNING:
            return f"Δ{W_IJ} = {MINUS}(ε/{divisor}) s<sub>i</sub> s<sub>j</sub>"


def scale(energy: Energy, conventions: Conventions) -> str:
    """Return what the scale divides: Hebb's couplings, or the powers of a dense energy."""
    if energy.kind is not EnergyKind.QUADRATIC:
        return f"E ∝ {_divided(energy, conventions)}"
    divisor = "P" if conventions.scale is Scale.MEMORIES else "N"
    return f"{W_IJ} ∝ 1/{divisor}"


def energy(energy: Energy, conventions: Conventions) -> str:
    """Return a state's energy as it is counted."""
    half = "½ " if conventions.half else ""
    match energy.kind:
        case EnergyKind.QUADRATIC:
            return f"E = {MINUS}{half}Σ<sub>ij</sub> {W_IJ} x<sub>i</sub> x<sub>j</sub>"
        case EnergyKind.POLYNOMIAL:
            divided = _divided(energy, conventions)
            return (
                f"E = {MINUS}{half}({divided}) Σ<sub>μ</sub> M<sub>μ</sub><sup>{energy.order}</sup>"
            )
        case EnergyKind.EXPONENTIAL:
            return f"E = {MINUS}{half}ln Σ<sub>μ</sub> exp M<sub>μ</sub>"
        case EnergyKind.BOLTZMANN:
            return (
                f"F(v) = {MINUS}b·v {MINUS} Σ<sub>j</sub> ln(1 + exp(c<sub>j</sub> +"
                " (v<sup>T</sup>W)<sub>j</sub>))"
            )


def half(conventions: Conventions) -> str:
    """Return what the energy begins with."""
    return f"E = {MINUS}½ …" if conventions.half else f"E = {MINUS}…"


def _divided(energy: Energy, conventions: Conventions) -> str:
    if conventions.scale is Scale.MEMORIES:
        return "1/P"
    power = energy.order - 1
    return f"1/N<sup>{power}</sup>" if power > 1 else "1/N"
