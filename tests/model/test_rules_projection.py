"""Projection against exact fractions, and against what a projector is."""

from fractions import Fraction

import numpy as np
import pytest
from cases import law, nets, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import matrix_of, network_of, plan, small_memory

from hopgui.model.choices import Rule, RuleKind
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.couplings import LowRank
from hopgui.model.learning import learn
from hopgui.model.progress import Progress
from hopgui.model.rules.projection import independent, inverted, products
from hopgui.refusal import Refusal


def exact_projector(patterns):
    """Σ v vᵀ/|v|² over Gram and Schmidt's vectors, in fractions; and their number."""
    units = patterns.shape[1]
    basis = []
    for row in patterns.tolist():
        left = [Fraction(value) for value in row]
        for vector in basis:
            share = sum(a * b for a, b in zip(left, vector, strict=True))
            share /= sum(value * value for value in vector)
            left = [a - share * b for a, b in zip(left, vector, strict=True)]
        if any(left):
            basis.append(left)
    weights = [[Fraction(0)] * units for _ in range(units)]
    for vector in basis:
        square = sum(value * value for value in vector)
        for i in range(units):
            for j in range(units):
                weights[i][j] += vector[i] * vector[j] / square
    return weights, len(basis)


@law
@given(net=nets(most=10, most_memories=6))
def test_couplings_are_those_of_the_exact_projector(net):
    patterns, _ = net
    weights, rank = exact_projector(patterns)
    network = network_of("projection", patterns)
    found = matrix_of(network)
    assert np.abs(found - np.array(weights, float)).max() < 1e-13
    assert network.learnt.vectors.shape[0] == rank
    assert network.learnt.stored is None


@law
@given(net=nets(most=10, most_memories=6), own=st.booleans(), ties=st.sampled_from(Ties))
def test_every_unit_is_decided_as_exact_fractions_decide_it(net, own, ties):
    patterns, state = net
    weights, _ = exact_projector(patterns)
    chosen = Conventions(self_connections=own, ties=ties)
    unstable = network_of("projection", patterns, chosen).unstable(state)
    for unit, value in enumerate(state.tolist()):
        field = sum(w * int(x) for w, x in zip(weights[unit], state, strict=True))
        field -= 0 if own else weights[unit][unit] * value
        tie = {Ties.MINUS: value > 0, Ties.KEEP: False, Ties.RANDOM: True}[ties]
        assert unstable[unit] == (tie if field == 0 else field * value < 0)


def dependent(memories, units, seed):
    """Random memories, then a copy, an inverse and a product-free mixture of some of them."""
    patterns = random_patterns(memories, units, seed)
    third = np.where(patterns[0] == patterns[1], patterns[0], patterns[2])
    more = [patterns[0], -patterns[1], third]
    return np.concatenate([patterns, more]).astype(np.int8)


@pytest.mark.parametrize(
    ("memories", "units"), [(3, 40), (20, 100), (60, 100), (95, 100), (150, 784), (30, 10_000)]
)
def test_memories_are_kept_as_they_are_and_the_trace_is_their_rank(memories, units):
    patterns = dependent(memories, units, seed=memories)
    rank = np.linalg.matrix_rank(patterns.astype(float))
    network = network_of("projection", patterns)
    couplings = network.learnt
    assert isinstance(couplings, LowRank)
    assert couplings.vectors.shape == (rank, units)
    assert network.own.sum() * network.factor == pytest.approx(rank, abs=1e-9)
    for memory in patterns:
        fields = network.fields(memory) * network.factor
        np.testing.assert_allclose(fields, memory, rtol=0, atol=1e-9)
        assert network.energy(memory) == pytest.approx(-units, rel=1e-9)


def test_a_projector_is_its_own_square_and_symmetric():
    network = network_of("projection", dependent(40, 90, seed=3))
    weights = matrix_of(network)
    assert np.abs(weights - weights.T).max() < 1e-13
    assert np.abs(weights @ weights - weights).max() < 1e-12


@pytest.mark.parametrize(("memories", "units"), [(10, 100), (50, 100), (90, 100), (100, 1000)])
def test_without_self_connections_the_mean_stability_is_what_the_load_leaves(memories, units):
    patterns = random_patterns(memories, units, seed=7)
    network = network_of("projection", patterns, TEXTBOOK)
    held = [network.fields(memory) * network.factor * memory for memory in patterns]
    assert np.mean(held) == pytest.approx(1 - memories / units, abs=1e-10)


def test_more_memories_than_units_span_everything():
    patterns = random_patterns(90, 20, seed=2)
    network = network_of("projection", patterns)
    np.testing.assert_allclose(matrix_of(network), np.eye(20), atol=1e-11)
    for state in random_patterns(20, 20, seed=3):
        assert not network.unstable(state).any()


def test_no_memories_say_nothing():
    network = network_of("projection", np.empty((0, 9), np.int8))
    state = random_patterns(1, 9, seed=1)[0]
    assert not network.fields(state).any()
    assert network.energy(state) == 0


@pytest.mark.parametrize(("memories", "corrected"), [(30, True), (70, False)])
def test_self_connections_forbid_corrections_from_half_the_units_on(memories, corrected):
    # One wrong unit has the field (1 − 2 w_ii) ξ_i, and w_ii is P/N on average.
    patterns = random_patterns(memories, 100, seed=5)
    network = network_of("projection", patterns, ARTICLE)
    assert np.mean(network.own) * network.factor == pytest.approx(memories / 100)
    put_right = []
    for unit in range(100):
        state = patterns[0].copy()
        state[unit] *= -1
        field = network.fields(state)[unit] * network.factor
        assert field == pytest.approx(
            (1 - 2 * network.own[unit] * network.factor) * patterns[0][unit]
        )
        put_right.append(bool(network.unstable(state)[unit]))
    assert (np.mean(put_right) > 0.9) if corrected else (np.mean(put_right) < 0.1)


def test_the_memories_products_are_exact_across_blocks():
    patterns = random_patterns(7, 20_011, seed=4)
    wide = patterns.astype(np.int64)
    assert products(patterns).tolist() == (wide @ wide.T).tolist()


def test_of_dependent_memories_independent_ones_are_chosen():
    patterns = dependent(5, 60, seed=1)
    chosen, factor = independent(products(patterns), 60)
    assert len(set(chosen.tolist())) == chosen.size == 6
    assert np.linalg.matrix_rank(patterns[chosen].astype(float)) == 6
    assert (np.tril(factor, -1) == 0).all()
    np.testing.assert_allclose(factor.T @ factor, products(patterns[chosen]), atol=1e-12)


@pytest.mark.parametrize("rank", [0, 1, 15, 16, 17, 100])
def test_an_inverse_made_in_steps_is_the_inverse(rank, monkeypatch):
    monkeypatch.setattr("hopgui.model.rules.projection.PRODUCTS", 1)  # steps of 16 columns
    gram = products(random_patterns(rank, 150, seed=6))
    told = []
    progress = Progress(lambda fraction: told.append(fraction) or True)
    monkeypatch.setattr("hopgui.model.progress.PAUSE", 0.0)
    order, factor = independent(gram, 150)
    inverse = inverted(factor, progress)
    expected = np.linalg.inv(gram[np.ix_(order, order)])
    np.testing.assert_allclose(inverse, expected, rtol=1e-9, atol=1e-15)
    assert len(told) == 2 * ((rank + 15) // 16)
    assert told == sorted(told)


@pytest.mark.parametrize("units", [200, 1000])
def test_memories_that_nearly_depend_are_projected_all_the_same(units):
    # Each a unit or two from another: the inverse is as far from the verdict as it can be.
    patterns = np.repeat(random_patterns(1, units, seed=7), 60, axis=0)
    for place, memory in enumerate(patterns):
        memory[: place + 1] *= -1
    network = network_of("projection", patterns, ARTICLE)
    assert network.learnt.vectors.shape[0] == 60
    for memory in patterns:
        assert not network.unstable(memory).any()
        np.testing.assert_allclose(network.fields(memory) * network.factor, memory, atol=1e-9)


def test_projections_that_would_not_fit_are_refused_before_any_memory_is_taken():
    # A view of a single byte: any copy of it would be of two gigabytes.
    patterns = np.broadcast_to(np.int8(1), (30_000, 65_536))
    task = plan(patterns, Rule(RuleKind.PROJECTION))
    with small_memory(), pytest.raises(Refusal, match=r"30000 memories of 65536 .* GB") as caught:
        learn(task)
    assert caught.value.gaps["memories"] == 30_000
