"""How much damage a state recovers from."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model import patterns
from hopgui.model.attractors import kept
from hopgui.model.choices import Dynamics, Update
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

# A normal variable is within so many standard deviations in 95 of 100 cases.
DEVIATIONS = 1.959963984540054
PATIENCE = 1000
# Falls from every damage in one round.
ROUND = 16
PERCENTS = tuple(range(0, 51, 2))


@dataclass(frozen=True, eq=False)
class Recovery:
    """Of how many falls a state came back, for each amount of damage.

    Attributes
    ----------
    flips
        How many units the damage flips, int64 array of shape (points,).
    percents
        How many percent of the free units that is asked for, float64 array of shape (points,).
    exact
        Falls that ended in the state itself, int64 array of shape (points,).
    near
        Falls that ended with an overlap of 0.9 or more with it, int64 array of shape (points,).
    tries
        Falls at each point, int64 array of shape (points,).
    done, total
        Falls so far, and falls in all.
    """

    flips: NDArray[np.int64]
    percents: NDArray[np.float64]
    exact: NDArray[np.int64]
    near: NDArray[np.int64]
    tries: NDArray[np.int64]
    done: int
    total: int

    @property
    def exact_share(self) -> NDArray[np.float64]:
        """Share of the falls that ended in the state itself; NaN where none was tried."""
        return _share(self.exact, self.tries)

    @property
    def near_share(self) -> NDArray[np.float64]:
        """Share of the falls that ended near it; NaN where none was tried."""
        return _share(self.near, self.tries)

    @property
    def exact_interval(self) -> NDArray[np.float64]:
        """Where the true share lies with 95 % confidence, float64 array of shape (2, points)."""
        return wilson(self.exact, self.tries)

    @property
    def near_interval(self) -> NDArray[np.float64]:
        """The same for ending near the state."""
        return wilson(self.near, self.tries)


@dataclass(frozen=True, eq=False)
class Turning:
    """Which single flips of a state change where it falls.

    Attributes
    ----------
    end
        Where the state itself falls, read-only int8 array of shape (units,).
    turns
        Units whose flip makes it fall elsewhere, bool array of shape (units,).
    known
        Units that were tried, bool array of shape (units,); pinned ones never are.
    done, total
        Units tried, and units to try.
    """

    end: Pattern
    turns: NDArray[np.bool_]
    known: NDArray[np.bool_]
    done: int
    total: int


def wilson(
    hits: NDArray[np.integer], tries: NDArray[np.integer], deviations: float = DEVIATIONS
) -> NDArray[np.float64]:
    """Return the interval in which a sampled share's true value lies (Wilson 1927).

    Parameters
    ----------
    hits, tries
        Whole numbers, arrays of one shape.
    deviations
        How many standard deviations to either side; 95 % unless said otherwise.

    Returns
    -------
    NDArray
        Lower and upper end, float64 array of shape (2, …); 0 and 1 where nothing was tried.
    """
    tries = np.asarray(tries, np.float64)
    spread = deviations**2
    share = np.divide(hits, tries, out=np.full(tries.shape, 0.5), where=tries > 0)
    middle = (tries * share + spread / 2) / (tries + spread)
    half = deviations * np.sqrt(tries * share * (1 - share) + spread / 4) / (tries + spread)
    interval: NDArray[np.float64] = np.clip(np.stack([middle - half, middle + half]), 0.0, 1.0)
    return interval


def recovery(
    network: Network,
    state: Pattern,
    *,
    rng: np.random.Generator,
    percents: Sequence[float] = PERCENTS,
    rounds: int = 64,
    update: Update = Update.ASYNC,
    pinned: NDArray[np.bool_] | None = None,
    executor: Executor | None = None,
) -> Iterator[Recovery]:
    """Damage a state again and again and count how often it comes back.

    Every damage flips exactly so many free units, all sets of them equally likely. Falls are
    made in rounds, some from each damage, so that the whole curve sharpens.

    Parameters
    ----------
    network
        What gives the states their energy.
    state
        What is damaged, int8 array of shape (units,).
    rng
        Seeds every fall's own stream.
    percents
        How many percent of the free units to flip, from 0 to 100.
    rounds
        How many rounds, of 16 falls from every damage.
    update
        Which unit is asked next.
    pinned
        Units that are neither damaged nor asked, bool array of shape (units,).
    executor
        Threads to work in; as many as there are cores, made and ended here, if None.

    Yields
    ------
    Recovery
        All that is known so far, several times a second; the last one has ``done == total``.
    """
    del executor
    free = np.flatnonzero(np.ones(network.units, bool) if pinned is None else ~pinned)
    flips = np.array([patterns.share(percent, free.size) for percent in percents], np.int64)
    exact, near, tries = (np.zeros(flips.size, np.int64) for _ in range(3))
    total = rounds * ROUND * flips.size
    for _ in range(rounds):
        for point, count in enumerate(flips):
            for _ in range(ROUND):
                start = state.copy()
                start[free] = patterns.flipped(state[free], count, rng)
                unlike = np.count_nonzero(_end(network, start, rng, update, pinned) != state)
                exact[point] += unlike == 0
                near[point] += 20 * unlike <= state.size
            tries[point] += ROUND
            yield Recovery(
                flips,
                np.array(percents, np.float64),
                exact.copy(),
                near.copy(),
                tries.copy(),
                int(tries.sum()),
                total,
            )


def turning_units(
    network: Network,
    state: Pattern,
    *,
    rng: np.random.Generator,
    update: Update = Update.ASYNC,
    pinned: NDArray[np.bool_] | None = None,
    executor: Executor | None = None,
) -> Iterator[Turning]:
    """Flip each unit of a state alone and see whether the state then falls elsewhere.

    Every fall draws what a recall from this state would draw, and so asks the units in the same
    order: what differs is the one unit.

    Parameters
    ----------
    network
        What gives the states their energy.
    state
        The state, int8 array of shape (units,).
    rng
        Seeds the stream of every fall, as it seeds a recall's.
    update
        Which unit is asked next.
    pinned
        Units that are neither flipped nor asked, bool array of shape (units,).
    executor
        Threads to work in; as many as there are cores, made and ended here, if None.

    Yields
    ------
    Turning
        All that is known so far, several times a second; the last one has ``done == total``.
    """
    del executor
    free = np.flatnonzero(np.ones(network.units, bool) if pinned is None else ~pinned)
    end = _end(network, state, deepcopy(rng), update, pinned)
    turns, known = np.zeros(network.units, bool), np.zeros(network.units, bool)
    for done, unit in enumerate(free, 1):
        start = state.copy()
        start[unit] *= -1
        other = _end(network, start, deepcopy(rng), update, pinned)
        turns[unit], known[unit] = not np.array_equal(other, end), True
        if done % ROUND == 0 or done == free.size:
            yield Turning(kept(end), turns.copy(), known.copy(), done, free.size)


def _end(
    network: Network,
    start: Pattern,
    rng: np.random.Generator,
    update: Update,
    pinned: NDArray[np.bool_] | None,
) -> Pattern:
    run = network.start(start, rng=rng, pinned=pinned, dynamics=Dynamics(update))
    most = PATIENCE * max(1, network.units)
    while not run.settled and run.updates + run.least <= most:
        run.advance(most - run.updates)
    return run.state


def _share(hits: NDArray[np.int64], tries: NDArray[np.int64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = np.full(hits.shape, np.nan)
    return np.divide(hits, tries, out=share, where=tries > 0)
