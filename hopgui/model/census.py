"""A census: thousands of falls from random or damaged states, and where they end."""

from array import array
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.abreast import abreast, never, told
from hopgui.model.attractors import Attractor, Naming, kept
from hopgui.model.choices import Update
from hopgui.model.falls import Ends, Falls, at_once, free_units, require_units
from hopgui.model.kernels import census as loops
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern, share
from hopgui.model.starts import StartKind, Starts
from hopgui.model.verdict import Kind
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Attractors that are kept, and units of them all.
MOST_KEPT, UNITS_KEPT = 100_000, 256_000_000
# Falls side by side share the order of the units. Starts made by fewer draws than this are so alike
# that they would then end alike, and count as fewer falls than they are: each gets its own order.
FEWEST_DRAWS = 64
# Attractors named at a time: their mixtures fall side by side.
NAMED_AT_ONCE = 32


@dataclass(frozen=True, eq=False)
class Census:
    """What is known of where falls end.

    Attributes
    ----------
    attractors
        Every attractor found, the first found first: later snapshots only add to it.
    hits
        How many falls ended in each, in the same order, read-only int64 array.
    counts
        How many falls ended in an attractor of each kind, or were given up unsettled; kinds at 0
        included. With `unkept` they add up to `done`.
    done, total
        Falls counted, and falls asked for.
    unkept
        Falls that ended elsewhere than in the first 100 000 attractors (or the first 256 million
        units of them): where they ended is neither kept nor named.
    """

    attractors: tuple[Attractor, ...]
    hits: NDArray[np.int64]
    counts: Mapping[Kind, int]
    done: int
    total: int
    unkept: int


def census(
    network: Network,
    starts: Starts,
    total: int,
    *,
    rng: np.random.Generator,
    update: Update = Update.ASYNC,
    pinned: NDArray[np.bool_] | None = None,
    executor: Executor | None = None,
) -> Iterator[Census]:
    """Let many states fall at temperature 0 and count where they end.

    Parameters
    ----------
    network
        What gives the states their energy.
    starts
        Where the falls begin.
    total
        How many falls.
    rng
        Seeds all falls: what a fall does depends on this seed and on its number, not on how many
        threads there are.
    update
        Which unit is asked next.
    pinned
        Units that are never asked, bool array of shape (units,).
    executor
        Threads to work in; as many as there are cores, made and ended here, if None.

    Yields
    ------
    Census
        All that is known so far, several times a second; the last one has ``done == total``.

    Raises
    ------
    ValueError
        If starts are to lie around a state and none is given, or one of another size.
    Refusal
        If memories are to be damaged and there are none.
    """
    drawing = _Drawing(network, starts, update, pinned, rng)
    tally = _Tally(
        total,
        network.units,
        Naming(network, rng=rng, update=update, free=drawing.free, stop=drawing.stop),
        drawing.stop,
    )
    parts = abreast(
        lambda part: tally.named(drawing.ends(part * drawing.size, total)),
        -(-total // drawing.size),
        drawing.stop,
        executor,
    )
    yield from told(parts, tally.add, tally.census)


class _Drawing:
    """Draws starts and lets them fall, some at a time; several threads may ask it at once."""

    def __init__(
        self,
        network: Network,
        starts: Starts,
        update: Update,
        pinned: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> None:
        if starts.kind is StartKind.AROUND and starts.state is None:
            message = "starts around a state need that state"
            raise ValueError(message)
        if starts.kind is StartKind.DAMAGED and not network.memories:
            raise Refusal(
                QT_TRANSLATE_NOOP("Refusal", "There are no memories that could be damaged.")
            )
        if starts.state is not None:
            require_units(network, starts.state)
        self._network, self._starts = network, starts
        self.free = free_units(network.units, pinned)
        # One key for the starts, another for what they share: neither says anything of the other.
        self._own, self._shared = rng.integers(0, 2**64, 2, dtype=np.uint64)
        self._flips = share(starts.percent, self.free.size)
        self.stop = never()
        self.size = at_once(network.units)
        self._falls = Falls(network, update, self.free, self.stop)
        draws = self.free.size if starts.kind is StartKind.RANDOM else self._flips
        self._together = self._falls.side_by_side and draws >= FEWEST_DRAWS

    def ends(self, first: int, total: int) -> Ends:
        """Let the starts from this number on fall, as many as are asked for at once."""
        numbers = np.arange(first, min(first + self.size, total))
        streams = np.empty(numbers.size, np.uint64)
        loops.streams_of(self._own, first, streams)
        states = self._sources(numbers)
        kind = loops.DRAWN if self._starts.kind is StartKind.RANDOM else loops.FLIPPED
        loops.scatter(states, self.free, streams, kind, self._flips)
        if not self._together:
            return self._falls.apart(states, streams)
        shared = np.empty(1, np.uint64)
        loops.streams_of(self._shared, first, shared)
        return self._falls.together(states, shared)

    def _sources(self, numbers: NDArray[np.int64]) -> NDArray[np.int8]:
        """Return what these starts are made from, pinned units as they are to stand."""
        network, state = self._network, self._starts.state
        if self._starts.kind is StartKind.DAMAGED:
            sources = network.patterns[numbers % network.memories]
        elif state is None:
            sources = np.full((numbers.size, network.units), -1, np.int8)
        else:
            sources = np.tile(state.astype(np.int8), (numbers.size, 1))
        if state is not None:
            held = np.ones(network.units, bool)
            held[self.free] = False
            sources[:, held] = state[held]
        return np.ascontiguousarray(sources)


class _Tally:
    """Counts falls by where they ended, and names what was not met before."""

    def __init__(self, total: int, units: int, naming: Naming, stop: NDArray[np.uint8]) -> None:
        self._total, self._naming, self._stop = total, naming, stop
        self._most = min(MOST_KEPT, max(1, UNITS_KEPT // max(1, units)))
        self._places: dict[bytes, int] = {}
        # What has a name already, counted or not: the same whoever names it.
        self._names: dict[bytes, Attractor] = {}
        self._found: list[Attractor] = []
        self._shown: tuple[Attractor, ...] = ()
        self._hits = array("q")
        self._counts: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
        self._done = self._unkept = 0

    def named(self, ends: Ends) -> list[bytes | None]:
        """Name what is new among the ends of these falls; several threads may ask at once.

        Returns
        -------
        keys
            Of the attractor that each ended in, None where it did not settle.
        """
        keys = ends.keys()
        new: dict[bytes, tuple[Pattern, Pattern | None]] = {}
        for fall, key in enumerate(keys):
            if key is not None and key not in new and key not in self._names:
                state, partner = ends.attractor(fall)
                new[key] = kept(state), None if partner is None else kept(partner)
        unnamed = deque(new)
        while unnamed and len(self._found) < self._most and not self._stop[0]:
            some = [unnamed.popleft() for _ in range(min(NAMED_AT_ONCE, len(unnamed)))]
            found = self._naming.attractors([new[key] for key in some])
            self._names.update(zip(some, found, strict=True))
        return keys

    def add(self, keys: list[bytes | None]) -> None:
        """Count some falls."""
        for key in keys:
            self._done += 1
            if key is None:
                self._counts[Kind.UNSETTLED] += 1
                continue
            place = self._places.get(key)
            if place is None:
                if len(self._found) == self._most:
                    self._unkept += 1
                    continue
                place = self._places[key] = len(self._found)
                self._found.append(self._names[key])
                self._hits.append(0)
            self._hits[place] += 1
            self._counts[self._found[place].verdict.kind] += 1

    def census(self) -> Census:
        """Say what is known."""
        if len(self._shown) != len(self._found):
            self._shown = tuple(self._found)
        hits = np.array(self._hits, np.int64)
        hits.flags.writeable = False
        return Census(self._shown, hits, dict(self._counts), self._done, self._total, self._unkept)
