"""All units of a state at once."""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled
from hopgui.model.kernels.units import decide, pull, restless, rise, sample, turn

# From how many numbers a row on eight rows are taken at a time.
LONG = 256


@compiled
def weighted_sums(table: Any, state: Any, out: Any) -> None:
    """Add Σ_j table_j x_j to `out`, some rows at a time: the memory is what it waits for."""
    if out.size >= LONG:
        add_by_eight(table, state, out)
    else:
        add_by_four(table, state, out)


@compiled
def add_by_four(table: Any, state: Any, out: Any) -> None:
    """Add up weighted rows, four at a time."""
    fours = state.size // 4 * 4
    for unit in range(0, fours, 4):
        a, b, c, d = table[unit], table[unit + 1], table[unit + 2], table[unit + 3]
        at_a, at_b = np.int32(state[unit]), np.int32(state[unit + 1])
        at_c, at_d = np.int32(state[unit + 2]), np.int32(state[unit + 3])
        for place in range(out.size):
            out[place] += at_a * a[place] + at_b * b[place] + at_c * c[place] + at_d * d[place]
    for unit in range(fours, state.size):
        row = table[unit]
        value = np.int32(state[unit])
        for place in range(out.size):
            out[place] += value * row[place]


@compiled
def add_by_eight(table: Any, state: Any, out: Any) -> None:
    """Add up weighted rows, eight at a time."""
    eights = state.size // 8 * 8
    for unit in range(0, eights, 8):
        a, b, c, d = table[unit], table[unit + 1], table[unit + 2], table[unit + 3]
        e, f, g, h = table[unit + 4], table[unit + 5], table[unit + 6], table[unit + 7]
        at_a, at_b = np.int32(state[unit]), np.int32(state[unit + 1])
        at_c, at_d = np.int32(state[unit + 2]), np.int32(state[unit + 3])
        at_e, at_f = np.int32(state[unit + 4]), np.int32(state[unit + 5])
        at_g, at_h = np.int32(state[unit + 6]), np.int32(state[unit + 7])
        for place in range(out.size):
            low = at_a * a[place] + at_b * b[place] + at_c * c[place] + at_d * d[place]
            high = at_e * e[place] + at_f * f[place] + at_g * g[place] + at_h * h[place]
            out[place] += low + high
    add_by_four(table[eights:], state[eights:], out)


@compiled
def symmetric_sums(rows: Any, state: Any, out: Any) -> None:
    """Add Σ_j C_ij x_j to `out`, a row at a time: one after the other they come soonest."""
    for unit in range(out.size):
        row = rows[unit]
        total = np.int64(0)
        for other in range(row.size):
            total += np.int64(row[other]) * np.int64(state[other])
        out[unit] += total


@compiled
def pulls(form: Any, state: Any, out: Any) -> None:
    """Compute what the others say to every unit."""
    for unit in range(out.size):
        out[unit] = pull(form, state, unit)


@compiled
def quiet(form: Any, state: Any, order: Any, ways: Any) -> Any:
    """Say whether no free unit would flip."""
    for place in range(order.size):
        unit = np.uint32(order[place])
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
def asked(form: Any, state: Any, order: Any, stream: Any, ways: Any, flipped: Any) -> Any:
    """Ask all free units at once which of them would flip, and leave the state as it is.

    They are written to `flipped`, of the size of `order`; their number is returned.
    """
    flips = 0
    cold = ways.beta < 0
    for place in range(order.size):
        unit = np.uint32(order[place])
        current = np.int64(state[unit])
        total = pull(form, state, unit) + form.own[unit & ways.mask] * current
        wanted = decide(total, current, ways, stream) if cold else sample(total, ways, stream)
        flipped[flips] = unit
        flips += wanted != current
    return flips


@compiled
def step(
    form: Any, state: Any, order: Any, score: Any, stream: Any, ways: Any, flipped: Any
) -> Any:
    """Ask all free units at once and flip those that would (at T > 0: Little 1974).

    The flipped units are written to `flipped`, of the size of `order`; their number is returned.
    """
    flips = asked(form, state, order, stream, ways, flipped)
    for place in range(flips):
        unit = flipped[place]
        current = np.int64(state[unit])
        score[0] -= ways.weight * current * rise(form, unit, pull(form, state, unit))
        turn(form, state, unit)
    return flips
