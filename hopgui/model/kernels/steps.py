"""One step of every state of a small grid, read from tables.

A state's number is written in its free units: digit k is 1 where unit k is +1. It falls into chunks
of digits, and a table holds what a chunk, whatever its digits, adds to a sum; so a few numbers
added up tell where any state leads, without a path to it. What a unit is asked for is its *lean*: a
field with the rule for ties in it, in whole numbers. The unit becomes +1 if it is above 0.
"""

from typing import Any, NamedTuple

import numpy as np
from numba.extending import overload

from hopgui.model.kernels.compiled import compiled

# Digits a chunk: the tables of 30 units fit into a core's own memory.
CHUNK = 8
WIDTH = 1 << CHUNK


class Linear(NamedTuple):
    """Leans that are sums over the units: those of couplings.

    Attributes
    ----------
    parts
        What a chunk's digits add to each free unit's lean, int64, shape (chunks, free, `WIDTH`).
    """

    parts: Any


class Powers(NamedTuple):
    """Leans under an energy −Σ_μ F(M_μ) in whole numbers.

    Attributes
    ----------
    parts
        What a chunk's digits add to each overlap, int64, shape (chunks, memories, `WIDTH`).
    rows
        The memories, ±1 as int64, a row a free unit.
    gains
        F(m + 1) − F(m − 1) at place m + N, int64.
    keep
        What a unit at +1 adds to its own lean: 1 where ties leave it as it is, else 0.
    """

    parts: Any
    rows: Any
    gains: Any
    keep: Any


class Leaning(NamedTuple):
    """What leans are held to.

    Attributes
    ----------
    own
        What each free unit's coupling to itself adds to its field, int64.
    gap
        Leans from 1 − gap to 0 are left to chance.
    room
        What a unit at +1 lacks in its lean of what it has where ties leave it as it is.
    """

    own: Any
    gap: Any
    room: Any


@compiled
def total_of(parts: Any, which: Any, code: Any, chunk: Any) -> Any:
    """Add up what a number's digits from this chunk on add to one sum."""
    total = np.int64(0)
    rest = code >> (chunk * CHUNK)
    while chunk < parts.shape[0]:
        total += parts[chunk, which, rest & (WIDTH - 1)]
        rest >>= CHUNK
        chunk += 1
    return total


def lean(form: Any, code: Any, place: Any) -> Any:
    """Compute the lean of one unit in one state."""
    raise NotImplementedError


@overload(lean)
def _lean(form: Any, code: Any, place: Any) -> Any:  # noqa: ARG001 - Numba reads the names
    def linear(form: Any, code: Any, place: Any) -> Any:
        return total_of(form.parts, place, code, 0)

    def powers(form: Any, code: Any, place: Any) -> Any:
        row = form.rows[place]
        middle = form.gains.size // 2
        up = code >> place & 1
        total = up * form.keep
        for memory in range(row.size):
            others = total_of(form.parts, memory, code, 0) - row[memory] * (2 * up - 1)
            total += row[memory] * form.gains[others + middle]
        return total

    return linear if form.instance_class is Linear else powers


def prepare(form: Any, code: Any, ready: Any) -> None:
    """Compute what the leans of all units share, for the states that differ in the first chunk."""
    raise NotImplementedError


@overload(prepare)
def _prepare(form: Any, code: Any, ready: Any) -> Any:  # noqa: ARG001 - Numba reads the names
    def linear(form: Any, code: Any, ready: Any) -> None:
        pass

    def powers(form: Any, code: Any, ready: Any) -> None:
        # A memory's share in a lean is ξ_i F₊ where ξ_i x_i = −1 and ξ_i F₋ where it is +1, with
        # F₊ and F₋ the gains at M + 1 and M − 1: half of ξ_i (F₊ + F₋) − x_i (F₊ − F₋).
        last = form.gains.size - 1
        memories = form.parts.shape[1]
        ready[memories] = 0
        for memory in range(memories):
            low = form.parts[0, memory]
            place = total_of(form.parts, memory, code, 1) + last // 2
            for number in range(WIDTH):
                # At the ends one of the two is none, and no unit asks for it.
                above = form.gains[min(place + low[number] + 1, last)]
                below = form.gains[max(place + low[number] - 1, 0)]
                ready[memory, number] = above + below
                ready[memories, number] += above - below

    return linear if form.instance_class is Linear else powers


def leans(form: Any, code: Any, place: Any, ready: Any, out: Any) -> None:
    """Compute the lean of one unit in all states that differ in the first chunk; int64 array."""
    raise NotImplementedError


@overload(leans)
def _leans(form: Any, code: Any, place: Any, ready: Any, out: Any) -> Any:  # noqa: ARG001
    def linear(form: Any, code: Any, place: Any, ready: Any, out: Any) -> None:  # noqa: ARG001
        low = form.parts[0, place]
        above = total_of(form.parts, place, code, 1)
        for number in range(WIDTH):
            out[number] = low[number] + above

    def powers(form: Any, code: Any, place: Any, ready: Any, out: Any) -> None:
        memories = form.parts.shape[1]
        out[:] = 0
        for memory in range(memories):
            share = ready[memory]
            if form.rows[place, memory] > 0:
                for number in range(WIDTH):
                    out[number] += share[number]
            else:
                for number in range(WIDTH):
                    out[number] -= share[number]
        both = ready[memories]
        for number in range(WIDTH):
            up = -((code | number) >> place & 1)  # no digit but 1s where the unit is +1
            out[number] = ((out[number] + (both[number] ^ up) - up) >> 1) + (up & form.keep)

    return linear if form.instance_class is Linear else powers


@compiled
def step_all(form: Any, leaning: Any, code: Any, rooms: Any, after: Any, perhaps: Any) -> None:
    """Find where those states lead that differ in the first chunk.

    Parameters
    ----------
    form, leaning
        `Linear` or `Powers`, and `Leaning`.
    code
        Number of any of them.
    rooms
        Room to work in, int64, shape (memories + 2, `WIDTH`).
    after, perhaps
        Take the numbers of the states that they lead to, once with what is left to chance at −1,
        once at +1; int64, shape (`WIDTH`,).
    """
    code &= -WIDTH
    ready, row = rooms[1:], rooms[0]
    prepare(form, code, ready)
    after[:] = 0
    perhaps[:] = 0
    for place in range(leaning.own.size):
        leans(form, code, place, ready, row)
        for number in range(WIDTH):
            after[number] |= np.int64(row[number] > 0) << place
        if leaning.gap:
            for number in range(WIDTH):
                perhaps[number] |= np.int64(row[number] > -leaning.gap) << place
    if not leaning.gap:
        perhaps[:] = after


@compiled
def returns(form: Any, leaning: Any, first: Any, after: Any, perhaps: Any) -> Any:
    """Count the states that move, and that a second step surely leads back to.

    Parameters
    ----------
    form, leaning
        As in `step_all`.
    first
        Number of the first of them; the others follow it.
    after, perhaps
        What `step_all` found for them.
    """
    found, place = 0, 0
    gap = leaning.gap
    units = leaning.own.size
    for number in range(after.size):
        code, stepped = first + number, after[number]
        if stepped == code or stepped != perhaps[number]:
            continue
        # A second step seldom takes back what the first did: a unit that moved is asked first.
        moved = stepped ^ code
        while not moved >> place & 1:
            place = place + 1 if moved >> place else 0
        back = True
        for step in range(-1, units):
            asked = place if step < 0 else step
            up = code >> asked & 1
            # Above 0 it goes up, at −gap or below down. In arithmetic: no branch to foretell.
            if (2 * up - 1) * lean(form, stepped, asked) + (1 - up) * (1 - gap) <= 0:
                back = False
                break
        found += back
    return found


@compiled
def is_lowest(form: Any, leaning: Any, code: Any) -> Any:
    """Say whether no single flip of a free unit lowers the energy, own couplings left out."""
    for place in range(leaning.own.size):
        leant = lean(form, code, place)
        own = leaning.own[place]
        if (leant - own + leaning.room <= 0) if code >> place & 1 else (leant + own > 0):
            return False
    return True


@compiled
def step_through(
    form: Any, leaning: Any, first: Any, digits: Any, inverses: Any, twice: Any, codes: Any
) -> Any:
    """Find the stable ones among the 2^digits states whose higher digits are those of `first`.

    Parameters
    ----------
    form, leaning
        As in `step_all`.
    first
        Number of the first state; its lower digits are 0.
    digits
        How many of them there are.
    inverses
        Whether to note a stable state's inverse as well: to be asked for where steps of inverses
        are inverse.
    twice
        Whether to take a second step from where the first led to.
    codes
        Takes the numbers of stable states, int64, as many as it has room for.

    Returns
    -------
    tuple
        Number of stable states, inverses counted, and of those that are local minima; number of
        states to which two steps surely lead back, and one does not, inverses left out.
    """
    rooms = np.empty((form.parts.shape[1] + 2, WIDTH), np.int64)
    after, perhaps = np.empty(WIDTH, np.int64), np.empty(WIDTH, np.int64)
    found, lowest, cycling = 0, 0, 0
    end = first + (1 << digits)
    while first < end:
        step_all(form, leaning, first, rooms, after, perhaps)
        start = first & (WIDTH - 1)
        stop = min(WIDTH, start + end - first)
        for number in range(start, stop):
            code = first + number - start
            if after[number] == code and perhaps[number] == code:
                minimum = is_lowest(form, leaning, code)
                for inverse in range(2 if inverses else 1):
                    lowest += minimum
                    if found < codes.size:
                        codes[found] = ~code if inverse else code
                    found += 1
        if twice:
            cycling += returns(form, leaning, first, after[start:stop], perhaps[start:stop])
        first += stop - start
    return found, lowest, cycling


@compiled
def moved_units(form: Any, leaning: Any, masks: Any) -> None:
    """Note for every state which of its units would flip, or, left to chance, might.

    Parameters
    ----------
    form, leaning
        As in `step_all`.
    masks
        Takes a mask a state, at its number: bit k is digit k's unit; int32, shape (2^free,).
    """
    rooms = np.empty((form.parts.shape[1] + 2, WIDTH), np.int64)
    after, perhaps = np.empty(WIDTH, np.int64), np.empty(WIDTH, np.int64)
    for first in range(0, masks.size, WIDTH):
        step_all(form, leaning, first, rooms, after, perhaps)
        for number in range(min(WIDTH, masks.size - first)):
            code = first + number
            masks[code] = (after[number] ^ code) | (perhaps[number] ^ code)
