"""Where the worker leaves the newest of a run for the window to pick up."""

import threading
from dataclasses import dataclass

from hopgui.session.recording import Recording


@dataclass(frozen=True, eq=False)
class Letter:
    """The newest of a run.

    Attributes
    ----------
    order
        Number of the order that the run obeys; a reader waiting for a newer one lets it drop.
    recording
        The run so far.
    running
        Whether it goes on by itself.
    settled
        Whether a whole sweep has changed nothing.
    cycling
        Whether it has settled into two states that follow each other for ever.
    temperature
        T now.
    """

    order: int
    recording: Recording
    running: bool
    settled: bool
    cycling: bool = False
    temperature: float = 0.0


class Mailbox:
    """One place, one lock: a newer letter takes the place of one not picked up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._letter: Letter | None = None

    def put(self, letter: Letter) -> None:
        """Leave a letter in the place of any other."""
        with self._lock:
            self._letter = letter

    def take(self) -> Letter | None:
        """Pick the letter up, None when there is nothing new."""
        with self._lock:
            letter, self._letter = self._letter, None
        return letter
