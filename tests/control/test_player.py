"""The player with its worker, and no window before it."""

import math
from dataclasses import replace
from math import inf

import numpy as np
import pytest

from hopgui.control.chronicle import MOST_GHOSTS
from hopgui.control.player import Player
from hopgui.control.teacher import Teacher
from hopgui.model.network import Network
from hopgui.model.patterns import random_pattern
from hopgui.session import edits
from hopgui.session.frame import Phase
from hopgui.session.session import Grid, blank_session, frozen
from hopgui.session.step import Step
from hopgui.worker.runner import Runner

LONG = 20_000


@pytest.fixture
def session():
    rng = np.random.default_rng(6)
    made = edits.store_all(
        blank_session(Grid(12, 12)), [(name, random_pattern((12, 12), rng)) for name in "ABC"]
    )
    return edits.damage(edits.load(made, 0))


class Show:
    """A player and what it has told."""

    def __init__(self, qtbot, session):
        self.qtbot, self.session = qtbot, session
        self.player, self.teacher = Player(session, Runner()), Teacher()
        self.player.plan_changed.connect(self.teacher.ask)
        self.teacher.learnt.connect(self.player.learn)
        self.player.set_speed(inf)
        self.frames, self.rests, self.repeats, self.networks = [], [], [], []
        self.player.frame_changed.connect(self.frames.append)
        self.player.came_to_rest.connect(self.rests.append)
        self.player.repeat_changed.connect(self.repeats.append)
        self.player.network_changed.connect(self.networks.append)

    @property
    def frame(self):
        return self.player.frame

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LONG)

    def settle(self):
        rests = len(self.rests)
        self.player.toggle()
        self.wait(lambda: len(self.rests) > rests and self.frame.phase is Phase.SETTLED)

    def become(self, session, **how):
        before, self.session = self.session, session
        self.player.follow(session, before, **how)


def painted_on(player):
    """Whether a frame tells of what a hand has turned."""
    return player.frame.recording.by_hand.any()


@pytest.fixture
def show(qtbot, session):
    made = Show(qtbot, session)
    yield made
    made.player.close()
    made.teacher.close()


def test_it_begins_at_rest_with_the_document_on_the_pad(show, session):
    assert show.frame.phase is Phase.REST
    assert np.array_equal(show.player.shown, session.pad)
    assert not show.player.running
    assert not show.player.live


def test_a_recall_begins_at_the_pad_and_ends_in_a_stable_state(show, session):
    show.settle()
    recording = show.frame.recording
    assert np.array_equal(recording.start, session.pad.ravel())
    assert not show.player.network.unstable(show.player.shown.ravel()).any()
    assert len(show.rests) == 1
    assert np.array_equal(show.rests[0], show.player.shown)
    assert all(not frame.state.flags.writeable for frame in show.frames)


def test_the_first_press_is_answered_at_once(show):
    show.player.toggle()
    assert show.frame.phase is Phase.RUNNING
    show.player.toggle()
    assert show.frame.phase in {Phase.PAUSED, Phase.SETTLED}


@pytest.mark.parametrize("taps", [2, 3, 8, 9])
def test_as_many_taps_as_you_like_end_as_the_last_one_says(show, taps):
    show.player.set_speed(1.0)
    for tap in range(taps):
        show.player.toggle()
        assert show.player.running == (tap % 2 == 0)
    show.wait(lambda: show.frame.recording.run > 0)
    assert show.player.running == (taps % 2 == 1)


def test_a_moment_looked_at_stays_when_the_pause_is_answered(show):
    show.player.set_speed(200.0)
    show.player.toggle()
    show.wait(lambda: show.frame.update > 10)
    show.player.scrub(4)
    answered = len(show.rests)
    show.wait(lambda: not show.player._runner._awaiting)
    assert show.frame.update == 4
    assert len(show.rests) == answered, "what is looked at is no rest of the run"
    assert np.array_equal(show.player.shown.ravel(), show.frame.recording.state_at(4))


@pytest.mark.parametrize("moment", [-5, 0, 7, 10**9])
def test_any_moment_can_be_asked_for(show, moment):
    show.settle()
    show.player.scrub(moment)
    last = show.frame.recording.updates
    assert show.frame.update == min(max(moment, 0), last)
    assert show.frame.phase is (Phase.SETTLED if moment > last else Phase.PAUSED)


def test_steps_without_a_run_are_nothing_back_and_a_beginning_forward(show):
    for step in Step:
        show.player.step_back(step)
    show.player.scrub(5)
    show.player.to_start()
    show.player.to_end()
    assert show.frame.phase is Phase.REST
    show.player.step_forward(Step.UPDATE)
    show.wait(lambda: show.frame.update == 1)
    assert show.frame.phase is Phase.PAUSED


def test_a_sweep_asks_the_free_units_only(show):
    show.become(edits.pin(show.session, np.arange(100), pinned=True))
    show.player.step_forward(Step.SWEEP)
    show.wait(lambda: show.rests)
    assert show.frame.update == 44


def test_at_most_five_runs_stay_as_ghosts(show):
    for seed in range(MOST_GHOSTS + 3):
        show.become(replace(show.session, seed=seed + 100))
        show.settle()
    seeds = [recording.seed for recording in show.frame.earlier]
    assert seeds == list(range(102, 107))


def test_a_run_with_a_hand_in_it_is_kept_as_a_ghost_though_the_next_begins_alike(show):
    show.player.set_speed(1.0)
    show.player.toggle()
    show.player.paint(np.arange(20), 1)
    show.player.paint(np.arange(20), -1)
    show.wait(lambda: painted_on(show.player))
    show.player.set_speed(inf)
    show.wait(lambda: show.frame.phase is Phase.SETTLED)
    painted = show.frame.recording.run
    show.settle()
    assert [recording.run for recording in show.frame.earlier] == [painted]


def test_a_new_pad_lets_a_settled_run_go(show):
    show.settle()
    run = show.frame.recording.run
    show.become(edits.invert(show.session))
    assert show.frame.phase is Phase.REST
    assert np.array_equal(show.player.shown, show.session.pad)
    assert [recording.run for recording in show.frame.earlier] == [run]


def test_the_pad_that_was_written_down_is_not_painted_back(show):
    show.player.set_speed(1.0)
    show.player.toggle()
    show.wait(lambda: show.frame.recording.run > 0)
    show.become(edits.invert(show.session), repaint=False)
    show.become(edits.set_damage(show.session, percent=3))
    show.player.pause()
    show.wait(lambda: show.rests)
    assert not show.frame.recording.by_hand.any()


def test_another_grid_forgets_ghosts_and_run(show):
    show.settle()
    show.become(blank_session(Grid(3, 2)))
    assert show.frame.state.shape == (2, 3)
    assert show.frame.earlier == ()
    assert show.frame.phase is Phase.REST


def test_a_name_is_not_another_network(show):
    show.become(edits.rename(show.session, 0, "Alpha"))
    assert show.networks == []
    show.become(edits.delete(show.session, [0]))
    assert len(show.networks) == 1
    assert isinstance(show.player.network, Network)
    assert show.player.network.memories == 2


def test_seed_and_speed_of_the_present_document_count(show):
    show.become(replace(show.session, seed=4711))
    show.settle()
    assert show.frame.recording.seed == 4711


def test_repeat_without_memories_is_taken_back(show):
    show.become(edits.delete(show.session, range(3)))
    show.player.set_repeat(on=True)
    assert show.repeats == [False]
    assert not show.player.repeating


def test_a_repeat_that_does_not_rest_is_shown_as_one_run(show):
    show.player.set_speed(math.inf)
    show.player.set_repeat_pause(0.0)
    show.player.set_repeat(on=True)
    show.wait(lambda: len(show.frames) > 8)
    assert {frame.phase for frame in show.frames if frame.recording} == {Phase.RUNNING}
    show.player.set_repeat(on=False)


def test_repeat_is_told_once_and_ends_once(show):
    show.player.set_repeat_pause(0.0)
    show.player.set_repeat(on=True)
    show.wait(lambda: show.frame.recording is not None and show.frame.recording.run > 3)
    assert show.player.live
    show.player.toggle()
    assert not show.player.repeating
    show.wait(lambda: show.rests)
    assert show.repeats[0]
    assert not show.repeats[-1]


def test_all_memories_gone_end_a_repeat(show):
    show.player.set_repeat(on=True)
    show.become(edits.delete(show.session, range(3)))
    assert not show.player.repeating
    assert show.frame.phase is Phase.REST


def test_what_would_stay_is_known_beforehand(show):
    keeps = show.player.keeps_shown
    assert keeps(replace(show.session, seed=99))
    assert not keeps(edits.delete(show.session, [0]))
    show.player.set_speed(1.0)
    show.player.toggle()
    assert keeps(edits.delete(show.session, [0]))
    assert not keeps(edits.delete(show.session, range(3)))
    assert not keeps(blank_session(Grid(3, 3)))


def test_nothing_moves_after_it_is_closed(show):
    show.player.set_speed(50.0)
    show.player.toggle()
    show.wait(lambda: show.frame.update > 3)
    show.player.to_start()
    show.player.toggle()
    show.player.close()
    frames = len(show.frames)
    with show.qtbot.assertNotEmitted(show.player.frame_changed, wait=80):
        pass
    assert len(show.frames) == frames


def test_a_frozen_pad_stays_frozen(show):
    show.become(replace(show.session, pad=frozen(-show.session.pad)))
    show.settle()
    assert not show.session.pad.flags.writeable
