"""The player: begins runs, follows them, and shows any moment of them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from hopgui.control import steps
from hopgui.control.beginnings import repeat_of, start_of
from hopgui.control.chronicle import Chronicle
from hopgui.control.knowledge import Knowledge
from hopgui.control.replay import Replay
from hopgui.model.learning import Learnt
from hopgui.model.network import Network
from hopgui.session.frame import Phase
from hopgui.session.mailbox import Letter
from hopgui.session.moment import Replayed, moment
from hopgui.session.past_run import PastRun
from hopgui.session.plan import same_network
from hopgui.session.session import Picture, Session
from hopgui.session.step import Step
from hopgui.session.tape import Tape
from hopgui.worker.orders import Change, Paint
from hopgui.worker.runner import Runner

SHORT_PAUSE = 0.2  # seconds; a repeat that rests no longer is shown as one run


class Player(QObject):
    """Knows which moment of which run is on the pad, and what the transport's buttons mean.

    A run is *at its head* while its newest moment is shown. Scrubbed back, it is replayed from the
    recording; past the last recorded moment it goes on by itself.

    Attributes
    ----------
    frame
        The moment on the pad.

    Signals
    -------
    frame_changed(object)
        The `Frame` to show.
    came_to_rest(object)
        The run stands still with this picture on the pad, int8 array of shape (height, width).
    repeat_changed(bool)
        Whether a repeat is going on.
    network_changed(object)
        The `Network` of the document is another one.
    plan_changed(object)
        The document asks for another network: the `Plan` to be learnt, and handed to `learn`.
    """

    frame_changed = Signal(object)
    came_to_rest = Signal(object)
    repeat_changed = Signal(bool)
    network_changed = Signal(object)
    plan_changed = Signal(object)

    def __init__(self, session: Session, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._knowledge = Knowledge(session, self)
        self._knowledge.wanted.connect(self.plan_changed)
        self._knowledge.changed.connect(self.network_changed)
        self._letter: Letter | None = None
        self._position: int | None = None
        self._chronicle = Chronicle()
        self._retold = 0
        self._record: PastRun | None = None  # what is shown again, if it is no run of the worker's
        self._repeating = False
        self._repeat_pause = 1.5
        self._replay = Replay(self)
        self._replay.moved.connect(self._show_at)
        self._replay.ended.connect(self._end_replay)
        runner.arrived.connect(self._take)
        runner.stopped.connect(self._stand)
        self.frame = moment(session, self.network, Phase.REST)

    @property
    def network(self) -> Network:
        """The network of the present document."""
        return self._knowledge.network

    @property
    def shown(self) -> Picture:
        """The picture on the pad, whatever moment it is of; int8, shape (height, width)."""
        return self.frame.state

    @property
    def running(self) -> bool:
        """Whether a run goes on by itself."""
        return self._letter is not None and self._letter.running

    @property
    def live(self) -> bool:
        """Whether the pad shows the head of a run that can go on: what is painted goes to it."""
        if self._repeating:
            return True
        if self._letter is None or self._position is not None or self._record is not None:
            return False
        return self._letter.running or not self._letter.settled

    @property
    def past(self) -> tuple[PastRun, ...]:
        """The runs before the present one that nobody kept, oldest first."""
        return self._chronicle.runs

    @property
    def present(self) -> PastRun | None:
        """The run on the pad as it stands now, None when there is none or it has not begun."""
        if self._letter is None or self._record is not None:
            return None
        return self._chronicle.present(self._letter)

    @property
    def told(self) -> PastRun | None:
        """The run that is shown, the present one or one shown again, with its own document."""
        if self._letter is not None and self._record is not None:
            return replace(self._record, recording=self._letter.recording)
        return self.present

    @property
    def repeating(self) -> bool:
        """Whether a repeat is going on."""
        return self._repeating

    def ask(self) -> None:
        """Ask for the network of the first document: until it is learnt, Hebb's stands in."""
        self._knowledge.ask(self._session)

    def toggle(self) -> None:
        """Recall, pause, go on, replay or recall again: what the big button says."""
        letter = self._letter
        if self.running or self._repeating:
            self.pause()
        elif self._replay.active:
            self._replay.stop()
            self._refresh()
        elif letter is None:
            self._begin(self._session.pad.ravel())
        elif self._position is not None:
            self._replay.begin(self._position, letter.recording.updates)
            self._refresh()
        elif letter.settled or self._record is not None:
            self._begin(letter.recording.start)
        else:
            self._go_on()

    def retell(self, run: PastRun) -> None:
        """Show a run that is over, at its end; it can be gone through, and begun anew."""
        self._let_go()
        self._retold -= 1
        self._record = run
        # No run of the worker's has a number below 0, nor is such a run remembered once more.
        again = replace(run.recording, run=self._retold)
        self._letter = Letter(0, again, running=False, settled=run.settled)
        self._refresh()

    def forget(self, run: PastRun) -> None:
        """Let a run go that nobody kept."""
        self._chronicle.forget(run)
        self._refresh()

    def pause(self) -> None:
        """Let the run stand still; a repeat is over."""
        if self.running or self._repeating:
            self._runner.pause()
            self._expect(running=False)
        self._set_repeating(on=False)

    def step_forward(self, step: Step) -> None:
        """Go on by one step, in the recording or past its end; pause a run that goes by itself."""
        self._replay.stop()
        letter = self._letter
        if self.running or self._repeating:
            self.pause()
        elif letter is None:
            self._begin(self._session.pad.ravel(), running=False)
            self._runner.step(step)
        elif self._position is not None:
            self._show_at(steps.after(letter.recording, self._position, step, self._session.pinned))
        elif not letter.settled and self._record is None:
            self._runner.step(step)

    def step_back(self, step: Step) -> None:
        """Go back by one step of the recording; pause a run that goes by itself."""
        self._replay.stop()
        if self.running or self._repeating:
            self.pause()
        elif self._letter is not None:
            recording, pinned = self._letter.recording, self._session.pinned
            self._show_at(steps.before(recording, self.frame.update, step, pinned))

    def scrub(self, update: int) -> None:
        """Show the moment at which `update` units had been asked; a run under way is paused."""
        self._replay.stop()
        self.pause()
        if self._letter is not None:
            self._show_at(update)

    def to_start(self) -> None:
        """Show the run's first moment."""
        if self._letter is not None:
            self.scrub(self._letter.recording.first_update)

    def to_end(self) -> None:
        """Show the newest moment of the run."""
        if self._letter is not None:
            self.scrub(self._letter.recording.updates)

    def set_speed(self, updates_per_second: float) -> None:
        """Choose the speed of runs and replays."""
        self._replay.speed = updates_per_second
        self._runner.set_speed(updates_per_second)

    def set_repeat_pause(self, seconds: float) -> None:
        """Choose how long a repeat rests on each settled state."""
        self._repeat_pause = seconds
        if self._repeating:
            self._begin_repeat()

    def set_repeat(self, on: bool) -> None:
        """Begin or end a repeat; without memories there is nothing to begin."""
        if on and not self._repeating and self.network.memories:
            self._replay.stop()
            self._begin_repeat()
        elif not on and self._repeating:
            self.pause()
        self.repeat_changed.emit(self._repeating)

    def paint(self, units: NDArray[np.integer], value: int) -> None:
        """Set units by hand under a live run."""
        self._runner.paint(Paint(units, units[:0]) if value > 0 else Paint(units[:0], units))

    def keeps_shown(self, session: Session) -> bool:
        """Whether what is shown would stay if the document became this one, its pad aside."""
        if session.grid != self._session.grid:
            return False
        alike = same_network(session, self._session)
        if self.live:
            return bool(session.memories) or (self.network.recalls and alike)
        same_pins = session.pinned is self._session.pinned
        return alike and same_pins and session.dynamics == self._session.dynamics

    def follow(self, session: Session, before: Session, *, repaint: bool = True) -> None:
        """Carry a change of the document into a live run; let a run go that it contradicts.

        Parameters
        ----------
        session, before
            The document now, and as it was.
        repaint
            Whether the document's pad is to be shown; else it is what the run has made of it.
        """
        self._session, network = session, self.network
        other_grid = session.grid != before.grid
        changed = self._knowledge.renew(session, before) or other_grid
        repainted = repaint and session.pad is not before.pad
        same_kind = type(self.network) is type(network)
        if self.live and not other_grid and same_kind and (self.network.recalls or not changed):
            redrawn = session.damage is not before.damage or session.seed != before.seed
            self._follow_live(session, changed=changed, redrawn=redrawn, repainted=repainted)
            if session.dynamics != before.dynamics:
                self._runner.drive(session.dynamics)
                self._chronicle.drive()
        elif (
            changed
            or session.dynamics != before.dynamics
            or (repainted and not np.array_equal(session.pad, self.shown))
        ):
            self._let_go()
        self._refresh()

    def rest(self) -> None:
        """Let the run go, and show the document's pad."""
        self._let_go()
        self._refresh()

    def close(self) -> None:
        """End the replay and the worker's thread."""
        self._replay.stop()
        self._runner.close()

    def _follow_live(
        self, session: Session, *, changed: bool, redrawn: bool, repainted: bool
    ) -> None:
        if self._repeating and (changed or redrawn):
            self._begin_repeat()
        elif changed:
            self._runner.change(Change(self.network, session.pinned.ravel()))
        if repainted:
            # Every unit is named: the run may be past the moment shown.
            plus = session.pad.ravel() > 0
            self._runner.paint(Paint(np.flatnonzero(plus), np.flatnonzero(~plus)))

    def _go_on(self) -> None:
        self._runner.play()
        self._expect(running=True)

    def _expect(self, *, running: bool) -> None:
        """Show at once what was asked for: the next command may come before the answer."""
        if self._letter is not None:
            self._letter = replace(self._letter, running=running)
            self._refresh()

    def learn(self, learnt: Learnt) -> None:
        """Take the network that the document's memories have become."""
        same_kind = type(self.network) is type(learnt.network)
        if not self._knowledge.take(learnt.network):
            return
        if self.live and same_kind and self.network.recalls:
            self._follow_live(self._session, changed=True, redrawn=False, repainted=False)
        else:
            self._let_go()
        self._refresh()

    def _begin(self, state: Picture, *, running: bool = True) -> None:
        session, order = self._session, self._runner.next_order
        self._runner.start(start_of(session, self.network, state, order, running=running))
        self._record = None
        tape = Tape(0, session.seed, state, self.network.energy(state))
        self._take(Letter(0, tape.recording(0), running=running, settled=False))

    def _begin_repeat(self) -> None:
        order = self._runner.next_order
        self._runner.repeat(repeat_of(self._session, self.network, order, self._repeat_pause))
        self._set_repeating(on=True)

    def _set_repeating(self, *, on: bool) -> None:
        if on != self._repeating:
            self._repeating = on
            self.repeat_changed.emit(on)

    def _let_go(self) -> None:
        self._replay.stop()
        # Also a run of which no letter has come yet: one begun and paused within a moment.
        self._runner.drop()
        if self._letter is not None:
            self._chronicle.end(self._letter, self._session.runs)
        self._letter = self._position = None
        self._record = None
        self._set_repeating(on=False)

    @Slot(object)
    def _take(self, letter: Letter) -> None:
        old, new = self._letter, letter.recording
        if old is None or old.recording.run != new.run:
            self._position = None  # the moment looked at was one of the run before
            if old is None or not steps.same_run(old.recording, new):
                if old is not None:
                    self._chronicle.end(old, self._session.runs)
                self._chronicle.begin(self._session, new, in_repeat=self._repeating)
        self._letter = letter
        self._refresh()

    @Slot()
    def _stand(self) -> None:
        if self._letter is not None and self._position is None:
            self.came_to_rest.emit(self.shown)

    @Slot(int)
    def _show_at(self, update: int) -> None:
        if self._letter is None:
            return
        recording = self._letter.recording
        update = max(recording.first_update, update)
        self._position = None if update >= recording.updates else update
        self._refresh()

    @Slot()
    def _end_replay(self) -> None:
        self._position = None
        if self._letter is not None and not self._letter.settled and self._record is None:
            self._go_on()
        else:
            self._refresh()

    def _refresh(self) -> None:
        letter = self._letter
        replayed = None
        if letter is not None:
            recording = letter.recording
            update = recording.updates if self._position is None else self._position
            trace = self._knowledge.trace(recording, self.frame.nearest.memory)
            replayed = Replayed(recording, update, trace, letter.cycling, letter.temperature)
        ghosts = self._chronicle.ghosts(self._session)
        self.frame = moment(self._session, self.network, self._phase(), replayed, ghosts)
        self.frame_changed.emit(self.frame)

    def _phase(self) -> Phase:
        if self._letter is None:
            return Phase.REST
        restless = self._repeating and self._repeat_pause < SHORT_PAUSE
        if self._letter.running or self._replay.active or restless:
            return Phase.RUNNING
        settled = self._letter.settled and self._position is None
        return Phase.SETTLED if settled else Phase.PAUSED
