"""The loops that go through every state of a small grid."""

from typing import Any

import numpy as np

from hopgui.model.kernels.census import begin
from hopgui.model.kernels.compiled import compiled
from hopgui.model.kernels.forms import TIE_KEEP, TIE_MINUS
from hopgui.model.kernels.units import pull, restless, turn


@compiled
def set_code(state: Any, free: Any, code: Any) -> None:
    """Set the free units to the binary digits of a number, the lowest first."""
    for place in range(free.size):
        state[free[place]] = 1 if code >> place & 1 else -1


@compiled
def first_against(form: Any, state: Any, free: Any, ways: Any, guess: Any) -> Any:
    """Find the place of a unit whose field is against it, the guess looked at first; −1 if none."""
    for step in range(-1, free.size):
        place = guess if step < 0 else step
        unit = free[place]
        current = np.int64(state[unit])
        total = pull(form, state, unit) + form.own[unit & ways.mask] * current
        if total * current < -ways.slack:
            return place
    return -1


@compiled
def calm(form: Any, state: Any, free: Any, ways: Any, sign: Any) -> Any:
    """Say whether no unit would flip, or, with sign −1, none of the inverse state under −fields."""
    for place in range(free.size):
        unit = free[place]
        current = np.int64(state[unit])
        total = pull(form, state, unit) + form.own[unit & ways.mask] * current
        if restless(sign * total, sign * current, ways):
            return False
    return True


@compiled
def is_minimum(form: Any, state: Any, free: Any, ways: Any) -> Any:
    """Say whether no single flip of a free unit lowers the energy."""
    for place in range(free.size):
        unit = free[place]
        if pull(form, state, unit) * state[unit] < -ways.slack:
            return False
    return True


@compiled
def stable_states(
    form: Any,
    state: Any,
    free: Any,
    ways: Any,
    first: Any,
    digits: Any,
    inverses: Any,
    codes: Any,
    minima: Any,
) -> Any:
    """Find the stable ones among the 2^digits states whose higher digits are those of `first`.

    They are gone through in the order of Gray (1953): from one to the next a single unit flips,
    and what fields are read from is carried along.

    Parameters
    ----------
    form
        How the network keeps its fields; changed in place.
    state
        Units ±1, int8, pinned ones as they are to stand; changed in place.
    free
        The units that are gone through, int32: that of digit 0 first.
    ways
        How a unit decides.
    first
        Number of the first state; its lower digits are 0.
    digits
        How many of them there are.
    inverses
        Whether to find the inverses of these states as well: their fields are the opposite ones.
    codes
        Takes the numbers of stable states, int64, as many as it has room for.
    minima
        Takes whether each of these is a local minimum, bool.

    Returns
    -------
    tuple
        Number of stable states, and of those that are local minima.
    """
    set_code(state, free, first)
    begin(form, state)
    code, guess, found, lowest = first, 0, 0, 0
    for step in range(1 << digits):
        # Ties aside, a state and its inverse are stable together, and most are not.
        place = first_against(form, state, free, ways, guess) if free.size else -1
        guess = max(place, 0)
        if place < 0:
            minimum = is_minimum(form, state, free, ways)
            for inverse in range(2 if inverses else 1):
                if calm(form, state, free, ways, 1 - 2 * inverse):
                    lowest += minimum
                    if found < codes.size:
                        codes[found], minima[found] = ~code if inverse else code, minimum
                    found += 1
        turned = trailing_zeros(step + 1)
        if turned < digits:
            turn(form, state, free[turned])
            code ^= 1 << turned
    return found, lowest


@compiled
def trailing_zeros(number: Any) -> Any:
    """Count the zeros at a number's end."""
    count = 0
    while not number & 1:
        number >>= 1
        count += 1
    return count


@compiled
def answer(form: Any, state: Any, unit: Any, ways: Any) -> Any:
    """Say what a unit becomes at temperature 0; 0 where chance decides.

    As `decide`, but in arithmetic: over all states nobody could guess the branches.
    """
    current = np.int64(state[unit])
    total = pull(form, state, unit) + form.own[unit & ways.mask] * current
    up, down = np.int64(total > ways.slack), np.int64(total < -ways.slack)
    keep, minus = np.int64(ways.ties == TIE_KEEP), np.int64(ways.ties == TIE_MINUS)
    return up - down + (1 - up - down) * (keep * current - minus)


@compiled
def states_on_cycles(
    form: Any,
    other: Any,
    state: Any,
    stepped: Any,
    free: Any,
    ways: Any,
    first: Any,
    digits: Any,
) -> Any:
    """Count the states to which two synchronous steps lead back, and one does not.

    Parameters
    ----------
    form, state
        As in `stable_states`.
    other, stepped
        The same once more, for the state after one step.
    free, ways, first, digits
        As there.
    """
    set_code(state, free, first)
    stepped[:] = state
    begin(form, state)
    begin(other, stepped)
    guess, found = 0, 0
    wanted = np.empty(free.size, np.int8)
    for step in range(1 << digits):
        certain, moved = np.int64(1), np.int64(0)
        for place in range(free.size):
            wanted[place] = answer(form, state, free[place], ways)
            certain &= wanted[place]  # ±1 is odd
            moved |= np.int64(wanted[place]) ^ np.int64(state[free[place]])
        certain &= 1
        for place in range(free.size):
            if certain and wanted[place] != stepped[free[place]]:
                turn(other, stepped, free[place])
        if certain and moved:
            back = True
            for number in range(-1, free.size):
                place = guess if number < 0 else number
                unit = free[place]
                if answer(other, stepped, unit, ways) != state[unit]:
                    guess, back = place, False
                    break
            found += back
        turned = trailing_zeros(step + 1)
        if turned < digits:
            turn(form, state, free[turned])
    return found


@compiled
def unstable_units(form: Any, state: Any, free: Any, ways: Any, masks: Any) -> None:
    """Note for every state which of its units would flip: bit k of its mask is digit k's unit.

    Parameters
    ----------
    form, state, free, ways
        As in `stable_states`.
    masks
        Takes a mask a state, at its number, int32 array of shape (2^free,).
    """
    set_code(state, free, 0)
    begin(form, state)
    code = 0
    for step in range(masks.size):
        mask = 0
        for place in range(free.size):
            unit = free[place]
            current = np.int64(state[unit])
            total = pull(form, state, unit) + form.own[unit & ways.mask] * current
            if restless(total, current, ways):
                mask |= 1 << place
        masks[code] = mask
        if step + 1 < masks.size:
            turned = trailing_zeros(step + 1)
            turn(form, state, free[turned])
            code ^= 1 << turned


@compiled
def fill_shares(masks: Any, digits: Any, shares: Any) -> Any:
    """Fill in from which state a fall ends in which stable one, and how often.

    A state's turn comes when all states that it can fall to are known (Kahn 1962), whatever its
    energy: so flips that keep the energy do no harm.

    Parameters
    ----------
    masks
        As `unstable_units` notes them.
    digits
        Number of free units.
    shares
        Takes the shares, float64 array of zeros of shape (states, stable states).

    Returns
    -------
    int
        Number of states that were reached: fewer than all if a fall can go round in circles.
    """
    left = np.empty(masks.size, np.int64)
    order = np.empty(masks.size, np.int64)
    known = 0
    for code in range(masks.size):
        left[code] = 0
        for place in range(digits):
            left[code] += masks[code] >> place & 1
        if not left[code]:
            shares[code, known] = 1.0
            order[known] = code
            known += 1
    turn_of = 0
    while turn_of < known:
        after = order[turn_of]
        turn_of += 1
        for place in range(digits):
            code = after ^ 1 << place
            if masks[code] >> place & 1:
                left[code] -= 1
                if not left[code]:
                    average(masks, digits, code, shares)
                    order[known] = code
                    known += 1
    return known


@compiled
def average(masks: Any, digits: Any, code: Any, shares: Any) -> None:
    """Let a state's shares be the mean of those of the states that it falls to next."""
    many = 0
    for place in range(digits):
        if masks[code] >> place & 1:
            many += 1
            for attractor in range(shares.shape[1]):
                shares[code, attractor] += shares[code ^ 1 << place, attractor]
    for attractor in range(shares.shape[1]):
        shares[code, attractor] /= many
