"""A state in which falls end, and what it is called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.abreast import never
from hopgui.model.choices import Update
from hopgui.model.falls import LANES, Falls, free_units, key_of
from hopgui.model.mixtures import Look, Mixtures
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.verdict import Verdict

# Sweeps after which a mixture that is let fall is given up, as where one recall is named.
SETTLING = 100
# Units of the ends of such falls that are remembered.
MOST_REMEMBERED = 64_000_000
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
        Whether no single flip lowers the energy: self-connections can hold a state that is none.
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
        stop: NDArray[np.uint8] | None = None,
    ) -> None:
        self._network = network
        self._mixtures = Mixtures(network.patterns)
        self._stream = rng.integers(0, 2**64, 1, dtype=np.uint64)
        stop = never() if stop is None else stop
        self._falls = Falls(network, update, free_units(network.units, None), stop, SETTLING)
        self._known: dict[bytes, Pattern] = {}

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
        overlaps = [self._network.overlaps(state) for state, _ in found]
        looks = [
            self._mixtures.look(state, each)
            for (state, _), each in zip(found, overlaps, strict=True)
        ]
        tried = [
            [] if partner is not None else [*self._mixtures.to_let_fall(look)]
            for look, (_, partner) in zip(looks, found, strict=True)
        ]
        ends = self._ends_of(mixture for each in tried for mixture in each)
        return [
            self._named(look, sums, partner, [ends[key_of(mixture)] for mixture in each])
            for look, sums, (_, partner), each in zip(looks, overlaps, found, tried, strict=True)
        ]

    def _named(
        self,
        look: Look,
        overlaps: NDArray[np.int32],
        partner: Pattern | None,
        ends: list[Pattern],
    ) -> Attractor:
        network, state = self._network, look.state
        verdict = self._mixtures.name(look, ends, cycle=partner is not None)
        minimum = not network.descents(state, network.fields(state, overlaps)).any()
        return Attractor(state, network.energy(state), verdict, minimum, partner)

    def _ends_of(self, mixtures: Iterable[Pattern]) -> dict[bytes, Pattern]:
        """Return where these mixtures fall, each as if it fell alone, by their keys."""
        starts = {key_of(each): each for each in mixtures}
        known = self._known
        ends = {key: known[key] for key in starts if key in known}
        new = [key for key in starts if key not in ends]
        for first in range(0, len(new), LANES):
            keys = new[first : first + LANES]
            states = np.stack([starts[key] for key in keys])
            # Side by side all ask in the order that each alone would ask in.
            if self._falls.side_by_side and len(keys) >= FEW_LANES:
                fallen = self._falls.together(states, self._stream.copy())
            else:
                fallen = self._falls.apart(states, np.repeat(self._stream, len(keys)))
            ends.update(zip(keys, fallen.states, strict=True))
        if len(known) * self._network.units < MOST_REMEMBERED:
            known.update(ends)
        return ends


def kept(state: NDArray[np.int8]) -> Pattern:
    """Return a copy of a state that nobody can write to."""
    copy = np.array(state, np.int8)
    copy.flags.writeable = False
    return copy
