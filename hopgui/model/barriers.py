"""Which minima of the energy a small grid has, and how high one must climb from each to another.

The states of a grid and their single flips are a graph. Below an energy E it falls into parts; as E
rises these grow together, and the tree of how they do is the disconnectivity graph (Becker, Karplus
1997): its leaves are the minima, its inner nodes the saddles. States of one energy that single
flips connect are one plateau, a minimum only if nothing beside it is lower.

With self-connections more states are stable than there are minima: such a state does not fall,
though a single flip would lower its energy. The tree is of the energy alone and has no leaf for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.all_states import MOST_UNITS, Scores, scores_of_all, state_of
from hopgui.model.attractors import Attractor, Naming, kept
from hopgui.model.network import Network
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Places from which no single flip leads lower: with more of them the landscape is all but flat.
MOST_BOTTOMS = 20_000
NO_NODE = -1

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class BarrierTree:
    """The minima of an energy and the saddles between them, as a tree.

    Attributes
    ----------
    attractors
        A state of each minimum, named; the lowest minimum first.
    sizes
        How many states each minimum's plateau has, int64 array of shape (minima,).
    energies
        Energy of each node: the minima first, then the saddles, those met first first; float64
        array of shape (nodes,).
    parents
        Saddle at which each node's part grows together with others, −1 for the last one; int64
        array of shape (nodes,).
    """

    attractors: tuple[Attractor, ...]
    sizes: NDArray[np.int64]
    energies: NDArray[np.float64]
    parents: NDArray[np.int64]

    @property
    def minima(self) -> int:
        """Number of minima."""
        return len(self.attractors)

    def climb(self, minimum: int) -> float:
        """Return by how much the energy must rise on the way out to another minimum; ∞ if none."""
        parent = int(self.parents[minimum])
        if parent == NO_NODE:
            return float("inf")
        return float(self.energies[parent] - self.energies[minimum])

    def saddle(self, one: int, other: int) -> float:
        """Return the least energy that every way from one minimum to another must reach."""
        above = set(self._line(one))
        return float(self.energies[next(node for node in self._line(other) if node in above)])

    def _line(self, node: int) -> list[int]:
        line = [node]
        while self.parents[line[-1]] != NO_NODE:
            line.append(int(self.parents[line[-1]]))
        return line


@dataclass(frozen=True, eq=False)
class Barriers:
    """How far the search for barriers is.

    Attributes
    ----------
    tree
        What was found, None until all is done.
    done, total
        Steps of the search.
    """

    tree: BarrierTree | None
    done: int
    total: int


def barriers(network: Network, rng: np.random.Generator) -> Iterator[Barriers]:
    """Find every minimum of a small grid's energy and every saddle between them, exactly.

    Every unit counts as free, pinned or not: the tree is of the energy, not of a recall.

    Parameters
    ----------
    network
        What gives states their energy; of at most 20 units.
    rng
        Seeds the falls of mixtures that minima are named by.

    Raises
    ------
    Refusal
        If there are more units, or so many flat places that a tree would say nothing.
    """
    units = network.units
    if units > MOST_UNITS:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{units} units have too many states to find every barrier: the most is {most}.",
            ),
            units=units,
            most=MOST_UNITS,
        )
    steps = 3 * units
    heights: Scores = np.empty(0, np.int64)
    for part, scores in scores_of_all(network):
        heights = scores
        yield Barriers(None, part * units // 2**units, steps)
    heights = -heights
    bottoms = np.arange(heights.size)
    lowest = heights.copy()
    for unit in range(units):
        _step_down(heights, unit, lowest, bottoms)
        yield Barriers(None, units + unit + 1, steps)
    while not np.array_equal(bottoms, bottoms[bottoms]):
        bottoms = bottoms[bottoms]
    roots = np.unique(bottoms)
    if roots.size > MOST_BOTTOMS:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "The energy is flat in {count} places: there are no barriers to see."
            ),
            count=roots.size,
        )
    ranks = np.searchsorted(roots, bottoms)
    passes = _Passes(roots.size)
    for unit in range(units):
        passes.take_in(heights, ranks, unit)
        if unit + 1 < units:
            yield Barriers(None, 2 * units + unit + 1, steps)
    growing = _Growing(roots, heights[roots])
    for pair, height in passes.rising():
        growing.join(*divmod(pair, roots.size), height)
    yield Barriers(growing.tree(network, Naming(network, rng=rng)), steps, steps)


def _step_down(heights: Scores, unit: int, lowest: Scores, bottoms: Numbers) -> None:
    """Let each state point to its neighbour by this unit where that lies lower than any before."""
    numbers = np.arange(heights.size)
    beside = numbers ^ (1 << unit)
    lower = heights[beside] < lowest
    lowest[lower] = heights[beside[lower]]
    bottoms[lower] = beside[lower]


class _Passes:
    """The lowest pass between each two places from which states fall no further."""

    def __init__(self, bottoms: int) -> None:
        self._bottoms = bottoms
        self._pairs = np.empty(0, np.int64)
        self._heights: Scores = np.empty(0, np.int64)

    def take_in(self, heights: Scores, ranks: Numbers, unit: int) -> None:
        """Look at every flip of one unit."""
        numbers = np.arange(heights.size)
        low = numbers[numbers >> unit & 1 == 0]
        high = low | 1 << unit
        one, other = np.minimum(ranks[low], ranks[high]), np.maximum(ranks[low], ranks[high])
        leads = one != other
        pairs = one[leads] * self._bottoms + other[leads]
        over = np.maximum(heights[low], heights[high])[leads]
        pairs = np.concatenate([self._pairs, pairs])
        over = np.concatenate([self._heights.astype(over.dtype), over])
        order = np.lexsort((over, pairs))
        first = np.append(True, np.diff(pairs[order]) > 0)[: order.size]
        self._pairs, self._heights = pairs[order][first], over[order][first]

    def rising(self) -> Iterator[tuple[int, float]]:
        """Return the passes, the lowest first."""
        order = np.argsort(self._heights, kind="stable")
        return zip(self._pairs[order].tolist(), self._heights[order].tolist(), strict=True)


class _Growing:
    """Parts of the landscape that grow together as the energy rises."""

    def __init__(self, roots: Numbers, heights: Scores) -> None:
        self._part = list(range(roots.size))
        self._states: list[int] = roots.tolist()
        self._bottom: list[float] = heights.tolist()
        self._size = [1] * roots.size
        # Each part's node: a minimum by the number of its part, a saddle by −1 − its number.
        self._node = list(range(roots.size))
        self._saddles: list[float] = []
        self._children: list[list[int]] = []

    def join(self, one: int, other: int, height: float) -> None:
        """Let two parts grow together at a height, none lower than any before."""
        one, other = self._find(one), self._find(other)
        if one == other:
            return
        if self._bottom[other] < self._bottom[one]:
            one, other = other, one
        self._part[other] = one
        if self._bottom[other] < height:
            self._node[one] = self._meet(self._node[one], self._node[other], height)
        elif self._bottom[one] == height:  # two pieces of one plateau
            self._size[one] += self._size[other]
            self._states[one] = min(self._states[one], self._states[other])
        # Else the other was a ledge beside something lower, and no minimum.

    def _meet(self, one: int, other: int, height: float) -> int:
        """Return the saddle at which two nodes meet: a new one, unless either is as high."""
        for node, more in ((one, other), (other, one)):
            if node < 0 and self._saddles[-1 - node] == height:
                alike = more < 0 and self._saddles[-1 - more] == height
                self._children[-1 - node] += self._children[-1 - more] if alike else [more]
                if alike:
                    self._children[-1 - more] = []
                return node
        self._saddles.append(height)
        self._children.append([one, other])
        return -len(self._saddles)

    def _find(self, part: int) -> int:
        while self._part[part] != part:
            self._part[part] = self._part[self._part[part]]
            part = self._part[part]
        return part

    def tree(self, network: Network, naming: Naming) -> BarrierTree:
        """Return what has grown."""
        saddles = [number for number, children in enumerate(self._children) if children]
        minima = [node for number in saddles for node in self._children[number] if node >= 0]
        minima = minima or [self._find(0)]
        minima.sort(key=lambda part: (self._bottom[part], self._states[part]))
        places = {part: place for place, part in enumerate(minima)}
        places |= {-1 - number: len(minima) + place for place, number in enumerate(saddles)}
        parents = np.full(len(places), NO_NODE, np.int64)
        for number in saddles:
            for child in self._children[number]:
                parents[places[child]] = places[-1 - number]
        heights = [self._bottom[part] for part in minima]
        heights += [self._saddles[number] for number in saddles]
        states = [(kept(state_of(self._states[part], network.units)), None) for part in minima]
        return BarrierTree(
            tuple(naming.attractors(states)),
            np.array([self._size[part] for part in minima], np.int64),
            network.energies_of(-np.array(heights)),
            parents,
        )
