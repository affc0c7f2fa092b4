"""Repeat: memory after memory is recalled by itself, until it is stopped."""

import gc

import numpy as np

from hopgui.session.frame import Frame, Phase
from hopgui.session.mailbox import Letter
from hopgui.session.recording import Recording
from hopgui.session.session import Grid


def test_repeat_goes_from_memory_to_memory_until_it_is_stopped(open_lab):
    hands = open_lab(pause="0")
    nearest = set()
    hands.lab.player.frame_changed.connect(lambda frame: nearest.add(frame.nearest.memory))
    pad = hands.session.pad
    hands.click(hands.button("Repeat"))
    assert hands.window.actions_by_name["repeat"].isChecked()
    hands.wait(lambda: nearest == {0, 1, 2, 3})
    assert hands.session.pad is pad, "a repeat leaves the document alone"
    hands.click(hands.button("Repeat"))
    assert not hands.window.actions_by_name["repeat"].isChecked()
    hands.idle()
    assert hands.frame.phase in {Phase.PAUSED, Phase.SETTLED}
    assert np.array_equal(hands.session.pad, hands.shown)
    assert len(hands.frame.earlier) <= 5


def test_repeat_of_nothing_springs_back(open_lab, document):
    hands = open_lab(document(grid=Grid(5, 5)))
    repeat = hands.button("Repeat")
    hands.click(repeat)
    assert not repeat.isChecked()
    assert not hands.window.actions_by_name["repeat"].isChecked()
    assert "nothing to recall" in hands.window.banner.text
    hands.choose("repeat")
    assert not hands.window.actions_by_name["repeat"].isChecked()


def test_a_repeat_takes_up_another_damage_without_beginning_anew(open_lab):
    hands = open_lab(pause="0")
    runs = {}
    hands.lab.player.frame_changed.connect(
        lambda frame: frame.recording and runs.setdefault(frame.recording.run, frame.recording)
    )

    def damaged(recording):
        """Units in which a round's start differs from the memory that it was made from."""
        return min(int((recording.start != memory).sum()) for memory in hands.session.patterns)

    hands.choose("repeat")
    hands.wait(lambda: len(runs) > 3)
    assert {damaged(runs[run]) for run in runs if run} == {20}
    before = max(runs)
    hands.lab.desk.set_damage_percent(5)
    hands.wait(lambda: max(runs) > before + 3)
    assert damaged(runs[max(runs)]) == 5
    hands.lab.desk.delete([0])
    hands.wait(lambda: max(runs) > before + 6)
    assert hands.lab.player.repeating
    hands.choose("repeat")


def test_step_and_scrub_stop_a_repeat(open_lab):
    hands = open_lab(pause="10")
    for name in ("One step back", "One step forward", "To the start"):
        hands.choose("repeat")
        hands.wait_for(Phase.SETTLED)
        if hands.button(name).isEnabled():
            hands.click(hands.button(name))
        else:
            hands.choose("forward")  # the button has nothing to go to, the key stops all the same
        assert not hands.lab.player.repeating
        assert not hands.window.actions_by_name["repeat"].isChecked()
        hands.idle()


def test_hundreds_of_repeats_leave_nothing_behind(open_lab):
    hands = open_lab(pause="0")

    def kept():
        gc.collect()
        counted = (Recording, Frame, Letter)
        return sum(isinstance(each, counted) for each in gc.get_objects())

    hands.choose("repeat")
    hands.wait(lambda: hands.frame.recording is not None and hands.frame.recording.run > 20)
    early = kept()
    hands.wait(lambda: hands.frame.recording.run > 220)
    assert kept() <= early + 6
    hands.choose("repeat")
    hands.idle()
