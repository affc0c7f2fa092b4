"""The loops of the search for mixtures: they are asked of every attractor of a census."""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled


@compiled
def search(
    patterns: Any,
    states: Any,
    orders: Any,
    weights: Any,
    overlaps: Any,
    members: Any,
    likely: Any,
    starts: Any,
    rounding: Any,
    unlike: Any,
    chosen: Any,
    signs: Any,
    uneven: Any,
) -> None:
    """Look for the mixtures that are most like each of these states.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    states
        Units ±1, int8 array of shape (states, units).
    orders, weights, overlaps
        Of each state the memories, the likeliest first; its dual overlaps with them, 0 for no
        member; and its overlaps. int64, float64 and int64 arrays of shape (states, memories).
    members
        How many of them are members at all, int64 array of shape (states,).
    likely, starts
        How many of the likeliest may be exchanged; from how many of them on one begins.
    rounding
        The share of what was added below which a sum of weights is a tie.
    unlike
        Takes the units unlike the sums of 1, 2, 3, … members that count alike, int64 array of
        shape (states, most members); an odd number of members never ties.
    chosen, signs
        Take the members of those of 3, 5, 7, … that were bettered by exchanges, int64 arrays of
        shape (states, rows, most exchanged).
    uneven
        Takes the units unlike the sums of 1, 2, 3, … members that count as much as their dual
        overlaps say, int64 array of shape (states, few).
    """
    for row in range(len(states)):
        count = members[row]
        state, order, weight = states[row], orders[row, :count], weights[row, :count]
        upright = np.ones(count, np.int64)
        for place in range(count):
            if weight[place] <= 0:
                upright[place] = -1
        most = min(count, unlike.shape[1])
        unlikes(patterns, order, upright, state, unlike[row, :most])
        unlikes_uneven(patterns, order, weight, state, rounding, uneven[row])
        likeliest = np.empty((min(likely, count), state.size), np.int16)
        for place in range(len(likeliest)):
            for unit in range(state.size):
                likeliest[place, unit] = patterns[order[place], unit] * state[unit]
        for better in range(chosen.shape[1]):
            size = 3 + 2 * better
            if size > most:
                break
            places, found = np.arange(size), upright[:size].copy()
            if unlike[row, size - 1] and size < count:
                places, found, unlike[row, size - 1] = bettered(
                    likeliest, upright, overlaps[row], size, starts
                )
            for member in range(size):
                chosen[row, better, member] = order[places[member]]
                signs[row, better, member] = found[member]


@compiled
def bettered(likeliest: Any, upright: Any, overlaps: Any, size: Any, starts: Any) -> Any:
    """Exchange members from several starts on: what is best depends on where one begins.

    Returns
    -------
    tuple
        Which of the likeliest are members, their signs, and the units unlike their sum.
    """
    likely = len(likeliest)
    rows = 1 + min(starts, likely - size + 1)
    places, signs = np.empty((rows, size), np.int64), np.empty((rows, size), np.int64)
    largest = np.argsort(-np.abs(overlaps[:likely]), kind="mergesort")
    for member in range(size):
        places[0, member] = largest[member]
        signs[0, member] = 1 if overlaps[largest[member]] >= 0 else -1
        for row in range(1, rows):
            places[row, member] = row - 1 + member
            signs[row, member] = upright[row - 1 + member]
    best, fewest = exchange_from_all(likeliest, places, signs)
    return places[best], signs[best], fewest


@compiled
def mix(patterns: Any, chosen: Any, signs: Any, ends: Any, out: Any) -> None:
    """Add memories up, an odd number at a time, and take the sign of every unit.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    chosen, signs
        The members of all mixtures, one mixture after the other, int64.
    ends
        Where the members of each end among them, int64 array of shape (mixtures,).
    out
        Takes the mixtures, int8 array of shape (mixtures, units).
    """
    units, first = patterns.shape[1], 0
    for row in range(len(ends)):
        total = np.zeros(units, np.int32)
        for member in range(first, ends[row]):
            memory, sign = patterns[chosen[member]], np.int32(signs[member])
            for unit in range(units):
                total[unit] += sign * memory[unit]
        for unit in range(units):
            out[row, unit] = 1 if total[unit] > 0 else -1
        first = ends[row]


@compiled
def unlikes_uneven(
    patterns: Any, order: Any, weights: Any, state: Any, rounding: Any, out: Any
) -> None:
    """Count the units of a state that differ from 1, 2, 3, … memories added up by their weights."""
    total, added = np.zeros(state.size), 0.0
    for place in range(min(out.size, order.size)):
        row, weight = patterns[order[place]], weights[place]
        added += abs(weight)
        tie, unlike = -rounding * added, 0
        for unit in range(state.size):
            total[unit] += weight * row[unit]
            unlike += total[unit] * state[unit] < tie
        out[place] = unlike


@compiled
def unlikes(patterns: Any, order: Any, signs: Any, state: Any, out: Any) -> None:
    """Count the units of a state that differ from the sign of 1, 2, 3, … signed memories' sum.

    Parameters
    ----------
    patterns
        The memories, int8 array of shape (memories, units).
    order, signs
        Index and sign ±1 of each in turn, int64.
    state
        Units ±1, int8.
    out
        Takes the number after each, int64; a sum of 0 counts as −1.
    """
    total = np.zeros(state.size, np.int32)
    for place in range(out.size):
        row, sign = patterns[order[place]], np.int32(signs[place])
        unlike = np.int32(0)
        for unit in range(state.size):
            total[unit] += sign * row[unit]
            unlike = np.int32(unlike + ((total[unit] > 0) != (state[unit] > 0)))
        out[place] = unlike


@compiled
def exchange(likeliest: Any, places: Any, signs: Any) -> Any:
    """Exchange members, one at a time, as long as the mixture becomes more like the state.

    Parameters
    ----------
    likeliest
        The likeliest members, each unit +1 where it is like the state's and −1 elsewhere, int16
        array of shape (likeliest, units).
    places, signs
        Which of them are members, and with what sign, int64 arrays; changed in place.

    Returns
    -------
    int
        Units that are unlike the mixture that is left; where its members tie none is.
    """
    units = likeliest.shape[1]
    total, others = np.zeros(units, np.int16), np.empty(units, np.int16)
    tied = np.empty(units, np.int16)
    for member in range(places.size):
        row, sign = likeliest[places[member]], np.int16(signs[member])
        for unit in range(units):
            total[unit] += sign * row[unit]
    unlike, quiet = np.int64(np.sum(total < 0)), 0
    while quiet < places.size:
        for member in range(places.size):
            row, sign = likeliest[places[member]], np.int16(signs[member])
            wrong, ties = np.int32(0), np.int32(0)
            for unit in range(units):
                other = np.int16(total[unit] - sign * row[unit])
                others[unit] = other
                tied[unit] = np.int16(other == 0)
                wrong = np.int32(wrong + (other < 0))
                ties = np.int32(ties + (other == 0))
            # Where the others tie, this one decides: so the best is best on those units.
            best, gain = 0, np.int32(0)
            for place in range(likeliest.shape[0]):
                gained = np.int32(0)
                for unit in range(units):
                    gained = np.int32(gained + likeliest[place, unit] * tied[unit])
                if abs(gained) > abs(gain) and not taken(places, member, place):
                    best, gain = place, gained
            fewer = np.int64(wrong) + (ties - abs(gain)) // 2
            quiet += 1
            if fewer < unlike:
                unlike, quiet = fewer, 0
                places[member], signs[member] = best, 1 if gain > 0 else -1
                row, sign = likeliest[best], np.int16(signs[member])
                for unit in range(units):
                    total[unit] = others[unit] + sign * row[unit]
    return unlike


@compiled
def exchange_from_all(likeliest: Any, places: Any, signs: Any) -> Any:
    """Exchange the members of each of these mixtures, a row each, as `exchange` does.

    Returns
    -------
    tuple
        The row of the first that is most like the state, and the units at which it is unlike.
    """
    best, fewest = 0, likeliest.shape[1] + 1
    for row in range(len(places)):
        unlike = exchange(likeliest, places[row], signs[row])
        if unlike < fewest:
            best, fewest = row, unlike
    return best, fewest


@compiled
def taken(places: Any, member: Any, place: Any) -> Any:
    """Say whether another member is already at this place."""
    found = False
    for other in range(places.size):
        found |= other != member and places[other] == place
    return found
