"""Every stable state of a small grid, exactly."""

from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.attractors import Attractor, Naming, kept
from hopgui.model.choices import Update
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.verdict import Kind
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Free units whose states are gone through at once, and on request.
MOST_UNITS, MOST_UNITS_ON_REQUEST = 25, 30


@dataclass(frozen=True, eq=False)
class Enumeration:
    """What is known of all states of a grid.

    Attributes
    ----------
    attractors
        Stable states, the first found first: later snapshots only add to it.
    counts
        How many stable states are of each kind; kinds at 0 included. Those that are not kept are
        in none.
    stable
        How many states are stable.
    minima
        How many of these are local minima of the energy as well.
    cycles
        How many states lie on two-state cycles; 0 unless the update is synchronous.
    done, total
        States gone through, and states that there are.
    unkept
        Stable states that are counted but not kept, because there are too many.
    """

    attractors: tuple[Attractor, ...]
    counts: Mapping[Kind, int]
    stable: int
    minima: int
    cycles: int
    done: int
    total: int
    unkept: int


def enumeration(
    network: Network,
    *,
    rng: np.random.Generator,
    update: Update = Update.ASYNC,
    state: Pattern | None = None,
    pinned: NDArray[np.bool_] | None = None,
    most: int = MOST_UNITS,
    executor: Executor | None = None,
) -> Iterator[Enumeration]:
    """Go through all states and keep those that no update would change.

    Parameters
    ----------
    network
        What gives the states their energy.
    rng
        Seeds the falls of mixtures that attractors are named by.
    update
        Whether units are asked one at a time or all at once: which states are stable is the same,
        but only a synchronous update has two-state cycles to count.
    state
        How pinned units stand, int8 array of shape (units,).
    pinned
        Units that are never asked, bool array of shape (units,): only the others are gone through.
    most
        Most free units to go through, up to 30.
    executor
        Threads to work in; as many as there are cores, made and ended here, if None.

    Yields
    ------
    Enumeration
        All that is known so far, several times a second; the last one has ``done == total``.

    Raises
    ------
    Refusal
        If more units are free than `most`, before any memory is taken.
    """
    del executor
    free = np.flatnonzero(np.ones(network.units, bool) if pinned is None else ~pinned)
    require_few(free.size, most)
    naming = Naming(network, rng=rng)
    base = np.full(network.units, -1, np.int8) if state is None else np.array(state, np.int8)
    counts: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
    found: list[Attractor] = []
    minima = cycles = 0
    total = 2**free.size
    for code in range(total):
        base[free] = 2 * ((code >> np.arange(free.size)) & 1) - 1
        if not network.unstable(base)[free].any():
            attractor = naming.attractor(kept(base))
            found.append(attractor)
            counts[attractor.verdict.kind] += 1
            minima += not network.descents(base)[free].any()
        elif update is Update.SYNC:
            cycles += _cycles(network, base, free)
        if (code + 1) % 256 == 0 or code + 1 == total:
            yield Enumeration(
                tuple(found), dict(counts), len(found), minima, cycles, code + 1, total, 0
            )


def require_few(units: int, most: int) -> None:
    """Refuse to go through the states of too many units.

    Raises
    ------
    Refusal
        Naming the number.
    """
    if units > most or units > MOST_UNITS_ON_REQUEST:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{units} units have too many states to go through: the most is {most} units.",
            ),
            units=units,
            most=min(most, MOST_UNITS_ON_REQUEST),
        )


def _cycles(network: Network, state: Pattern, free: NDArray[np.int64]) -> bool:
    stepped = _stepped(network, state, free)
    back = None if stepped is None else _stepped(network, stepped, free)
    return back is not None and bool(np.array_equal(back, state))


def _stepped(network: Network, state: Pattern, free: NDArray[np.int64]) -> Pattern | None:
    """Return the state after a synchronous step; None where chance decides."""
    fields = network.fields(state)
    if network.conventions.ties == "random" and np.any(np.abs(fields[free]) <= network.slack):
        return None
    stepped = state.copy()
    stepped[free[network.unstable(state, fields)[free]]] *= -1
    return stepped
