"""What is said of states that are compared: energy, stability, and what each is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hopgui.model.choices import Dynamics
from hopgui.model.mixtures import Mixtures
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.model.settling import settler
from hopgui.model.verdict import Verdict


@dataclass(frozen=True)
class Appraisal:
    """What a state is under one network.

    Attributes
    ----------
    energy
        Its energy, as the conventions count it.
    stable
        Whether no update would change it, were no unit pinned.
    verdict
        What it is, or is like.
    """

    energy: float
    stable: bool
    verdict: Verdict


def appraised(
    network: Network,
    mixtures: Mixtures,
    states: Sequence[Pattern],
    dynamics: Dynamics,
    rng: Callable[[], np.random.Generator],
) -> Iterator[tuple[Appraisal, ...]]:
    """Yield what is known of the states so far, one more of them at a time or the same again.

    No step takes long.

    Parameters
    ----------
    network
        What gives the states their energy.
    mixtures
        Its memories; what they need to be made ready is done first.
    states
        Units ±1, int8 arrays of shape (units,).
    dynamics
        Which unit is asked next where a mixture is let fall.
    rng
        Makes the generator of each such fall anew, so that all of them ask the units alike.
    """
    found: tuple[Appraisal, ...] = ()
    for _ready in mixtures.prepare():
        yield found
    for state in states:
        stable = not network.unstable(state).any()
        settle = settler(network, dynamics, rng) if stable else None
        steps = mixtures.naming(state, settle=settle, overlaps=network.overlaps(state))
        for told in steps:
            verdict = told
            yield found
        found = (*found, Appraisal(network.energy(state), stable, verdict))
        yield found
