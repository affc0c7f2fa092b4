"""The loops of many falls."""

from typing import Any

import numpy as np
from numba.extending import overload

from hopgui.model.kernels.compiled import compiled
from hopgui.model.kernels.forms import (
    SETTLED,
    SHUFFLED,
    TIE_KEEP,
    TIE_RANDOM,
    UPDATES,
    Hidden,
    Log,
    LowRank,
    Matrix,
)
from hopgui.model.kernels.stream import draw, draw_below, shuffle
from hopgui.model.kernels.sweeps import descend, fall, wander
from hopgui.model.kernels.units import turn
from hopgui.model.kernels.whole import asked, quiet, symmetric_sums, weighted_sums

# Where a fall ended.
UNSETTLED, STABLE, CYCLE = range(3)

# Which unit is asked next.
IN_SWEEPS, WITH_REPLACEMENT, STEEPEST, AT_ONCE = range(4)

# What a start is made from.
DRAWN, FLIPPED = range(2)


@compiled
def streams_of(key: Any, first: Any, streams: Any) -> None:
    """Seed the streams of as many starts, the first one's number given, from one key."""
    one = np.empty(1, np.uint64)
    for place in range(streams.size):
        one[0] = key + np.uint64(first + place) * np.uint64(0x9E3779B97F4A7C15)
        streams[place] = draw(one)


@compiled
def scatter(states: Any, free: Any, streams: Any, kind: Any, count: Any) -> None:
    """Draw the free units of each state, or flip so many of them, all sets equally likely.

    Parameters
    ----------
    states
        Units ±1, int8, a row a start; changed in place.
    free
        The units that may change, int32.
    streams
        A random stream a start, uint64; changed in place.
    kind
        `DRAWN` or `FLIPPED`.
    count
        How many to flip.
    """
    pool = free.copy()
    for start in range(states.shape[0]):
        state, stream = states[start], streams[start : start + 1]
        if kind == DRAWN:
            bits = np.uint64(0)
            for place in range(free.size):
                if place % 64 == 0:
                    bits = draw(stream)
                state[free[place]] = 1 if bits & np.uint64(1) else -1
                bits >>= np.uint64(1)
        else:
            pool[:] = free
            for place in range(count):
                other = place + draw_below(stream, free.size - place)
                pool[place], pool[other] = pool[other], pool[place]
                state[pool[place]] = -state[pool[place]]


def begin(form: Any, state: Any) -> Any:
    """Compute anew what the fields of a state are read from."""
    raise NotImplementedError


@overload(begin)
def _begin(form: Any, state: Any) -> Any:  # noqa: ARG001 - Numba reads the names
    kind = form.instance_class

    def low_rank(form: Any, state: Any) -> Any:
        form.sums[:] = 0
        weighted_sums(form.carry, state, form.sums)

    def matrix(form: Any, state: Any) -> Any:
        form.fields[:] = form.biases
        if form.even_fields.size:
            weighted_sums(form.columns, state, form.fields)
            form.even_fields[:] = 0
            symmetric_sums(form.even_columns, state, form.even_fields)
        else:
            symmetric_sums(form.columns, state, form.fields)

    def by_overlaps(form: Any, state: Any) -> Any:
        form.overlaps[:] = 0
        weighted_sums(form.rows, state, form.overlaps)

    def hidden(form: Any, state: Any) -> Any:
        form.inputs[:] = form.offsets
        for unit in range(state.size):
            if state[unit] > 0:
                row = form.rows[unit]
                for place in range(row.size):
                    form.inputs[place] += row[place]

    return {LowRank: low_rank, Matrix: matrix, Hidden: hidden}.get(kind, by_overlaps)


@compiled
def quench(
    form: Any,
    states: Any,
    partners: Any,
    ends: Any,
    free: Any,
    streams: Any,
    score: Any,
    ways: Any,
    update: Any,
    most_updates: Any,
    stop: Any,
) -> None:
    """Let each state fall at temperature 0, one after another.

    With random ties a state in which a unit might flip is no end: the fall goes on.

    Parameters
    ----------
    form
        How the network keeps its fields; changed in place.
    states
        Where each fall begins and then where it ended, int8, a row a fall.
    partners
        Takes the other state of a cycle, of the same shape.
    ends
        Takes `UNSETTLED`, `STABLE` or `CYCLE`, int8, one a fall.
    free
        The units to ask, int32.
    streams
        A random stream a fall, uint64; changed in place.
    score
        A number of the score's type, shape (1,).
    ways
        How a unit decides.
    update
        `IN_SWEEPS`, `WITH_REPLACEMENT`, `STEEPEST` or `AT_ONCE`.
    most_updates
        After how many units a fall is given up.
    stop
        Not 0 when all is to be left as it is; another thread may write to it.
    """
    order = free.copy()
    progress = np.zeros(4, np.int64)
    room = max(free.size, 1)
    log = Log(np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, score.dtype))
    # A plain 1 would have a type of its own, and the descent would be compiled for that as well.
    single = np.int64(1)
    for start in range(states.shape[0]):
        state, stream = states[start], streams[start : start + 1]
        begin(form, state)
        if update == AT_ONCE:
            ends[start] = step_on(
                form, state, partners[start], free, stream, ways, most_updates, stop
            )
            continue
        order[:] = free
        progress[:] = 0
        while not progress[SETTLED] and progress[UPDATES] < most_updates and not stop[0]:
            if update == IN_SWEEPS:
                fall(form, state, order, progress, score, stream, ways, room, log)
            elif update == WITH_REPLACEMENT:
                wander(form, state, order, progress, score, stream, ways, room, log)
            else:
                # One flip at a time: each looks at all units, and a stop must not wait for many.
                descend(form, state, order, progress, score, stream, ways, single, log)
            if progress[SETTLED] and ways.ties == TIE_RANDOM:
                progress[SETTLED] = 1 if quiet(form, state, free, ways) else 0
        ends[start] = STABLE if progress[SETTLED] else UNSETTLED


@compiled
def step_on(
    form: Any,
    state: Any,
    before: Any,
    free: Any,
    stream: Any,
    ways: Any,
    most_updates: Any,
    stop: Any,
) -> Any:
    """Ask all free units at once, again and again, until nothing changes or two states take turns.

    `before` takes the state before the last, which is the other one of such a cycle.
    """
    flipped = np.empty(free.size, np.int32)
    before[:] = state
    made = 0
    while made * free.size < most_updates and not stop[0]:
        changes = asked(form, state, free, stream, ways, flipped)
        # It goes back to the state before if just those units flip that flipped on the way here.
        back = np.int64(np.sum(state != before)) == changes
        for place in range(changes):
            back &= state[flipped[place]] != before[flipped[place]]
        if not changes and (ways.ties != TIE_RANDOM or quiet(form, state, free, ways)):
            return STABLE
        if made and changes and back and ways.ties != TIE_RANDOM:
            return CYCLE
        before[:] = state
        for place in range(changes):
            turn(form, state, flipped[place])
        made += 1
    return UNSETTLED


@compiled
def quench_side_by_side(
    form: Any,
    states: Any,
    ends: Any,
    free: Any,
    stream: Any,
    sums: Any,
    ways: Any,
    most_sweeps: Any,
    stop: Any,
) -> None:
    """Let states fall in sweeps, many at a time in the same order; else as `quench`.

    Whichever ends after a sweep makes room for the next one: lanes are never idle while states are
    left. What a state falls to is decided by those before it and by the stream alone.

    Parameters
    ----------
    form
        A `LowRank` form of 8-bit numbers without slack; its sums are changed.
    stream
        The random stream of all, uint64 array of shape (1,); changed in place.
    sums
        Room for the lanes' sums, shape (rank, lanes), of a type that twice a field fits into.
    most_sweeps
        After how many sweeps a fall is given up.
    """
    narrow, many = sums.dtype.type, sums.shape[1]
    order = free.copy()
    lanes = np.ones((states.shape[1], many), sums.dtype)
    total, turned = np.zeros(many, sums.dtype), np.zeros(many, sums.dtype)
    changed = np.zeros(many, sums.dtype)
    falls, sweeps = np.full(many, -1), np.zeros(many, np.int64)
    keep = 1 if ways.ties == TIE_KEEP else 0
    coming = busy = min(many, len(states))
    for lane in range(busy):
        enter(form, states, lane, lanes, sums, lane, falls)
    while busy and not stop[0]:
        changed[:] = 0
        if ways.order == SHUFFLED:
            shuffle(order, stream)
        for unit in order:
            for lane in range(many):
                total[lane] = 0
            add_fields(form.rows[unit], sums, total)
            # A tie becomes −1, or what it was: then half a unit more holds it.
            held = form.own[unit & ways.mask] - form.diagonal[unit & form.mask]
            twice = narrow(2 * held + keep)
            flips = narrow(0)
            for lane in range(many):
                value = lanes[unit, lane]
                up = narrow(total[lane] + total[lane]) + narrow(twice * value) > 0
                turned[lane] = narrow((narrow(1) if up else narrow(-1)) - value)
                flips = narrow(flips | turned[lane])
            if flips:
                for lane in range(many):
                    lanes[unit, lane] = narrow(lanes[unit, lane] + turned[lane])
                    changed[lane] = narrow(changed[lane] | turned[lane])
                add_to_sums(form.carry[unit], turned, sums)
        for lane in range(many):
            sweeps[lane] += 1
            if falls[lane] >= 0 and (not changed[lane] or sweeps[lane] == most_sweeps):
                ends[falls[lane]] = UNSETTLED if changed[lane] else STABLE
                for unit in range(states.shape[1]):
                    states[falls[lane], unit] = lanes[unit, lane]
                falls[lane], sweeps[lane] = -1, 0
                busy -= 1
                if coming < len(states):
                    enter(form, states, coming, lanes, sums, lane, falls)
                    coming += 1
                    busy += 1


@compiled
def enter(form: Any, states: Any, fall: Any, lanes: Any, sums: Any, lane: Any, falls: Any) -> None:
    """Put the state where a fall begins into a lane."""
    form.sums[:] = 0
    weighted_sums(form.carry, states[fall], form.sums)
    for place in range(sums.shape[0]):
        sums[place, lane] = form.sums[place]
    for unit in range(states.shape[1]):
        lanes[unit, lane] = states[fall, unit]
    falls[lane] = fall


@compiled
def add_fields(row: Any, sums: Any, total: Any) -> None:
    """Add Σ_r row_r sums_r to every lane's total: four at a time, to fetch a total less often."""
    narrow, fours = sums.dtype.type, row.size // 4
    for four in range(fours):
        place = 4 * four
        a, b = narrow(row[place]), narrow(row[place + 1])
        c, d = narrow(row[place + 2]), narrow(row[place + 3])
        for lane in range(total.size):
            total[lane] += narrow(
                a * sums[place, lane]
                + b * sums[place + 1, lane]
                + c * sums[place + 2, lane]
                + d * sums[place + 3, lane]
            )
    for place in range(4 * fours, row.size):
        a = narrow(row[place])
        for lane in range(total.size):
            total[lane] += narrow(a * sums[place, lane])


@compiled
def add_to_sums(carry: Any, turned: Any, sums: Any) -> None:
    """Add what each lane's turned unit adds to its sums."""
    narrow = sums.dtype.type
    for place in range(carry.size):
        value = narrow(carry[place])
        for lane in range(turned.size):
            sums[place, lane] = narrow(sums[place, lane] + value * turned[lane])
