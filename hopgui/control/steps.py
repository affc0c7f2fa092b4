"""Where a step leads in a recording, and whether two recordings tell of one run."""

import numpy as np

from hopgui.session.recording import Recording
from hopgui.session.session import Mask
from hopgui.session.step import Step


def after(recording: Recording, update: int, step: Step, pinned: Mask) -> int:
    """Return the moment one step after `update`; a sweep asks the units that are not pinned."""
    if step is Step.FLIP:
        return recording.update_of_flip_after(update)
    return update + _length(step, pinned)


def before(recording: Recording, update: int, step: Step, pinned: Mask) -> int:
    """Return the moment one step before `update`; a sweep asks the units that are not pinned."""
    if step is Step.FLIP:
        return recording.update_of_flip_before(update)
    return update - _length(step, pinned)


def same_run(old: Recording, new: Recording) -> bool:
    """Whether the new run goes the old one's way, or is the old one under its worker's number."""
    by_hand = bool(old.by_hand.any())
    return old.seed == new.seed and not by_hand and np.array_equal(old.start, new.start)


def _length(step: Step, pinned: Mask) -> int:
    return max(int((~pinned).sum()), 1) if step is Step.SWEEP else 1
