"""The mailbox between real threads."""

import threading

import numpy as np

from hopgui.session.mailbox import Letter, Mailbox
from hopgui.session.tape import Tape

RECORDING = Tape(1, 1, np.ones(4, np.int8), 0.0).recording(0)


def letter(order: int) -> Letter:
    return Letter(order, RECORDING, running=True, settled=False)


def test_an_empty_mailbox_holds_nothing():
    assert Mailbox().take() is None


def test_a_letter_is_picked_up_once():
    mailbox, sent = Mailbox(), letter(1)
    mailbox.put(sent)
    assert mailbox.take() is sent
    assert mailbox.take() is None


def test_a_newer_letter_takes_the_place_of_one_not_picked_up():
    mailbox, newest = Mailbox(), letter(2)
    mailbox.put(letter(1))
    mailbox.put(newest)
    assert mailbox.take() is newest
    assert mailbox.take() is None


def test_between_threads_letters_come_once_in_order_and_the_last_always():
    mailbox, count = Mailbox(), 20_000
    taken: list[int] = []
    finished = threading.Event()

    def write():
        for order in range(1, count + 1):
            mailbox.put(letter(order))
        finished.set()

    def read():
        while True:
            over = finished.is_set()  # asked before the look, so that the last one is not missed
            found = mailbox.take()
            if found is not None:
                taken.append(found.order)
            elif over:
                return

    threads = [threading.Thread(target=write), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    assert taken == sorted(set(taken))
    assert taken[-1] == count


def test_several_readers_never_get_the_same_letter():
    mailbox, count = Mailbox(), 5000
    taken: list[int] = []  # appending is one step of the interpreter's
    finished = threading.Event()

    def read():
        while True:
            over = finished.is_set()
            found = mailbox.take()
            if found is not None:
                taken.append(found.order)
            elif over:
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for order in range(count):
        mailbox.put(letter(order))
    finished.set()
    for thread in readers:
        thread.join(timeout=30)
    assert len(taken) == len(set(taken))
    assert count - 1 in taken
