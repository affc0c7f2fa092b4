"""Lets memories be learnt, off the window's thread when it takes long enough to be noticed."""

import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from hopgui.model.learning import Cancelled, Learnt, Plan, effort, learn
from hopgui.refusal import Refusal

MOST_KEPT = 2  # networks: a matrix may take half a gigabyte
AT_ONCE = 2e7  # multiplications that take less than a twentieth of a second


@dataclass(eq=False)
class _Task:
    """A plan being learnt, and whether anybody still wants it."""

    plan: Plan
    dropped: threading.Event = field(default_factory=threading.Event)


class Teacher(QObject):
    """Learns the newest plan; one asked for earlier is dropped.

    Call `close` before the object goes.

    Signals
    -------
    began()
        The learning goes on in the background.
    progressed(float)
        Share of the learning that is done, 0 … 1.
    learnt(object)
        The `Learnt` of the newest plan.
    refused(object)
        The `Refusal` of the newest plan: it cannot be learnt.
    cancelled()
        The newest plan was called off.
    failed(str, str)
        Learning went wrong inside: what, and the details.
    """

    began = Signal()
    progressed = Signal(float)
    learnt = Signal(object)
    refused = Signal(object)
    cancelled = Signal()
    failed = Signal(str, str)
    _told = Signal(object, float)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="learning")
        self._task: _Task | None = None
        self._kept: list[tuple[Plan, Learnt]] = []
        self._told.connect(self._tell)
        self._ended.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether something is being learnt in the background."""
        return self._task is not None

    def ask(self, plan: Plan) -> None:
        """Learn this plan, at once if that is quick or was done a moment ago."""
        self._drop()
        for kept, learnt in self._kept:
            if _alike(kept, plan):
                self.learnt.emit(learnt)
                return
        if effort(plan) > AT_ONCE:
            self._task = _Task(plan)
            self.began.emit()
            self._pool.submit(self._learn, self._task)
            return
        try:
            self.learnt.emit(learn(plan))
        except Refusal as refusal:
            self.refused.emit(refusal)

    def cancel(self) -> None:
        """Call off what is being learnt."""
        if self._task is not None:
            self._drop()
            self.cancelled.emit()

    def close(self) -> None:
        """Drop what is being learnt, end the thread and wait for it."""
        self._drop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _drop(self) -> None:
        if self._task is not None:
            self._task.dropped.set()
            self._task = None

    def _learn(self, task: _Task) -> None:
        """Learn in the pool's thread; every signal is queued to this object's own."""

        def report(fraction: float) -> bool:
            self._told.emit(task, fraction)
            return not task.dropped.is_set()

        try:
            self._ended.emit(task, learn(task.plan, report))
        except Cancelled:
            return
        except Refusal as refusal:
            self._ended.emit(task, refusal)
        except Exception as error:  # noqa: BLE001 - a thread has no caller who could catch it
            self._ended.emit(task, (str(error) or type(error).__name__, traceback.format_exc()))

    @Slot(object, float)
    def _tell(self, task: _Task, fraction: float) -> None:
        if task is self._task:
            self.progressed.emit(fraction)

    @Slot(object, object)
    def _end(self, task: _Task, outcome: Learnt | Refusal | tuple[str, str]) -> None:
        if task is not self._task:
            return
        self._task = None
        if isinstance(outcome, Learnt):
            # What took long is kept for undo and redo.
            self._kept = [*self._kept, (task.plan, outcome)][-MOST_KEPT:]
            self.learnt.emit(outcome)
        elif isinstance(outcome, Refusal):
            self.refused.emit(outcome)
        else:
            self.failed.emit(*outcome)
            self.cancelled.emit()


def _alike(one: Plan, other: Plan) -> bool:
    """Whether two plans ask for the same network."""
    return (
        (one.rule, one.energy, one.conventions, one.trouble, one.seed)
        == (other.rule, other.energy, other.conventions, other.trouble, other.seed)
        and np.array_equal(one.weights, other.weights)
        and np.array_equal(one.patterns, other.patterns)
        and _same_rows(one.unlearnt, other.unlearnt)
    )


def _same_rows(one: NDArray[np.int8] | None, other: NDArray[np.int8] | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)
