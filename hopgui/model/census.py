"""A census: thousands of falls from random or damaged states, and where they end."""

from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model import patterns
from hopgui.model.attractors import Attractor, Naming, kept
from hopgui.model.choices import Dynamics, Update
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.starts import StartKind, Starts
from hopgui.model.verdict import Kind

# Sweeps after which a fall is given up and counted as unsettled.
PATIENCE = 1000
BATCH = 32


@dataclass(frozen=True, eq=False)
class Census:
    """What is known of where falls end.

    Attributes
    ----------
    attractors
        Every attractor found, the first found first: later snapshots only add to it.
    hits
        How many falls ended in each, in the same order, read-only int64 array.
    counts
        How many falls ended in an attractor of each kind, or unsettled; kinds at 0 included.
    done, total
        Falls counted, and falls asked for.
    unkept
        Falls that ended in attractors which are counted but not kept, because too many were found.
    """

    attractors: tuple[Attractor, ...]
    hits: NDArray[np.int64]
    counts: Mapping[Kind, int]
    done: int
    total: int
    unkept: int


def census(
    network: Network,
    starts: Starts,
    total: int,
    *,
    rng: np.random.Generator,
    update: Update = Update.ASYNC,
    pinned: NDArray[np.bool_] | None = None,
    executor: Executor | None = None,
) -> Iterator[Census]:
    """Let many states fall at temperature 0 and count where they end.

    Parameters
    ----------
    network
        What gives the states their energy.
    starts
        Where the falls begin.
    total
        How many falls.
    rng
        Seeds every fall's own stream: what a fall does depends on this seed and on its number.
    update
        Which unit is asked next.
    pinned
        Units that are never asked, bool array of shape (units,).
    executor
        Threads to work in; as many as there are cores, made and ended here, if None.

    Yields
    ------
    Census
        All that is known so far, several times a second; the last one has ``done == total``.

    Raises
    ------
    ValueError
        If starts are to lie around a state and none is given.
    """
    del executor
    naming = Naming(network, rng=rng, update=update)
    free = np.flatnonzero(np.ones(network.units, bool) if pinned is None else ~pinned)
    counts: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
    places: dict[bytes, int] = {}
    found: list[Attractor] = []
    hits: list[int] = []
    for number in range(total):
        start = _start(network, starts, number, free, rng)
        run = network.start(start, rng=rng, pinned=pinned, dynamics=Dynamics(update))
        most = PATIENCE * max(1, free.size)
        while not run.settled and run.updates + run.least <= most:
            run.advance(most - run.updates)
        if not run.settled:
            counts[Kind.UNSETTLED] += 1
        else:
            state, partner = run.state, None
            if run.cycling:
                run.advance(run.least)
                state, partner = sorted((state, run.state.copy()), key=_key)
            key = _key(state)
            if key not in places:
                places[key] = len(found)
                found.append(
                    naming.attractor(kept(state), None if partner is None else kept(partner))
                )
                hits.append(0)
            hits[places[key]] += 1
            counts[found[places[key]].verdict.kind] += 1
        if (number + 1) % BATCH == 0 or number + 1 == total:
            yield Census(tuple(found), np.array(hits, np.int64), dict(counts), number + 1, total, 0)


def _key(state: Pattern) -> bytes:
    return np.packbits(state > 0).tobytes()


def _start(
    network: Network,
    starts: Starts,
    number: int,
    free: NDArray[np.int64],
    rng: np.random.Generator,
) -> Pattern:
    if starts.kind is StartKind.RANDOM:
        source = patterns.random_pattern(network.units, rng)
    elif starts.kind is StartKind.DAMAGED:
        source = network.patterns[number % network.memories].copy()
    elif starts.state is None:
        message = "starts around a state need that state"
        raise ValueError(message)
    else:
        source = starts.state.copy()
    if starts.state is not None:
        held = np.ones(network.units, bool)
        held[free] = False
        source[held] = starts.state[held]
    if starts.kind is not StartKind.RANDOM:
        count = patterns.share(starts.percent, free.size)
        source[free] = patterns.flipped(source[free], count, rng)
    return source
