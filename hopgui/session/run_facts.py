"""What can be said of a run that is over, or of one that stands still."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hopgui.model.nearest import Nearest, nearest_memory
from hopgui.model.network import Network
from hopgui.session.past_run import PastRun


class Keeping(StrEnum):
    """Whether a run is there to stay."""

    PRESENT = "present"  # it is on the pad
    PASSING = "passing"  # it is listed until newer ones take its place
    KEPT = "kept"  # it is part of the document


@dataclass(frozen=True, eq=False)
class RunFacts:
    """A run, and what its last state is.

    Attributes
    ----------
    run
        The run.
    keeping
        Whether it is there to stay.
    nearest
        The memory nearest to its last state, among those that it fell among.
    name
        What that memory is called, None when there was none.
    flips
        Flips that the run made by itself, whether they are still recorded or not.
    """

    run: PastRun
    keeping: Keeping
    nearest: Nearest
    name: str | None
    flips: int


def run_facts(run: PastRun, keeping: Keeping) -> RunFacts:
    """Say what a run came to."""
    memories = run.session.memories
    last = run.recording.state_at(run.recording.updates)
    nearest = nearest_memory(Network(run.session.patterns).overlaps(last), last.size)
    name = None if nearest.memory is None else memories[nearest.memory].name
    by_hand = run.recording.forgotten_by_hand + int(np.count_nonzero(run.recording.by_hand))
    flips = run.recording.forgotten + run.flips - by_hand
    return RunFacts(run, keeping, nearest, name, flips)
