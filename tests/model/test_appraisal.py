"""What is said of states that are compared, against sums written out and what was put in."""

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.appraisal import appraised
from hopgui.model.choices import Dynamics
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.mixtures import Mixtures
from hopgui.model.network import Network
from hopgui.model.verdict import Kind


def all_of(patterns, states):
    network = Network(patterns, TEXTBOOK)
    steps = appraised(
        network, Mixtures(patterns), states, Dynamics(), lambda: np.random.default_rng(1)
    )
    return list(steps)


def test_states_are_told_one_after_the_other_by_what_they_were_made_of():
    patterns = random_patterns(5, 200, seed=3)
    mixture = np.sign(patterns[:3].sum(axis=0)).astype(np.int8)
    lonely = random_patterns(1, 200, seed=99).ravel()
    states = [patterns[4], -patterns[1], mixture, lonely]
    told = all_of(patterns, states)
    assert [len(each) for each in told] == sorted(len(each) for each in told)
    found = told[-1]
    assert [each.verdict.kind for each in found] == [
        Kind.MEMORY,
        Kind.INVERSE,
        Kind.MIXTURE,
        Kind.OTHER,
    ]
    assert found[2].verdict.members == ((1, 0), (1, 1), (1, 2))


def test_energy_and_stability_are_those_of_the_couplings():
    patterns = random_patterns(4, 60, seed=5)
    w = patterns.T.astype(float) @ patterns / 60
    np.fill_diagonal(w, 0)
    states = [*patterns, *random_patterns(6, 60, seed=6)]
    for state, each in zip(states, all_of(patterns, states)[-1], strict=True):
        assert each.energy == pytest.approx(-0.5 * state @ w @ state)
        assert each.stable == bool((state * (w @ state) >= 0).all()), "a tie keeps a unit"


def test_without_memories_everything_is_close_to_none():
    found = all_of(np.empty((0, 9), np.int8), [np.ones(9, np.int8)])[-1]
    assert found[0].verdict.kind is Kind.OTHER
    assert found[0].energy == 0
