"""Which state settles in another, and that falls are broken off only where they could not."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from cases import law, nets, random_patterns, seeds
from hypothesis import given
from kinds import CHOSEN, KINDS, network_of

from hopgui.model import settling
from hopgui.model.choices import Dynamics, Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Ties
from hopgui.model.dynamics import Run
from hopgui.model.kernels import several
from hopgui.model.network import Network
from hopgui.model.settling import IMPATIENT, PATIENT, never_rises, patience, settler

FALL = Dynamics()
BY_CHANCE = replace(ARTICLE, ties=Ties.RANDOM)


def to_the_end(network, state, dynamics=FALL, seed=3):
    """The same fall, never broken off."""
    run = network.start(state, rng=np.random.default_rng(seed), dynamics=dynamics)
    while not run.settled and run.updates < patience(network, dynamics) * state.size:
        run.advance(state.size)
    return run.state


def first_of(network, goal, states, dynamics=FALL, seed=3):
    """The place of the first of some states that settles in the goal, None if there is none."""
    settle = settler(network, dynamics, lambda: np.random.default_rng(seed))
    *before, last = settle(np.array(states), goal)
    assert before == [None] * len(before)
    return last


def alone(network, goal, states, dynamics=FALL, seed=3):
    """The same, found by letting each fall to its end."""
    ends = [to_the_end(network, state, dynamics, seed).tolist() for state in states]
    return ends.index(goal.tolist()) if goal.tolist() in ends else None


@pytest.fixture(params=["one thread", "several"])
def threads(request, monkeypatch):
    """Small networks are seen to in the caller's thread, or as large ones are in several."""
    if request.param == "several":
        monkeypatch.setattr(settling, "LARGE", 0)
        monkeypatch.setattr(settling.os, "cpu_count", lambda: 3)


@pytest.fixture
def sweeps(monkeypatch):
    """How many states each sweep asked the units of."""
    asked = []
    sweep, advance = several.sweep_several, Run.advance
    monkeypatch.setattr(several, "sweep_several", lambda *a: (asked.append(len(a[1])), sweep(*a)))
    monkeypatch.setattr(Run, "advance", lambda *a: (asked.append(1), advance(*a))[1])
    return asked


@law
@given(net=nets(least=2, most=24), seed=seeds)
def test_the_first_to_settle_in_a_goal_is_found_as_if_nothing_were_broken_off(net, seed):
    patterns, state = net
    network = Network(patterns)
    states = [*random_patterns(6, state.size, seed=seed), state, -state]
    for goal in {tuple(to_the_end(network, each, seed=seed).tolist()) for each in states}:
        found = first_of(network, np.array(goal, np.int8), states, seed=seed)
        assert found == alone(network, np.array(goal), states, seed=seed)


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("update", Update)
@pytest.mark.parametrize("conventions", [*CHOSEN.values(), BY_CHANCE], ids=[*CHOSEN, "by chance"])
def test_every_kind_of_network_settles_where_its_run_does(kind, update, conventions):
    network = network_of(kind, random_patterns(4, 30, seed=1), conventions)
    dynamics, states = Dynamics(update), random_patterns(9, 30, seed=2)
    for state in states[[0, 3, 8]]:
        goal = to_the_end(network, state, dynamics)
        assert first_of(network, goal, states, dynamics) == alone(network, goal, states, dynamics)


@pytest.mark.usefixtures("threads")
def test_a_goal_that_no_state_settles_in_is_none():
    network = Network(random_patterns(3, 200, seed=4))
    states = random_patterns(5, 200, seed=5)
    assert first_of(network, random_patterns(1, 200, seed=6)[0], states) is None


@pytest.mark.usefixtures("threads")
def test_nothing_is_said_of_no_states():
    network = Network(random_patterns(3, 20, seed=4))
    settle = settler(network, FALL, lambda: np.random.default_rng(1))
    assert list(settle(np.empty((0, 20), np.int8), network.patterns[0])) == []


@pytest.mark.parametrize("kind", ["hebb", "storkey", "cubic"])
def test_a_fall_beneath_its_goal_is_broken_off(kind, sweeps):
    patterns = random_patterns(3, 900, seed=4)
    network = network_of(kind, patterns)
    high = random_patterns(1, 900, seed=5)[0]
    low = patterns[0].copy()
    low[:100] *= -1
    assert network.energy(low) < network.energy(high)
    assert first_of(network, high, [low]) is None
    assert not sweeps
    assert first_of(network, patterns[0], [low]) == 0
    assert sweeps


def test_states_after_the_first_that_settles_are_left(sweeps):
    patterns = random_patterns(2, 900, seed=4)
    network = Network(patterns)
    near, far = patterns[0].copy(), random_patterns(3, 900, seed=7)
    near[:100] *= -1
    assert first_of(network, patterns[0], [near, *far]) == 0
    assert sweeps == [4, 4]
    sweeps.clear()
    assert first_of(network, patterns[0], [far[0], near]) == alone(
        network, patterns[0], [far[0], near]
    )
    assert max(sweeps) == 2


def test_falls_end_when_nobody_waits_for_them(monkeypatch):
    monkeypatch.setattr(settling, "LARGE", 0)
    before = threading.active_count()
    network = Network(random_patterns(2, 900, seed=4))
    settle = settler(network, FALL, lambda: np.random.default_rng(1))
    falling = settle(random_patterns(4, 900, seed=5), network.patterns[0])
    next(falling)
    falling.close()
    assert threading.active_count() == before


def test_a_hot_run_is_settled_cold():
    network = Network(random_patterns(2, 100, seed=6))
    state = random_patterns(1, 100, seed=7)[0]
    goal = to_the_end(network, state)
    hot = Dynamics(temperature=50.0, cooling=0.99)
    assert first_of(network, goal, [state], hot) == 0


@pytest.mark.parametrize("units", [32_767, 32_768])
def test_sums_of_either_size_carry_the_falls(units):
    patterns = np.ones((1, units), np.int8)
    network = Network(patterns)
    near = patterns[0].copy()
    near[: units // 3] = -1
    assert first_of(network, patterns[0], [-near, -patterns[0], near]) == 2
    assert first_of(network, -patterns[0], [near, -near]) == 1


def test_a_fall_of_more_than_a_hundred_sweeps_is_followed_to_its_end():
    patterns = np.random.default_rng(1).choice(np.array([-1, 1], np.int8), (1000, 16_384))
    network = Network(patterns, TEXTBOOK)
    mixture = np.where(patterns[:3].astype(int).sum(axis=0) > 0, 1, -1).astype(np.int8)
    run = network.start(mixture, rng=np.random.default_rng(9))
    while not run.settled:
        run.advance(mixture.size)
    assert run.updates > IMPATIENT * mixture.size
    assert first_of(network, run.state, [mixture], seed=9) == 0


def test_patience_is_short_only_where_a_fall_may_never_end():
    patterns = random_patterns(4, 16, seed=8)
    one_way = network_of("hebb", patterns, trouble=Trouble(one_way=True))
    assert patience(Network(patterns), FALL) == PATIENT
    assert patience(Network(patterns), Dynamics(Update.SYNC)) == IMPATIENT
    assert patience(Network(patterns, BY_CHANCE), FALL) == IMPATIENT
    assert patience(one_way, FALL) == IMPATIENT


def test_where_the_energy_may_rise_nothing_is_broken_off():
    patterns = random_patterns(4, 16, seed=8)
    assert never_rises(Network(patterns), FALL)
    assert not never_rises(Network(patterns), Dynamics(Update.SYNC))
    assert not never_rises(Network(patterns, trouble=Trouble(negative_own=True)), FALL)
    assert not never_rises(network_of("hebb", patterns, trouble=Trouble(one_way=True)), FALL)
    assert never_rises(network_of("storkey", patterns), FALL)
    assert never_rises(network_of("cubic", patterns), FALL)
