"""Energies and marks of the memories against one brute-force look at each."""

import numpy as np
import pytest
import reference
from cases import ALL_CONVENTIONS, conventions, law, nets, random_patterns
from hypothesis import given

from hopgui.model import survey as survey_module
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.network import Network
from hopgui.model.survey import survey


@pytest.fixture(params=["float32", "float64"])
def precision(request, monkeypatch):
    limit = 2**24 if request.param == "float32" else -1
    monkeypatch.setattr(survey_module, "EXACT_IN_FLOAT32", limit)
    return request.param


@pytest.fixture(params=[1, 30, 4_000_000], ids=lambda numbers: f"blocks of {numbers}")
def block(request, monkeypatch):
    monkeypatch.setattr(survey_module, "BLOCK", request.param)
    return request.param


def agrees_with_brute_force(patterns, chosen):
    found = survey(Network(patterns, chosen))
    weights = reference.couplings(patterns, chosen)
    stable = []
    for memory in patterns:
        fields = reference.fields(weights, memory)
        stable.append(
            all(
                reference.becomes(field, value, chosen) == value
                for field, value in zip(fields, memory.tolist(), strict=True)
            )
        )
    energies = [float(reference.energy(patterns, memory, chosen)) for memory in patterns]
    assert found.stable.dtype == bool
    assert found.stable.tolist() == stable
    assert found.energies.shape == (len(patterns),)
    np.testing.assert_allclose(found.energies, energies, rtol=1e-14)
    return stable


@pytest.mark.usefixtures("precision", "block")
@law
@given(net=nets(most=24), chosen=conventions)
def test_a_survey_is_brute_force_in_either_precision_and_any_blocks(net, chosen):
    patterns, _ = net
    agrees_with_brute_force(patterns, chosen)


@pytest.mark.parametrize("chosen", ALL_CONVENTIONS, ids=str)
def test_crowded_memories_are_stable_here_and_unstable_there(chosen):
    marks = [
        mark
        for seed in range(6)
        for mark in agrees_with_brute_force(random_patterns(5, 12, seed=seed), chosen)
    ]
    assert any(marks)
    # Their own couplings hold all of five memories on twelve units, unless coins are thrown.
    assert not all(marks) or chosen.self_connections


@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK])
def test_a_survey_says_what_the_network_says_of_each_memory(chosen):
    patterns = random_patterns(90, 700, seed=6)
    network = Network(patterns, chosen)
    found = survey(network)
    assert found.energies.tolist() == [network.energy(memory) for memory in patterns]
    assert found.stable.tolist() == [not network.unstable(memory).any() for memory in patterns]
    assert not found.stable.all()


def test_a_tie_makes_a_plus_unit_unstable_and_a_kept_one_not():
    # Two memories that differ in their last unit leave it without a field.
    patterns = np.array([[1, 1, 1, 1], [1, 1, 1, -1]], np.int8)

    def stable(ties):
        return survey(Network(patterns, Conventions(self_connections=False, ties=ties))).stable

    assert stable(Ties.MINUS).tolist() == [False, True]
    assert stable(Ties.KEEP).tolist() == [True, True]
    assert stable(Ties.RANDOM).tolist() == [False, False]


def test_without_memories_there_is_nothing_to_say():
    found = survey(Network(np.empty((0, 9), np.int8)))
    assert found.energies.shape == found.stable.shape == (0,)
