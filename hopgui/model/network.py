"""The Hopfield network: memories and conventions give every state an energy.

Hebbian couplings are w_ij = (1/P) Σ_μ ξ_i^μ ξ_j^μ (or 1/N) (Hopfield 1982, eq. 2). They are kept in
overlap form: M_μ = Σ_j ξ_j^μ x_j carries all that a field or an energy needs, so no N×N matrix is
ever made, and every decision is taken in exact integers.
"""

from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hopgui.model.conventions import ARTICLE, Conventions, Scale, Ties
from hopgui.model.patterns import Pattern

if TYPE_CHECKING:
    from hopgui.model.dynamics import Run

# Up to here plain numpy is as quick as a compiled loop, and needs nothing loaded first.
SMALL = 50_000


@dataclass(frozen=True)
class Votes:
    """Why a unit stands as it does: its local field, split by memory.

    Attributes
    ----------
    field
        Σ_j w_ij x_j, scaled as the conventions say.
    margin
        x_i times the field: positive when the field holds the unit where it is.
    would_flip
        Whether an update would flip the unit, or, with random ties, might.
    by_memory
        The vote of each memory, ξ_i^μ m_μ in −1 … 1: its overlap times its own value there. Their
        sum is the field (with self-connections) up to the scale. float64, shape (memories,).
    """

    field: float
    margin: float
    would_flip: bool
    by_memory: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Network:
    """Memories, and the conventions by which they become couplings.

    Parameters
    ----------
    patterns
        The memories ξ^μ, units ±1, int8 array of shape (memories, units). None at all is allowed:
        every field is then 0.
    conventions
        Scale, self-connections, the factor ½ and ties.

    Raises
    ------
    ValueError
        If PN reaches 2³¹, where a field would no longer fit the 32 bits it is kept in.
    """

    patterns: NDArray[np.int8]
    conventions: Conventions = ARTICLE

    def __post_init__(self) -> None:
        if self.patterns.size >= 2**31:
            message = f"{self.memories} memories of {self.units} units are too many for the fields"
            raise ValueError(message)

    @property
    def memories(self) -> int:
        """Number of memories P."""
        return int(self.patterns.shape[0])

    @property
    def units(self) -> int:
        """Number of units N."""
        return int(self.patterns.shape[1])

    @cached_property
    def by_unit(self) -> NDArray[np.int8]:
        """The memories with a row a unit, int8 array of shape (units, memories)."""
        return np.ascontiguousarray(self.patterns.T)

    @property
    def factor(self) -> float:
        """What turns an integer field into a field: 1/P or 1/N (1 when there are no memories)."""
        divisor = self.memories if self.conventions.scale is Scale.MEMORIES else self.units
        return 1.0 / max(divisor, 1)

    def overlaps(self, state: Pattern) -> NDArray[np.int32]:
        """Return M_μ = Σ_j ξ_j^μ x_j, int32 array of shape (memories,)."""
        if self.patterns.size <= SMALL:
            return self.patterns.astype(np.int32) @ state.astype(np.int32)
        out = np.empty(self.memories, np.int32)
        _kernels().overlaps(self.patterns, np.ascontiguousarray(state), out)
        return out

    def fields(
        self, state: Pattern, overlaps: NDArray[np.int32] | None = None
    ) -> NDArray[np.int64]:
        """Return every unit's field as the conventions count it, in integers, before the scale.

        h_i = Σ_μ ξ_i^μ M_μ with self-connections, less P x_i without; int64, shape (units,).
        """
        overlaps = self.overlaps(state) if overlaps is None else overlaps
        if self.patterns.size <= SMALL:
            fields = self.by_unit.astype(np.int64) @ overlaps
        else:
            fields = np.empty(self.units, np.int64)
            _kernels().fields(self.by_unit, overlaps, fields)
        if not self.conventions.self_connections:
            fields -= self.memories * state.astype(np.int64)
        return fields

    def energy(self, state: Pattern) -> float:
        """Return E = −Σ_ij w_ij x_i x_j, with ½ and w_ii as the conventions say."""
        squares = int(np.sum(self.overlaps(state).astype(np.int64) ** 2))
        return float(self.energies_of(np.array(squares)))

    def energies_of(self, squares: NDArray[np.int64]) -> NDArray[np.float64]:
        """Turn Q = Σ_μ M_μ² into energies: −Q/P, or −(Q − PN)/P without self-connections."""
        own = 0 if self.conventions.self_connections else self.memories * self.units
        half = 0.5 if self.conventions.half else 1.0
        return -half * self.factor * (np.asarray(squares) - own).astype(np.float64)

    def unstable(
        self, state: Pattern, fields: NDArray[np.int64] | None = None
    ) -> NDArray[np.bool_]:
        """Mark the units that an update would flip, or, with random ties, might flip.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        fields
            What `fields` returned for this state, if it is at hand.
        """
        fields = self.fields(state) if fields is None else fields
        margins: NDArray[np.int64] = fields * state
        match self.conventions.ties:
            case Ties.MINUS:
                minus_wins: NDArray[np.bool_] = (fields == 0) & (state > 0)
                return (margins < 0) | minus_wins
            case Ties.KEEP:
                return margins < 0
            case Ties.RANDOM:
                return margins <= 0

    def descents(
        self, state: Pattern, fields: NDArray[np.int64] | None = None
    ) -> NDArray[np.bool_]:
        """Mark the units whose single flip would lower the energy: x_i h̃_i < 0.

        Self-connections hold a unit in place without entering the change of energy, so a stable
        state may have such units; one that has none is a local minimum.
        """
        fields = self.fields(state) if fields is None else fields
        margins: NDArray[np.int64] = fields * state
        own = self.memories if self.conventions.self_connections else 0
        return margins < own

    def explain(self, state: Pattern, unit: int) -> Votes:
        """Split the local field of a unit into what each memory adds to it."""
        votes = self.by_unit[unit] * self.overlaps(state).astype(np.int64)
        own = 0 if self.conventions.self_connections else self.memories * int(state[unit])
        field = int(votes.sum()) - own
        flips = self.unstable(state[unit : unit + 1], np.array([field]))
        return Votes(
            field * self.factor,
            int(state[unit]) * field * self.factor,
            bool(flips[0]),
            votes / self.units,
        )

    def start(
        self,
        state: Pattern,
        *,
        rng: np.random.Generator,
        pinned: NDArray[np.bool_] | None = None,
    ) -> "Run":
        """Begin a recall from a state: asynchronous, in a fresh random order each sweep.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,); copied.
        rng
            Where the run's own random stream is seeded from.
        pinned
            Units that are never asked, bool array of shape (units,).
        """
        # The compiled kernels come with the first run, not with the first window.
        from hopgui.model.dynamics import Run  # noqa: PLC0415

        return Run(self, state, rng=rng, pinned=pinned)


def _kernels() -> ModuleType:
    # Loading the compiler takes longer than opening the window: only large networks ask for it.
    from hopgui.model import kernels  # noqa: PLC0415

    return kernels


def warm() -> None:
    """Load or compile the kernels that large networks ask for, so that nobody waits for them."""
    kernels = _kernels()
    patterns, state = np.ones((1, 2), np.int8), np.ones(2, np.int8)
    overlaps, fields = np.empty(1, np.int32), np.empty(2, np.int64)
    kernels.overlaps(patterns, state, overlaps)
    kernels.fields(np.ascontiguousarray(patterns.T), overlaps, fields)
