"""One unit: what the others say to it, what it becomes, and what its flip changes.

*Pull*, *turn* and *rise* are written for each form; Numba chooses by the form that a loop is given.
"""

from math import exp
from typing import Any

import numpy as np
from numba.extending import overload

from hopgui.model.kernels.compiled import compiled
from hopgui.model.kernels.forms import (
    TIE_KEEP,
    TIE_MINUS,
    TIE_RANDOM,
    Dense,
    Exponential,
    Hidden,
    LowRank,
    Matrix,
)
from hopgui.model.kernels.stream import draw

_FRACTION = 2.0**-53
# e^−d for all d at which double precision has a number for it: overlaps differ by whole numbers.
SHARES = np.array([exp(-d) for d in range(746)])


def pull(form: Any, state: Any, unit: Any) -> Any:
    """Compute what the other units say: the score with this unit at +1 less that with it at −1."""
    raise NotImplementedError


@overload(pull)
def _pull(form: Any, state: Any, unit: Any) -> Any:  # noqa: ARG001 - Numba reads the names
    kind = form.instance_class

    # Sums of 16 and of 32 bits stay within 32 bits all together; so they are added up faster. Of 16
    # bits a product is quicker than a choice: machines multiply and add up pairs of them at once.
    def short(form: Any, state: Any, unit: Any) -> Any:
        row = form.rows[unit]
        sums = form.sums
        total = np.int32(0)
        for rank in range(row.size):
            total = np.int32(total + np.int32(np.int32(sums[rank]) * np.int32(row[rank])))
        return np.int64(total) - form.diagonal[unit & form.mask] * np.int64(state[unit])

    def narrow(form: Any, state: Any, unit: Any) -> Any:
        row = form.rows[unit]
        sums = form.sums
        total = np.int32(0)
        for rank in range(row.size):
            total = np.int32(total + (sums[rank] if row[rank] > 0 else np.int32(-sums[rank])))
        return np.int64(total) - form.diagonal[unit & form.mask] * np.int64(state[unit])

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
        most = form.overlaps[0] - np.int64(row[0]) * current
        for memory in range(1, row.size):
            most = max(most, form.overlaps[memory] - np.int64(row[memory]) * current)
        # The largest exponent is taken out, so that no sum overflows or vanishes.
        above, below = 0.0, 0.0
        for memory in range(row.size):
            value = np.int64(row[memory])
            less = most - (form.overlaps[memory] - value * current)
            if less < SHARES.size:
                if value > 0:
                    above += SHARES[less]
                else:
                    below += SHARES[less]
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
        return {16: short, 32: narrow, 64: wide}[form.types[2].dtype.bitwidth]
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
    # One branch that is nearly always taken: the sign alone could not be foretold.
    if abs(total) > ways.slack:
        return np.int64(total > 0) * 2 - 1
    if ways.ties == TIE_MINUS:
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
