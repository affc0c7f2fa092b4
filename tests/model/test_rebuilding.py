"""A state built up again, against sums by hand and the networks' own stable states."""

import numpy as np
import pytest
from cases import law, nets, random_patterns
from hypothesis import given
from kinds import CHOSEN, network_of

from hopgui.model.mixtures import Mixtures
from hopgui.model.network import Network
from hopgui.model.rebuilding import MOST_STEPS, mixture_weights, own_weights, rebuild
from hopgui.model.verdict import Kind, Verdict


def settled(network, state):
    run = network.start(state, rng=np.random.default_rng(1))
    while not run.settled:
        run.advance(10_000)
    return run.state


@law
@given(net=nets(most=20))
def test_sums_are_those_of_the_heaviest_so_far(net):
    patterns, state = net
    weights = np.array([(-1) ** index * (index % 4) for index in range(len(patterns))], float)
    found = rebuild(patterns, state, weights)
    sizes = [abs(weight) for weight, _ in found.parts]
    assert sizes == sorted(sizes, reverse=True)
    total = np.zeros(state.size)
    for step, (weight, index) in enumerate(found.parts):
        assert weight == weights[index] != 0
        total += weight * patterns[index]
        assert found.sums[step].tolist() == total.tolist()
    assert len(found.parts) + found.others == np.count_nonzero(weights)
    whole = weights @ patterns if len(patterns) else np.zeros(state.size)
    assert found.unlike.tolist() == (whole * state < 0).tolist()
    assert found.steps == len(found.parts) + bool(found.others)


def test_many_memories_end_in_one_step_of_all_the_others():
    patterns, weights = random_patterns(30, 50, seed=1), np.arange(1.0, 31.0)
    found = rebuild(patterns, patterns[0], weights)
    assert found.steps == MOST_STEPS
    assert found.others == 30 - (MOST_STEPS - 1)
    assert found.sums[-1] == pytest.approx(weights @ patterns)


@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)
@pytest.mark.parametrize("weights", [None, [2, 1, 0, 3, 1, 1]], ids=["once", "weighted"])
def test_a_stable_state_of_hebbs_rule_is_the_sign_of_its_own_overlaps(chosen, weights):
    patterns = random_patterns(6, 41, seed=2)
    network = network_of("hebb", patterns, chosen, weights=weights)
    for state in random_patterns(20, 41, seed=3):
        end = settled(network, state)
        found = rebuild(patterns, end, own_weights(network, end))
        assert not found.unlike.any()


def test_a_stable_state_of_the_projection_rule_is_the_sign_of_its_dual_overlaps():
    patterns = random_patterns(6, 61, seed=4)
    network, mixtures = network_of("projection", patterns), Mixtures(patterns)
    for state in random_patterns(20, 61, seed=5):
        end = settled(network, state)
        found = rebuild(patterns, end, mixtures.dual_overlaps(network.overlaps(end)))
        assert not found.unlike.any()


@pytest.mark.parametrize("kind", ["projection", "storkey", "perceptron", "unlearning", "cubic"])
def test_only_hebbs_rule_adds_up_by_overlaps(kind):
    patterns = random_patterns(4, 20, seed=6)
    assert own_weights(network_of(kind, patterns), patterns[0]) is None


def test_a_mixtures_members_count_alike_or_as_their_weights_say():
    alike = Verdict(Kind.MIXTURE, ((1, 0), (-1, 2), (1, 3)))
    assert mixture_weights(alike, 5).tolist() == [1, 0, -1, 1, 0]
    unequal = Verdict(Kind.MIXTURE, ((1, 0), (-1, 2)), weights=(0.5, 0.25))
    assert mixture_weights(unequal, 3).tolist() == [0.5, 0, -0.25]


def test_a_damaged_mixture_differs_where_it_was_damaged():
    patterns = random_patterns(3, 90, seed=7)
    state = np.where(patterns.sum(axis=0) > 0, 1, -1).astype(np.int8)
    state[[4, 30, 77]] *= -1
    verdict = Mixtures(patterns).identify(state)
    found = rebuild(patterns, state, mixture_weights(verdict, 3))
    assert np.flatnonzero(found.unlike).tolist() == [4, 30, 77]


def test_units_at_which_the_memories_tie_do_not_differ():
    patterns = np.array([[1, 1, -1, -1], [1, -1, 1, -1]], np.int8)
    found = rebuild(patterns, np.array([1, -1, -1, -1], np.int8), np.array([0.1, 0.1]))
    assert not found.unlike.any()


def test_without_memories_there_is_no_step():
    found = rebuild(np.empty((0, 4), np.int8), np.ones(4, np.int8), np.zeros(0))
    assert (found.steps, found.parts) == (0, ())
    assert own_weights(Network(np.empty((0, 4), np.int8)), np.ones(4, np.int8)).size == 0
