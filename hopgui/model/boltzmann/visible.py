"""The fully visible Boltzmann machine: a Hopfield network that learns by matching moments.

E(x) = −½ Σ_ij J_ij x_i x_j − Σ_i b_i x_i with units ±1, and p(x) = e^−E(x) / Z (Ackley, Hinton,
Sejnowski 1985). The likelihood of pictures is concave in J and b; its slope is what the moments
⟨x_i x_j⟩ and ⟨x_i⟩ of the pictures are more than the machine's. Up to 20 units these are exact. How
it learns is told in `matching`, how it gives a state of the pad its energy in `visible_network`.
"""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.walsh import walsh
from hopgui.model.network import Network
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

MOST_UNITS = 20
# Rounds of the mean field, and by how much a mean may still change at rest.
MOST_ROUNDS, AT_REST = 300, 1e-6


@dataclass(frozen=True, eq=False)
class VisibleMachine:
    """Couplings and biases between units of ±1, in units of the temperature.

    Attributes
    ----------
    couplings
        J, symmetric with diagonal 0, float64 array of shape (units, units).
    bias
        b, float64 array of shape (units,).
    """

    couplings: NDArray[np.float64]
    bias: NDArray[np.float64]

    @property
    def units(self) -> int:
        """Number of units N."""
        return self.bias.size

    @property
    def visible(self) -> int:
        """Number of visible units: all of them."""
        return self.bias.size

    def energy(self, x: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return E(x) of states, array of shape (…)."""
        return np.asarray(-((x @ self.couplings) * x).sum(axis=-1) / 2 - x @ self.bias)

    def fields(self, x: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return b_i + Σ_j J_ij x_j, array of shape (…, units)."""
        return np.asarray(x @ self.couplings + self.bias)

    def sweep(
        self,
        x: NDArray[np.int8],
        rng: np.random.Generator,
        pinned: NDArray[np.bool_] | None = None,
    ) -> None:
        """Ask every free unit of every chain once, unit after unit, by Glauber's rule; in place.

        Parameters
        ----------
        x
            Units ±1, int8 array of shape (chains, units); changed in place.
        rng
            Where the draws come from.
        pinned
            Units that are never asked, bool array of shape (units,).
        """
        # The compiled loop comes with the first sweep, not with the first window.
        from hopgui.model.kernels.visible import sweep_chains  # noqa: PLC0415

        noise = rng.logistic(size=x.shape)
        free = np.arange(self.units) if pinned is None else np.flatnonzero(~pinned)
        sweep_chains(x, np.array(self.couplings), np.array(self.bias), noise, free)


@dataclass(frozen=True, eq=False)
class Moments:
    """What a fully visible machine is learnt from.

    Attributes
    ----------
    pairs
        ⟨x_i x_j⟩, float64 array of shape (units, units), diagonal 1.
    single
        ⟨x_i⟩, float64 array of shape (units,).
    """

    pairs: NDArray[np.float64]
    single: NDArray[np.float64]


def blank_machine(units: int) -> VisibleMachine:
    """Return the machine that knows nothing: every coupling and every bias 0."""
    return VisibleMachine(np.zeros((units, units)), np.zeros(units))


def melting_temperature(patterns: NDArray[np.int8]) -> float:
    """Return where Hebb's network of these pictures melts, in the textbook's units; at least 1.

    In mean field no state is kept above the largest eigenvalue of the couplings C_ij/N, i ≠ j. Of
    unlike pictures that is hardly more than 1, at which a single memory melts; of many that are
    alike it is far more, and below it chains are caught in the first well that they find.

    Parameters
    ----------
    patterns
        The pictures, int8 array of shape (pictures, units).
    """
    count, units = patterns.shape
    if not count:
        return 1.0
    wide = patterns.astype(np.float64)
    # Both products have the same eigenvalues, but for zeros.
    smaller = wide @ wide.T if count < units else wide.T @ wide
    largest = float(np.linalg.eigvalsh(smaller)[-1])
    return float(max(1.0, (largest - count) / units))


def from_network(network: Network, temperature: float) -> VisibleMachine:
    """Return the machine whose law is that of a Hopfield network under Glauber's rule.

    Parameters
    ----------
    network
        A pairwise network with symmetric couplings; its conventions are followed.
    temperature
        T > 0, in units of the network's energy.

    Raises
    ------
    Refusal
        If the network has no pairwise couplings or they go one way, or T is not above 0.
    """
    if temperature <= 0:
        raise Refusal(QT_TRANSLATE_NOOP("Refusal", "The temperature must be above 0."))
    units = range(network.units if network.has_couplings else 0)
    whole = np.array([network.couplings_of(unit) for unit in units])
    # Couplings of some rules are rounded, one way a little otherwise than the other.
    if not whole.size or not np.allclose(whole, whole.T, atol=1e-9):
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "Only symmetric pairwise couplings are a Boltzmann machine's start."
            )
        )
    np.fill_diagonal(whole, 0)
    # E = −½ Σ J x x against −Σ w x x, or −½ Σ w x x with the conventions' ½.
    factor = 0.5 if network.conventions.half else 1.0
    return VisibleMachine((whole + whole.T) * (factor / temperature), np.zeros(network.units))


def mean_field(
    machine: VisibleMachine, x: NDArray[np.int8], pinned: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """Return means given the means of all others, m_i = tanh(b_i + Σ_j J_ij m_j), from a state on.

    Asked one after another they lower the mean field's free energy, and so come to rest (Peterson,
    Anderson 1987).

    Parameters
    ----------
    machine
        The machine.
    x
        Units ±1, int8 array of shape (units,).
    pinned
        Units whose means stay as they are in `x`, bool array of shape (units,).

    Returns
    -------
    NDArray
        Means −1 … 1, float64 array of shape (units,).
    """
    means = x.astype(np.float64)
    free = range(machine.units) if pinned is None else np.flatnonzero(~pinned).tolist()
    for _ in range(MOST_ROUNDS):
        before = means.copy()
        for unit in free:
            means[unit] = np.tanh(machine.bias[unit] + machine.couplings[unit] @ means)
        if np.abs(means - before).max(initial=0.0) < AT_REST:
            break
    return means


def moments_of(patterns: NDArray[np.int8]) -> Moments:
    """Return the moments of pictures, int8 array of shape (pictures, units)."""
    # The compiled loop comes with the first moments, not with the first window.
    from hopgui.model.kernels.visible import pair_sums  # noqa: PLC0415

    count, units = patterns.shape
    sums = np.zeros((units, units), np.int64)
    pair_sums(np.array(patterns.T, np.int8, order="C"), sums)
    return Moments(sums / count, patterns.mean(axis=0, dtype=np.float64))


def exact_law(machine: VisibleMachine) -> tuple[NDArray[np.float64], float]:
    """Return p of every state, by its number (`walsh.number_of`), and ln Z.

    Raises
    ------
    Refusal
        If the machine has more than 20 units.
    """
    units = machine.units
    if units > MOST_UNITS:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "The moments of {units} units cannot be summed: the most is {most}."
            ),
            units=units,
            most=MOST_UNITS,
        )
    coefficients = np.zeros(2**units)
    bits = 1 << np.arange(units)
    first, second = np.triu_indices(units, 1)
    coefficients[bits[first] | bits[second]] = machine.couplings[first, second]
    coefficients[bits] = machine.bias
    logs = walsh(coefficients)
    most = float(logs.max())
    shares = np.exp(logs - most)
    total = float(shares.sum())
    return shares / total, most + log(total)


def exact_moments(law: NDArray[np.float64]) -> Moments:
    """Return the moments of a law, read from its Walsh transform."""
    units = law.size.bit_length() - 1
    every = walsh(law)
    bits = 1 << np.arange(units)
    # A unit with itself is in no set: its moment is ⟨1⟩.
    return Moments(every[bits[:, None] ^ bits], every[bits])
