"""What a person may do while the network falls, and what the network answers."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QSpinBox

from hopgui.session.carry import Carry
from hopgui.session.frame import Phase
from hopgui.session.session import Grid

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def slow(open_lab):
    """A lab whose recall is under way at a hundred updates a second."""
    hands = open_lab(speed=100)
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.flips > 1)
    return hands


def full_speed(hands):
    for _ in range(40):
        hands.key(Qt.Key.Key_Plus, on=hands.pad)


def other(hands, cell):
    """The button that paints a unit to what it is not."""
    return RIGHT if hands.shown[cell[1], cell[0]] > 0 else LEFT


def as_painted(recording):
    """The state just after the last unit that was turned by hand."""
    by_hand = np.flatnonzero(recording.by_hand)
    return recording.state_at(int(recording.flip_updates[by_hand[-1]])) if by_hand.size else None


def painted_on(hands):
    """Whether a frame tells of what a hand has turned."""
    return bool(hands.frame.recording.by_hand.any())


# Painting


def test_the_network_answers_what_is_painted_under_it(slow):
    letter = slow.session.memories[0].picture
    cells = [(column, 4) for column in range(10)]
    value = -1 if (letter[4] > 0).sum() > 5 else 1
    slow.paint(cells[0], cells[-1], button=LEFT if value > 0 else RIGHT)
    slow.wait(lambda: painted_on(slow))
    assert slow.frame.phase is Phase.RUNNING
    full_speed(slow)
    slow.settle()
    assert np.array_equal(slow.shown, letter)
    by_hand = slow.frame.recording.by_hand
    assert slow.frame.flips == (~by_hand).sum(), "what a hand turned is no flip of the network"


def test_a_stroke_in_a_run_is_one_step_that_can_be_undone_and_redone(slow):
    slow.paint(*((column, 0) for column in range(10)), button=other(slow, (0, 0)))
    labels = [entry.label for entry in slow.lab.document._history.past]
    assert labels == ["Recall", "Paint"]
    painted = slow.session.pad[0].copy()
    assert abs(int(painted.sum())) == 10, "the whole row is in the document, answered or not"
    before = slow.lab.document._history.past[-1].session.pad

    slow.choose("undo")
    assert np.array_equal(slow.session.pad, before)
    slow.wait(lambda: np.array_equal(as_painted(slow.frame.recording), before.ravel()))
    slow.choose("redo")
    slow.wait(lambda: np.array_equal(as_painted(slow.frame.recording)[:10], painted))
    assert slow.frame.phase is Phase.RUNNING


@pytest.mark.parametrize("end", ["settles", "is paused"])
def test_what_was_undone_in_a_run_can_be_redone_when_it_has_ended(slow, end):
    slow.paint(*((column, 0) for column in range(10)), button=other(slow, (0, 0)))
    painted = slow.session.pad.copy()
    slow.choose("undo")
    undone = slow.session.pad.copy()
    if end == "settles":
        full_speed(slow)
        slow.settle()
    else:
        slow.key(Qt.Key.Key_Space)
        slow.wait_for(Phase.PAUSED)
        slow.key(Qt.Key.Key_Period)  # else it may stand before anything has flipped since
        slow.wait(lambda: not np.array_equal(slow.shown, undone))
        slow.wait(lambda: np.array_equal(slow.session.pad, slow.lab.player.shown))
    ended = slow.shown.copy()
    assert not np.array_equal(ended, undone)
    assert slow.window.actions_by_name["redo"].text() == "&Redo Paint"
    slow.choose("redo")
    assert np.array_equal(slow.session.pad, painted)
    slow.choose("undo")
    assert np.array_equal(slow.session.pad, ended)
    slow.choose("undo")
    assert np.array_equal(slow.session.pad, undone)


def test_painting_on_a_paused_run_waits_and_then_goes_on(slow):
    slow.key(Qt.Key.Key_Space)
    slow.idle()
    update = slow.frame.update
    button = other(slow, (0, 0))
    slow.paint((0, 0), button=button)
    painted = slow.session.pad.copy()
    slow.wait(lambda: np.array_equal(slow.shown, painted))
    slow.idle()
    assert slow.frame.phase is Phase.PAUSED
    assert slow.frame.update == update
    slow.choose("undo")
    slow.wait(lambda: slow.shown[0, 0] != painted[0, 0])
    slow.choose("redo")
    slow.wait(lambda: np.array_equal(slow.shown, painted))
    slow.key(Qt.Key.Key_Space)
    full_speed(slow)
    slow.settle()
    assert slow.frame.update > update
    assert np.array_equal(slow.shown, slow.session.memories[0].picture)


def test_a_pin_stroke_in_a_run_is_a_pin_and_nothing_else(slow):
    slow.key(Qt.Key.Key_P)
    slow.paint((0, 0), (9, 0))
    assert [entry.label for entry in slow.lab.document._history.past] == ["Pin"]
    full_speed(slow)
    slow.settle()
    assert slow.session.pinned[0].all()


@pytest.mark.parametrize("act", ["clear", "invert", "damage", "half_top", "random", "load"])
def test_the_tools_of_the_pad_act_on_a_run(slow, act):
    if act == "load":
        slow.window.gallery._view.select([1])
        slow.lab._show_what_is_possible()
    run = slow.frame.recording.run
    slow.choose(act)
    asked = slow.session.pad.copy()
    slow.wait(lambda: painted_on(slow))
    assert np.array_equal(as_painted(slow.frame.recording), asked.ravel())
    assert slow.frame.recording.run == run
    full_speed(slow)
    slow.settle()


def test_a_run_that_settles_under_a_stroke_is_part_of_its_step(hands):
    """At full speed the network answers before the button is let go."""
    hands.lab.desk.load(0)
    steps = len(hands.lab.document._history.past)
    button = other(hands, (0, 0))
    hands.key(Qt.Key.Key_Space)
    hands.press((0, 0), button)
    hands.move((9, 0))
    hands.settle()
    hands.release((9, 0), button)
    labels = [entry.label for entry in hands.lab.document._history.past[steps:]]
    assert labels.count("Paint") <= 1
    assert np.array_equal(hands.session.pad, hands.shown)


def test_painting_on_the_rest_of_a_repeat_is_answered(open_lab):
    hands = open_lab(pause="10")
    hands.choose("repeat")
    hands.wait_for(Phase.SETTLED)
    run, settled = hands.frame.recording.run, hands.shown.copy()
    hands.paint((0, 0), (3, 0), button=other(hands, (0, 0)))
    hands.wait(lambda: painted_on(hands))
    hands.wait_for(Phase.SETTLED)
    assert hands.frame.recording.run == run
    assert np.array_equal(hands.shown, settled)
    hands.choose("repeat")


# Memories and settings under a run


def test_deleting_the_memory_being_recalled_leaves_the_run_falling_elsewhere(slow):
    view = slow.window.gallery.findChild(QListView)
    view.setFocus()
    slow.window.gallery._view.select([0])
    slow.key(Qt.Key.Key_Delete, on=view)
    assert slow.names == ["C", "H", "Y"]
    assert slow.frame.phase is Phase.RUNNING
    full_speed(slow)
    slow.settle()
    slow.choose("undo")
    slow.choose("undo")
    assert slow.names == ["A", "C", "H", "Y"]


def test_deleting_every_memory_ends_the_run_and_keeps_the_picture(slow):
    shown = slow.shown.copy()
    slow.lab.desk.delete([0, 1, 2, 3])
    assert slow.frame.phase is Phase.REST
    assert np.array_equal(slow.shown, shown)
    assert len(slow.frame.earlier) == 1
    slow.key(Qt.Key.Key_Space, on=slow.pad)
    assert "nothing to recall" in slow.window.banner.text
    slow.choose("undo")
    assert len(slow.names) == 4
    assert np.array_equal(slow.shown, shown)


def test_storing_and_renaming_leave_the_run_alone(slow):
    slow.key(Qt.Key.Key_M, on=slow.pad)
    slow.lab.desk.rename(0, "Alpha")
    assert len(slow.names) == 5
    assert slow.frame.phase is Phase.RUNNING
    full_speed(slow)
    slow.settle()
    assert slow.frame.recording.run == 1


def test_resizing_while_it_runs_takes_the_picture_that_is_seen(slow):
    shown = slow.shown.copy()
    slow.lab.desk.resize(Grid(20, 20), Carry.RESAMPLE)
    assert slow.frame.phase is Phase.REST
    assert np.array_equal(slow.shown, np.kron(shown, np.ones((2, 2), np.int8)))
    slow.idle()
    assert slow.frame.phase is Phase.REST
    full_speed(slow)
    slow.recall()
    assert np.array_equal(slow.shown, slow.session.memories[0].picture)
    for size in (20, 10):
        slow.choose("undo")
        assert slow.shown.shape == ((20, 20) if size == 20 else (10, 10))
    assert np.array_equal(slow.shown, shown)


def test_another_set_ends_the_run_and_undo_brings_the_document_back(slow):
    shown = slow.shown.copy()
    slow.lab._open_set("digits-10")
    assert slow.frame.phase is Phase.REST
    slow.idle()
    assert slow.frame.phase is Phase.REST
    slow.choose("undo")
    assert np.array_equal(slow.shown, shown)
    assert slow.names == ["A", "C", "H", "Y"]


def test_undo_and_redo_of_a_memory_reach_the_run(slow):
    slow.key(Qt.Key.Key_M, on=slow.pad)
    full = slow.lab.player.network
    slow.choose("undo")
    assert slow.lab.player.network.memories == 4
    slow.choose("redo")
    assert slow.lab.player.network.memories == full.memories == 5
    assert slow.frame.phase is Phase.RUNNING


# Play and pause


def test_the_speed_changes_at_once(open_lab):
    hands = open_lab(speed=1)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.RUNNING)
    assert hands.frame.update <= 1
    full_speed(hands)
    hands.settle()
    assert np.array_equal(hands.shown, hands.session.memories[0].picture)


@pytest.mark.parametrize(("taps", "phase"), [(9, Phase.RUNNING), (10, Phase.PAUSED)])
def test_space_tapped_many_times_ends_as_the_last_tap_says(open_lab, taps, phase):
    hands = open_lab(speed=2)
    for _ in range(taps):
        hands.key(Qt.Key.Key_Space, on=hands.pad)
    assert hands.frame.phase is phase
    hands.wait(lambda: hands.frame.recording.run > 0)
    assert hands.frame.phase is phase
    update = hands.frame.update
    if phase is Phase.RUNNING:
        hands.wait(lambda: hands.frame.update > update + 1)
    else:
        hands.idle()
    assert hands.frame.phase is phase


def test_space_works_while_a_number_box_has_the_focus(hands):
    seed = next(
        each
        for each in hands.window.transport.findChildren(QSpinBox)
        if each.accessibleName() == "Seed"
    )
    seed.setFocus()
    seed.selectAll()
    hands.qtbot.keyClicks(seed, "42")
    hands.key(Qt.Key.Key_Space, on=seed)
    hands.settle()
    assert hands.session.seed == 42
    assert hands.frame.recording.seed == 42
