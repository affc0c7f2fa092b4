"""A long computation and the strip that begins, pauses and calls it off."""

from collections.abc import Callable, Iterator
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal

from hopgui.refusal import Refusal
from hopgui.ui.look.numbers import number
from hopgui.ui.parts.job_strip import JobStrip, taken
from hopgui.worker.job import Job


class Counted(Protocol):
    """What a computation yields: all that is known so far, and how far that is."""

    @property
    def done(self) -> int:
        """Steps taken."""

    @property
    def total(self) -> int:
        """Steps to take."""


class StripJob(QObject):
    """Has a computation done in a thread of its own, and shows on a strip how far it is.

    Call `put_on` before anything is begun, and `close` before the object goes.

    Signals
    -------
    advanced(object)
        The newest value, a `Counted`.
    pause_changed(bool)
        The computation was told to stand still, or to go on.
    over()
        It has come to its end, was called off or went wrong; `newest` is what is known.
    refused(object)
        The `Refusal` that it ended with.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    advanced = Signal(object)
    pause_changed = Signal(bool)
    over = Signal()
    refused = Signal(object)
    failed = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._newest: object | None = None
        self._words: Callable[[str], str] | None = None
        self._job = Job(self)
        self._job.advanced.connect(self._take)
        self._job.ended.connect(self._end)
        self._job.cancelled.connect(self._end)
        self._job.refused.connect(self._refuse)
        self._job.failed.connect(self._fail)

    @property
    def active(self) -> bool:
        """Whether the computation is under way, paused or not."""
        return self._job.active

    @property
    def paused(self) -> bool:
        """Whether a computation is under way and stands still."""
        return self._job.paused

    @property
    def newest(self) -> Counted | None:
        """What was last told of the computation under way, or of the last one."""
        return cast("Counted | None", self._newest)

    def put_on(self, strip: JobStrip, words: Callable[[str], str] | None = None) -> None:
        """Take the strip on.

        Parameters
        ----------
        strip
            The strip.
        words
            Says, given how long it took, what has been done; "10 of 20 in 3 s" if None.
        """
        self._strip, self._words = strip, words
        strip.paused.connect(self._pause)
        strip.cancelled.connect(self._job.cancel)

    def begin(self, steps: Iterator[object], total: int = 0) -> None:
        """Take a computation on; one under way is dropped without a word.

        Parameters
        ----------
        steps
            The computation, an iterator of `Counted` values.
        total
            How many steps it has, 0 if that is not known yet.
        """
        self._newest = None
        self._strip.show_progress(0, total, 0.0)
        self._job.begin(steps)

    def forget(self) -> None:
        """Call the computation off, and say nothing of it any more."""
        self._job.cancel()
        self._newest = None
        self._strip.show_idle("")

    def close(self) -> None:
        """Drop what is under way and end its thread."""
        self._job.close()

    def _pause(self, on: bool) -> None:
        self._job.pause() if on else self._job.go_on()
        self._show_progress()
        self.pause_changed.emit(on)

    def _take(self, value: object) -> None:
        self._newest = value
        self.advanced.emit(value)
        self._show_progress()

    def _show_progress(self) -> None:
        known = self.newest
        if self._job.active and known is not None:
            self._strip.show_progress(
                known.done, known.total, self._job.seconds, paused=self._job.paused
            )

    def _end(self, _last: object = None) -> None:
        known, time = self.newest, taken(self._job.seconds)
        if known is None:
            text = ""
        elif self._words is not None:
            text = self._words(time)
        else:
            text = self.tr("{done} of {total} in {time}").format(
                done=number(known.done), total=number(known.total), time=time
            )
        self._strip.show_idle(text)
        self.over.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._end()
        self.refused.emit(refusal)

    def _fail(self, what: str, details: str) -> None:
        self._end()
        self.failed.emit(what, details)
