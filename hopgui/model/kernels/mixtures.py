"""The loops of the search for mixtures: they are asked of every attractor of a census."""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled


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
