"""The window's side of the thread: what arrives, in which order, and when nobody looks."""

from math import inf

import numpy as np
import pytest

from hopgui.model.network import Network
from hopgui.model.patterns import random_pattern
from hopgui.session.step import Step
from hopgui.worker.orders import Paint, Repeat, Start
from hopgui.worker.runner import Runner

NOBODY = np.empty(0, np.int64)
LONG = 20_000


@pytest.fixture
def network():
    rng = np.random.default_rng(4)
    return Network(np.stack([random_pattern(100, rng) for _ in range(3)]))


class Heard:
    """A runner, and all that it has told."""

    def __init__(self, qtbot, network):
        self.qtbot, self.network = qtbot, network
        self.runner = Runner()
        self.letters, self.stops, self.failures = [], [], []
        self.runner.arrived.connect(self.letters.append)
        self.runner.stopped.connect(lambda: self.stops.append(len(self.letters)))
        self.runner.failed.connect(lambda *what: self.failures.append(what))

    def start(self, *, running=True, seed=1, flips=20):
        state = self.network.patterns[0].copy()
        state[:flips] *= -1
        number = self.runner.next_order
        pinned = np.zeros(self.network.units, bool)
        self.runner.start(Start(number, self.network, state, pinned, seed, running))
        return number

    def repeat(self):
        number = self.runner.next_order
        pinned = np.zeros(self.network.units, bool)
        self.runner.repeat(Repeat(number, self.network, pinned, 20, 1, 1, 0.0))

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LONG)

    @property
    def asleep(self):
        return not self.runner._pulse.isActive()


@pytest.fixture
def heard(qtbot, network):
    made = Heard(qtbot, network)
    yield made
    made.runner.close()
    assert not made.failures


def test_a_run_arrives_and_its_last_letter_comes_before_its_end_is_told(heard):
    number = heard.start()
    heard.wait(lambda: heard.stops)
    last = heard.letters[-1]
    assert heard.stops == [len(heard.letters)]
    assert last.settled
    assert not last.running
    assert last.order == number
    updates = [letter.recording.updates for letter in heard.letters]
    assert updates == sorted(updates)


def test_nobody_looks_once_a_run_has_ended(heard):
    assert heard.asleep
    heard.start()
    assert not heard.asleep
    heard.wait(lambda: heard.stops)
    heard.wait(lambda: heard.asleep)
    heard.runner.paint(Paint(NOBODY, np.arange(3)))
    assert not heard.asleep
    heard.wait(lambda: len(heard.stops) == 2)
    heard.wait(lambda: heard.asleep)


def test_a_run_slower_than_the_patience_is_not_forgotten(heard):
    """Twice told to go on and to stand: an old end must not put the window to sleep."""
    heard.runner.set_speed(1.0)
    heard.start()
    for _ in range(5):
        heard.runner.pause()
        heard.runner.play()
    heard.wait(lambda: heard.letters and heard.letters[-1].recording.updates >= 1)
    assert not heard.asleep
    assert heard.letters[-1].running
    assert heard.stops == []


def test_letters_that_answer_older_orders_are_dropped(heard):
    heard.repeat()
    heard.wait(lambda: heard.letters)
    number = heard.start(running=False)
    so_far = len(heard.letters)
    heard.wait(lambda: len(heard.letters) > so_far)
    heard.wait(lambda: heard.asleep)
    assert {letter.order for letter in heard.letters[so_far:]} == {number}
    assert not heard.letters[-1].running


def test_a_dropped_run_is_never_heard_of_again(heard):
    heard.repeat()
    heard.wait(lambda: heard.letters)
    heard.runner.drop()
    so_far = len(heard.letters)
    heard.wait(lambda: heard.asleep)
    assert len(heard.letters) == so_far
    assert heard.stops == []


@pytest.mark.parametrize("count", [1, 7])
def test_steps_in_quick_succession_are_all_made(heard, count):
    heard.start(running=False)
    for _ in range(count):
        heard.runner.step(Step.UPDATE)
    heard.wait(lambda: heard.stops)
    heard.wait(lambda: heard.asleep)
    assert heard.letters[-1].recording.updates == count


def test_a_pause_ends_a_repeat(heard):
    heard.repeat()
    heard.wait(lambda: heard.letters and heard.letters[-1].recording.run > 4)
    heard.runner.pause()
    heard.wait(lambda: heard.stops)
    run = heard.letters[-1].recording.run
    heard.wait(lambda: heard.asleep)
    assert heard.letters[-1].recording.run == run


def test_the_speed_holds_for_runs_to_come(heard):
    heard.runner.set_speed(inf)
    heard.start()
    heard.wait(lambda: heard.stops)
    assert heard.letters[-1].settled


@pytest.mark.parametrize("state", ["new", "warm", "running", "repeating"])
def test_it_closes_in_every_state_and_twice(qtbot, network, state):
    heard = Heard(qtbot, network)
    if state == "warm":
        heard.runner.warm()
    if state == "running":
        heard.runner.set_speed(1.0)
        heard.start()
    if state == "repeating":
        heard.repeat()
    heard.runner.close()
    assert not heard.runner._thread.isRunning()
    assert heard.asleep
    heard.runner.close()
    assert heard.failures == []
