"""The window's side of the thread: owns it, speaks to it, and pulls what it leaves."""

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from hopgui.session.mailbox import Mailbox
from hopgui.session.step import Step
from hopgui.worker.orders import Change, Paint, Repeat, Start
from hopgui.worker.run_worker import RunWorker

PULL = 16  # milliseconds between two looks into the mailbox
QUIET_PULLS = 30  # looks in vain at a run that stands still, after which nobody looks


class Runner(QObject):
    """Owns the worker's thread, the mailbox and the timer that pulls from it.

    Call `close` before the object goes: no thread outlives its window.

    Signals
    -------
    arrived(object)
        The newest `Letter` of the run under the present order.
    stopped()
        The run under the present order has settled or was paused, and its last letter has arrived.
    failed(str, str)
        The worker failed: what, and the details.
    """

    arrived = Signal(object)
    stopped = Signal()
    failed = Signal(str, str)

    _warm = Signal()
    _start = Signal(object)
    _repeat = Signal(object)
    _play = Signal()
    _pause = Signal()
    _drop = Signal()
    _finish = Signal()
    _step = Signal(object)
    _paint = Signal(object)
    _change = Signal(object)
    _set_speed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = 0
        self._mailbox = Mailbox()
        self._thread = QThread()
        self._thread.setObjectName("recall")
        self._worker = RunWorker(self._mailbox)
        self._worker.moveToThread(self._thread)
        for signal, slot in (
            (self._warm, self._worker.warm),
            (self._start, self._worker.start),
            (self._repeat, self._worker.repeat),
            (self._play, self._worker.play),
            (self._pause, self._worker.pause),
            (self._drop, self._worker.drop),
            (self._finish, self._worker.finish),
            (self._step, self._worker.step),
            (self._paint, self._worker.paint),
            (self._change, self._worker.change),
            (self._set_speed, self._worker.set_speed),
        ):
            signal.connect(slot, Qt.ConnectionType.QueuedConnection)
        self._worker.stopped.connect(self._on_stopped)
        self._worker.failed.connect(self.failed)
        self._pulse = QTimer(self)
        self._pulse.setTimerType(Qt.TimerType.PreciseTimer)
        self._pulse.setInterval(PULL)
        self._pulse.timeout.connect(self._pull)
        self._quiet = 0
        self._awaiting = False
        self._thread.start()

    @property
    def next_order(self) -> int:
        """Number for the next `Start` or `Repeat`; letters of older orders are dropped."""
        return self._order + 1

    def warm(self) -> None:
        """Have the compiled kernels loaded before anyone waits for them."""
        self._warm.emit()

    def start(self, start: Start) -> None:
        """Begin a new run."""
        self._order = start.order
        self._start.emit(start)
        self._listen(until_stopped=start.running)

    def repeat(self, repeat: Repeat) -> None:
        """Begin a repeat."""
        self._order = repeat.order
        self._repeat.emit(repeat)
        self._listen(until_stopped=True)

    def play(self) -> None:
        """Let the run go on by itself."""
        self._play.emit()
        self._listen(until_stopped=True)

    def pause(self) -> None:
        """Let the run stand still."""
        self._pause.emit()
        self._listen(until_stopped=True)

    def drop(self) -> None:
        """Let the run go; none of its letters arrives any more."""
        self._order += 1
        self._awaiting = False
        self._drop.emit()

    def step(self, step: Step) -> None:
        """Let a run that stands still go on by one step."""
        self._step.emit(step)
        self._listen(until_stopped=True)

    def paint(self, paint: Paint) -> None:
        """Set units by hand under the run."""
        self._paint.emit(paint)
        self._listen()

    def change(self, change: Change) -> None:
        """Let the run go on under another network or other pinned units."""
        self._change.emit(change)
        self._listen()

    def set_speed(self, updates_per_second: float) -> None:
        """Choose how many updates a second the run makes; infinity is as fast as it goes."""
        self._set_speed.emit(updates_per_second)

    def close(self) -> None:
        """End the thread and wait for it."""
        self._pulse.stop()
        if self._thread.isRunning():
            self._finish.emit()
            self._thread.wait()

    def _listen(self, *, until_stopped: bool = False) -> None:
        self._quiet = 0
        self._awaiting = self._awaiting or until_stopped
        if not self._pulse.isActive():
            self._pulse.start()

    @Slot()
    def _pull(self) -> None:
        letter = self._mailbox.take()
        if letter is None:
            self._quiet += 1
            if self._quiet > QUIET_PULLS and not self._awaiting:
                self._pulse.stop()
            return
        self._quiet = 0
        if letter.order == self._order:
            self.arrived.emit(letter)

    @Slot(int)
    def _on_stopped(self, order: int) -> None:
        if order == self._order:
            self._awaiting = False
            self._pull()
            self.stopped.emit()
