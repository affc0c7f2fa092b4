"""Why a unit stands as it does, and why a memory does not stand: fields split by memory.

A unit's margin is what holds it where it is. Where the energy is a sum over memories, so is the
margin: what the memory says that the state is nearest to is the signal, what all others say the
crosstalk (Hertz, Krogh, Palmer 1991, eq. 2.13). A memory is unstable where the crosstalk of some
others outweighs its own signal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import EnergyKind
from hopgui.model.couplings import LowRank, Matrix
from hopgui.model.dense import DenseNetwork
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern

# Units of so many memories at a time: a whole split of a large pad would take gigabytes.
BLOCK = 2_000_000

Numbers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class UnitWhy:
    """Why one unit stands as it does.

    Attributes
    ----------
    unit
        Which unit, counted row by row from the top left.
    value
        Its value, +1 or −1.
    field, margin
        Its local field, and that times its value, in the scale of the conventions.
    would_flip
        Whether an update would flip it, or, with random ties, might.
    nearest
        Index of the memory that the state is nearest to, None where there is none.
    by_memory
        What each memory adds to the margin, float64 array of shape (memories,): positive where it
        holds the unit, negative where it pulls it over. None where the rule mixes the memories.
    rest
        What no memory adds: self-connections, dreams.
    """

    unit: int
    value: int
    field: float
    margin: float
    would_flip: bool
    nearest: int | None
    by_memory: NDArray[np.float64] | None
    rest: float

    @property
    def signal(self) -> float | None:
        """What the nearest memory adds to the margin; None where that cannot be told."""
        if self.by_memory is None or self.nearest is None:
            return None
        return float(self.by_memory[self.nearest])

    @property
    def crosstalk(self) -> float | None:
        """What everything else adds; None where that cannot be told."""
        return None if self.signal is None else self.margin - self.signal


@dataclass(frozen=True)
class Pull:
    """What one memory does to the units that another does not hold.

    Attributes
    ----------
    memory
        Index of the memory that pulls.
    units
        How many of those units it pulls at.
    strength
        What it takes from their margins, all together, in the scale of the conventions.
    """

    memory: int
    units: int
    strength: float


@dataclass(frozen=True, eq=False)
class Pulls:
    """Why a memory is not stable.

    Attributes
    ----------
    memory
        Index of the memory.
    unstable
        Its units that an update would flip, int64 array, ascending; empty if it is stable.
    ranked
        The other memories that pull them over, the strongest first; None where the rule mixes the
        memories.
    blamed
        The fewest of the strongest without which all of these units would stay; empty where no
        number of them would do.
    """

    memory: int
    unstable: NDArray[np.int64]
    ranked: tuple[Pull, ...] | None
    blamed: tuple[int, ...] = ()


def margins(network: Network, state: Pattern) -> NDArray[np.float64]:
    """Return x_i h_i of every unit in the scale of the conventions, float64 (units,)."""
    return np.asarray(network.fields(state) * state, np.float64) * network.factor


def weakest(
    margins: NDArray[np.float64], count: int, free: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """Return the units with the least margins, the weakest first, int64 array.

    Parameters
    ----------
    margins
        Margin of every unit, float64 array of shape (units,).
    count
        How many at most; of equals the first are taken.
    free
        Units that count, bool array of shape (units,); all if None.
    """
    units = np.arange(margins.size) if free is None else np.flatnonzero(free)
    order: NDArray[np.int64] = units[np.argsort(margins[units], kind="stable")[:count]]
    return order


def why_unit(network: Network, state: Pattern, unit: int, nearest: int | None) -> UnitWhy:
    """Say why a unit stands as it does.

    Parameters
    ----------
    network
        What gives the state its energy.
    state
        Units ±1, int8 array of shape (units,).
    unit
        Which unit.
    nearest
        Index of the memory whose vote is the signal, None for none.
    """
    value, told = int(state[unit]), network.explain(state, unit)
    by_memory, rest = None, 0.0
    split = votes(network, state, np.array([unit]))
    if split is not None:
        by_memory = split[0] * network.factor
        rest = told.margin - float(by_memory.sum())
        if abs(rest) <= 1e-12 * float(np.abs(by_memory).sum()):
            rest = 0.0  # what adding in another order leaves over
    return UnitWhy(unit, value, told.field, told.margin, told.would_flip, nearest, by_memory, rest)


def why_unstable(network: Network, memory: int) -> Pulls:
    """Say which other memories pull units of a memory over.

    Parameters
    ----------
    network
        What gives the memory its energy.
    memory
        Index of the memory.
    """
    state = network.patterns[memory]
    unstable = np.flatnonzero(network.unstable(state))
    if votes(network, state, unstable[:0]) is None:
        return Pulls(memory, unstable, None)
    taken, at = np.zeros(network.memories), np.zeros(network.memories, np.int64)
    for _, split in _blocks(network, state, unstable):
        taken -= split.sum(axis=0)
        at += (split < 0).sum(axis=0)
    order = [int(each) for each in np.argsort(-taken, kind="stable") if taken[each] > 0]
    order = [each for each in order if each != memory]
    ranked = tuple(Pull(each, int(at[each]), float(taken[each]) * network.factor) for each in order)
    return Pulls(memory, unstable, ranked, _blamed(network, state, unstable, order))


def votes(network: Network, state: Pattern, units: NDArray[np.integer]) -> Numbers | None:
    """Split the margins of some units by memory, before the scale.

    Where self-connections do not count, neither do they in a memory's share.

    Parameters
    ----------
    network
        What gives the state its energy.
    state
        Units ±1, int8 array of shape (units,).
    units
        Which units.

    Returns
    -------
    votes
        int64 or float64 array of shape (chosen units, memories), with 0 for a memory that the rule
        leaves out; None where the rule mixes the memories.
    """
    alike = (network.by_unit[units] * state[units, None]).astype(np.int64)
    if isinstance(network, DenseNetwork):
        if network.energy_kind.kind is EnergyKind.EXPONENTIAL:
            return None  # a logarithm of the sum, and no sum
        split: Numbers = alike * network.gains[network.overlaps(state) - alike + network.units]
        return split
    learnt = network.learnt
    if not network.has_couplings:
        return None
    if isinstance(learnt, Matrix):
        return _of_matrix(network, learnt, state, alike)
    vectors, places = _memories_among(network, learnt)
    split = np.zeros(alike.shape, np.int64)
    split[:, places] = alike[:, places] * learnt.sums(state)[vectors].astype(np.int64)
    # A memory's share in a unit's coupling to itself, where that is left out or turned round.
    shares = learnt.rows[units][:, vectors] * learnt.carried[units][:, vectors].astype(np.int64)
    split[:, places] += (_counted(network, learnt) - 1) * shares
    return split


def _of_matrix(
    network: Network, learnt: Matrix, state: Pattern, alike: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """Split margins where a matrix is Hebb's less what was unlearnt; None for any other matrix."""
    if learnt.stored is None or not learnt.symmetric:
        return None
    often = round(1 / learnt.unit)  # how often each memory counts; to itself no unit is coupled
    return often * (alike * network.overlaps(state).astype(np.int64) - 1)


def _counted(network: Network, learnt: LowRank) -> int:
    """How often self-connections count: once, not at all, or against."""
    if learnt.hollow:
        return 0
    return -1 if network.trouble.negative_own else int(network.conventions.self_connections)


def _memories_among(
    network: Network, learnt: LowRank
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which vectors of the couplings are memories, and which memories they are."""
    vectors, patterns = learnt.vectors, network.patterns
    # Asked of every unit that is pointed at: tables that lie alike are compared much faster.
    if np.array_equal(learnt.rows[:, : len(patterns)], network.by_unit):  # dreams follow them
        every = np.arange(len(patterns))
        return every, every
    # Some of them, in the order in which they were chosen; of equal memories the first.
    places: dict[bytes, list[int]] = {}
    for place, memory in enumerate(patterns):
        places.setdefault(memory.tobytes(), []).append(place)
    found = [
        (number, places[vector.tobytes()].pop(0))
        for number, vector in enumerate(vectors)
        if places.get(vector.tobytes())
    ]
    among = np.array(found, np.int64).reshape(-1, 2)
    return among[:, 0], among[:, 1]


def _blocks(
    network: Network, state: Pattern, units: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], Numbers]]:
    """Yield some of the units, and their votes, after another."""
    step = max(1, BLOCK // max(network.memories, 1))
    for first in range(0, units.size, step):
        some = units[first : first + step]
        split = votes(network, state, some)
        if split is not None:
            yield some, split


def _blamed(
    network: Network, state: Pattern, unstable: NDArray[np.int64], order: list[int]
) -> tuple[int, ...]:
    """Return the fewest of the first without whom all these units would stay, if any number do."""
    stays = np.ones(len(order), bool)
    fields = network.fields(state)
    for some, split in _blocks(network, state, unstable):
        value = state[some, None]
        without = fields[some, None] - value * np.cumsum(split[:, order], axis=1)
        stays &= ~network.unstable(np.broadcast_to(value, without.shape), without).any(axis=0)
    if not unstable.size or not stays.any():
        return ()
    return tuple(order[: int(np.argmax(stays)) + 1])
