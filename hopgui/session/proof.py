"""A run made again from its seed, and held against its recording, flip for flip."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.choices import EnergyKind
from hopgui.model.flips import Flips
from hopgui.model.learning import learn
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.draws import Draws, rng_of
from hopgui.session.past_run import PastRun
from hopgui.session.plan import plan_of
from hopgui.session.recording import Recording

STRETCH = 2**16  # updates between two looks at how far it is


@dataclass(frozen=True)
class Proof:
    """How far a run made again is the recorded one.

    Attributes
    ----------
    flips
        Flips that were the same, one after another: unit, update and energy.
    done, total
        Updates made again, and updates of the recording.
    differs_at
        Update at which the two part, None while they are the same.
    """

    flips: int
    done: int
    total: int
    differs_at: int | None = None

    @property
    def holds(self) -> bool:
        """Whether all of the run was made again, and was the same."""
        return self.differs_at is None and self.done == self.total


def prove(run: PastRun) -> Iterator[Proof]:
    """Make a run again from its seed and compare every flip.

    The memories are learnt again too, by the rule and the seed of the run's own document.

    Yields
    ------
    Proof
        What is known so far; the last one is at the end of the run, or where the two part.

    Raises
    ------
    Refusal
        If the seed alone cannot tell the run: a hand was in it, its oldest part was let go, or its
        machine is not there.
    """
    _require_told_by_seed(run)
    recording, session = run.recording, run.session
    again = learn(plan_of(session)).network.start(
        recording.start,
        rng=rng_of(Draws.RECALL, recording.seed),
        pinned=session.pinned.ravel(),
        dynamics=session.dynamics,
    )
    total, same = recording.updates, 0
    yield Proof(0, 0, total)
    while again.updates < total and not again.settled:
        before = again.updates
        flips = again.advance(min(max(STRETCH, again.least), total - before))
        parting = _parting(flips, recording, same)
        if parting is not None:
            count, update = parting
            yield Proof(same + count, update, total, update)
            return
        same += flips.units.size
        if again.updates == before:
            break
        yield Proof(same, again.updates, total)
    if same < recording.flip_units.size:
        yield Proof(same, again.updates, total, int(recording.flip_updates[same]))
    elif again.updates != total:
        yield Proof(same, again.updates, total, again.updates)


def _parting(flips: Flips, recording: Recording, start: int) -> tuple[int, int] | None:
    """Count the flips before the first that differs, and say at which update; None if all agree."""
    count = flips.units.size
    part = slice(start, start + count)
    recorded = recording.flip_units[part]
    common = recorded.size
    agree = (
        (flips.units[:common] == recorded)
        & (flips.updates[:common] == recording.flip_updates[part])
        & _equal(flips.energies[:common], recording.flip_energies[part])
    )
    if agree.all() and common == count:
        return None
    first = int(np.argmin(agree)) if not agree.all() else common
    return first, int(flips.updates[first])


def _equal(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    equal: NDArray[np.bool_] = one == other
    return equal


def _require_told_by_seed(run: PastRun) -> None:
    if run.session.energy.kind is EnergyKind.BOLTZMANN and run.session.training is None:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "This run cannot be made again: its machine was not kept with it."
            )
        )
    if run.recording.forgotten:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "This run cannot be made again: its oldest part was let go."
            )
        )
    if run.driven or run.recording.by_hand.any():
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "This run cannot be made again by its seed alone: a hand was in it."
            )
        )
