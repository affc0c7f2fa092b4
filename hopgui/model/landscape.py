"""The energy over the plane of two memories' overlaps, at the points that states have.

Two memories a and b agree on A units and differ on D = N − A. A state that is unlike a on i of the
agreeing and on j of the differing units has M_a = N − 2(i + j) and M_b = A − D − 2(i − j). So the
pairs of overlaps are a lattice of (A + 1)(D + 1) points, and C(A, i) C(D, j) states share each.
With no other memory the energy is a function of that point; with others it is not, and only a band
can be told: the least, the mean and the most energy of the states that are projected to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.all_states import MOST_UNITS, digit_counts, number_of, scores_of_all
from hopgui.model.couplings import LowRank, Matrix
from hopgui.model.dense import DenseNetwork
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

MOST_ROWS = 64  # of the lattice that are looked at, either way; more could not be told apart
SAMPLES = 32  # states looked at for each point
AT_ONCE = 20_000_000  # multiplications between two snapshots
LEAST_WORK = 10_000  # multiplications that take as long as looking at the smallest state
LARGEST_MATRIX = 1024  # units of a network whose whole matrix is looked through


class Basis(StrEnum):
    """What a band rests on."""

    FUNCTION = "function"  # the energy depends on the two overlaps alone: the band has no width
    ALL = "all"  # every state was looked at
    SAMPLE = "sample"  # some states of each point were drawn


@dataclass(frozen=True, eq=False)
class Lattice:
    """The pairs of overlaps that states have with two memories, all of them or a part.

    Attributes
    ----------
    first, second
        The two memories, units ±1, int8 arrays of shape (units,).
    agreeing, differing
        The units on which they agree, and those on which they differ, int64 arrays.
    rows, columns
        How many of the agreeing and of the differing units are unlike the first memory, rising
        from 0 to all of them, int64 arrays. Where there would be too many points, only some.
    """

    first: Pattern
    second: Pattern
    agreeing: NDArray[np.int64]
    differing: NDArray[np.int64]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]

    @property
    def units(self) -> int:
        """Number of units N."""
        return int(self.first.size)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return int(self.rows.size), int(self.columns.size)

    @property
    def whole(self) -> bool:
        """Whether no point is left out."""
        return self.shape == (self.agreeing.size + 1, self.differing.size + 1)

    @cached_property
    def overlaps(self) -> NDArray[np.int64]:
        """M_a and M_b of each point, int64 array of shape (rows, columns, 2)."""
        i, j = self.rows[:, None], self.columns[None, :]
        one = self.units - 2 * (i + j)
        other = self.agreeing.size - self.differing.size - 2 * (i - j)
        return np.stack([one, other], axis=-1)

    def states_at(self, row: int, column: int) -> int:
        """Count the states that have a point's overlaps, C(A, i) C(D, j)."""
        ways_agreeing = comb(self.agreeing.size, int(self.rows[row]))
        return ways_agreeing * comb(self.differing.size, int(self.columns[column]))

    def state(self, row: int, column: int, orders: tuple[Pattern, Pattern]) -> Pattern:
        """Return the state at a point that turns units of the first memory in given orders.

        Parameters
        ----------
        row, column
            Which point.
        orders
            The agreeing and the differing units, each in some order. Uniform random orders give
            each state of the point with equal chance.
        """
        state = self.first.copy()
        state[orders[0][: self.rows[row]]] *= -1
        state[orders[1][: self.columns[column]]] *= -1
        return state


@dataclass(frozen=True, eq=False)
class Band:
    """Least, mean and most energy of the states at each point of a lattice.

    Attributes
    ----------
    lattice
        The points.
    least, mean, most
        Energies, float64 arrays of the lattice's shape; NaN where no state was looked at yet.
    basis
        What they rest on.
    samples
        States looked at for each point; 0 where that is all of them.
    done, total
        How much of the computation is done, in its own steps.
    """

    lattice: Lattice
    least: NDArray[np.float64]
    mean: NDArray[np.float64]
    most: NDArray[np.float64]
    basis: Basis
    samples: int
    done: int
    total: int


def lattice_of(first: Pattern, second: Pattern, most_rows: int = MOST_ROWS) -> Lattice:
    """Return the pairs of overlaps that states have with two memories.

    Parameters
    ----------
    first, second
        The memories, units ±1, int8 arrays of shape (units,).
    most_rows
        Most rows, and most columns, to keep; both ends are always among them.
    """
    alike = first == second
    agreeing, differing = np.flatnonzero(alike), np.flatnonzero(~alike)
    rows, columns = (_spread(units.size, most_rows) for units in (agreeing, differing))
    return Lattice(first.copy(), second.copy(), agreeing, differing, rows, columns)


def _spread(last: int, most: int) -> NDArray[np.int64]:
    """Return 0, every so manieth, and the last: even steps, that no pattern is seen in."""
    step = -(-last // (most - 1)) or 1
    return np.append(np.arange(0, last, step), last)


def plane_point(state: Pattern, first: Pattern, second: Pattern) -> tuple[float, float]:
    """Project a state to the plane: its overlaps m_a and m_b with two memories, in −1 … 1."""
    one, other = (int(state.astype(np.int64) @ memory) for memory in (first, second))
    return one / state.size, other / state.size


def is_function(network: Network, lattice: Lattice) -> bool:
    """Say whether the energy depends on the two overlaps alone.

    So it is when exchanging two agreeing units, or two differing ones, both first turned so that
    they are +1 in the first memory, leaves every coupling as it was: always where no third memory
    counts under Hebb's rule or a dense energy. A matrix of more than 1024 units is not looked
    through; the answer is then no.
    """
    if isinstance(network, DenseNetwork):
        return _is_alike(network.patterns, lattice)
    if not network.has_couplings:
        return False
    learnt = network.learnt
    if isinstance(learnt, LowRank):
        counts = learnt.carried.any(axis=0)
        parts = learnt.vectors[counts], learnt.carried.T[counts]
        return all(_is_alike(part, lattice) for part in parts)
    return network.units <= LARGEST_MATRIX and _is_matrix_alike(learnt, lattice)


def _is_alike(vectors: NDArray[np.integer], lattice: Lattice) -> bool:
    """Say whether each vector, turned by the first memory, is constant on either kind of unit."""
    turned = vectors * lattice.first
    kinds = (turned[:, units] for units in (lattice.agreeing, lattice.differing))
    return all(bool(np.all(part == part[:, :1])) for part in kinds)


def _is_matrix_alike(learnt: Matrix, lattice: Lattice) -> bool:
    both = learnt.columns.astype(np.int64) + learnt.columns.T
    turned = both * np.multiply.outer(lattice.first, lattice.first)
    for one in (lattice.agreeing, lattice.differing):
        for other in (lattice.agreeing, lattice.differing):
            block = turned[np.ix_(one, other)]
            if one is other:  # what a unit says to itself is no coupling between two
                np.fill_diagonal(block, block[0, 1] if one.size > 1 else 0)
            if block.size and np.any(block != block.flat[0]):
                return False
    if learnt.bias is not None and learnt.bias.any():
        return _is_alike(learnt.bias[None], lattice)
    return True


def bands(
    network: Network, lattice: Lattice, rng: np.random.Generator, samples: int = SAMPLES
) -> Iterator[Band]:
    """Find out the energies over the plane, telling again and again what is known.

    Where the energy is a function of the plane, one state a point is looked at. Else every state is
    looked at up to 20 units, and beyond that `samples` states are drawn for each point, all states
    of a point with equal chance.

    Parameters
    ----------
    network
        What gives states their energies.
    lattice
        The points.
    rng
        Where states are drawn from.
    samples
        States to draw for each point.
    """
    if is_function(network, lattice):
        yield from _sampled(network, lattice, rng, 1, Basis.FUNCTION)
    elif network.units <= MOST_UNITS:
        yield from _enumerated(network, lattice)
    else:
        yield from _sampled(network, lattice, rng, samples, Basis.SAMPLE)


def _sampled(
    network: Network, lattice: Lattice, rng: np.random.Generator, samples: int, basis: Basis
) -> Iterator[Band]:
    rows, columns = lattice.shape
    size = rows * columns
    least, most = np.full(size, np.inf), np.full(size, -np.inf)
    total, seen = np.zeros(size), np.zeros(size, np.int64)
    rank = max(1, min(network.memories, network.units))
    step = max(1, AT_ONCE // (network.units * rank + LEAST_WORK))
    for sample in range(samples):
        orders = rng.permutation(lattice.agreeing), rng.permutation(lattice.differing)
        for first in range(0, size, step):
            block = np.arange(first, min(first + step, size))
            states = (lattice.state(*divmod(int(point), columns), orders) for point in block)
            energies = network.energies_of(np.array([network.score(state) for state in states]))
            least[block] = np.minimum(least[block], energies)
            most[block] = np.maximum(most[block], energies)
            total[block] += energies
            seen[block] += 1
            yield Band(
                lattice,
                np.where(seen, least, np.nan).reshape(lattice.shape),
                _ratio(total, seen).reshape(lattice.shape),
                np.where(seen, most, np.nan).reshape(lattice.shape),
                basis,
                int(seen[-1]),
                sample * size + int(block[-1]) + 1,
                samples * size,
            )


def _enumerated(network: Network, lattice: Lattice) -> Iterator[Band]:
    states = 2**network.units
    unknown = np.full(lattice.shape, np.nan)
    for done, scores in scores_of_all(network):
        if done < states:
            yield Band(lattice, unknown, unknown, unknown, Basis.ALL, 0, done, states)
        else:
            yield _band_of_all(lattice, network.energies_of(scores))


def _band_of_all(lattice: Lattice, energies: NDArray[np.float64]) -> Band:
    places = _places(lattice)
    size, states = lattice.shape[0] * lattice.shape[1], energies.size
    least, most = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(least, places, energies)
    np.maximum.at(most, places, energies)
    mean = _ratio(np.bincount(places, energies, size), np.bincount(places, minlength=size))
    return Band(
        lattice,
        least.reshape(lattice.shape),
        mean.reshape(lattice.shape),
        most.reshape(lattice.shape),
        Basis.ALL,
        0,
        states,
        states,
    )


def _places(lattice: Lattice) -> NDArray[np.int64]:
    """Return at which point of a whole lattice each state lies, by the number of the state."""
    units = lattice.units
    unlike = np.arange(2**units) ^ number_of(lattice.first)
    rows, columns = (
        digit_counts(int(np.sum(1 << kind)), units)[unlike].astype(np.int64)
        for kind in (lattice.agreeing, lattice.differing)
    )
    places: NDArray[np.int64] = rows * lattice.shape[1] + columns
    return places


def _ratio(total: NDArray[Any], count: NDArray[np.int64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        mean: NDArray[np.float64] = total / count
    return mean
