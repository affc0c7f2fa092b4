"""The Hopfield network seen as a machine with a Gaussian hidden unit a memory.

p(x, z) ∝ exp(−|z|²/2 + √(β/N) Σ_μ z_μ ξ^μ·x) with units x of ±1 (Barra, Bernacchia, Santucci,
Contucci 2012, eqs. 5–8): integrating z out by the Hubbard–Stratonovich identity gives
p(x) ∝ exp((β/2N) Σ_μ M_μ²), Hebb's network under Glauber's rule at T = 1/β. Given z the units are
independent, and given x the z_μ are: all of one side are drawn at once.

The formula is in the textbook's conventions (½ and 1/N). Under others the score Σ_μ a_μ M_μ² has
another factor κ in −E/T = κ Σ_μ a_μ M_μ², and √(β/N) becomes √(2 κ a_μ). Self-connections add a
constant to every state's energy, Σ_i x_i² being N, so they are in the formula whatever the
conventions say of them, and change nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.couplings import LowRank
from hopgui.model.network import Network
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal


@dataclass(frozen=True, eq=False)
class GaussianMachine:
    """Visible units of ±1, and a hidden unit for each memory, a real number.

    Attributes
    ----------
    weights
        √(2 κ a_μ) ξ_i^μ, of the textbook √(β/N) ξ_i^μ; float64 array of shape (units, memories).
    """

    weights: NDArray[np.float64]

    @property
    def visible(self) -> int:
        """Number of units N."""
        return int(self.weights.shape[0])

    @property
    def hidden(self) -> int:
        """Number of hidden units P."""
        return int(self.weights.shape[1])

    def energy(
        self, x: NDArray[np.floating] | NDArray[np.int8], z: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return |z|²/2 − Σ_μ z_μ Σ_i w_iμ x_i, in units of the temperature."""
        return np.asarray((z**2).sum(axis=-1) / 2 - ((x @ self.weights) * z).sum(axis=-1))

    def free_energy(self, x: NDArray[np.floating] | NDArray[np.int8]) -> NDArray[np.float64]:
        """Return −½ Σ_μ (Σ_i w_iμ x_i)²: the network's E/T, up to a constant."""
        return np.asarray(-((x @ self.weights) ** 2).sum(axis=-1) / 2)

    def couplings(self) -> NDArray[np.float64]:
        """Return W Wᵀ: β w_ij of the network that it is, diagonal kept; shape (units, units)."""
        return np.asarray(self.weights @ self.weights.T)

    def draw_hidden(
        self, x: NDArray[np.floating] | NDArray[np.int8], rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Draw z given x: normal, around the overlaps times their weight, of variance 1."""
        means = x @ self.weights
        return np.asarray(means + rng.standard_normal(means.shape))

    def draw_visible(self, z: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int8]:
        """Draw x given z: +1 with chance 1/(1 + exp(−2 Σ_μ w_iμ z_μ))."""
        # A logistic number is below y with chance 1/(1 + e^−y).
        fields = 2 * (z @ self.weights.T)
        return np.where(rng.logistic(size=fields.shape) < fields, 1, -1).astype(np.int8)


def gaussian_machine(network: Network, temperature: float) -> GaussianMachine:
    """Return the machine that a Hopfield network under Glauber's rule is.

    Parameters
    ----------
    network
        Hebb's, each memory stored any number of times; its conventions are followed.
    temperature
        T > 0, in units of the network's energy.

    Raises
    ------
    Refusal
        If the network is not Hebb's, was made to break the theorem, or the temperature is not
        above 0.
    """
    learnt = network.learnt
    counts = _counts(learnt, network)
    if counts is None or network.trouble.one_way or network.trouble.negative_own:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "Only Hebb's network is a machine with a hidden unit a memory."
            )
        )
    if temperature <= 0:
        raise Refusal(QT_TRANSLATE_NOOP("Refusal", "The temperature must be above 0."))
    half = 0.5 if network.conventions.half else 1.0
    kappa = half * network.factor / temperature
    strengths: NDArray[np.float64] = np.sqrt(2 * kappa * counts)
    return GaussianMachine(network.patterns.T.astype(np.float64) * strengths)


def _counts(learnt: object, network: Network) -> NDArray[np.float64] | None:
    """How often each memory is stored, or None where the couplings are no sum over memories."""
    if type(network) is not Network or not isinstance(learnt, LowRank) or learnt.hollow:
        return None
    if learnt.vectors.shape != network.patterns.shape:
        return None
    counts = learnt.carried[:1] * learnt.rows[:1]
    same = np.array_equal(learnt.vectors, network.patterns)
    whole = np.array_equal(learnt.carried, learnt.rows * counts)
    return counts[0].astype(np.float64) if same and whole and (counts >= 0).all() else None


def sample(
    machine: GaussianMachine, start: NDArray[np.int8], steps: int, rng: np.random.Generator
) -> Iterator[NDArray[np.int8]]:
    """Let chains move, a whole step x → z → x at a time.

    Parameters
    ----------
    machine
        What they are drawn from.
    start
        Units ±1, int8 array of shape (chains, units).
    steps
        How many steps.
    rng
        Where the draws come from.

    Yields
    ------
    NDArray
        The chains after each step, int8 array of shape (chains, units).
    """
    x = start
    for _ in range(steps):
        x = machine.draw_visible(machine.draw_hidden(x, rng), rng)
        yield x
