"""The Hopfield network: memories, couplings and conventions give every state an energy.

Couplings of the form Σ_r v_i^r c_j^r (Hebb's, the projector's) stay in that form: the overlaps
carry all that a field or an energy needs, so no N×N matrix is ever made. Every decision is taken in
exact integers.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import Dynamics, Trouble
from hopgui.model.conventions import ARTICLE, Conventions, Scale, Ties
from hopgui.model.couplings import Couplings, LowRank, hebbian, kernels, weighted_sum
from hopgui.model.patterns import Pattern, by_unit

if TYPE_CHECKING:
    from hopgui.model.dynamics import Run

FALL, NO_TROUBLE = Dynamics(), Trouble()
Fields = NDArray[np.int64] | NDArray[np.float64]


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
        The vote of each memory, ξ_i^μ m_μ in −1 … 1: its overlap times its own value there. Under
        Hebb's rule with self-connections their sum is the field up to the scale. float64, shape
        (memories,).
    """

    field: float
    margin: float
    would_flip: bool
    by_memory: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Network:
    """Memories, and the couplings they became.

    Parameters
    ----------
    patterns
        The memories ξ^μ, units ±1, int8 array of shape (memories, units). None at all is allowed:
        every field is then 0.
    conventions
        Scale (of Hebb's couplings), self-connections, the factor ½ and ties.
    couplings
        What a learning rule made of the memories; Hebb's if None.
    trouble
        What breaks the theorem on purpose.

    Raises
    ------
    ValueError
        If PN reaches 2³¹, where an overlap's share in a field would no longer fit its 32 bits.
    """

    patterns: NDArray[np.int8]
    conventions: Conventions = ARTICLE
    couplings: Couplings | None = None
    trouble: Trouble = NO_TROUBLE

    def __post_init__(self) -> None:
        if self.patterns.size >= 2**31:
            message = f"{self.memories} memories of {self.units} units are too many for the fields"
            raise ValueError(message)

    # What it is made of

    @property
    def memories(self) -> int:
        """Number of memories P."""
        return int(self.patterns.shape[0])

    @property
    def units(self) -> int:
        """Number of units N."""
        return int(self.patterns.shape[1])

    @property
    def work(self) -> int:
        """About how many multiplications the fields of one state take."""
        return self.memories * self.units

    @property
    def recalls(self) -> bool:
        """Whether there is anything to recall."""
        return bool(self.memories)

    @cached_property
    def by_unit(self) -> NDArray[np.int8]:
        """The memories with a row a unit, int8 array of shape (units, memories)."""
        return by_unit(self.patterns)

    @cached_property
    def learnt(self) -> Couplings:
        """The couplings, Hebb's unless others were given."""
        return hebbian(self.patterns) if self.couplings is None else self.couplings

    @cached_property
    def factor(self) -> float:
        """What turns a field in whole numbers into a field."""
        return self._unit / self._divisor

    @property
    def _unit(self) -> float:
        return self.learnt.unit

    @property
    def _divisor(self) -> float:
        stored = self.learnt.stored
        if stored is None:
            return 1.0
        return float(max(stored if self.conventions.scale is Scale.MEMORIES else self.units, 1))

    @property
    def slack(self) -> int:
        """Fields no larger than this, before the scale, count as zero."""
        return self.learnt.slack

    @cached_property
    def own(self) -> NDArray[np.int64]:
        """What each unit's coupling to itself counts, before the scale, int64, shape (units,)."""
        if self.trouble.negative_own:
            return -self.learnt.own
        if self.conventions.self_connections:
            return self.learnt.own
        return np.zeros(self.units, np.int64)

    # What it says of a state

    def overlaps(self, state: Pattern) -> NDArray[np.int32]:
        """Return M_μ = Σ_j ξ_j^μ x_j, int32 array of shape (memories,)."""
        return weighted_sum(self.by_unit, state, np.int32)

    def fields(self, state: Pattern, overlaps: NDArray[np.int32] | None = None) -> Fields:
        """Return every unit's field as the conventions count it, before the scale.

        Whole numbers h_i = Σ_j C_ij x_j, the unit's own coupling kept, left out or turned round;
        int64 array of shape (units,).

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        overlaps
            What `overlaps` returned for this state, if it is at hand: under Hebb's rule the fields
            are read from it.
        """
        if self.couplings is None and isinstance(self.learnt, LowRank):
            return self.learnt.fields(state, self.own, overlaps)
        return self.learnt.fields(state, self.own)

    def energy(self, state: Pattern) -> float:
        """Return E = −Σ_ij w_ij x_i x_j, with ½ and w_ii as the conventions say."""
        return self.energy_of(self.score(state))

    def score(self, state: Pattern, form: Any = None) -> float:
        """Return Σ_ij C_ij x_i x_j, the diagonal counted: a whole number, Σ_μ M_μ² under Hebb.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        form
            What `form` returned for this state, if it is at hand.
        """
        learnt = self.learnt
        if isinstance(learnt, LowRank):
            return learnt.score(state, None if form is None else form.sums)
        return learnt.score(state, None if form is None else form.fields)

    def energies_of(self, scores: NDArray[Any]) -> NDArray[np.float64]:
        """Turn scores into energies (array of any shape)."""
        return np.asarray(self._scaled(scores), np.float64)

    def energy_of(self, score: float) -> float:
        """Turn one score into an energy: as `energies_of`, and sooner."""
        return float(self._scaled(score))

    def _scaled(self, score: Any) -> Any:
        half = 0.5 if self.conventions.half else 1.0
        # Divided, not multiplied by an inverse: whole energies stay whole. And no minus zero.
        return (score + self._constant) * (-half * self._unit) / self._divisor + 0.0

    @cached_property
    def _constant(self) -> int:
        """What the self-connections add to every score, beyond the diagonal that is in it."""
        return int(self.own.sum()) - int(self.learnt.diagonal.sum())

    def unstable(self, state: Pattern, fields: Fields | None = None) -> NDArray[np.bool_]:
        """Mark the units that an update would flip, or, with random ties, might flip.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,).
        fields
            What `fields` returned for this state, if it is at hand.
        """
        fields = self.fields(state) if fields is None else fields
        against: NDArray[np.bool_] = np.where(state > 0, fields < -self.slack, fields > self.slack)
        tied = np.abs(fields) <= self.slack
        match self.conventions.ties:
            case Ties.MINUS:
                return against | (tied & (state > 0))
            case Ties.KEEP:
                return against
            case Ties.RANDOM:
                return against | tied

    def descents(self, state: Pattern, fields: Fields | None = None) -> NDArray[np.bool_]:
        """Mark the units whose single flip would lower the energy: x_i h̃_i < 0.

        Self-connections hold a unit in place without entering the change of energy, so a stable
        state may have such units; one that has none is a local minimum.
        """
        fields = self.fields(state) if fields is None else fields
        margins: Fields = fields * state - self.own
        return margins < -self.slack

    def explain(self, state: Pattern, unit: int) -> Votes:
        """Split the local field of a unit into what each memory adds to it."""
        value = int(state[unit])
        votes = self.by_unit[unit] * self.overlaps(state).astype(np.int64)
        field = self._field(state, unit)
        flips = self.unstable(state[unit : unit + 1], np.array([field]))
        scaled = field * self.factor
        return Votes(scaled, value * scaled, bool(flips[0]), votes / self.units)

    @property
    def even(self) -> bool:
        """Whether a state and its inverse have the same energy."""
        return True

    @property
    def has_couplings(self) -> bool:
        """Whether there are pairwise couplings to show."""
        return True

    def couplings_of(self, unit: int) -> NDArray[np.float64]:
        """Return w_ij from this unit to every other, its own as it counts; float64 (units,)."""
        row = self.learnt.row(unit)
        row[unit] = self.own[unit]
        return row.astype(np.float64) * self.factor

    def matrix(self) -> NDArray[np.float32]:
        """Return all of w_ij, for show: float32 array of shape (units, units).

        Takes 4 N² bytes; ask only for sizes that can be looked at.
        """
        learnt = self.learnt
        if isinstance(learnt, LowRank):
            carried = learnt.carried.astype(np.float32) * np.float32(self.factor)
            matrix = learnt.rows.astype(np.float32) @ carried.T
        else:
            matrix = learnt.columns.T.astype(np.float32) * np.float32(self.factor)
        np.fill_diagonal(matrix, self.own * self.factor)
        return matrix

    # What a run needs

    def start(
        self,
        state: Pattern,
        *,
        rng: np.random.Generator,
        pinned: NDArray[np.bool_] | None = None,
        dynamics: Dynamics = FALL,
    ) -> "Run":
        """Begin a recall from a state.

        Parameters
        ----------
        state
            Units ±1, int8 array of shape (units,); copied.
        rng
            Where the run's own random stream is seeded from.
        pinned
            Units that are never asked, bool array of shape (units,).
        dynamics
            Which unit is asked next, and at what temperature.
        """
        # The compiled loops come with the first run, not with the first window.
        from hopgui.model.dynamics import Run  # noqa: PLC0415

        return Run(self, state, rng=rng, pinned=pinned, dynamics=dynamics)

    @property
    def weight(self) -> int:
        """By what a flip's pull is multiplied in the score."""
        return 4

    def form(self, state: Pattern) -> Any:
        """Return what the compiled loops carry along from this state on."""
        learnt = self.learnt
        if isinstance(learnt, LowRank):
            if self._alike:
                return learnt.form(state, learnt.diagonal[:1], self.own[:1], 0)
            return learnt.form(state, learnt.diagonal, self.own)
        alone = np.zeros(self.units, np.int64)
        return kernels().Matrix(
            learnt.columns,
            learnt.fields(state, alone),
            learnt.even,
            learnt.even_fields(state),
            self.own,
            alone if learnt.bias is None else learnt.bias,
        )

    @cached_property
    def _alike(self) -> bool:
        """Whether every unit's coupling to itself is the same: then one number serves for all."""
        diagonal = self.learnt.diagonal
        return bool(np.all(diagonal == diagonal[0])) and bool(np.all(self.own == self.own[0]))

    def _field(self, state: Pattern, unit: int) -> float:
        return self.learnt.field(state, unit, int(self.own[unit]))


def warm() -> None:
    """Load or compile what large networks ask for, so that nobody waits for it."""
    loops = kernels()
    table, state = np.ones((2, 1), np.int8), np.ones(2, np.int8)
    loops.weighted_sums(table, state, np.zeros(1, np.int32))
    diagonal = np.ones(2, np.int64)
    for kind in (np.int16, np.int32):
        form = loops.LowRank(table, table, np.ones(1, kind), diagonal, diagonal, -1)
        loops.pulls(form, state, np.empty(2, np.int64))
