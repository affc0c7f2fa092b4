"""What can be said of a run that is over, or of one that stands still."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hopgui.model.network import Network
from hopgui.model.verdict import Verdict, judge
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
    verdict
        What its last state is, judged by the memories that it fell among.
    nearest
        Name of the memory that the verdict speaks of, None when there was none.
    flips
        Flips that the run made by itself, whether they are still recorded or not.
    """

    run: PastRun
    keeping: Keeping
    verdict: Verdict
    nearest: str | None
    flips: int


def run_facts(run: PastRun, keeping: Keeping) -> RunFacts:
    """Say what a run came to."""
    memories = run.session.memories
    last = run.recording.state_at(run.recording.updates)
    verdict = judge(Network(run.session.patterns).overlaps(last), last.size)
    named = None if verdict.nearest is None else memories[verdict.nearest].name
    by_hand = run.recording.forgotten_by_hand + int(np.count_nonzero(run.recording.by_hand))
    flips = run.recording.forgotten + run.flips - by_hand
    return RunFacts(run, keeping, verdict, named, flips)
