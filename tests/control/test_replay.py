"""A recording walked through in pace."""

from math import inf

import pytest

from hopgui.control.replay import Replay


@pytest.fixture
def replay(qapp):  # noqa: ARG001 - timers need an application
    return Replay()


def test_unlimited_is_over_at_once(replay, qtbot):
    replay.speed = inf
    with qtbot.assertNotEmitted(replay.moved), qtbot.waitSignal(replay.ended):
        replay.begin(3, 1_000_000)
    assert not replay.active


def test_it_walks_forward_only_and_ends_once(replay, qtbot):
    moments, ends = [], []
    replay.moved.connect(moments.append)
    replay.ended.connect(lambda: ends.append(len(moments)))
    replay.speed = 400.0
    with qtbot.waitSignal(replay.ended):
        replay.begin(10, 60)
    assert moments == sorted(moments)
    assert all(10 <= moment < 60 for moment in moments)
    assert ends == [len(moments)]
    assert not replay.active


def test_what_is_stopped_stays_stopped(replay, qtbot):
    replay.speed = 100.0
    replay.begin(0, 1000)
    qtbot.waitSignal(replay.moved).wait()
    replay.stop()
    with qtbot.assertNotEmitted(replay.moved, wait=80), qtbot.assertNotEmitted(replay.ended):
        pass
    assert not replay.active


def test_a_new_speed_counts_from_now(replay, qtbot):
    replay.speed = 1.0
    replay.begin(0, 1000)
    qtbot.waitSignal(replay.moved).wait()
    replay.speed = inf
    qtbot.waitSignal(replay.ended).wait()
    assert not replay.active
