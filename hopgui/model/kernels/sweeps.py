"""Units asked one after another, sweep by sweep, until nothing changes.

The three loops repeat how a unit is asked and its flip noted: as functions of their own, written
out or not, these cost 5 to 25 % of the speed. Units are taken without a sign: a place that could
be below 0 is looked at for that each time, which costs 8 %.
"""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled
from hopgui.model.kernels.forms import CHANGED, POSITION, SETTLED, SHUFFLED, UPDATES
from hopgui.model.kernels.stream import draw_below, shuffle
from hopgui.model.kernels.units import decide, pull, restless, rise, sample, turn
from hopgui.model.kernels.whole import quiet


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
    log: Any,
) -> Any:
    """Ask units one at a time, sweep by sweep, until a whole sweep is quiet.

    Stops early after `most_updates` units or when the log is full, and goes on from there at the
    next call.

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
    log
        Takes each flip.

    Returns
    -------
    int
        Number of flips written to the log.
    """
    position = progress[POSITION]
    changed = progress[CHANGED]
    updates = progress[UPDATES]
    settled = progress[SETTLED] != 0
    flips = 0
    room = log.units.size
    end = updates + most_updates
    cold = ways.beta < 0
    settled |= cold and not order.size
    while updates < end and flips < room and order.size and not settled:
        if position == 0 and ways.order == SHUFFLED:
            shuffle(order, stream)
        stop = min(np.int64(order.size), position + end - updates)
        while position < stop and flips < room:
            unit = np.uint32(order[position])
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
                log.updates[flips] = updates
                log.units[flips] = unit
                log.scores[flips] = score[0]
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
    log: Any,
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
    while progress[UPDATES] < end and flips < log.units.size and not progress[SETTLED]:
        if not order.size:
            break
        unit = np.uint32(order[draw_below(stream, order.size)])
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
            log.updates[flips] = progress[UPDATES]
            log.units[flips] = unit
            log.scores[flips] = score[0]
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
    log: Any,
) -> Any:
    """Flip the unit that gains most, again and again, until none would flip; else as `fall`."""
    flips = 0
    end = progress[UPDATES] + most_updates
    while progress[UPDATES] < end and flips < log.units.size and not progress[SETTLED]:
        best: Any = -1
        most = score[0] * 0
        for place in range(order.size):
            unit = np.uint32(order[place])
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
            log.updates[flips] = progress[UPDATES]
            log.units[flips] = best
            log.scores[flips] = score[0]
            flips += 1
    return flips
