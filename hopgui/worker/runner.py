"""The window's side of the thread: owns it, speaks to it, and pulls what it leaves."""

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from hopgui.model.choices import Dynamics
from hopgui.session.mailbox import Mailbox
from hopgui.session.step import Step
from hopgui.worker.orders import Change, Paint, Repeat, Start
from hopgui.worker.run_worker import RunWorker

PULL = 16  # milliseconds between two looks into the mailbox
QUIET_PULLS = 30  # looks in vain at a run that stands still, after which nobody looks


class Runner(QObject):
    """Owns the worker's thread, the mailbox and the timer that pulls from it.

    Whatever begins, ends or moves a run is an order with a number of its own, and letters that
    answer an older order are dropped: what arrives is never older than the last thing asked.

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
    _play = Signal(int)
    _pause = Signal(int)
    _drop = Signal()
    _finish = Signal()
    _step = Signal(int, object)
    _paint = Signal(object)
    _change = Signal(object)
    _drive = Signal(object)
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
            (self._drive, self._worker.drive),
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
        self._running = False
        self._thread.start()

    @property
    def next_order(self) -> int:
        """Number for the next `Start` or `Repeat`."""
        return self._order + 1

    def warm(self) -> None:
        """Have the compiled kernels loaded before anyone waits for them."""
        self._warm.emit()

    def start(self, start: Start) -> None:
        """Begin a new run."""
        self._order = start.order
        self._start.emit(start)
        self._awaiting = start.running
        self._listen()

    def repeat(self, repeat: Repeat) -> None:
        """Begin a repeat."""
        self._order = repeat.order
        self._repeat.emit(repeat)
        self._awaiting = True
        self._listen()

    def play(self) -> None:
        """Let the run go on by itself."""
        self._order += 1
        self._play.emit(self._order)
        self._awaiting = True
        self._listen()

    def pause(self) -> None:
        """Let the run stand still."""
        self._order += 1
        self._pause.emit(self._order)
        self._awaiting = True
        self._listen()

    def drop(self) -> None:
        """Let the run go; none of its letters arrives any more."""
        self._order += 1
        self._awaiting = self._running = False
        self._drop.emit()

    def step(self, step: Step) -> None:
        """Let a run that stands still go on by one step."""
        self._order += 1
        self._step.emit(self._order, step)
        self._awaiting = True
        self._listen()

    def paint(self, paint: Paint) -> None:
        """Set units by hand under the run."""
        self._paint.emit(paint)
        self._listen()

    def change(self, change: Change) -> None:
        """Let the run go on under another network or other pinned units."""
        self._change.emit(change)
        self._listen()

    def drive(self, dynamics: Dynamics) -> None:
        """Let the run go on in another order, or at another temperature."""
        self._drive.emit(dynamics)
        self._listen()

    def set_speed(self, updates_per_second: float) -> None:
        """Choose how many updates a second the run makes; infinity is as fast as it goes."""
        self._set_speed.emit(updates_per_second)

    def close(self) -> None:
        """End the thread and wait for it; what it still has to say is not heard."""
        self._order += 1
        self._pulse.stop()
        if self._thread.isRunning():
            self._finish.emit()
            self._thread.wait()

    def _listen(self) -> None:
        self._quiet = 0
        if not self._pulse.isActive():
            self._pulse.start()

    @Slot()
    def _pull(self) -> None:
        letter = self._mailbox.take()
        if letter is None:
            self._quiet += 1
            if self._quiet > QUIET_PULLS and not (self._awaiting or self._running):
                self._pulse.stop()
            return
        self._quiet = 0
        if letter.order == self._order:
            self._running = letter.running
            self.arrived.emit(letter)

    @Slot(int)
    def _on_stopped(self, order: int) -> None:
        if order != self._order:
            return
        self._pull()
        # A hand on the pad may have set it falling again since.
        if not self._running:
            self._awaiting = False
            self.stopped.emit()
