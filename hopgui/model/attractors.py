"""A state in which falls end, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.abreast import never
from hopgui.model.choices import Dynamics, Update
from hopgui.model.falls import LANES, Falls, free_units, key_of, keys_of
from hopgui.model.mixtures import Look, Mixtures
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.settling import patience
from hopgui.model.verdict import Verdict

# Bytes of such falls that are remembered: where each begins and ends, a bit a unit.
REMEMBERED = 16_000_000
# As many mixtures fall side by side in less time than one after the other.
FEW_LANES = 8


@dataclass(frozen=True, eq=False)
class Attractor:
    """A stable state, or the two states of a synchronous cycle.

    Attributes
    ----------
    state
        Units ±1, read-only int8 array of shape (units,).
    energy
        Its energy, as the conventions count it.
    verdict
        What it is; its kind is `CYCLE` if it is a cycle, and it then says what `state` is like.
    minimum
        Whether no flip of one unit, of those that may flip, lowers the energy: self-connections can
        hold a state that is no minimum.
    partner
        The other state of a cycle, of the same form; None for a stable state.
    """

    state: Pattern
    energy: float
    verdict: Verdict
    minimum: bool
    partner: Pattern | None = None


class Naming:
    """Says what attractors of one network are.

    Parameters
    ----------
    network
        The network.
    rng
        Seeds the falls of mixtures: the same for every attractor, in whatever order they come.
    update
        In which order these falls ask the units.
    free
        The units that may flip, int32 array; all of them if None. The falls of mixtures ask them
        all: what a mixture is does not depend on what is pinned.
    stop
        Not 0 once no name is wanted any more, uint8 array of shape (1,): what is named after that
        is not to be believed.
    """

    def __init__(
        self,
        network: Network,
        *,
        rng: np.random.Generator,
        update: Update = Update.ASYNC,
        free: NDArray[np.int32] | None = None,
        stop: NDArray[np.uint8] | None = None,
    ) -> None:
        self._network = network
        self._mixtures = Mixtures(network.patterns)
        self._stream = rng.integers(0, 2**64, 1, dtype=np.uint64)
        stop = never() if stop is None else stop
        every = free_units(network.units, None)
        self._free = every if free is None else free
        patient = patience(network, Dynamics(update))
        self._falls = Falls(network, update, every, stop, patient)
        self._known: dict[bytes, bytes] = {}
        self._most_known = REMEMBERED // (1 + network.units // 4)

    def attractor(self, state: Pattern, partner: Pattern | None = None) -> Attractor:
        """Name the attractor in this state; of a cycle, the partner is its other state."""
        return self.attractors([(state, partner)])[0]

    def attractors(self, found: Sequence[tuple[Pattern, Pattern | None]]) -> list[Attractor]:
        """Name some attractors; quicker than one after the other.

        Parameters
        ----------
        found
            The state of each, and its other state if it is a cycle.
        """
        if not found:
            return []
        states = np.stack([state for state, _ in found])
        overlaps = np.stack([self._network.overlaps(state) for state in states])
        looks = self._mixtures.looks(states, overlaps)
        tried = [
            [] if partner is not None else self._mixtures.to_let_fall(look)
            for look, (_, partner) in zip(looks, found, strict=True)
        ]
        mixed = self._mixtures.mixed([mixture for mixtures in tried for mixture in mixtures])
        ends = iter(self._ends_of(mixed))
        attractors = []
        for row, (state, partner) in enumerate(found):
            falls, key = [next(ends) for _ in tried[row]], key_of(state)
            fallen = falls.index(key) if key in falls else None
            attractors.append(self._named(looks[row], overlaps[row], fallen, state, partner))
        return attractors

    def _named(
        self,
        look: Look,
        overlaps: NDArray[np.int32],
        fallen: int | None,
        state: Pattern,
        partner: Pattern | None,
    ) -> Attractor:
        network = self._network
        verdict = self._mixtures.name(look, fallen, cycle=partner is not None)
        descents = network.descents(state, network.fields(state, overlaps))
        minimum = not descents[self._free].any()
        return Attractor(state, network.energy(state), verdict, minimum, partner)

    def _ends_of(self, mixtures: NDArray[np.int8]) -> list[bytes]:
        """Return the keys of where these mixtures fall, each as if it fell alone."""
        known, keys = self._known, keys_of(mixtures)
        rows = {key: row for row, key in enumerate(keys) if key not in known}
        ends = {key: known[key] for key in keys if key not in rows}
        new = list(rows)
        for first in range(0, len(new), LANES):
            some = new[first : first + LANES]
            states = mixtures[[rows[key] for key in some]]
            # Side by side all ask in the order that each alone would ask in.
            if self._falls.side_by_side and len(some) >= FEW_LANES:
                fallen = self._falls.together(states, self._stream.copy())
            else:
                fallen = self._falls.apart(states, np.repeat(self._stream, len(some)))
            ends.update(zip(some, keys_of(fallen.states), strict=True))
        if len(known) < self._most_known:
            known.update(ends)
        return [ends[key] for key in keys]


def kept(state: NDArray[np.int8]) -> Pattern:
    """Return a copy of a state that nobody can write to."""
    copy = np.array(state, np.int8)
    copy.flags.writeable = False
    return copy
