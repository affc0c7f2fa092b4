"""A few states that fall in one order of the units: a row that is at hand serves them all."""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled
from hopgui.model.kernels.forms import SHUFFLED
from hopgui.model.kernels.stream import shuffle
from hopgui.model.kernels.units import decide


@compiled
def sweep_several(
    form: Any,
    states: Any,
    sums: Any,
    scores: Any,
    changed: Any,
    order: Any,
    stream: Any,
    ways: Any,
) -> None:
    """Ask every free unit once at temperature 0, of several states each; else as `fall`.

    Parameters
    ----------
    form
        A `LowRank` form whose sums are of 16 or 32 bits; these are left as they are.
    states
        Units ±1, int8, a row a state; changed in place.
    sums
        The sums of each state, of the type of the form's, a row a state; changed in place.
    scores
        −E of each before the scale, int64; changed in place.
    changed
        Takes whether any unit of each has flipped, bool array of shape (states,).
    order, stream, ways
        As in `fall`; ties are not left to chance.
    """
    changed[:] = False
    totals = np.empty(len(states), np.int32)
    if ways.order == SHUFFLED:
        shuffle(order, stream)
    for place in range(order.size):
        unit = np.uint32(order[place])
        add_up(form.rows[unit], sums, totals)
        diagonal, own = form.diagonal[unit & form.mask], form.own[unit & ways.mask]
        for which in range(len(states)):
            current = np.int64(states[which, unit])
            pulled = np.int64(totals[which]) - diagonal * current
            if decide(pulled + own * current, current, ways, stream) != current:
                scores[which] -= ways.weight * current * pulled
                states[which, unit] = -current
                add_to(sums[which], form.carry[unit], -2 * current)
                changed[which] = True


@compiled
def add_to(sums: Any, carry: Any, twice: Any) -> None:
    """Carry sums along when a unit flips."""
    step = np.int32(twice)
    for rank in range(carry.size):
        sums[rank] += step * carry[rank]


@compiled
def add_up(row: Any, sums: Any, totals: Any) -> None:
    """Compute Σ_r row_r sums_r for several sums: four at a time, to fetch the row less often."""
    count, first = len(sums), 0
    while first + 4 <= count:
        a, b, c, d = sums[first], sums[first + 1], sums[first + 2], sums[first + 3]
        at_a = at_b = at_c = at_d = np.int32(0)
        for rank in range(row.size):
            value = np.int32(row[rank])
            at_a = np.int32(at_a + np.int32(np.int32(a[rank]) * value))
            at_b = np.int32(at_b + np.int32(np.int32(b[rank]) * value))
            at_c = np.int32(at_c + np.int32(np.int32(c[rank]) * value))
            at_d = np.int32(at_d + np.int32(np.int32(d[rank]) * value))
        totals[first], totals[first + 1] = at_a, at_b
        totals[first + 2], totals[first + 3] = at_c, at_d
        first += 4
    while first < count:
        a = sums[first]
        at_a = np.int32(0)
        for rank in range(row.size):
            at_a = np.int32(at_a + np.int32(np.int32(a[rank]) * np.int32(row[rank])))
        totals[first] = at_a
        first += 1
