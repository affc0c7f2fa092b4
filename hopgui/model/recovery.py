"""How much damage a state recovers from."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.abreast import abreast, never, told
from hopgui.model.attractors import kept
from hopgui.model.choices import Update
from hopgui.model.falls import Falls, free_units, require_units
from hopgui.model.kernels import census as loops
from hopgui.model.mixtures import ONE_WRONG_IN
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern, share
from hopgui.model.starts import require_percent

# A normal variable is within so many standard deviations in 95 of 100 cases.
DEVIATIONS = 1.959963984540054
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

    Raises
    ------
    ValueError
        If a percentage is outside 0 … 100, or the state has another number of units.
    """
    points = _Points(network, state, percents, update, pinned, rng)
    # All points' falls of a round, then those of the next: the whole curve sharpens.
    parts = abreast(points.falls, rounds * len(points.flips), points.stop, executor)
    yield from told(parts, lambda part: points.add(*part), lambda: points.recovery(rounds))


class _Points:
    """Counts for each amount of damage what came back; several threads may let states fall."""

    def __init__(
        self,
        network: Network,
        state: Pattern,
        percents: Sequence[float],
        update: Update,
        pinned: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> None:
        require_units(network, state)
        for each in percents:
            require_percent(each)
        self._state, self._free = state, free_units(network.units, pinned)
        self._key = rng.integers(0, 2**64, dtype=np.uint64)
        self.percents = np.array(percents, np.float64)
        self.flips = np.array([share(each, self._free.size) for each in percents], np.int64)
        self._exact, self._near, self._tries = (np.zeros(self.flips.size, "i8") for _ in range(3))
        self.stop = never()
        self._falls = Falls(network, update, self._free, self.stop)

    def falls(self, part: int) -> tuple[int, int, int]:
        """Return a point, and of one round's falls there how many came back, and how many near."""
        point = part % self.flips.size
        streams = np.empty(ROUND, np.uint64)
        loops.streams_of(self._key, part * ROUND, streams)
        starts = np.tile(self._state, (ROUND, 1))
        loops.scatter(starts, self._free, streams, loops.FLIPPED, self.flips[point])
        ends = self._falls.apart(starts, streams)
        unlike = np.count_nonzero(ends.states != self._state, axis=1)
        # A fall that did not settle may stand anywhere, in the state itself by chance.
        unlike[ends.ends != loops.STABLE] = self._state.size
        near = ONE_WRONG_IN * unlike <= self._state.size
        return point, int(np.count_nonzero(unlike == 0)), int(np.count_nonzero(near))

    def add(self, point: int, exact: int, near: int) -> None:
        """Count one round's falls from one amount of damage."""
        self._exact[point] += exact
        self._near[point] += near
        self._tries[point] += ROUND

    def recovery(self, rounds: int) -> Recovery:
        """Say what is known."""
        return Recovery(
            self.flips,
            self.percents,
            self._exact.copy(),
            self._near.copy(),
            self._tries.copy(),
            int(self._tries.sum()),
            rounds * ROUND * self.flips.size,
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
    require_units(network, state)
    free, stop = free_units(network.units, pinned), never()
    falls = Falls(network, update, free, stop)
    stream = rng.integers(0, 2**64, 1, dtype=np.uint64)
    first = falls.apart(np.array(state[None], np.int8), stream.copy())
    end = kept(first.attractor(0)[0])

    def tried(part: int) -> NDArray[np.bool_]:
        """Say of some units whether the state without each falls elsewhere."""
        units = free[part * ROUND : (part + 1) * ROUND]
        starts = np.tile(state, (units.size, 1))
        starts[np.arange(units.size), units] *= -1
        ends = falls.apart(starts, np.repeat(stream, units.size))
        others = (ends.attractor(fall)[0] for fall in range(units.size))
        return np.array([bool(np.any(each != end)) for each in others], bool)

    turns, known = np.zeros(network.units, bool), np.zeros(network.units, bool)
    done = 0

    def add(part: NDArray[np.bool_]) -> None:
        nonlocal done
        units = free[done : done + part.size]
        turns[units], known[units] = part, True
        done += part.size

    def tell() -> Turning:
        return Turning(end, turns.copy(), known.copy(), done, free.size)

    yield from told(abreast(tried, -(-free.size // ROUND), stop, executor), add, tell)


def _share(hits: NDArray[np.int64], tries: NDArray[np.int64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = np.full(hits.shape, np.nan)
    return np.divide(hits, tries, out=share, where=tries > 0)
