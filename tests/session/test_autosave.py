"""The newest value is written, soon, and by nobody but the saver's thread."""

import threading
from queue import Queue

import pytest

from hopgui.refusal import Refusal
from hopgui.session.autosave import Autosaver

LONG = 30
NO = "No."


class Desk:
    """Keeps what it is given, when it may."""

    def __init__(self):
        self.kept: Queue = Queue()
        self.told: Queue = Queue()
        self.may = threading.Event()
        self.may.set()
        self.refusing = False
        self.threads = set()

    def keep(self, value):
        self.threads.add(threading.current_thread())
        self.kept.put(value)
        assert self.may.wait(LONG)
        if self.refusing:
            raise Refusal(NO)

    def tell(self, value, refusal):
        self.told.put((value, refusal and str(refusal)))


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def saver(desk):
    made = Autosaver(desk.keep, desk.tell, delay=0.0, period=0.0)
    yield made
    made.close()


def test_a_value_is_written_by_another_thread(saver, desk):
    saver.note(1)
    assert desk.kept.get(timeout=LONG) == 1
    assert desk.told.get(timeout=LONG) == (1, None)
    assert threading.current_thread() not in desk.threads


def test_of_values_that_wait_only_the_newest_is_written(saver, desk):
    desk.may.clear()
    saver.note(1)
    assert desk.kept.get(timeout=LONG) == 1
    for value in range(2, 50):
        saver.note(value)
    desk.may.set()
    assert desk.kept.get(timeout=LONG) == 49
    assert [desk.told.get(timeout=LONG)[0] for _ in range(2)] == [1, 49]


def test_a_refusal_is_told_and_the_next_value_is_tried(saver, desk):
    desk.refusing = True
    saver.note(1)
    assert desk.told.get(timeout=LONG) == (1, NO)
    desk.refusing = False
    saver.note(2)
    assert desk.told.get(timeout=LONG) == (2, None)


def test_a_saver_that_is_closed_waits_for_what_it_writes_and_writes_no_more(saver, desk):
    desk.may.clear()
    saver.note(1)
    assert desk.kept.get(timeout=LONG) == 1
    saver.note(2)
    closing = threading.Thread(target=saver.close)
    closing.start()
    closing.join(0.1)
    assert closing.is_alive()
    desk.may.set()
    closing.join(LONG)
    assert not closing.is_alive()
    saver.note(3)
    assert desk.kept.empty()


def test_no_thread_before_the_first_value(desk):
    before = threading.active_count()
    saver = Autosaver(desk.keep, desk.tell)
    assert threading.active_count() == before
    saver.close()
