"""How a fully visible machine learns: a step at a time, until its moments are the pictures'.

The slope of the mean log-likelihood is ⟨x_i x_j⟩_data − ⟨x_i x_j⟩_model in J_ij and
⟨x_i⟩_data − ⟨x_i⟩_model in b_i (Ackley, Hinton, Sejnowski 1985). The likelihood is concave: where
all moments match is its top, and there is no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.state import require_pictures
from hopgui.model.boltzmann.visible import (
    MOST_UNITS,
    Moments,
    VisibleMachine,
    exact_law,
    exact_moments,
    moments_of,
)
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Units whose couplings are learnt: a step takes a second then, and a file 16 MB.
MOST_LEARNT = 1024
# Chains times units: a byte each, and eight for their fields and draws.
MOST_IN_CHAINS = 50_000_000
# Couplings beyond this make every unit certain: they come of a rate that is too high alone.
LARGEST_COUPLING = 1e4
DREAMS = 64

DIVERGED = QT_TRANSLATE_NOOP(
    "Refusal",
    "Training diverged in step {step}: the learning rate {rate} is too high. The last good"
    " couplings are kept.",
)


@dataclass(frozen=True)
class Schedule:
    """How moments are matched.

    Attributes
    ----------
    exact
        Whether the machine's moments are summed over all states, or sampled by chains.
    steps
        How many.
    rate, last_rate
        Learning rate of the first and of the last step; between them it falls by equal shares.
    momentum
        Share of the last change that is made again.
    chains
        How many chains go on from step to step, a sweep each; exact moments need none.

    Raises
    ------
    Refusal
        If there is not one step and one chain, or a rate or the momentum is out of range.
    """

    exact: bool = True
    steps: int = 1000
    rate: float = 0.05
    last_rate: float = 0.05
    momentum: float = 0.9
    chains: int = 500

    def __post_init__(self) -> None:
        if min(self.steps, self.chains) < 1:
            raise Refusal(
                QT_TRANSLATE_NOOP("Refusal", "Training needs at least one step and one chain.")
            )
        if not (self.rate > 0 and self.last_rate > 0 and 0 <= self.momentum < 1):
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal",
                    "Learning rates must be above 0, and the momentum 0 to below 1.",
                )
            )

    def rate_at(self, step: int) -> float:
        """Return the learning rate of one step."""
        share = step / max(self.steps - 1, 1)
        return float(self.rate * (self.last_rate / self.rate) ** share)


def schedule_for(units: int, *, exact: bool | None = None) -> Schedule:
    """Return a schedule that just works for so many units.

    The likelihood curves by the variances of what its moments are means of: N²/8 at most where all
    units agree, so that with a momentum of 0.9 rates below 30/N² do not swing. Sampled moments have
    noise, which a falling rate averages out.

    Parameters
    ----------
    units
        How many.
    exact
        Whether moments are summed; wherever they can be if None.
    """
    exact = units <= MOST_UNITS if exact is None else exact
    if exact:
        rate = 0.8 / max(units, 4)
        return Schedule(True, 1000 if units <= 16 else 300, rate, rate)
    rate = min(0.05, 3.2 / max(units, 1))
    return Schedule(False, 1000, rate, rate / 50, 0.0)


@dataclass(frozen=True, eq=False)
class State:
    """A learning between two steps: all that it needs to go on, draw for draw.

    Attributes
    ----------
    machine
        The machine.
    velocity
        The last change, of which momentum makes a share again: that of the couplings, and in the
        last column that of the biases; float64 array of shape (units, units + 1).
    chains
        States of the chains, drawn by this machine; int8 array of shape (chains, units), no chains
        where moments are exact.
    step
        Steps made so far.
    rng
        State of the random generator, a dictionary of whole numbers and words.
    """

    machine: VisibleMachine
    velocity: NDArray[np.float64]
    chains: NDArray[np.int8]
    step: int
    rng: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A learning as far as it has come.

    Attributes
    ----------
    state
        Where it stands.
    moments
        The machine's moments, exact or of its chains.
    mismatch
        The largest difference between two moments, of the pictures and of the machine.
    log_likelihood
        Mean of ln p over the pictures, in nats; None where the moments were sampled.
    law
        p of every state by its number (`walsh.number_of`), float64 array of shape (2^units,); None
        where the moments were sampled.
    trouble
        Why learning has stopped before its end; None while all is well.
    """

    state: State
    moments: Moments
    mismatch: float
    log_likelihood: float | None
    law: NDArray[np.float64] | None
    trouble: Refusal | None = None

    @property
    def machine(self) -> VisibleMachine:
        """The machine as it is."""
        return self.state.machine


def begin(
    patterns: NDArray[np.int8],
    start: VisibleMachine,
    schedule: Schedule,
    rng: np.random.Generator,
) -> State:
    """Return the start of a learning.

    Parameters
    ----------
    patterns
        The pictures, units ±1, int8 array of shape (pictures, units).
    start
        Where to begin: a Hopfield network's machine, or one that knows nothing.
    schedule
        How moments are to be matched.
    rng
        All that learning draws comes from here on; it must be numpy's default, a PCG64.

    Raises
    ------
    Refusal
        If there are not two different pictures, too many units, or too many for exact moments.
    """
    require_pictures(patterns)
    units = patterns.shape[1]
    require_units(units, schedule)
    shape = (0 if schedule.exact else schedule.chains, units)
    chains = np.where(rng.random(shape) < 0.5, 1, -1).astype(np.int8)
    velocity = np.zeros((units, units + 1))
    return began_from(State(start, velocity, chains, 0, dict(rng.bit_generator.state)), start)


def began_from(state: State, start: VisibleMachine) -> State:
    """Return a learning that has not yet begun with another machine at its start.

    Raises
    ------
    Refusal
        If its couplings are so large that no unit would ever be in doubt.
    """
    if not _largest(start) <= LARGEST_COUPLING:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "At so low a temperature no unit is ever in doubt: start from a higher one.",
            )
        )
    rng = _generator(state)
    chains = state.chains.copy()
    start.sweep(chains, rng)
    return replace(state, machine=start, chains=chains, rng=dict(rng.bit_generator.state))


def require_units(units: int, schedule: Schedule) -> None:
    """Refuse more units than can be learnt in this way, before anything is made of their size."""
    if schedule.exact and units > MOST_UNITS:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "Exact moments of {units} units cannot be summed: the most is {most}. Choose"
                " sampled moments.",
            ),
            units=units,
            most=MOST_UNITS,
        )
    if units > MOST_LEARNT:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "A fully visible machine of {units} units has too many couplings to learn: the"
                " most is {most} units.",
            ),
            units=units,
            most=MOST_LEARNT,
        )
    if not schedule.exact and schedule.chains * units > MOST_IN_CHAINS:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{count} chains of {units} units are too many."),
            count=schedule.chains,
            units=units,
        )


def match(patterns: NDArray[np.int8], schedule: Schedule, state: State) -> Iterator[Snapshot]:
    """Go on with a learning to its end; the first snapshot is of the state as it was given.

    Pictures that a pairwise law could single out altogether ask for couplings without end; the
    steps end, and so do the couplings.

    Parameters
    ----------
    patterns
        The pictures, units ±1, int8 array of shape (pictures, units).
    schedule
        How moments are matched.
    state
        Where learning stands.
    """
    data = moments_of(patterns)
    snapshot = _measured(patterns, data, state, exact=schedule.exact)
    yield snapshot
    while state.step < schedule.steps:
        state = _stepped(state, data, snapshot.moments, schedule)
        if not _largest(state.machine) < LARGEST_COUPLING:
            rate = f"{schedule.rate_at(state.step - 1):.3g}"
            yield replace(snapshot, trouble=Refusal(DIVERGED, step=state.step, rate=rate))
            return
        snapshot = _measured(patterns, data, state, exact=schedule.exact)
        yield snapshot


def dreams(snapshot: Snapshot) -> NDArray[np.int8]:
    """Return states that the machine draws, int8 array of shape (at most 64, units)."""
    chains = snapshot.state.chains
    if snapshot.law is None:
        return chains[:DREAMS].copy()
    law = snapshot.law
    # Another stream than the learning's: dreams are looked at, and change nothing.
    rng = np.random.default_rng([7, snapshot.state.step])
    numbers = np.searchsorted(np.cumsum(law), rng.random(DREAMS) * law.sum(), side="right")
    places = np.arange(snapshot.machine.units)
    taken = np.minimum(numbers, law.size - 1)[:, None] >> places & 1
    return np.asarray(1 - 2 * taken, np.int8)


def _measured(patterns: NDArray[np.int8], data: Moments, state: State, *, exact: bool) -> Snapshot:
    if not exact:
        moments = moments_of(state.chains)
        return Snapshot(state, moments, _mismatch(data, moments), None, None)
    law, log_z = exact_law(state.machine)
    moments = exact_moments(law)
    likelihood = -float(state.machine.energy(patterns).mean()) - log_z
    return Snapshot(state, moments, _mismatch(data, moments), likelihood, law)


def _stepped(state: State, data: Moments, moments: Moments, schedule: Schedule) -> State:
    slope = np.column_stack([data.pairs - moments.pairs, data.single - moments.single])
    velocity = schedule.momentum * state.velocity + schedule.rate_at(state.step) * slope
    couplings = state.machine.couplings + velocity[:, :-1]
    np.fill_diagonal(couplings, 0)
    machine = VisibleMachine(couplings, state.machine.bias + velocity[:, -1])
    rng, chains = _generator(state), state.chains
    if not schedule.exact:
        chains = chains.copy()
        machine.sweep(chains, rng)
    return State(machine, velocity, chains, state.step + 1, dict(rng.bit_generator.state))


def _largest(machine: VisibleMachine) -> float:
    couplings = np.abs(machine.couplings).max(initial=0.0)
    return float(max(couplings, np.abs(machine.bias).max(initial=0.0)))


def _mismatch(data: Moments, moments: Moments) -> float:
    pairs = np.abs(data.pairs - moments.pairs).max(initial=0.0)
    return float(max(pairs, np.abs(data.single - moments.single).max(initial=0.0)))


def _generator(state: State) -> np.random.Generator:
    rng = np.random.default_rng()
    rng.bit_generator.state = state.rng
    return rng
