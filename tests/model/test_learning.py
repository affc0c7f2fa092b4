"""What is asked for is what is learnt; it is told how far that is, and it can be stopped."""

from dataclasses import replace

import numpy as np
import pytest
from cases import random_patterns
from kinds import (
    DENSE,
    NEGATIVE,
    ONE_WAY,
    PAIRWISE,
    every_rule,
    loaded,
    matrix_of,
    network_of,
    plan,
    small_memory,
)

from hopgui.model.choices import Rule, RuleKind, Trouble
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.couplings import LowRank, Matrix, hebbian
from hopgui.model.dense import DenseNetwork
from hopgui.model.learning import Cancelled, effort, learn
from hopgui.model.network import Network


def test_a_plan_becomes_the_network_it_asks_for():
    patterns, _ = loaded()
    for kind, form in (
        ("hebb", LowRank),
        ("projection", LowRank),
        ("storkey", Matrix),
        ("perceptron", Matrix),
        ("unlearning", Matrix),
    ):
        network = network_of(kind, patterns, TEXTBOOK, trouble=NEGATIVE)
        assert type(network) is Network
        assert isinstance(network.learnt, form)
        assert network.conventions == TEXTBOOK
        assert network.trouble == NEGATIVE
        assert network.patterns is patterns


@pytest.mark.parametrize("kind", DENSE)
def test_a_dense_energy_leaves_rule_weights_and_trouble_aside(kind):
    patterns, state = loaded()
    asked = plan(
        patterns,
        Rule(RuleKind.STORKEY),
        DENSE[kind],
        trouble=Trouble(negative_own=True, one_way=True),
        weights=[0, 1, 2, 3, 4],
    )
    network = learn(asked).network
    assert isinstance(network, DenseNetwork)
    assert network.energy_kind == DENSE[kind]
    plain = network_of(kind, patterns)
    assert network.fields(state).tolist() == plain.fields(state).tolist()
    assert network.energy(state) == plain.energy(state)
    assert network.unstable(state).tolist() == plain.unstable(state).tolist()


def test_weights_are_how_often_hebb_stores():
    patterns, state = loaded()
    weights = [0, 1, 2, 9, 3]
    weighted = learn(plan(patterns, weights=weights)).network
    copies = Network(np.repeat(patterns, weights, axis=0))
    assert weighted.fields(state).tolist() == copies.fields(state).tolist()
    assert weighted.energy(state) == pytest.approx(copies.energy(state), rel=1e-14)
    np.testing.assert_allclose(matrix_of(weighted), matrix_of(copies), rtol=1e-14)
    textbook = learn(plan(patterns, weights=weights, conventions=TEXTBOOK)).network
    expected = Network(np.repeat(patterns, weights, axis=0), TEXTBOOK).energy(state)
    assert textbook.energy(state) == pytest.approx(expected, rel=1e-14)


def test_memories_of_weight_nothing_say_nothing():
    patterns, state = loaded()
    network = learn(plan(patterns, weights=[0] * 5)).network
    assert not network.fields(state).any()
    assert network.energy(state) == 0


@pytest.mark.parametrize(
    ("weights", "units"), [([128, 1], 9), ([-200, 1], 9), ([9, 1], 2**28), ([127, 1], 2**25)]
)
def test_weights_beyond_the_fields_numbers_are_refused_before_they_overflow(weights, units):
    patterns = np.broadcast_to(np.int8(1), (2, units))
    with small_memory(), pytest.raises(ValueError, match="cannot be stored"):
        hebbian(patterns, np.array(weights))


# Progress


@every_rule
def test_learning_says_how_far_it_is_and_stops_when_told(kind, monkeypatch):
    monkeypatch.setattr("hopgui.model.progress.PAUSE", 0.0)
    patterns = random_patterns(60, 80, seed=1)
    told = []

    def report(fraction):
        told.append(fraction)
        return True

    asked = plan(patterns, PAIRWISE[kind], trouble=ONE_WAY)
    whole = learn(asked, report).network
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] + 1e-9 <= 1
    assert (matrix_of(whole) == matrix_of(learn(asked).network)).all()
    with pytest.raises(Cancelled):
        learn(asked, lambda fraction: fraction < told[-1])


def test_effort_tells_what_takes_long_from_what_does_not():
    at_once = 2e7
    small, large = random_patterns(5, 400, seed=1), random_patterns(60, 6000, seed=1)
    for kind, rule in PAIRWISE.items():
        assert 0 <= effort(plan(small, rule)) < at_once, kind
        heavy = effort(plan(large, rule))
        assert (heavy > at_once) == (kind not in {"hebb", "projection"}), kind
        assert effort(plan(small, rule, trouble=ONE_WAY)) > effort(plan(small, rule))
    for energy in DENSE.values():
        assert effort(plan(large, energy=energy)) < at_once
    many = replace(PAIRWISE["unlearning"], dreams=10_000)
    assert effort(plan(small, many)) > at_once
    assert effort(plan(small, many, DENSE["cubic"])) < at_once
    assert effort(plan(np.empty((0, 9), np.int8), many)) >= 0
