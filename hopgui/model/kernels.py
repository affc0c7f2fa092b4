"""The compiled inner loops, and nothing else.

Every kernel works in place on the arrays it is given, draws from the stream it is given, and
releases the interpreter lock. `tests/model/test_kernels.py` holds each beside a plain reference.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba as nb
import numpy as np

F = TypeVar("F", bound=Callable[..., Any])

# Where a run stands, in one int64 array: kernels read and write these places.
POSITION, CHANGED, UPDATES, SQUARES, SETTLED, PLACES = range(6)

# What a unit becomes when its field is exactly zero.
TIE_MINUS, TIE_KEEP, TIE_RANDOM = range(3)

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_LOW = np.uint64(0xFFFFFFFF)


def compiled(function: F) -> F:
    """Compile a kernel, kept on disk where that is possible.

    Numba raises when it finds no folder to write to; then the kernel is compiled anew each time.
    """
    try:
        return nb.njit(nogil=True, cache=True)(function)  # type: ignore[no-any-return]
    except RuntimeError:
        return nb.njit(nogil=True)(function)  # type: ignore[no-any-return]


@compiled
def draw(stream: Any) -> Any:
    """Draw 64 random bits: SplitMix64 (Steele, Lea, Flood 2014, fig. 14)."""
    stream[0] += _GOLDEN
    bits = stream[0]
    bits = (bits ^ (bits >> np.uint64(30))) * _MIX_1
    bits = (bits ^ (bits >> np.uint64(27))) * _MIX_2
    return bits ^ (bits >> np.uint64(31))


@compiled
def draw_below(stream: Any, bound: Any) -> Any:
    """Draw a whole number below `bound` < 2³², each as likely: Lemire (2019), algorithm 5."""
    many = np.uint64(bound)
    product = (draw(stream) >> np.uint64(32)) * many
    if (product & _LOW) < many:
        least = ((_LOW - many) + np.uint64(1)) % many
        while (product & _LOW) < least:
            product = (draw(stream) >> np.uint64(32)) * many
    return np.int64(product >> np.uint64(32))


@compiled
def shuffle(order: Any, stream: Any) -> None:
    """Put the units in a fresh random order: Fisher and Yates, by Durstenfeld (1964)."""
    for last in range(order.size - 1, 0, -1):
        other = draw_below(stream, last + 1)
        order[last], order[other] = order[other], order[last]


@compiled
def field(by_unit: Any, overlaps: Any, unit: Any) -> Any:
    """Compute a unit's field Σ_μ ξ_i^μ M_μ, its own coupling counted."""
    row = by_unit[unit]
    total = np.int64(0)
    for memory in range(row.size):
        total += np.int32(row[memory]) * overlaps[memory]
    return total


@compiled
def fields(by_unit: Any, overlaps: Any, out: Any) -> None:
    """Compute every unit's field Σ_μ ξ_i^μ M_μ, its own coupling counted."""
    for unit in range(out.size):
        out[unit] = field(by_unit, overlaps, unit)


@compiled
def overlaps(patterns: Any, state: Any, out: Any) -> None:
    """Compute M_μ = Σ_j ξ_j^μ x_j for every memory."""
    for memory in range(out.size):
        row = patterns[memory]
        total = np.int64(0)
        for unit in range(row.size):
            total += np.int32(row[unit]) * np.int32(state[unit])
        out[memory] = total


@compiled
def flip(state: Any, overlaps: Any, by_unit: Any, unit: Any) -> None:
    """Flip a unit and carry the overlaps along: M_μ += 2 ξ_i^μ x_i."""
    state[unit] = -state[unit]
    row = by_unit[unit]
    twice = np.int32(2 * state[unit])
    for memory in range(row.size):
        overlaps[memory] += twice * np.int32(row[memory])


@compiled
def flip_by_hand(
    state: Any, overlaps: Any, by_unit: Any, units: Any, progress: Any, flip_squares: Any
) -> None:
    """Flip these units whatever their fields, and note Q = Σ_μ M_μ² after each."""
    for place in range(units.size):
        unit = units[place]
        current = np.int64(state[unit])
        others = field(by_unit, overlaps, unit) - overlaps.size * current
        flip(state, overlaps, by_unit, unit)
        progress[SQUARES] -= 4 * current * others
        flip_squares[place] = progress[SQUARES]


@compiled
def decide(total: Any, current: Any, ties: Any, stream: Any) -> Any:
    """Say what a unit becomes under this field: the one place that knows about ties."""
    if total > 0:
        return np.int8(1)
    if total < 0 or ties == TIE_MINUS:
        return np.int8(-1)
    if ties == TIE_KEEP:
        return np.int8(current)
    return np.int8(1) if draw(stream) >> np.uint64(63) else np.int8(-1)


@compiled
def fall(
    state: Any,
    overlaps: Any,
    by_unit: Any,
    order: Any,
    progress: Any,
    stream: Any,
    own: Any,
    ties: Any,
    most_updates: Any,
    flip_updates: Any,
    flip_units: Any,
    flip_squares: Any,
) -> Any:
    """Ask units one at a time, in a fresh random order each sweep, until a whole sweep is quiet.

    Stops early after `most_updates` units or when the flip buffers are full, and goes on from
    there at the next call. Energy is kept as Q = Σ_μ M_μ²: a flip of x_i changes it by −4 x_i h̃_i.

    Parameters
    ----------
    state, overlaps
        Units ±1 (int8) and M_μ (int32); changed in place.
    by_unit
        The memories with a row a unit, int8 array of shape (units, memories).
    order
        The free units, int32; reshuffled in place at each sweep.
    progress
        Where the run stands, int64 array of `PLACES`; changed in place.
    stream
        State of the random stream, uint64 array of shape (1,); changed in place.
    own
        1 if a unit's own coupling counts in its field, else 0.
    ties
        `TIE_MINUS`, `TIE_KEEP` or `TIE_RANDOM`.
    most_updates
        Most units to ask.
    flip_updates, flip_units, flip_squares
        Buffers that take each flip: its update, its unit, Q after it.

    Returns
    -------
    int
        Number of flips written to the buffers.
    """
    memories = np.int64(overlaps.size)
    position = progress[POSITION]
    changed = progress[CHANGED]
    updates = progress[UPDATES]
    squares = progress[SQUARES]
    flips = 0
    end = updates + most_updates
    if not order.size:
        progress[SETTLED] = 1
    while updates < end and flips < flip_units.size and not progress[SETTLED]:
        if position == 0:
            shuffle(order, stream)
        unit = order[position]
        current = np.int64(state[unit])
        total = field(by_unit, overlaps, unit)
        others = total - memories * current
        updates += 1
        position += 1
        if decide(others + own * memories * current, current, ties, stream) != current:
            flip(state, overlaps, by_unit, unit)
            squares -= 4 * current * others
            flip_updates[flips] = updates
            flip_units[flips] = unit
            flip_squares[flips] = squares
            flips += 1
            changed = 1
        if position == order.size:
            progress[SETTLED] = 1 - changed
            position = 0
            changed = 0
    progress[POSITION] = position
    progress[CHANGED] = changed
    progress[UPDATES] = updates
    progress[SQUARES] = squares
    return flips
