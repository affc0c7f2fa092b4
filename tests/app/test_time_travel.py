"""Going back and forth in a run, and branching from a moment of it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from hopgui.session.frame import Phase
from hopgui.ui.plots.energy_panel import EnergyPlot

LEFT = Qt.MouseButton.LeftButton


def plot_of(hands):
    return hands.window.energy.findChild(EnergyPlot)


def on_curve(hands, update):
    """Where the energy panel shows a moment."""
    return plot_of(hands).place(update, hands.frame.recording.energy_at(update)).toPoint()


def drag_along(hands, *updates):
    view = plot_of(hands)
    hands.qtbot.mousePress(view, LEFT, pos=on_curve(hands, updates[0]))
    for update in updates[1:]:
        hands.qtbot.mouseMove(view, on_curve(hands, update))
    hands.qtbot.mouseRelease(view, LEFT, pos=on_curve(hands, updates[-1]))


def choose_step(hands, name):
    hands.click(
        next(
            each for each in hands.window.transport.findChildren(QToolButton) if each.text() == name
        )
    )


def test_dragging_along_the_curve_goes_through_the_run(hands):
    hands.recall()
    recording, settled = hands.frame.recording, hands.session.pad
    drag_along(hands, recording.updates, 60, 10)
    now = hands.frame.update
    assert abs(now - 10) <= 1
    assert np.array_equal(hands.shown.ravel(), recording.state_at(now))
    assert hands.frame.energy == recording.energy_at(now)
    assert hands.frame.phase is Phase.PAUSED
    assert hands.session.pad is settled, "looking back changes no document"
    drag_along(hands, recording.updates + 10)
    assert hands.frame.phase is Phase.SETTLED
    assert np.array_equal(hands.shown, settled)


def test_steps_of_the_recording_go_both_ways(hands):
    hands.recall()
    recording = hands.frame.recording
    forward, back = hands.button("One step forward"), hands.button("One step back")
    moments = [int(update) for update in recording.flip_updates]

    hands.click(hands.button("To the start"))
    assert hands.frame.update == 0
    choose_step(hands, "flip")
    for moment in moments[:3]:
        hands.click(forward)
        assert hands.frame.update == moment
    hands.click(back)
    assert hands.frame.update == moments[2] - 1
    choose_step(hands, "update")
    here = hands.frame.update
    hands.click(back)
    assert hands.frame.update == here - 1
    hands.click(forward)
    assert hands.frame.update == here
    choose_step(hands, "sweep")
    hands.click(forward)
    assert hands.frame.update == here + 100
    hands.click(back)
    assert hands.frame.update == here
    hands.click(back)
    assert hands.frame.update == 0
    hands.click(hands.button("To the end"))
    assert hands.frame.update == recording.updates
    assert hands.frame.phase is Phase.SETTLED


@pytest.mark.parametrize("step", ["update", "flip", "sweep"])
def test_a_run_can_be_walked_from_its_first_step_to_its_last(hands, step):
    """Step by step with no play at all, it is the run that a recall makes."""
    choose_step(hands, step)
    if step == "update":  # a whole run of single updates would take a while
        for count in range(1, 6):
            hands.click(hands.button("One step forward"))
            hands.wait(lambda count=count: hands.frame.update == count)
        hands.choose("recall")
        hands.settle()
    else:
        while hands.frame.phase is not Phase.SETTLED:
            before = hands.frame.update
            hands.click(hands.button("One step forward"))
            hands.wait(
                lambda before=before: (
                    hands.frame.update > before or hands.frame.phase is Phase.SETTLED
                )
            )
        hands.settle()
    walked = hands.frame.recording
    hands.recall_again()
    again = hands.frame.recording
    assert np.array_equal(walked.flip_units, again.flip_units)
    assert np.array_equal(walked.flip_updates, again.flip_updates)
    assert walked.updates == again.updates
    hands.choose("undo")
    assert not hands.can("undo"), "all its steps are one step of the document"


def test_a_branch_keeps_the_run_it_left_as_a_ghost(hands):
    hands.recall()
    first, settled = hands.frame.recording, hands.shown
    drag_along(hands, 30)
    moment = hands.shown.copy()
    value = int(moment[0, 0])
    hands.paint((0, 0), button=LEFT if value < 0 else Qt.MouseButton.RightButton)
    assert hands.frame.phase is Phase.REST
    branch = hands.shown.copy()
    assert (branch != moment).sum() == 1
    assert [ghost.run for ghost in hands.frame.earlier] == [first.run]
    hands.recall()
    assert np.array_equal(hands.frame.recording.start, branch.ravel())
    assert [ghost.run for ghost in hands.frame.earlier] == [first.run]

    control = Qt.KeyboardModifier.ControlModifier
    for expected in (branch, moment, settled):
        hands.key(Qt.Key.Key_Z, control)
        assert np.array_equal(hands.shown, expected)


@pytest.mark.parametrize("act", ["store", "damage", "invert", "half_left"])
def test_what_is_done_at_an_earlier_moment_is_done_to_that_moment(hands, act):
    hands.recall()
    drag_along(hands, 20)
    moment = hands.shown.copy()
    hands.choose(act)
    if act == "store":
        assert np.array_equal(hands.session.memories[-1].picture, moment)
        assert np.array_equal(hands.shown, moment)
    else:
        expected = {
            "damage": lambda: (hands.shown != moment).sum() == 20,
            "invert": lambda: np.array_equal(hands.shown, -moment),
            "half_left": lambda: (
                np.array_equal(hands.shown[:, 5:], moment[:, 5:])
                and (hands.shown[:, :5] == -1).all()
            ),
        }
        assert expected[act]()
    hands.choose("undo")
    assert np.array_equal(hands.shown, moment), "undo goes back to what was seen"


def test_looking_back_survives_what_does_not_touch_the_pad(hands):
    hands.recall()
    drag_along(hands, 20)
    update, moment = hands.frame.update, hands.shown.copy()
    steps = len(hands.lab.document._history.past)
    hands.choose("new_seed")
    hands.lab.desk.set_damage_percent(50)
    assert len(hands.lab.document._history.past) == steps + 2
    assert hands.frame.update == update
    assert np.array_equal(hands.shown, moment)


def test_space_replays_from_the_moment_shown(open_lab):
    hands = open_lab(speed=400)
    hands.recall()
    end = hands.frame.update
    drag_along(hands, 10)
    seen = []
    hands.lab.player.frame_changed.connect(lambda frame: seen.append(frame.update))
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    assert hands.frame.phase is Phase.RUNNING
    hands.settle()
    assert seen == sorted(seen)
    assert seen[0] <= 12
    assert seen[-1] == end
    assert len(hands.frame.earlier) == 0


def test_scrubbing_while_it_runs_stays_where_it_was_put(open_lab):
    hands = open_lab(speed=100)
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.update > 12)
    drag_along(hands, 5)
    update = hands.frame.update
    assert abs(update - 5) <= 1
    hands.idle()
    assert hands.frame.update == update
    assert hands.frame.phase is Phase.PAUSED
    assert hands.frame.recording.updates > update
    hands.key(Qt.Key.Key_End)
    hands.key(Qt.Key.Key_Space)
    hands.settle()
    assert np.array_equal(hands.shown, hands.session.memories[0].picture)
