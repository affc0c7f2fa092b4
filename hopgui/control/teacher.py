"""Lets memories be learnt, off the window's thread when it takes long enough to be noticed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from hopgui.model.learning import Cancelled, Learnt, Plan, effort, learn
from hopgui.refusal import Refusal

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
    """

    began = Signal()
    progressed = Signal(float)
    learnt = Signal(object)
    refused = Signal(object)
    cancelled = Signal()
    _told = Signal(object, float)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="learning")
        self._task: _Task | None = None
        self._told.connect(self._tell)
        self._ended.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether something is being learnt in the background."""
        return self._task is not None

    def ask(self, plan: Plan) -> None:
        """Learn this plan, at once if that is quick."""
        self._drop()
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

    @Slot(object, float)
    def _tell(self, task: _Task, fraction: float) -> None:
        if task is self._task:
            self.progressed.emit(fraction)

    @Slot(object, object)
    def _end(self, task: _Task, outcome: Learnt | Refusal) -> None:
        if task is not self._task:
            return
        self._task = None
        if isinstance(outcome, Refusal):
            self.refused.emit(outcome)
        else:
            self.learnt.emit(outcome)
