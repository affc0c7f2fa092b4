"""Every stable state of a small grid, exactly."""

from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopgui.model.abreast import abreast, never, told
from hopgui.model.attractors import Attractor, Naming, kept
from hopgui.model.choices import Update
from hopgui.model.conventions import Ties
from hopgui.model.dynamics import ways
from hopgui.model.falls import free_units, require_units
from hopgui.model.kernels import enumeration as loops
from hopgui.model.kernels import steps
from hopgui.model.leans import Leans, leans_of
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.verdict import Kind
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Free units whose states are gone through at once, and on request.
MOST_UNITS, MOST_UNITS_ON_REQUEST = 25, 30
MOST_KEPT = 100_000
# States gone through at a time, as a power of two: a few thousandths of a second.
DIGITS, DIGITS_IN_STEPS = 17, 15
# Attractors named at a time: their mixtures fall one after the other in one call.
NAMED_AT_ONCE = 32


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
    free = free_units(network.units, pinned)
    require_few(free.size, most)
    grid = Grid(network, free, state)
    stop = never()
    naming = Naming(network, rng=rng, free=free, stop=stop)
    tally = _Tally(grid, naming, stop, synchronous=update is Update.SYNC)
    parts = abreast(tally.part, tally.parts, stop, executor)
    yield from told(parts, tally.add, tally.enumeration)


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


class Grid:
    """The states that a network's free units can take.

    Parameters
    ----------
    network
        The network.
    free
        The units that are gone through, int32 array.
    state
        How the others stand, int8 array of shape (units,); at −1 if None.

    Attributes
    ----------
    leans
        Tables to read steps from, where fields are whole numbers; None elsewhere.
    ways
        How a unit decides whose field is carried along.

    Raises
    ------
    ValueError
        If the state has another number of units than the network.
    """

    def __init__(self, network: Network, free: NDArray[np.int32], state: Pattern | None) -> None:
        if state is not None:
            require_units(network, state)
        self.network, self.free = network, free
        self._base = np.full(network.units, -1, np.int8) if state is None else state
        # Made once here and not in several threads.
        self.leans = leans_of(network, free, self.state(0))
        self.ways = ways(network, self.form(), Update.ASYNC)

    @property
    def has_inverses(self) -> bool:
        """Whether every state has its inverse, under the opposite fields."""
        return self.network.even and self.free.size == self.network.units > 0

    @property
    def symmetric(self) -> bool:
        """Whether the inverse of a state moves as the state does."""
        return self.has_inverses and self.network.conventions.ties is not Ties.MINUS

    def state(self, code: int) -> Pattern:
        """Return the state of this number, int8 array of shape (units,), one's own to change."""
        state = np.array(self._base, np.int8)
        state[self.free] = 2 * ((code >> np.arange(self.free.size)) & 1) - 1
        return state

    def form(self) -> Any:
        """Return what the compiled loops carry along."""
        return self.network.form(self.state(0))


class _Part(NamedTuple):
    """What was found among some states."""

    states: int
    stable: int
    minima: int
    cycles: int
    named: list[Attractor]


class _Found(NamedTuple):
    """What a loop found among some states.

    Attributes
    ----------
    codes
        Numbers of stable states, as many as were to be kept.
    stable, minima, cycles
        As in `Enumeration`.
    """

    codes: list[int]
    stable: int
    minima: int
    cycles: int


class _Tally:
    """Adds up what is found, part by part."""

    def __init__(
        self, grid: Grid, naming: Naming, stop: NDArray[np.uint8], *, synchronous: bool
    ) -> None:
        self._grid, self._naming, self._stop = grid, naming, stop
        self._synchronous = synchronous
        # Of a state and its inverse only the one with the last unit at −1 is gone through.
        in_steps = synchronous or grid.leans is not None
        self._halved = grid.symmetric if in_steps else grid.has_inverses
        digits = grid.free.size - self._halved
        slow = synchronous and grid.leans is None
        self._digits = min(digits, DIGITS_IN_STEPS if slow else DIGITS)
        self.parts = 2 ** (digits - self._digits)
        self._found: list[Attractor] = []
        self._shown: tuple[Attractor, ...] = ()
        self._counts: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
        self._done = self._stable = self._minima = self._cycles = 0

    def part(self, number: int) -> _Part:
        """Go through some states; several threads may ask at once."""
        digits = self._digits
        room = max(0, min(MOST_KEPT - len(self._found), 2 ** (digits + self._halved)))
        first, leans = number << digits, self._grid.leans
        found = self._by_flips(first, room) if leans is None else self._read(leans, first, room)
        states = [(kept(self._grid.state(code)), None) for code in found.codes]
        named: list[Attractor] = []
        while len(named) < len(states) and not self._stop[0]:
            named += self._naming.attractors(states[len(named) :][:NAMED_AT_ONCE])
        times = 2 if self._halved else 1
        return _Part(times << digits, found.stable, found.minima, times * found.cycles, named)

    def _read(self, leans: Leans, first: int, room: int) -> _Found:
        """Read from tables where each state leads, and where that leads."""
        codes = np.empty(room, np.int64)
        stable, lowest, cycles = steps.step_through(
            *leans, first, self._digits, self._halved, self._synchronous, codes
        )
        return _Found(codes[:stable].tolist(), stable, lowest, cycles)

    def _by_flips(self, first: int, room: int) -> _Found:
        """Flip from each state to the next, and carry along what fields are read from."""
        grid, digits = self._grid, self._digits
        codes, minima = np.empty(room, np.int64), np.empty(room, bool)
        form, state = grid.form(), grid.state(first)
        stable, lowest = loops.stable_states(
            form, state, grid.free, grid.ways, first, digits, self._halved, codes, minima
        )
        cycles = 0
        if self._synchronous:
            other, stepped = grid.form(), grid.state(first)
            cycles = loops.states_on_cycles(
                form, other, state, stepped, grid.free, grid.ways, first, digits
            )
        return _Found(codes[:stable].tolist(), stable, lowest, cycles)

    def add(self, part: _Part) -> None:
        """Add what was found among some states."""
        named = part.named[: MOST_KEPT - len(self._found)]
        self._found += named
        self._counts.update(each.verdict.kind for each in named)
        self._done += part.states
        self._stable += part.stable
        self._minima += part.minima
        self._cycles += part.cycles

    def enumeration(self) -> Enumeration:
        """Say what is known."""
        if len(self._shown) != len(self._found):
            self._shown = tuple(self._found)
        return Enumeration(
            self._shown,
            dict(self._counts),
            self._stable,
            self._minima,
            self._cycles,
            self._done,
            2**self._grid.free.size,
            self._stable - len(self._shown),
        )
