"""Every state of a small grid: which number it has, and its score.

A state's number is written in its units: digit i in base two is 1 where unit i is +1. Flipping unit
i changes the number by 2^i.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

# States of this many units can all be looked at while one waits.
MOST_UNITS = 20
BLOCK, SLOW_BLOCK = 2**14, 2**10  # states at a time
ROUNDING = 1e-12  # by which share of itself a real score may be off

Numbers = NDArray[np.int64]
Scores = NDArray[np.int64] | NDArray[np.float64]


def state_of(number: int, units: int) -> Pattern:
    """Return the state of a number, units ±1, int8 array of shape (units,)."""
    digits = number >> np.arange(units) & 1
    return (2 * digits - 1).astype(np.int8)


def number_of(state: Pattern) -> int:
    """Return the number of a state of at most 62 units ±1."""
    return int((state > 0).astype(np.int64) @ (1 << np.arange(state.size, dtype=np.int64)))


def scores_of_all(network: Network) -> Iterator[tuple[int, Scores]]:
    """Compute the score of every state, a block of states at a time.

    Whole-number scores are exact: states follow each other in Gray's order, so that each differs by
    one flip from the one before. Scores of rounded couplings and real ones, computed state by
    state, are made equal at the end where they differ by no more than rounding.

    Yields
    ------
    tuple
        How many states are done, and the scores by the number of the state, int64 or float64 array
        of shape (2^units,): the same array each time, and whole with the last.
    """
    start = np.full(network.units, -1, np.int8)
    first = network.score(start)
    if np.array(first).dtype == np.int64:
        yield from _exact(network, start, first)
    else:
        yield from _rounded(network)


def _exact(network: Network, start: Pattern, first: float) -> Iterator[tuple[int, Scores]]:
    from hopgui.model import kernels  # noqa: PLC0415 - loading the compiler takes its time

    form, score = network.form(start), np.array([first])
    own = 0 if form.own.size == 1 else -1
    ways = kernels.Ways(
        kernels.SHUFFLED, kernels.TIE_KEEP, network.slack, network.weight, -1.0, own
    )
    scores = np.empty(2**network.units, np.int64)
    scores[0] = first
    for done in range(1, scores.size, BLOCK):
        turns = np.arange(done, min(done + BLOCK, scores.size), dtype=np.int64)
        units = lowest_digit(turns)
        along = np.empty(units.size, np.int64)
        kernels.flip_by_hand(form, start, units, score, ways, along)
        scores[turns ^ (turns >> 1)] = along
        if turns[-1] + 1 < scores.size:
            yield int(turns[-1]) + 1, scores
    # A field is off by no more than the slack, and a score by no more than all of them together.
    yield scores.size, _levelled(scores, 2 * network.units * network.slack)


def _rounded(network: Network) -> Iterator[tuple[int, Scores]]:
    scores = np.empty(2**network.units)
    for number in range(scores.size):
        scores[number] = network.score(state_of(number, network.units))
        if number % SLOW_BLOCK == SLOW_BLOCK - 1 and number + 1 < scores.size:
            yield number + 1, scores
    yield scores.size, _levelled(scores, np.abs(np.sort(scores))[1:] * ROUNDING)


def _levelled(scores: Scores, slack: Any) -> Scores:
    """Make scores equal that follow each other by no more than a slack."""
    order = np.argsort(scores, kind="stable")
    ranked = scores[order]
    begins = np.append(True, np.diff(ranked) > slack)
    levelled = np.empty_like(scores)
    levelled[order] = ranked[begins][np.cumsum(begins) - 1]
    return levelled


def lowest_digit(numbers: Numbers) -> NDArray[np.int32]:
    """Return the place of each number's lowest 1 in base two: the unit that Gray's order flips."""
    places: NDArray[np.int32] = np.log2(numbers & -numbers).astype(np.int32)
    return places


def digit_counts(mask: int, units: int) -> NDArray[np.int8]:
    """Count, for every number of so many digits, its 1s within a mask; int8, shape (2^units,)."""
    counts = np.zeros(1, np.int8)
    for unit in range(units):
        counts = np.concatenate([counts, counts + np.int8(mask >> unit & 1)])
    return counts
