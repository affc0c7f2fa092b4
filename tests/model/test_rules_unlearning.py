"""Unlearning against a slow dreamer, and what dreams do to memories."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import reference
from cases import law, memories, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import begin, matrix_of, network_of, plan, small_memory, stabilities

from hopgui.model.choices import Rule, RuleKind
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale
from hopgui.model.couplings import LowRank, Matrix
from hopgui.model.learning import Cancelled, learn
from hopgui.model.patterns import random_pattern
from hopgui.model.rules import unlearning as rule_file
from hopgui.model.rules.unlearning import as_matrix, ratio
from hopgui.refusal import Refusal


def dreaming(patterns, dreams, strength=0.01, seed=0, conventions=TEXTBOOK):
    rule = Rule(RuleKind.UNLEARNING, dreams=dreams, strength=strength)
    return learn(plan(patterns, rule, conventions=conventions, seed=seed)).network


def fallen(weights, state, stream):
    """Where a state ends: units in fresh random orders, ties kept, until a sweep is quiet."""
    order, quiet = list(range(state.size)), False
    while not quiet:
        reference.shuffle(order, stream)
        quiet = True
        for unit in order:
            field = sum(int(w) * int(x) for w, x in zip(weights[unit], state, strict=True))
            if field * int(state[unit]) < 0:
                state[unit] *= -1
                quiet = False
    return state


def by_dreams(patterns, dreams, many, taken, seed, by_hand=()):
    """many Σ ξ ξᵀ − taken Σ s sᵀ without its diagonal, dream by dream."""
    weights = many * (patterns.T.astype(np.int64) @ patterns)
    for state in np.array(by_hand, np.int64):
        weights -= taken * np.outer(state, state)
    np.fill_diagonal(weights, 0)
    rng = np.random.default_rng(seed)
    for _ in range(dreams):
        state = random_pattern(patterns.shape[1], rng)
        stream = reference.splitmix64(reference.stream_seed(rng))
        dream = fallen(weights, state, stream).astype(np.int64)
        weights = weights - taken * np.outer(dream, dream)
        np.fill_diagonal(weights, 0)
    return weights


@law
@given(
    patterns=st.integers(1, 12).flatmap(lambda units: memories(units, most=4)),
    dreams=st.integers(0, 80),
    strength=st.sampled_from([(0.01, 100, 1), (0.05, 20, 1), (0.5, 2, 1), (0.3, 10, 3)]),
    seed=st.integers(0, 9),
)
def test_couplings_are_those_of_a_slow_dreamer(patterns, dreams, strength, seed):
    strength, many, taken = strength
    network = dreaming(patterns, dreams, strength, seed)
    expected = by_dreams(patterns, dreams if len(patterns) else 0, many, taken, seed)
    found = np.array([network.learnt.row(unit) for unit in range(network.units)])
    np.fill_diagonal(found, 0)
    assert (found == expected).all()
    np.testing.assert_allclose(
        matrix_of(network), expected / (many * patterns.shape[1]), rtol=1e-14
    )


@law
@given(
    patterns=st.integers(2, 10).flatmap(lambda units: memories(units, most=3)),
    states=st.integers(0, 30),
    dreams=st.sampled_from([0, 5]),
    seed=st.integers(0, 9),
)
def test_states_unlearnt_by_hand_are_taken_away_before_the_dreams(patterns, states, dreams, seed):
    units = patterns.shape[1]
    by_hand = random_patterns(states, units, seed=seed)
    rule = Rule(RuleKind.UNLEARNING, dreams=dreams, strength=0.05)
    asked = replace(plan(patterns, rule, conventions=TEXTBOOK, seed=seed), unlearnt=by_hand)
    network = learn(asked).network
    expected = by_dreams(patterns, dreams if len(patterns) else 0, 20, 1, seed, by_hand)
    found = np.array([network.learnt.row(unit) for unit in range(units)])
    np.fill_diagonal(found, 0)
    assert (found == expected).all()


def test_a_ghost_unlearnt_often_enough_is_stable_no_more_and_the_memories_are():
    patterns = random_patterns(3, 200, seed=4)
    ghost = np.where(patterns.sum(axis=0) > 0, 1, -1).astype(np.int8)

    def unlearnt(times):
        rule = Rule(RuleKind.UNLEARNING, dreams=0, strength=0.05)
        by_hand = np.tile(ghost, (times, 1))
        made = replace(plan(patterns, rule, conventions=TEXTBOOK), unlearnt=by_hand)
        return learn(made).network

    assert not unlearnt(0).unstable(ghost).any()
    # Each memory pulls a unit of the ghost by ½: they hold it against less than 10 times 0.05.
    network = unlearnt(11)
    assert network.unstable(ghost).any()
    assert not any(network.unstable(memory).any() for memory in patterns)


def test_a_strength_that_is_no_simple_fraction_is_kept_to_a_millionth():
    patterns = random_patterns(4, 30, seed=1)
    network = dreaming(patterns, 20, 0.0123)
    assert network.learnt.carried.dtype == np.int64
    expected = by_dreams(patterns, 20, 2**20, round(0.0123 * 2**20), seed=0)
    np.testing.assert_allclose(matrix_of(network), expected / (30 * 2**20), rtol=1e-14)


@pytest.mark.parametrize(
    ("strength", "whole"),
    [(0.01, (100, 1)), (0.0, (1, 0)), (1.0, (1, 1)), (0.025, (40, 1)), (0.1, (10, 1))],
)
def test_simple_strengths_are_small_whole_numbers(strength, whole):
    assert ratio(strength) == whole


@given(st.floats(0, 1))
def test_every_strength_is_met_to_a_millionth(strength):
    many, taken = ratio(strength)
    assert abs(taken / many - strength) <= 2.0**-21
    assert 0 <= taken <= many <= 2**20


@given(st.floats(0, 1), st.integers(1, 2**54))
def test_whole_numbers_leave_room_for_every_energy(strength, largest):
    many, taken = ratio(strength, largest)
    assert 0 <= taken <= many
    assert many * largest <= 2**61 or many <= 127
    assert abs(taken / many - strength) <= max(2.0**-21, largest / 2.0**61)


@pytest.mark.parametrize("strength", [-0.01, 1.01, float("nan"), float("inf")])
def test_other_strengths_are_refused(strength):
    with pytest.raises(Refusal, match="strength"):
        dreaming(random_patterns(2, 9, seed=1), 3, strength)


def test_fewer_dreams_are_the_first_of_more():
    patterns = random_patterns(5, 60, seed=2)
    few, many = dreaming(patterns, 40).learnt, dreaming(patterns, 55).learnt
    assert (many.carried[:, :45] == few.carried).all()
    assert (many.vectors[:45] == few.vectors).all()
    other = dreaming(patterns, 40, seed=1).learnt
    assert (other.carried != few.carried).any()


@pytest.mark.parametrize("strength", [0.05, 0.0123])
def test_more_dreams_than_units_make_a_matrix_of_the_same_couplings(strength, monkeypatch):
    patterns = random_patterns(5, 60, seed=2)
    whole = dreaming(patterns, 100, strength)
    assert isinstance(whole.learnt, Matrix)
    monkeypatch.setattr(rule_file, "as_matrix", lambda *_: False)
    vectors = dreaming(patterns, 100, strength)
    assert isinstance(vectors.learnt, LowRank)
    assert (matrix_of(whole) == matrix_of(vectors)).all()


def test_a_matrix_is_made_where_it_takes_less_and_fits():
    assert as_matrix(5, 60, 56)
    assert not as_matrix(5, 60, 55)
    assert not as_matrix(5, 20_000, 10**6)
    assert not as_matrix(5, 60, 100, count=2**24)


@pytest.mark.parametrize("strength", [0.01, 0.0])
def test_without_dreams_it_is_hebb_without_self_connections(strength):
    patterns = random_patterns(5, 40, seed=3)
    bare = Conventions(self_connections=False)
    expected = matrix_of(network_of("hebb", patterns, bare))
    none = dreaming(patterns, 0 if strength else 50, strength, conventions=bare)
    np.testing.assert_allclose(matrix_of(none), expected, rtol=1e-14)
    state = random_patterns(1, 40, seed=4)[0]
    assert none.energy(state) == pytest.approx(network_of("hebb", patterns, bare).energy(state))


def test_units_stay_uncoupled_from_themselves_whatever_the_conventions():
    patterns = random_patterns(5, 40, seed=3)
    network = dreaming(patterns, 30, 0.1, conventions=ARTICLE)
    assert isinstance(network.learnt, LowRank)
    assert not network.own.any()
    weights = matrix_of(network)
    assert not np.diag(weights).any()
    state = random_patterns(1, 40, seed=4)[0]
    np.testing.assert_allclose(network.fields(state) * network.factor, weights @ state)
    assert network.energy(state) == pytest.approx(-(state @ weights @ state), rel=1e-12)


def test_the_scale_is_hebbs():
    patterns = random_patterns(4, 40, seed=3)
    by_memories, by_units = (
        matrix_of(dreaming(patterns, 30, conventions=Conventions(scale))) for scale in Scale
    )
    np.testing.assert_allclose(by_memories * 4, by_units * 40, rtol=1e-14)


def alike(units, count, seed):
    """Memories that agree in seven units of ten."""
    rng = np.random.default_rng(seed)
    parent = random_pattern(units, rng)
    return np.where(rng.random((count, units)) < 0.85, parent, -parent).astype(np.int8)


@pytest.mark.parametrize("seed", range(3))
def test_dreams_help_memories_that_are_alike_and_too_many_destroy_them(seed):
    patterns = alike(100, 6, seed)
    least = {
        dreams: stabilities(matrix_of(dreaming(patterns, dreams, 0.1, seed)), patterns).min()
        for dreams in (0, 30, 1500)
    }
    assert least[0] < 0  # under Hebb's rule alone they are lost
    assert least[30] > least[0] + 1
    assert least[1500] < least[30] - 1


def test_dreams_raise_the_capacity():
    # α = 0.3, twice what Hebb's rule holds: no memory stable before, all of them after.
    patterns = random_patterns(30, 100, seed=1)
    for dreams, stable in ((0, False), (500, True)):
        network = dreaming(patterns, dreams, 0.05)
        marks = [not network.unstable(memory).any() for memory in patterns]
        assert all(marks) if stable else np.mean(marks) < 0.3


def test_energies_fall_after_dreams_too():
    patterns = random_patterns(5, 60, seed=5)
    network = dreaming(patterns, 400, 0.05, conventions=ARTICLE)
    run = begin(network, random_patterns(1, 60, seed=6)[0])
    energies = [run.energy, *run.advance(10_000).energies.tolist()]
    assert run.settled
    assert all(later <= earlier for earlier, later in pairwise(energies))


def test_without_memories_there_is_nothing_to_dream_of():
    assert not matrix_of(dreaming(np.empty((0, 9), np.int8), 40)).any()


def test_dreams_can_be_called_off():
    told = []

    def report(fraction):
        told.append(fraction)
        return fraction < 0.02

    rule = Rule(RuleKind.UNLEARNING, dreams=20_000)
    with pytest.raises(Cancelled):
        learn(plan(random_patterns(20, 100, seed=1), rule), report)
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] < 0.2


def test_more_dreams_than_fit_are_refused_before_any_memory_is_taken():
    patterns = np.broadcast_to(np.int8(1), (100, 65_536))
    rule = Rule(RuleKind.UNLEARNING, dreams=10_000)
    with small_memory(), pytest.raises(Refusal, match=r"10100 memories of 65536 .* GB"):
        learn(plan(patterns, rule))
