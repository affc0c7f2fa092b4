"""The compiled inner loops, and nothing else.

A *form* says how a network keeps what its fields need: overlaps, local fields, or a table. The
loops are written once; Numba compiles them for each form. All arithmetic of pairwise forms is in
integers, so that a run is the same on every machine. Every loop works in place on the arrays it is
given, draws from the stream it is given, and releases the interpreter lock.

They stand in one file because a loop kept on disk is compiled anew only when its own file changes.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numba as nb
import numpy as np
from numba.extending import overload

F = TypeVar("F", bound=Callable[..., Any])

# Where a run stands, in one int64 array: loops read and write these places.
POSITION, CHANGED, UPDATES, SETTLED, PLACES = range(5)

# What a unit becomes when its field is exactly zero.
TIE_MINUS, TIE_KEEP, TIE_RANDOM = range(3)

# In which order a sweep asks the units.
SHUFFLED, RASTER = range(2)

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_LOW = np.uint64(0xFFFFFFFF)
_FRACTION = 2.0**-53


class LowRank(NamedTuple):
    """Couplings Σ_r rows_i^r carry_j^r, kept as the sums that a field is read from.

    Attributes
    ----------
    rows, carry
        ±1 as int8, and integers; a row a unit, shape (units, rank).
    sums
        Σ_j carry_j^r x_j, carried along at each flip, shape (rank,).
    diagonal
        Each unit's coupling to itself, int64, to be left out of what the others say.
    own
        What of it counts when the unit decides, int64.
    mask
        0 where one number in `diagonal` serves for every unit, else −1: a unit looks it up at
        ``unit & mask``, and what it need not fetch costs nothing.
    """

    rows: Any
    carry: Any
    sums: Any
    diagonal: Any
    own: Any
    mask: Any


class Matrix(NamedTuple):
    """A whole matrix of couplings, with every unit's field carried along.

    Attributes
    ----------
    columns
        Row j holds w_ij for all i, int32, diagonal 0, shape (units, units).
    fields
        Σ_j w_ij x_j, int64.
    even_columns, even_fields
        The same of the symmetric part, (w_ij + w_ji)/2, from which the energy is read; of size 0
        where the couplings are symmetric.
    own
        What a unit's coupling to itself adds when it decides, int64.
    """

    columns: Any
    fields: Any
    even_columns: Any
    even_fields: Any
    own: Any


class Dense(NamedTuple):
    """An energy −Σ_μ F(M_μ), read from a table.

    Attributes
    ----------
    rows
        The memories, ±1 as int8, a row a unit.
    overlaps
        M_μ, int32, carried along.
    gains
        F(m + 1) − F(m − 1) at place m + N, int64 where it fits, else float64.
    own
        Zeros: a dense energy has no self-connections.
    """

    rows: Any
    overlaps: Any
    gains: Any
    own: Any


class Exponential(NamedTuple):
    """The energy −ln Σ_μ exp(M_μ); attributes as in `Dense`."""

    rows: Any
    overlaps: Any
    own: Any


class Hidden(NamedTuple):
    """The free energy of a restricted Boltzmann machine, its hidden units summed out.

    Attributes
    ----------
    rows
        Weights, float64, a row a visible unit.
    inputs
        What reaches each hidden unit, c_j + Σ_i v_i w_ij, float64, carried along.
    biases
        Biases of the visible units, float64.
    own
        Zeros: no unit is coupled to itself.
    """

    rows: Any
    inputs: Any
    biases: Any
    own: Any


class Ways(NamedTuple):
    """How a unit decides.

    Attributes
    ----------
    order
        `SHUFFLED` or `RASTER`.
    ties
        `TIE_MINUS`, `TIE_KEEP` or `TIE_RANDOM`.
    slack
        Fields no larger than this count as zero: the rounding of the couplings.
    weight
        By what a unit's pull is multiplied in the score: 4 for pairwise forms, 1 for dense ones.
    beta
        What the score is multiplied by over the temperature; negative at temperature 0.
    mask
        0 where one number in the form's `own` serves for every unit, else −1.
    """

    order: Any
    ties: Any
    slack: Any
    weight: Any
    beta: Any
    mask: Any


def compiled(function: F) -> F:
    """Compile a loop, kept on disk where that is possible.

    Numba raises when it finds no folder to write to; then the loop is compiled anew each time.
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
def weighted_sums(table: Any, state: Any, out: Any) -> None:
    """Add Σ_j table_j x_j to `out`, row by row of the table."""
    for unit in range(state.size):
        row = table[unit]
        value = np.int32(state[unit])
        for place in range(row.size):
            out[place] += value * row[place]


def pull(form: Any, state: Any, unit: Any) -> Any:
    """Compute what the other units say: the score with this unit at +1 less that with it at −1."""
    raise NotImplementedError


@overload(pull)
def _pull(form: Any, state: Any, unit: Any) -> Any:  # noqa: ARG001 - Numba reads the names
    kind = form.instance_class

    def narrow(form: Any, state: Any, unit: Any) -> Any:
        row = form.rows[unit]
        sums = form.sums
        total = np.int64(0)
        for rank in range(row.size):
            total += np.int32(row[rank]) * sums[rank]
        return total - form.diagonal[unit & form.mask] * np.int64(state[unit])

    def wide(form: Any, state: Any, unit: Any) -> Any:
        row = form.rows[unit]
        sums = form.sums
        total = np.int64(0)
        for rank in range(row.size):
            total += sums[rank] if row[rank] > 0 else -sums[rank]
        return total - form.diagonal[unit & form.mask] * np.int64(state[unit])

    def matrix(form: Any, state: Any, unit: Any) -> Any:  # noqa: ARG001
        return form.fields[unit]

    def dense(form: Any, state: Any, unit: Any) -> Any:
        row = form.rows[unit]
        current = np.int64(state[unit])
        middle = np.int64(state.size)
        total = form.gains[0] * 0
        for memory in range(row.size):
            value = np.int64(row[memory])
            gain = form.gains[form.overlaps[memory] - value * current + middle]
            total += gain if value > 0 else -gain
        return total

    def exponential(form: Any, state: Any, unit: Any) -> Any:
        row = form.rows[unit]
        current = np.int64(state[unit])
        if not row.size:
            return 0.0
        most = form.overlaps[0] - row[0] * current
        for memory in range(1, row.size):
            most = max(most, form.overlaps[memory] - row[memory] * current)
        # The largest exponent is taken out, so that no sum overflows or vanishes.
        above, below = 0.0, 0.0
        for memory in range(row.size):
            share = np.exp(np.float64(form.overlaps[memory] - row[memory] * current - most))
            if row[memory] > 0:
                above += share
            else:
                below += share
        return np.log(above * np.e + below / np.e) - np.log(above / np.e + below * np.e)

    def hidden(form: Any, state: Any, unit: Any) -> Any:
        row = form.rows[unit]
        total, factors = form.biases[unit], 1.0
        for place in range(row.size):
            off = form.inputs[place] - row[place] if state[unit] > 0 else form.inputs[place]
            on = off + row[place]
            # ln (1 + e^on) − ln (1 + e^off); the logarithms are taken together.
            total += max(on, 0.0) - max(off, 0.0)
            factors *= (1.0 + np.exp(-abs(on))) / (1.0 + np.exp(-abs(off)))
            if not 1e-300 < factors < 1e300:
                total += np.log(factors)
                factors = 1.0
        return total + np.log(factors)

    if kind is LowRank:
        return narrow if form.types[2].dtype.bitwidth == 32 else wide
    return {Matrix: matrix, Dense: dense, Exponential: exponential, Hidden: hidden}[kind]


def turn(form: Any, state: Any, unit: Any) -> Any:
    """Flip a unit and carry along what the fields are read from."""
    raise NotImplementedError


@overload(turn)
def _turn(form: Any, state: Any, unit: Any) -> Any:  # noqa: ARG001 - Numba reads the names
    kind = form.instance_class

    def low_rank(form: Any, state: Any, unit: Any) -> Any:
        state[unit] = -state[unit]
        carry = form.carry[unit]
        sums = form.sums
        twice = np.int32(2 * state[unit])
        for rank in range(carry.size):
            sums[rank] += twice * carry[rank]

    def matrix(form: Any, state: Any, unit: Any) -> Any:
        state[unit] = -state[unit]
        twice = np.int64(2 * state[unit])
        column = form.columns[unit]
        for other in range(column.size):
            form.fields[other] += twice * column[other]
        if form.even_fields.size:
            column = form.even_columns[unit]
            for other in range(column.size):
                form.even_fields[other] += twice * column[other]

    def by_overlaps(form: Any, state: Any, unit: Any) -> Any:
        state[unit] = -state[unit]
        row = form.rows[unit]
        twice = np.int32(2 * state[unit])
        for memory in range(row.size):
            form.overlaps[memory] += twice * np.int32(row[memory])

    def hidden(form: Any, state: Any, unit: Any) -> Any:
        state[unit] = -state[unit]
        row = form.rows[unit]
        sign = np.float64(state[unit])
        for place in range(row.size):
            form.inputs[place] += sign * row[place]

    return {LowRank: low_rank, Matrix: matrix, Hidden: hidden}.get(kind, by_overlaps)


def rise(form: Any, unit: Any, pulled: Any) -> Any:
    """Compute what the score's change is read from: the pull, unless couplings go one way."""
    raise NotImplementedError


@overload(rise)
def _rise(form: Any, unit: Any, pulled: Any) -> Any:  # noqa: ARG001 - Numba reads the names
    def matrix(form: Any, unit: Any, pulled: Any) -> Any:
        return form.even_fields[unit] if form.even_fields.size else pulled

    def symmetric(form: Any, unit: Any, pulled: Any) -> Any:  # noqa: ARG001
        return pulled

    return matrix if form.instance_class is Matrix else symmetric


@compiled
def decide(total: Any, current: Any, ways: Any, stream: Any) -> Any:
    """Say what a unit becomes at temperature 0: the one place that knows about ties."""
    if total > ways.slack:
        return 1
    if total < -ways.slack or ways.ties == TIE_MINUS:
        return -1
    if ways.ties == TIE_KEEP:
        return current
    return 1 if draw(stream) >> np.uint64(63) else -1


@compiled
def sample(pulled: Any, ways: Any, stream: Any) -> Any:
    """Draw what a unit becomes under Glauber's rule (1963): +1 with chance 1/(1 + exp(−ΔE/T))."""
    chance = 1.0 / (1.0 + np.exp(-ways.beta * ways.weight * pulled))
    return 1 if np.float64(draw(stream) >> np.uint64(11)) * _FRACTION < chance else -1


@compiled
def restless(total: Any, current: Any, ways: Any) -> Any:
    """Say whether a unit would flip at temperature 0, or, with random ties, might."""
    if total > ways.slack:
        return current < 0
    if total < -ways.slack:
        return current > 0
    return ways.ties == TIE_RANDOM or (ways.ties == TIE_MINUS and current > 0)


@compiled
def pulls(form: Any, state: Any, out: Any) -> None:
    """Compute what the others say to every unit."""
    for unit in range(out.size):
        out[unit] = pull(form, state, unit)


@compiled
def answers(form: Any, state: Any, order: Any, stream: Any, ways: Any, wanted: Any) -> None:
    """Ask all free units at once what they become (at T > 0: Little 1974)."""
    for place in range(order.size):
        unit = order[place]
        current = np.int64(state[unit])
        total = pull(form, state, unit) + form.own[unit & ways.mask] * current
        if ways.beta < 0:
            wanted[place] = decide(total, current, ways, stream)
        else:
            wanted[place] = sample(total, ways, stream)


@compiled
def quiet(form: Any, state: Any, order: Any, ways: Any) -> Any:
    """Say whether no free unit would flip."""
    for place in range(order.size):
        unit = order[place]
        current = np.int64(state[unit])
        if restless(pull(form, state, unit) + form.own[unit & ways.mask] * current, current, ways):
            return False
    return True


@compiled
def flip_by_hand(form: Any, state: Any, units: Any, score: Any, ways: Any, scores: Any) -> None:
    """Flip these units whatever their fields, and note the score after each."""
    for place in range(units.size):
        unit = units[place]
        current = np.int64(state[unit])
        score[0] -= ways.weight * current * rise(form, unit, pull(form, state, unit))
        turn(form, state, unit)
        scores[place] = score[0]


@compiled
def fall(
    form: Any,
    state: Any,
    order: Any,
    progress: Any,
    score: Any,
    stream: Any,
    ways: Any,
    most_updates: Any,
    flip_updates: Any,
    flip_units: Any,
    flip_scores: Any,
) -> Any:
    """Ask units one at a time, sweep by sweep, until a whole sweep is quiet.

    Stops early after `most_updates` units or when the flip buffers are full, and goes on from
    there at the next call.

    Parameters
    ----------
    form
        How the network keeps its fields; changed in place.
    state
        Units ±1, int8; changed in place.
    order
        The free units, int32; reshuffled in place at each sweep if the order is `SHUFFLED`.
    progress
        Where the run stands, int64 array of `PLACES`; changed in place.
    score
        −E before the scale, shape (1,); changed in place. A flip changes it by −weight·x·pull.
    stream
        State of the random stream, uint64 array of shape (1,); changed in place.
    ways
        How a unit decides.
    most_updates
        Most units to ask.
    flip_updates, flip_units, flip_scores
        Buffers that take each flip: its update, its unit, the score after it.

    Returns
    -------
    int
        Number of flips written to the buffers.
    """
    position = progress[POSITION]
    changed = progress[CHANGED]
    updates = progress[UPDATES]
    settled = progress[SETTLED] != 0
    flips = 0
    room = flip_units.size
    end = updates + most_updates
    cold = ways.beta < 0
    settled |= cold and not order.size
    while updates < end and flips < room and order.size and not settled:
        if position == 0 and ways.order == SHUFFLED:
            shuffle(order, stream)
        stop = min(np.int64(order.size), position + end - updates)
        while position < stop and flips < room:
            unit = order[position]
            current = np.int64(state[unit])
            pulled = pull(form, state, unit)
            if cold:
                wanted = decide(
                    pulled + form.own[unit & ways.mask] * current, current, ways, stream
                )
            else:
                wanted = sample(pulled, ways, stream)
            updates += 1
            position += 1
            if wanted != current:
                score[0] -= ways.weight * current * rise(form, unit, pulled)
                turn(form, state, unit)
                flip_updates[flips] = updates
                flip_units[flips] = unit
                flip_scores[flips] = score[0]
                flips += 1
                changed = 1
        if position == order.size:
            settled = cold and not changed
            position = 0
            changed = 0
    progress[POSITION] = position
    progress[CHANGED] = changed
    progress[UPDATES] = updates
    progress[SETTLED] = settled
    return flips


@compiled
def wander(
    form: Any,
    state: Any,
    order: Any,
    progress: Any,
    score: Any,
    stream: Any,
    ways: Any,
    most_updates: Any,
    flip_updates: Any,
    flip_units: Any,
    flip_scores: Any,
) -> Any:
    """Ask a unit drawn anew each time, until none would flip; else as `fall`.

    The position counts the quiet updates in a row; while it is warm, all of them. After as many as
    there are free units all of these are looked at, for not every one was asked.
    """
    flips = 0
    end = progress[UPDATES] + most_updates
    cold = ways.beta < 0
    if cold and not order.size:
        progress[SETTLED] = 1
    while progress[UPDATES] < end and flips < flip_units.size and not progress[SETTLED]:
        if not order.size:
            break
        unit = order[draw_below(stream, order.size)]
        current = np.int64(state[unit])
        pulled = pull(form, state, unit)
        if cold:
            total = pulled + form.own[unit & ways.mask] * current
            wanted = decide(total, current, ways, stream)
        else:
            wanted = sample(pulled, ways, stream)
        progress[UPDATES] += 1
        progress[POSITION] += 1
        if wanted != current:
            score[0] -= ways.weight * current * rise(form, unit, pulled)
            turn(form, state, unit)
            flip_updates[flips] = progress[UPDATES]
            flip_units[flips] = unit
            flip_scores[flips] = score[0]
            flips += 1
            if cold:
                progress[POSITION] = 0
        if progress[POSITION] == order.size:
            progress[SETTLED] = 1 if cold and quiet(form, state, order, ways) else 0
            progress[POSITION] = 0
    return flips


@compiled
def descend(
    form: Any,
    state: Any,
    order: Any,
    progress: Any,
    score: Any,
    stream: Any,
    ways: Any,
    most_updates: Any,
    flip_updates: Any,
    flip_units: Any,
    flip_scores: Any,
) -> Any:
    """Flip the unit that gains most, again and again, until none would flip; else as `fall`."""
    flips = 0
    end = progress[UPDATES] + most_updates
    while progress[UPDATES] < end and flips < flip_units.size and not progress[SETTLED]:
        best = -1
        most = score[0] * 0
        for place in range(order.size):
            unit = order[place]
            current = np.int64(state[unit])
            pulled = pull(form, state, unit)
            if restless(pulled + form.own[unit & ways.mask] * current, current, ways):
                gained = -current * rise(form, unit, pulled)
                if best < 0 or gained > most:
                    best, most = unit, gained
        if best < 0:
            progress[SETTLED] = 1
            break
        progress[UPDATES] += 1
        current = np.int64(state[best])
        total = pull(form, state, best) + form.own[best & ways.mask] * current
        if decide(total, current, ways, stream) != current:
            score[0] += ways.weight * most
            turn(form, state, best)
            flip_updates[flips] = progress[UPDATES]
            flip_units[flips] = best
            flip_scores[flips] = score[0]
            flips += 1
    return flips
