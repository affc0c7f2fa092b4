"""Dense associative memories: energies in which the overlaps count for more than their squares.

E = −Σ_μ F(M_μ) with F(x) = xⁿ (Krotov, Hopfield 2016, eq. 1), or E = −ln Σ_μ exp(M_μ), which falls
with −Σ_μ exp(M_μ) (Demircigil et al. 2017, eq. 1; Ramsauer et al. 2021, eq. 2). A unit becomes what
gives the lower energy, all others as they are (Krotov, Hopfield 2016, eq. 3); n = 2 is exactly the
Hopfield network without self-connections.
"""

from dataclasses import dataclass
from functools import cached_property
from math import log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Energy, EnergyKind
from hopgui.model.conventions import Scale
from hopgui.model.couplings import kernels
from hopgui.model.network import Fields, Network
from hopgui.model.patterns import Pattern
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

LARGEST_ORDER = 40
CUBIC = Energy(EnergyKind.POLYNOMIAL, 3)
LARGEST_WHOLE = 2**62
LARGEST_DIGITS = 290  # of a double-precision number, with room for sums


@dataclass(frozen=True, eq=False)
class DenseNetwork(Network):
    """Memories under an energy of higher order.

    Polynomials are exact in 64-bit integers while PNⁿ < 2⁶², and in double precision beyond; the
    exponential energy is kept in logarithms, its largest exponent taken out.

    Parameters
    ----------
    energy_kind
        The energy: polynomial of an order from 2 on, or exponential.

    Raises
    ------
    Refusal
        If the order is outside 2 … 40, or PNⁿ is beyond double precision.
    """

    energy_kind: Energy = CUBIC

    def __post_init__(self) -> None:
        super().__post_init__()
        order = self.energy_kind.order
        if self._exponential:
            return
        if not 2 <= order <= LARGEST_ORDER:
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal", "The order of the energy must be 2 to {most}, not {order}."
                ),
                most=LARGEST_ORDER,
                order=order,
            )
        digits = order * log10(max(self.units, 1)) + log10(max(self.memories, 1))
        if digits > LARGEST_DIGITS:
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal",
                    "An energy of order {order} on {units} units is beyond double precision.",
                ),
                order=order,
                units=self.units,
            )

    @property
    def _exponential(self) -> bool:
        return self.energy_kind.kind is EnergyKind.EXPONENTIAL

    @property
    def even(self) -> bool:
        """Whether −x has the energy of x: where the order is even."""
        return not self._exponential and self.energy_kind.order % 2 == 0

    @cached_property
    def _table(self) -> NDArray[Any]:
        """F at m = −N−1 … N+1, exactly where it fits."""
        order, units = self.energy_kind.order, self.units
        whole = (units + 1) ** order * max(self.memories, 1) * 2 < LARGEST_WHOLE
        arguments = np.arange(-units - 1, units + 2, dtype=np.int64 if whole else np.float64)
        return arguments**order

    @cached_property
    def gains(self) -> NDArray[Any]:
        """F(m + 1) − F(m − 1) at place m + N, int64 or float64 array of shape (2N + 1,)."""
        return np.ascontiguousarray(self._table[2:] - self._table[:-2])

    @cached_property
    def own(self) -> NDArray[np.int64]:
        """Zeros: a dense energy has no self-connections. int64 array of shape (units,)."""
        return np.zeros(self.units, np.int64)

    @property
    def _unit(self) -> float:
        return 1.0

    @property
    def _divisor(self) -> float:
        if self._exponential:
            return 1.0
        if self.conventions.scale is Scale.MEMORIES:
            return float(max(self.memories, 1))
        return float(self.units) ** (self.energy_kind.order - 1)

    @cached_property
    def _constant(self) -> int:
        return 0

    @property
    def slack(self) -> float:  # type: ignore[override]
        """Pulls no larger than this count as zero: the rounding of exponentials."""
        return 1e-9 if self._exponential else 0

    @property
    def weight(self) -> int:
        """By what a flip's pull is multiplied in the score."""
        return 1

    def fields(self, state: Pattern, overlaps: NDArray[np.int32] | None = None) -> Fields:  # noqa: ARG002 - read from the form
        """Return what the others say to every unit: the score with it at +1 less that at −1."""
        if not self.memories:
            return np.zeros(self.units, np.int64)
        kind = np.float64 if self._exponential else self.gains.dtype
        out = np.empty(self.units, kind)
        kernels().pulls(self.form(state), np.array(state, np.int8), out)
        return out

    def score(self, state: Pattern, form: Any = None) -> float:
        """Return Σ_μ F(M_μ), or ln Σ_μ exp(M_μ); arguments as in `Network.score`."""
        overlaps = self.overlaps(state) if form is None else form.overlaps
        if self._exponential:
            if not overlaps.size:
                return 0.0
            most = int(overlaps.max())
            return most + float(np.log(np.exp((overlaps - most).astype(np.float64)).sum()))
        total = self._table[overlaps + self.units + 1].sum()
        return int(total) if total.dtype == np.int64 else float(total)

    @property
    def has_couplings(self) -> bool:
        """No: overlaps count together, not units two by two."""
        return False

    def couplings_of(self, unit: int) -> NDArray[np.float64]:  # noqa: ARG002 - none has any
        """Refuse: a dense energy has no pairwise couplings."""
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "A dense energy has no pairwise couplings to show.")
        )

    def form(self, state: Pattern) -> Any:
        """Return what the compiled loops carry along from this state on."""
        loops = kernels()
        overlaps = self.overlaps(state).copy()
        if self._exponential:
            return loops.Exponential(self.by_unit, overlaps, self.own)
        return loops.Dense(self.by_unit, overlaps, self.gains, self.own)

    def _field(self, state: Pattern, unit: int) -> float:
        return float(self.fields(state)[unit])
