"""What the window hears of a run: nothing of an older one, nor of another window's."""

import time

import numpy as np
from PySide6.QtCore import Qt

from hopgui.session.frame import Phase
from hopgui.session.library import first_session
from hopgui.session.session import Damage, Grid, blank_session


def test_nobody_looks_for_letters_when_nothing_happens(hands):
    assert not hands.lab.runner._pulse.isActive()
    hands.recall()
    hands.idle()
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_End)
    assert not hands.lab.runner._pulse.isActive()
    assert not hands.lab.player._replay.active


def test_two_labs_do_not_tread_on_each_other(open_lab):
    one, two = open_lab(), open_lab(speed=50)
    two.lab.desk.recall()
    two.lab.desk.set_seed(3)
    one.lab.desk.recall()
    one.settle()
    assert one.session.seed == 7
    assert two.frame.phase is Phase.RUNNING
    one.lab.desk.clear()
    one.window.close()
    update = two.frame.update
    two.wait(lambda: two.frame.update > update)
    two.lab.player.set_speed(float("inf"))
    two.settle()
    assert np.array_equal(two.shown, two.session.memories[0].picture)


def test_a_frame_of_an_older_run_is_not_shown(open_lab, document):
    rng = np.random.default_rng(1)
    pictures = [(2 * rng.integers(0, 2, (40, 40)) - 1).astype(np.int8) for _ in range(3)]
    hands = open_lab(document(*pictures, pad=pictures[0], damage=Damage(30, 1)), speed=400)
    for turn in range(4):
        hands.choose("damage")
        hands.choose("recall")
        cue = hands.session.pad.ravel()
        assert np.array_equal(hands.frame.recording.start, cue), turn
        hands.wait(lambda: hands.frame.recording.updates > 3)
        assert np.array_equal(hands.frame.recording.start, cue), turn
        hands.lab.player.rest()
        assert hands.frame.phase is Phase.REST
    hands.idle()
    assert hands.frame.phase is Phase.REST


def test_a_run_paused_before_it_was_heard_of_does_not_come_back_to_another_document(open_lab):
    hands = open_lab()
    hands.recall()  # the kernels are loaded by now
    hands.lab.desk.open(first_session())
    for _ in range(3):
        hands.choose("repeat")
        time.sleep(0.05)  # it goes on in its thread, and the window hears nothing of it yet
        hands.lab.desk.recall()  # pauses it
        hands.lab.desk.open(blank_session(Grid(16, 16)))
        hands.qtbot.wait(100)
        assert hands.frame.recording is None
        assert hands.shown.shape == (16, 16)
        hands.choose("undo")
        hands.qtbot.wait(50)
        assert hands.frame.recording is None
