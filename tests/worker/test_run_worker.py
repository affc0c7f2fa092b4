"""The worker in a real thread, spoken to as the window speaks to it, without the window."""

import time
from math import inf

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QThread, Signal

from hopgui.model.conventions import TEXTBOOK
from hopgui.model.dynamics import Run
from hopgui.model.network import Network
from hopgui.model.patterns import random_pattern
from hopgui.session.draws import Draws, rng_of
from hopgui.session.mailbox import Mailbox
from hopgui.session.step import Step
from hopgui.worker.orders import Change, Paint, Repeat, Start
from hopgui.worker.run_worker import RunWorker

NOBODY = np.empty(0, np.int64)
LONG = 20_000
COMMANDS = (
    *("start", "repeat", "play", "pause", "step", "paint", "change"),
    *("drop", "finish", "warm", "set_speed"),
)


class Desk(QObject):
    """What the window's side says, and what it hears."""

    start, repeat, paint, change = Signal(object), Signal(object), Signal(object), Signal(object)
    play, pause, step = Signal(int), Signal(int), Signal(int, object)
    drop, finish, warm, set_speed = Signal(), Signal(), Signal(), Signal(float)
    stopped, failed = Signal(int), Signal(str, str)


class Line:
    """A worker in its thread, with the signals that reach it."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.mailbox = Mailbox()
        self.thread = QThread()
        self.worker = RunWorker(self.mailbox)
        self.worker.moveToThread(self.thread)
        self.say = Desk()
        for name in COMMANDS:
            getattr(self.say, name).connect(
                getattr(self.worker, name), Qt.ConnectionType.QueuedConnection
            )
        # What waits for a signal must hear it in its own thread.
        for name in ("stopped", "failed"):
            getattr(self.worker, name).connect(getattr(self.say, name))
        self.thread.start()
        self.letter = None

    def read(self):
        self.letter = self.mailbox.take() or self.letter
        return self.letter

    def until(self, condition):
        """Wait for a letter of which something is true."""

        def read():
            letter = self.read()
            return letter is not None and condition(letter)

        self.qtbot.waitUntil(read, timeout=LONG)
        return self.letter

    def stopped(self, order):
        return self.qtbot.waitSignal(
            self.say.stopped, timeout=LONG, check_params_cb=lambda told: told == order
        )

    def close(self):
        self.say.finish.emit()
        assert self.thread.wait(LONG)


@pytest.fixture
def line(qtbot):
    made = Line(qtbot)
    yield made
    made.close()


@pytest.fixture
def many():
    source = np.random.default_rng(8)
    return Network(np.stack([random_pattern(400, source) for _ in range(5)]))


def order(network, number=1, *, state=None, seed=3, running=True, pinned=None):
    if state is None:
        state = network.patterns[0].copy()
        state[:120] *= -1
    if pinned is None:
        pinned = np.zeros(network.units, bool)
    return Start(number, network, state, pinned, seed, running)


def alone(start, speed=10_000_000):
    """The same run with no thread at all."""
    run = start.network.start(
        start.state, rng=rng_of(Draws.RECALL, start.seed), pinned=start.pinned
    )
    flips = run.advance(speed)
    return run, flips


def test_a_run_in_the_thread_is_the_run_without_it(line, many):
    start = order(many)
    with line.stopped(1):
        line.say.start.emit(start)
    letter = line.read()
    run, flips = alone(start)
    assert letter.settled
    assert not letter.running
    assert letter.order == 1
    assert letter.recording.updates == run.updates
    assert np.array_equal(letter.recording.flip_units, flips.units)
    assert np.array_equal(letter.recording.flip_updates, flips.updates)
    assert letter.recording.energy_at(run.updates) == run.energy


@pytest.mark.parametrize("speed", [inf, 5000.0])
def test_pausing_and_going_on_change_nothing_of_a_run(line, many, speed):
    start = order(many)
    line.say.set_speed.emit(speed)
    line.say.start.emit(start)
    number = 1
    for _ in range(6):
        with line.stopped(number + 1):
            line.say.pause.emit(number + 1)
        assert not line.read().running
        number += 2
        line.say.play.emit(number)
    assert line.until(lambda letter: letter.settled and letter.order == number)
    run, flips = alone(start)
    assert np.array_equal(line.letter.recording.flip_units, flips.units)
    assert line.letter.recording.updates == run.updates


@pytest.mark.parametrize("step", list(Step))
def test_steps_go_as_far_as_they_say(line, many, step):
    line.say.start.emit(order(many, running=False))
    before = line.until(lambda letter: letter.order == 1)
    assert not before.running
    assert before.recording.updates == 0
    for number in (2, 3):
        with line.stopped(number):
            line.say.step.emit(number, step)
        after = line.read()
        updates = after.recording.updates - before.recording.updates
        flips = after.recording.flip_units.size - before.recording.flip_units.size
        expected = {
            Step.UPDATE: updates == 1,
            Step.FLIP: flips == 1 and after.recording.flip_updates[-1] == after.recording.updates,
            Step.SWEEP: updates == 400,
        }
        assert expected[step]
        before = after


def test_a_flip_step_with_no_flip_left_settles(line, many):
    line.say.start.emit(order(many, state=many.patterns[0], running=False))
    with line.stopped(2):
        line.say.step.emit(2, Step.FLIP)
    assert line.read().settled
    assert line.letter.recording.flip_units.size == 0


def test_letters_of_a_slow_run_come_one_update_at_a_time(line, many):
    line.say.set_speed.emit(40.0)
    line.say.start.emit(order(many))
    seen = []
    for _ in range(4):
        last = seen[-1] if seen else 0
        seen.append(
            line.until(lambda letter, last=last: letter.recording.updates > last).recording.updates
        )
    assert seen[-1] < 400
    line.say.set_speed.emit(inf)
    assert line.until(lambda letter: letter.settled)


def test_paint_reaches_a_run_at_once_and_atomically(line, many):
    line.say.set_speed.emit(1.0)
    line.say.start.emit(order(many))
    picture = -many.patterns[1]
    line.say.paint.emit(Paint(np.flatnonzero(picture > 0), np.flatnonzero(picture < 0)))
    letter = line.until(lambda letter: letter.recording.by_hand.any())
    assert np.array_equal(letter.recording.state_at(letter.recording.updates), picture)
    assert letter.running
    assert not letter.settled


def test_a_settled_run_falls_on_when_it_is_painted_on(line, many):
    """The paint was sent before the news of the settling had arrived."""
    with line.stopped(1):
        line.say.start.emit(order(many))
    settled = line.read().recording
    with line.stopped(1):
        line.say.paint.emit(Paint(NOBODY, np.arange(30)))
    again = line.until(lambda letter: letter.settled and letter.recording.by_hand.any()).recording
    assert again.updates > settled.updates
    assert np.array_equal(again.state_at(again.updates), settled.state_at(settled.updates))


def test_a_paused_run_stays_paused_when_it_is_painted_on(line, many):
    line.say.set_speed.emit(1.0)
    line.say.start.emit(order(many))
    line.say.pause.emit(2)
    line.say.paint.emit(Paint(NOBODY, np.arange(30)))
    letter = line.until(lambda letter: letter.recording.by_hand.any())
    assert not letter.running
    assert letter.order == 2


def test_a_change_of_the_network_is_noted_and_the_run_goes_on(line, many):
    line.say.set_speed.emit(1.0)
    line.say.start.emit(order(many))
    smaller = Network(many.patterns[1:], TEXTBOOK)
    pinned = np.zeros(400, bool)
    pinned[:50] = True
    line.say.change.emit(Change(smaller, pinned))
    line.say.set_speed.emit(inf)
    letter = line.until(lambda letter: letter.settled)
    state = letter.recording.state_at(letter.recording.updates)
    assert not smaller.unstable(state)[~pinned].any()
    cue = order(many).state
    assert np.array_equal(state[:50], cue[:50])
    assert letter.recording.energy_at(letter.recording.updates) == smaller.energy(state)


def repeat(network, number=1, **changes):
    given = {"percent": 10, "damage_seed": 1, "seed": 5, "pause": 0.0} | changes
    pinned = given.pop("pinned", np.zeros(network.units, bool))
    return Repeat(number, network, pinned, **given)


def test_a_repeat_takes_memory_after_memory_with_seed_after_seed(line, many):
    line.say.repeat.emit(repeat(many))
    rounds = {}

    def listen(letter):
        rounds.setdefault(letter.recording.run, letter.recording)
        return len(rounds) >= 12

    line.until(listen)
    for run, recording in rounds.items():
        memory = many.patterns[(run - 1) % many.memories]
        assert (recording.start != memory).sum() == 40
        assert recording.seed == 5 + run - 1


def test_a_repeat_damages_what_is_not_pinned(line, many):
    pinned = np.arange(many.units) < 300
    line.say.repeat.emit(repeat(many, percent=50, pinned=pinned))
    recording = line.until(lambda letter: letter.recording.run > 2).recording
    flips = recording.start != many.patterns[(recording.run - 1) % many.memories]
    assert not flips[pinned].any()
    assert flips.sum() == (many.units - 300) // 2


def test_a_repeat_under_way_takes_up_a_new_order_in_its_next_round(line, many):
    line.say.repeat.emit(repeat(many))
    run = line.until(lambda letter: letter.recording.run > 3).recording.run
    line.say.repeat.emit(repeat(many, 2, percent=50))
    later = line.until(lambda letter: letter.order == 2 and letter.recording.run > run + 1)
    memory = many.patterns[(later.recording.run - 1) % many.memories]
    assert (later.recording.start != memory).sum() == 200
    line.say.pause.emit(3)
    assert not line.until(lambda letter: letter.order == 3).running


def test_a_repeat_rests_on_what_has_settled(line, many):
    line.say.repeat.emit(repeat(many, pause=30.0))
    first = line.until(lambda letter: letter.settled)
    assert first.recording.run == 1
    line.say.paint.emit(Paint(NOBODY, np.arange(20)))
    line.until(lambda letter: letter.recording.by_hand.any() and letter.settled)
    assert line.letter.recording.run == 1
    line.say.repeat.emit(repeat(many, 2, pause=0.0))
    assert line.until(lambda letter: letter.recording.run > 1)


def test_the_worker_hears_commands_in_the_middle_of_hard_work(line):
    source = np.random.default_rng(8)
    large = Network(np.stack([random_pattern(128 * 128, source) for _ in range(100)]))
    line.say.warm.emit()
    line.say.repeat.emit(repeat(large))
    line.until(lambda letter: letter.recording.updates > 0)
    with line.stopped(2):
        line.say.pause.emit(2)
    assert not line.read().running


@pytest.mark.parametrize("command", ["start", "repeat", "step", "paint", "change"])
def test_whatever_fails_is_told_with_its_details(line, many, monkeypatch, command):
    def fail(*_arguments, **_named):
        message = "the kernel fell over"
        raise RuntimeError(message)

    line.say.start.emit(order(many, running=False))
    line.until(lambda letter: letter.order == 1)
    for name in ("advance", "set_units", "change"):
        monkeypatch.setattr(Run, name, fail)
    arguments = {
        "start": (order(many, 2),),
        "repeat": (repeat(many, 2),),
        "step": (2, Step.FLIP),
        "paint": (Paint(NOBODY, np.arange(3)),),
        "change": (Change(many, np.zeros(400, bool)),),
    }
    with line.qtbot.waitSignal(line.say.failed, timeout=LONG) as failed:
        getattr(line.say, command).emit(*arguments[command])
    what, details = failed.args
    assert what == "the kernel fell over"
    assert details.startswith("Traceback")
    monkeypatch.undo()
    line.mailbox.take()
    with line.stopped(9):
        line.say.start.emit(order(many, 9))
    assert line.read().settled, "it works again"


def test_commands_without_a_run_are_nothing(line, many):
    say = line.say
    say.play.emit(1)
    say.pause.emit(2)
    say.step.emit(3, Step.SWEEP)
    say.paint.emit(Paint(NOBODY, np.arange(3)))
    say.change.emit(Change(many, np.zeros(400, bool)))
    say.drop.emit()
    say.start.emit(order(many, 7, running=False))
    letter = line.until(bool)
    assert letter.order == 7
    say.drop.emit()


def test_a_dropped_run_leaves_no_letters(line, many):
    line.say.start.emit(order(many))
    line.say.drop.emit()
    line.say.start.emit(order(many, 2, running=False))
    line.until(lambda letter: letter.order == 2)
    time.sleep(0.03)
    assert line.mailbox.take() is None
