"""A long computation goes on beside the window, and can be paused, called off, or go wrong."""

import threading
import time

import pytest

from hopgui.refusal import Refusal
from hopgui.worker.job import Job


@pytest.fixture
def job(qapp):  # noqa: ARG001 - signals need an application
    made = Job()
    yield made
    made.close()


def heard(signal):
    values = []
    signal.connect(lambda *given: values.append(given))
    return values


def counting(most, pause=0.0):
    for number in range(most):
        time.sleep(pause)
        yield number


def test_the_last_value_always_arrives(job, qtbot):
    values = heard(job.advanced)
    for most in (1, 2, 1000):
        values.clear()
        with qtbot.waitSignal(job.ended) as ended:
            job.begin(counting(most))
        assert ended.args == [most - 1]
        assert values[-1] == (most - 1,)
    assert not job.active


def test_a_computation_without_values_ends_with_none(job, qtbot):
    with qtbot.waitSignal(job.ended) as ended:
        job.begin(iter(()))
    assert ended.args == [None]


def test_it_works_in_another_thread(job, qtbot):
    def where():
        yield threading.get_ident()

    with qtbot.waitSignal(job.ended) as ended:
        job.begin(where())
    assert ended.args[0] != threading.get_ident()


def test_values_are_pulled_not_pushed(job, qtbot):
    values = heard(job.advanced)
    with qtbot.waitSignal(job.ended, timeout=20_000):
        job.begin(counting(3000))
    assert len(values) < 1500
    numbers = [number for (number,) in values]
    assert numbers == sorted(set(numbers))


def test_a_pause_holds_it_and_going_on_ends_it(job, qtbot):
    taken = []

    def steps():
        for number in range(50):
            taken.append(number)
            time.sleep(0.02)
            yield number

    job.begin(steps())
    qtbot.waitUntil(lambda: len(taken) > 3)
    job.pause()
    assert job.paused
    qtbot.wait(50)
    held = len(taken)
    qtbot.wait(100)
    assert len(taken) == held < 50
    worked = job.seconds
    qtbot.wait(50)
    assert job.seconds == worked > 0
    with qtbot.waitSignal(job.ended) as ended:
        job.go_on()
    assert ended.args == [49]
    assert job.seconds > worked
    assert not job.paused


def test_cancelling_closes_the_computation(job, qtbot):
    closed = threading.Event()
    begun = threading.Event()

    def steps():
        try:
            while True:
                begun.set()
                yield time.monotonic()
        finally:
            closed.set()

    ended = heard(job.ended)
    job.begin(steps())
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert not job.active
    qtbot.waitUntil(closed.is_set)
    qtbot.wait(60)
    assert not ended


def test_a_paused_computation_can_be_cancelled_and_closed(job, qtbot):
    job.begin(counting(1_000_000, 0.001))
    job.pause()
    job.cancel()
    with qtbot.waitSignal(job.ended) as ended:
        job.begin(counting(2))
    assert ended.args == [1]
    job.begin(counting(1_000_000, 0.001))
    job.pause()
    job.close()
    assert not job.active


def test_a_newer_computation_takes_the_place_of_an_older_one(job, qtbot):
    values = heard(job.advanced)
    job.begin(iter(lambda: "old", None))
    with qtbot.waitSignal(job.ended) as ended:
        job.begin(counting(3))
    assert ended.args == [2]
    values.clear()
    qtbot.wait(120)
    assert not values


def test_a_listener_may_begin_the_next_from_the_last_value(job, qtbot):
    def begin_another(value):
        if value == 0:
            job.begin(iter(["other"]))

    job.advanced.connect(begin_another)
    with qtbot.waitSignal(job.ended) as ended:
        job.begin(iter([0]))
    assert ended.args == ["other"]


def test_a_refusal_and_a_fault_are_told_apart(job, qtbot):
    def refusing():
        yield 1
        sentence = "{file} is too large."
        raise Refusal(sentence, file="a.pbm")

    with qtbot.waitSignal(job.refused) as refused:
        job.begin(refusing())
    assert isinstance(refused.args[0], Refusal)

    def failing():
        yield 1
        raise ZeroDivisionError

    with qtbot.waitSignal(job.failed) as failed:
        job.begin(failing())
    what, details = failed.args
    assert what == "ZeroDivisionError"
    assert "Traceback" in details
    assert not job.active
