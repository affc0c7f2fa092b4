"""Where a mixture falls, and that a fall is broken off only where it could not have ended."""

import numpy as np
import pytest
from cases import law, nets, random_patterns, seeds
from hypothesis import given
from kinds import CHOSEN, KINDS, network_of

from hopgui.model.choices import Dynamics, Trouble, Update
from hopgui.model.network import Network
from hopgui.model.settling import SETTLING, never_rises, settler

FALL = Dynamics()


def to_the_end(network, state, dynamics=FALL, seed=3):
    """The same fall, never broken off."""
    run = network.start(state, rng=np.random.default_rng(seed), dynamics=dynamics)
    while not run.settled and run.updates < SETTLING * state.size:
        run.advance(state.size)
    return run.state


def settle(network, goal, state, dynamics=FALL, seed=3):
    return settler(network, dynamics, lambda: np.random.default_rng(seed), goal)(state)


@law
@given(net=nets(least=2, most=24), seed=seeds)
def test_a_state_settles_in_its_goal_as_if_nothing_were_broken_off(net, seed):
    patterns, state = net
    network = Network(patterns)
    goal = to_the_end(network, state, seed=seed)
    assert settle(network, goal, state, seed=seed).tolist() == goal.tolist()
    other = to_the_end(network, -state, seed=seed)
    reached = settle(network, other, state, seed=seed)
    assert (reached.tolist() == other.tolist()) == (goal.tolist() == other.tolist())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("update", [Update.ASYNC, Update.SYNC])
@pytest.mark.parametrize("conventions", CHOSEN.values(), ids=CHOSEN)
def test_every_kind_of_network_settles_where_its_run_does(kind, update, conventions):
    network = network_of(kind, random_patterns(4, 30, seed=1), conventions)
    dynamics = Dynamics(update)
    for state in random_patterns(8, 30, seed=2):
        goal = to_the_end(network, state, dynamics)
        assert settle(network, goal, state, dynamics).tolist() == goal.tolist()


def test_a_fall_beneath_its_goal_is_broken_off():
    patterns = random_patterns(3, 900, seed=4)
    network = Network(patterns)
    high = random_patterns(1, 900, seed=5)[0]
    low = patterns[0].copy()
    low[:100] *= -1
    assert network.energy(low) < network.energy(high)
    assert settle(network, high, low).tolist() == low.tolist()
    assert to_the_end(network, low).tolist() != low.tolist()


def test_a_hot_run_is_settled_cold():
    network = Network(random_patterns(2, 100, seed=6))
    state = random_patterns(1, 100, seed=7)[0]
    goal = to_the_end(network, state)
    hot = Dynamics(temperature=50.0, cooling=0.99)
    assert settle(network, goal, state, hot).tolist() == goal.tolist()


def test_where_the_energy_may_rise_nothing_is_broken_off():
    patterns = random_patterns(4, 16, seed=8)
    assert never_rises(Network(patterns), FALL)
    assert not never_rises(Network(patterns), Dynamics(Update.SYNC))
    assert not never_rises(Network(patterns, trouble=Trouble(negative_own=True)), FALL)
    assert not never_rises(network_of("hebb", patterns, trouble=Trouble(one_way=True)), FALL)
    assert never_rises(network_of("storkey", patterns), FALL)
    assert never_rises(network_of("cubic", patterns), FALL)
