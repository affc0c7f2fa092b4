"""A run that is over, with all that it takes to run it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.recording import Recording

if TYPE_CHECKING:
    from hopgui.session.session import Session

# What a document may keep, so that its file stays quick to write and safe to open.
MOST_RUNS = 64
MOST_FLIPS = 2**21
MOST_MEMORIES = 3_000
MOST_UNITS = 2**26


@dataclass(frozen=True, eq=False)
class PastRun:
    """A run that is over.

    Attributes
    ----------
    name
        What the person calls it; empty until it is kept.
    session
        The document as it stood when the run began, with what it started from on the pad, and
        neither runs nor kept states of its own.
    recording
        Start state and flips.
    settled
        Whether it came to rest by itself.
    driven
        Whether order or temperature were changed under it: then its seed does not tell it again.
    """

    name: str
    session: Session
    recording: Recording
    settled: bool = False
    driven: bool = False

    @property
    def flips(self) -> int:
        """Number of flips that are still recorded, by whomever they were made."""
        return int(self.recording.flip_units.size)


def same_run(one: PastRun, other: PastRun) -> bool:
    """Say whether two values tell of one run of this window, as far as it had come."""
    mine, theirs = one.recording, other.recording
    return (
        mine.start is theirs.start
        and (mine.run, mine.updates) == (theirs.run, theirs.updates)
        and mine.forgotten == theirs.forgotten
    )


def require_room(runs: Sequence[PastRun]) -> None:
    """Refuse more runs than a document may keep.

    Raises
    ------
    Refusal
        If the runs are too many, or too long together, or their memories are too many or too large.
    """
    if len(runs) > MOST_RUNS:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "A document keeps at most {most} runs: delete some."),
            most=MOST_RUNS,
        )
    memories = [memory for run in runs for memory in run.session.memories]
    pictures = {id(memory.picture): memory.picture.size for memory in memories}
    if (
        sum(run.flips for run in runs) > MOST_FLIPS
        or len(memories) > MOST_MEMORIES
        or sum(pictures.values()) > MOST_UNITS
    ):
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "The runs would be too large together to be kept: delete some."
            )
        )
