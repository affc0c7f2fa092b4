"""Fields split by memory, against sums over single couplings and planted contradictions."""

from dataclasses import replace

import numpy as np
import pytest
from cases import conventions, law, nets, random_patterns, seeds
from hypothesis import given
from hypothesis import strategies as st
from kinds import CHOSEN, DENSE, PAIRWISE, loaded, matrix_of, network_of

from hopgui.model.choices import Trouble
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.couplings import LowRank, Matrix
from hopgui.model.network import Network
from hopgui.model.rules import unlearning
from hopgui.model.why import margins, votes, weakest, why_unit, why_unstable

SPLIT = ["hebb", "projection", "unlearning", "cubic", "quartic", "order-30"]
MIXED = ["storkey", "perceptron", "exponential"]


def every(network):
    return np.arange(network.units)


@law
@given(net=nets(most=16), chosen=conventions)
def test_a_votes_share_is_that_of_its_own_couplings(net, chosen):
    patterns, state = net
    network = Network(patterns, chosen)
    split = votes(network, state, every(network))
    assert split.shape == (network.units, len(patterns))
    for index, pattern in enumerate(patterns.astype(int)):
        alone = np.outer(pattern, pattern)  # what Hebb's rule stores of this memory
        if not chosen.self_connections:
            np.fill_diagonal(alone, 0)
        assert split[:, index].tolist() == (state * (alone @ state)).tolist()


@pytest.mark.parametrize("kind", SPLIT)
@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)
@pytest.mark.parametrize("trouble", [Trouble(), Trouble(negative_own=True)], ids=["", "negative"])
def test_all_votes_and_the_rest_are_the_margin(kind, chosen, trouble):
    patterns, state = loaded(40)  # with fewer units, dreams are kept in a matrix
    network = network_of(kind, patterns, chosen, trouble=trouble)
    expected = margins(network, state)
    for unit in range(network.units):
        why = why_unit(network, state, unit, 1)
        assert why.margin == pytest.approx(expected[unit])
        rounding = 1e-12 * np.abs(why.by_memory).sum()  # of powers in double precision
        assert why.margin == pytest.approx(why.by_memory.sum() + why.rest, abs=rounding)
        assert why.margin == pytest.approx(why.signal + why.crosstalk)
        assert why.signal == why.by_memory[1]
        assert why.field == why.margin * why.value
        if kind in {"hebb", *DENSE}:
            assert why.rest == 0


@pytest.mark.parametrize("kind", PAIRWISE)
@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)
def test_margins_are_those_of_the_couplings_shown(kind, chosen):
    patterns, state = loaded()
    network = network_of(kind, patterns, chosen)
    assert margins(network, state) == pytest.approx(state * (matrix_of(network) @ state), abs=1e-9)


def test_weighted_memories_count_as_often_as_they_are_stored():
    patterns, state = loaded()
    weights = [3, 0, 1, 2, 1]
    plain = votes(Network(patterns, TEXTBOOK), state, np.arange(24))
    network = network_of("hebb", patterns, TEXTBOOK, weights=weights)
    assert votes(network, state, np.arange(24)).tolist() == (plain * weights).tolist()


def test_the_projections_votes_belong_to_the_memories_that_it_uses():
    base = random_patterns(4, 40, seed=1)
    patterns = np.vstack([base[0], base[0], -base[1], base[1], base[2], base[3]])
    network, state = network_of("projection", patterns), base[2]
    split = votes(network, state, every(network)) * network.factor
    # The projector's field of a memory is that memory, said by itself alone.
    assert split[:, 4] == pytest.approx(np.ones(40), abs=1e-6)
    others = np.delete(split, 4, axis=1)
    assert others == pytest.approx(np.zeros_like(others), abs=1e-6)


def test_the_projections_votes_belong_to_their_memories_in_whatever_order_they_were_chosen():
    patterns = random_patterns(5, 30, seed=0)
    network = network_of("projection", patterns)
    assert len(network.learnt.vectors) == 5
    assert not np.array_equal(network.learnt.vectors, patterns), "they were chosen in another order"
    for index, memory in enumerate(patterns):
        split = votes(network, memory, every(network)) * network.factor
        assert split[:, index] == pytest.approx(np.ones(30), abs=1e-6)


@pytest.mark.parametrize("kind", ["cubic", "quartic", "order-30"])
def test_a_dense_vote_is_the_difference_of_its_two_energies(kind):
    patterns, state = loaded(12, 3)
    network = network_of(kind, patterns)
    order = DENSE[kind].order
    split = votes(network, state, every(network))
    for unit in range(12):
        other = state.copy()
        other[unit] *= -1
        for index, pattern in enumerate(patterns.astype(int)):
            here, there = int(pattern @ state) ** order, int(pattern @ other) ** order
            assert split[unit, index] == pytest.approx(float(here - there), rel=1e-12)


@pytest.mark.parametrize("kind", ["unlearning", "unlearning-fine"])
@pytest.mark.parametrize("chosen", CHOSEN.values(), ids=CHOSEN)
def test_votes_are_the_same_whether_dreams_are_kept_as_vectors_or_in_a_matrix(
    kind, chosen, monkeypatch
):
    patterns, state = loaded()
    as_matrix = network_of(kind, patterns, chosen)
    monkeypatch.setattr(unlearning, "as_matrix", lambda *_: False)
    as_vectors = network_of(kind, patterns, chosen)
    assert isinstance(as_matrix.learnt, Matrix)
    assert isinstance(as_vectors.learnt, LowRank)
    split = votes(as_matrix, state, every(as_matrix)) * as_matrix.factor
    assert split == pytest.approx(votes(as_vectors, state, every(as_vectors)) * as_vectors.factor)
    assert why_unstable(as_matrix, 1).ranked is not None


@pytest.mark.parametrize("kind", MIXED)
def test_where_the_rule_mixes_the_memories_it_says_so(kind):
    patterns, state = loaded()
    network = network_of(kind, patterns)
    assert votes(network, state, every(network)) is None
    why = why_unit(network, state, 3, 0)
    assert (why.by_memory, why.signal, why.crosstalk) == (None, None, None)
    assert why.margin == pytest.approx(margins(network, state)[3])
    assert why_unstable(network, 0).ranked is None


def test_without_memories_nothing_votes():
    network = Network(np.empty((0, 9), np.int8))
    why = why_unit(network, np.ones(9, np.int8), 4, None)
    assert why.by_memory.size == 0
    assert (why.margin, why.rest, why.signal) == (0, 0, None)


# The weakest units


@law
@given(
    st.lists(st.integers(-3, 3), min_size=1, max_size=30),
    st.integers(0, 40),
    st.data(),
)
def test_the_weakest_are_the_least_and_first_of_equals(values, count, data):
    free = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    found = weakest(np.array(values, float), count, free)
    expected = sorted((value, unit) for unit, value in enumerate(values) if free[unit])[:count]
    assert found.tolist() == [unit for _, unit in expected]


# What pulls a memory over


def test_two_memories_that_contradict_a_third_pull_its_units_over():
    # Memories 1 and 2 are like 0 elsewhere: their overlaps with it are large, so they are strong.
    rng = np.random.default_rng(3)
    a = random_patterns(1, 200, seed=4)[0]
    b, c = a.copy(), a.copy()
    b[:7] *= -1
    c[:7] *= -1
    b[rng.choice(np.arange(7, 200), 20, replace=False)] *= -1
    c[rng.choice(np.arange(7, 200), 20, replace=False)] *= -1
    patterns = np.stack([a, b, random_patterns(1, 200, seed=5)[0], c])
    found = why_unstable(Network(patterns), 0)
    assert found.unstable.tolist()[:7] == list(range(7))
    assert {pull.memory for pull in found.ranked[:2]} == {1, 3}
    assert found.ranked[0].units >= 7
    # The memory outvotes either alone, but not both.
    assert len(found.blamed) == 1
    assert set(found.blamed) <= {1, 3}


@law
@given(net=nets(least=2, most=20), chosen=conventions, seed=seeds)
def test_pulls_are_what_brute_force_adds_up(net, chosen, seed):  # noqa: ARG001
    patterns, _ = net
    network = Network(patterns, chosen)
    for memory, state in enumerate(patterns):
        found = why_unstable(network, memory)
        unstable = np.flatnonzero(network.unstable(state))
        assert found.unstable.tolist() == unstable.tolist()
        split = votes(network, state, unstable)
        for pull in found.ranked:
            at = split[:, pull.memory]
            assert pull.memory != memory
            assert pull.units == sum(1 for vote in at if vote < 0)
            assert pull.strength == pytest.approx(-at.sum() * network.factor)
            assert pull.strength > 0
        strengths = [pull.strength for pull in found.ranked]
        assert strengths == sorted(strengths, reverse=True)


@law
@given(net=nets(least=2, most=20), chosen=conventions)
def test_without_those_blamed_every_unit_would_stay(net, chosen):
    patterns, _ = net
    network = Network(patterns, chosen)
    for memory, state in enumerate(patterns):
        found = why_unstable(network, memory)
        if not found.blamed:
            continue
        left = np.delete(patterns, found.blamed, axis=0)
        without = Network(left, chosen).unstable(state)
        assert not without[found.unstable].any()
        one_less = Network(np.delete(patterns, found.blamed[:-1], axis=0), chosen).unstable(state)
        assert one_less[found.unstable].any()
        assert found.blamed == tuple(pull.memory for pull in found.ranked)[: len(found.blamed)]


def test_a_stable_memory_has_no_unit_to_pull_over():
    found = why_unstable(Network(random_patterns(2, 100, seed=6)), 1)
    assert (found.unstable.size, found.ranked, found.blamed) == (0, (), ())


def test_large_networks_are_split_block_by_block(monkeypatch):
    patterns = random_patterns(40, 120, seed=7)
    network = Network(patterns, replace(ARTICLE, self_connections=False))
    whole = why_unstable(network, 0)
    assert whole.unstable.size > 1
    monkeypatch.setattr("hopgui.model.why.BLOCK", 40)
    again = why_unstable(network, 0)
    assert [(each.memory, each.units) for each in again.ranked] == [
        (each.memory, each.units) for each in whole.ranked
    ]
    assert again.blamed == whole.blamed
