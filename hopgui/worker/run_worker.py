"""The thread's side: commands in, a state that falls in slices, letters out."""

import math
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from hopgui.model.choices import Dynamics
from hopgui.model.flips import Flips
from hopgui.model.network import Network, warm
from hopgui.model.patterns import damaged
from hopgui.session.draws import Draws, rng_of
from hopgui.session.mailbox import Letter, Mailbox
from hopgui.session.step import Step
from hopgui.session.tape import Tape
from hopgui.worker.aside import compile_all_aside, stand_back
from hopgui.worker.orders import Change, Paint, Repeat, Start

if TYPE_CHECKING:
    from hopgui.model.dynamics import Run

COLD_START = 1.5  # seconds; loops kept on disk are loaded faster
SLICE = 0.008  # seconds that one slice of work aims at
# Sweeps after which a repeat's round ends that does not settle: at a temperature, and by ties.
WARM_SWEEPS, COLD_SWEEPS = 20, 1000
ROUND = 0.002  # least seconds from one settled state to the next round of a repeat
Command = TypeVar("Command", bound=Callable[..., None])


def _reported(method: Command) -> Command:
    """Stop and tell the window when a command fails, whatever it is that went wrong."""

    @wraps(method)
    def guarded(self: "RunWorker", *arguments: object) -> None:
        try:
            method(self, *arguments)
        except Exception as error:  # noqa: BLE001 - a thread has no caller who could catch it
            self.drop()
            self.failed.emit(str(error) or type(error).__name__, traceback.format_exc())

    return cast("Command", guarded)


class RunWorker(QObject):
    """Lives in its own thread and lets one state fall at a time.

    Between two slices of about 8 ms it returns to its event loop, and so hears every command.

    Parameters
    ----------
    mailbox
        Where the newest of the run is left.

    Signals
    -------
    stopped(int)
        The run has settled, or stands still as this order asked; its last letter is in the mailbox.
    failed(str, str)
        Something went wrong: what, and the details.
    """

    stopped = Signal(int)
    failed = Signal(str, str)

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._speed = math.inf
        self._order = 0
        self._runs = 0
        self._round = 0
        self._run: Run | None = None
        self._tape: Tape | None = None
        self._repeat: Repeat | None = None
        self._going = False
        self._resting = False
        self._clock = 0.0
        self._owed = 0.0
        self._chunk = 4096

    @Slot()
    @_reported
    def warm(self) -> None:
        """Load the compiled loops before anyone waits for them."""
        stand_back()
        begun = time.perf_counter()
        network = Network(np.ones((1, 4), np.int8))
        run = network.start(np.array([-1, 1, 1, 1], np.int8), rng=rng_of(Draws.RECALL, 0))
        run.advance(16)
        run.set_units(np.array([0], np.int32), -1)
        warm()
        if time.perf_counter() - begun > COLD_START:
            compile_all_aside()

    @Slot(object)
    @_reported
    def start(self, start: Start) -> None:
        """Begin a new run."""
        self._repeat = None
        self._order = start.order
        self._timer.stop()
        self._begin(
            start.network.start(
                start.state,
                rng=rng_of(Draws.RECALL, start.seed),
                pinned=start.pinned,
                dynamics=start.dynamics,
            ),
            start.seed,
        )
        if start.running:
            self._go_on()
        else:
            self._going = False
            self._post()

    @Slot(object)
    @_reported
    def repeat(self, repeat: Repeat) -> None:
        """Damage, recall and pause, memory after memory; a repeat under way goes on by this one."""
        before, self._repeat = self._repeat, repeat
        self._order = repeat.order
        if before is None or self._run is None:
            self._round = 0
            self._next_round()
        elif repeat.network is not before.network or np.any(repeat.pinned != before.pinned):
            self.change(Change(repeat.network, repeat.pinned))
        else:
            if self._resting:
                self._rest(repeat.pause)
            self._post()

    @Slot(int)
    @_reported
    def play(self, order: int) -> None:
        """Go on by itself."""
        self._order = order
        self._go_on()

    @Slot(int)
    @_reported
    def pause(self, order: int) -> None:
        """Stand still; a repeat is over."""
        self._order = order
        self._repeat = None
        self._stand_still()
        if self._run is not None:
            self._post()
            self.stopped.emit(self._order)

    @Slot()
    def drop(self) -> None:
        """Let the run go."""
        self._stand_still()
        self._run = self._tape = self._repeat = None

    @Slot()
    def finish(self) -> None:
        """Let the run go and end the thread: its timer stops where it was started."""
        self.drop()
        QThread.currentThread().quit()

    @Slot(int, object)
    @_reported
    def step(self, order: int, step: Step) -> None:
        """Go on by one update, to the next flip, or to the end of the sweep, and stand still."""
        self._order = order
        run = self._run
        if run is None:
            return
        self._stand_still()
        if step is Step.UPDATE:
            self._keep(run.advance(run.least))
        elif step is Step.SWEEP:
            self._keep(run.advance(run.left_in_sweep))
        else:
            # A run that makes no flip settles within two sweeps.
            self._keep(run.advance(2 * run.state.size, most_flips=1))
        self._post()
        self.stopped.emit(self._order)

    @Slot(object)
    @_reported
    def paint(self, paint: Paint) -> None:
        """Set units by hand under the run."""
        if self._run is None or self._tape is None:
            return
        for units, value in ((paint.plus, 1), (paint.minus, -1)):
            if units.size:
                self._tape.append(self._run.set_units(units, value), by_hand=True)
        self._answer()

    @Slot(object)
    @_reported
    def change(self, change: Change) -> None:
        """Go on under another network or other pinned units."""
        if self._run is None or self._tape is None:
            return
        self._run.change(change.network, change.pinned)
        self._tape.note_change(self._run.updates, self._run.energy)
        self._answer()

    @Slot(object)
    @_reported
    def drive(self, dynamics: Dynamics) -> None:
        """Go on in another order, or at another temperature."""
        if self._repeat is not None:
            self._repeat = replace(self._repeat, dynamics=dynamics)
        if self._run is not None:
            self._run.drive(dynamics)
            self._answer()

    @Slot(float)
    @_reported
    def set_speed(self, updates_per_second: float) -> None:
        """Go on at this many updates a second; infinity is as fast as the machine goes."""
        self._speed = updates_per_second
        self._clock = time.perf_counter()
        self._owed = 0.0
        if self._timer.isActive() and not self._resting:
            self._timer.start(self._interval())

    def _begin(self, run: "Run", seed: int) -> None:
        self._runs += 1
        self._run = run
        self._tape = Tape(self._runs, seed, run.state, run.energy)
        self._resting = False

    def _next_round(self) -> None:
        repeat = self._repeat
        if repeat is None:
            return
        network, number = repeat.network, self._round
        memory = network.patterns[number % network.memories]
        rng = rng_of(Draws.DAMAGE, repeat.damage_seed + number)
        cue = damaged(memory, repeat.percent, rng, repeat.pinned)
        seed = repeat.seed + number
        self._round += 1
        run = network.start(
            cue, rng=rng_of(Draws.RECALL, seed), pinned=repeat.pinned, dynamics=repeat.dynamics
        )
        self._begin(run, seed)
        self._go_on()

    def _go_on(self) -> None:
        self._going, self._resting = True, False
        self._clock = time.perf_counter()
        self._owed = 0.0
        self._timer.start(self._interval())
        self._post()

    def _stand_still(self) -> None:
        self._going = self._resting = False
        self._timer.stop()

    def _answer(self) -> None:
        """Let a run fall on that had settled by itself before a hand unsettled it."""
        asleep = self._resting or not self._timer.isActive()
        if self._going and asleep and self._run is not None and not self._run.settled:
            self._go_on()
        else:
            self._post()

    @Slot()
    @_reported
    def _tick(self) -> None:
        if self._resting:
            self._next_round()
            return
        run = self._run
        if run is None:
            self._timer.stop()
            return
        self._keep(self._slice(run))
        if run.settled or self._warm_enough(run):
            self._settle()
        else:
            self._post()

    def _warm_enough(self, run: "Run") -> bool:
        """Say whether a round of a repeat has gone on long enough, though it does not settle."""
        sweeps = WARM_SWEEPS if run.temperature > 0 else COLD_SWEEPS
        return self._repeat is not None and run.updates > sweeps * run.state.size

    def _slice(self, run: "Run") -> Flips:
        if math.isinf(self._speed):
            return run.advance(max(self._chunk, run.least))
        return self._paced(run)

    def _paced(self, run: "Run") -> Flips:
        now = time.perf_counter()
        # What a stalled machine owes is forgiven: the run goes on in pace instead of leaping.
        self._owed += min(now - self._clock, 0.1 + 1 / self._speed) * self._speed
        self._clock = now
        due = int(self._owed) // run.least * run.least
        self._owed -= due
        return run.advance(due)

    def _keep(self, flips: Flips) -> None:
        if self._tape is not None:
            self._tape.append(flips)
        now = time.perf_counter()
        if math.isinf(self._speed):
            spent = max(now - self._clock, 1e-6)
            self._chunk = int(np.clip(self._chunk * SLICE / spent, 256, 2**24))
            self._clock = now

    def _settle(self) -> None:
        self._timer.stop()
        self._post()
        if self._repeat is None:
            self.stopped.emit(self._order)
            return
        self._resting = True
        self._rest(self._repeat.pause)

    def _rest(self, seconds: float) -> None:
        self._timer.start(max(1, round(1000 * max(seconds, ROUND))))

    def _interval(self) -> int:
        if math.isinf(self._speed):
            return 0
        return max(round(1000 * SLICE), round(1000 / self._speed))

    def _post(self) -> None:
        if self._run is None or self._tape is None:
            return
        self._mailbox.put(
            Letter(
                order=self._order,
                recording=self._tape.recording(self._run.updates),
                running=self._timer.isActive(),
                settled=self._run.settled,
                cycling=self._run.cycling,
                temperature=self._run.temperature,
            )
        )
