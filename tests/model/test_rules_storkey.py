"""Storkey's rule against its own formula, element by element."""

from fractions import Fraction

import numpy as np
import pytest
from cases import law, nets, random_patterns
from hypothesis import given
from kinds import matrix_of, network_of, plan, small_memory

from hopgui.model.choices import Rule, RuleKind
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.couplings import Matrix
from hopgui.model.learning import learn
from hopgui.refusal import Refusal


def by_formula(patterns, number):
    """w_ij += (ξ_i ξ_j − ξ_i h_ji − h_ij ξ_j)/N with h_ij = Σ_{k≠i,j} w_ik ξ_k, one by one."""
    units = range(patterns.shape[1])
    weights = [[number(0) for _ in units] for _ in units]
    for row in patterns.tolist():
        said = [
            [sum(weights[i][k] * row[k] for k in units if k not in (i, j)) for j in units]
            for i in units
        ]
        weights = [
            [
                weights[i][j]
                + (row[i] * row[j] - row[i] * said[j][i] - said[i][j] * row[j])
                * number(1)
                / len(units)
                for j in units
            ]
            for i in units
        ]
    return np.array(weights, dtype=float).reshape(len(units), len(units))


def by_columns(patterns):
    """The same with numpy, where fractions would grow too long."""
    units = patterns.shape[1]
    weights = np.zeros((units, units))
    for row in patterns.astype(float):
        alone = weights @ row - np.diag(weights) * row
        said = alone[:, None] - weights * row[None, :]
        np.fill_diagonal(said, alone)
        weights = weights + (np.outer(row, row) - row[:, None] * said.T - said * row) / units
    return weights


@law
@given(net=nets(most=6, most_memories=4))
def test_couplings_are_those_of_the_formula_in_fractions(net):
    patterns, state = net
    expected = by_formula(patterns, Fraction)
    network = network_of("storkey", patterns, ARTICLE)
    assert network.learnt.stored is None
    near = {"rtol": 0, "atol": 4e-9 * max(1.0, np.abs(expected).max())}
    np.testing.assert_allclose(matrix_of(network), expected, **near)
    fields = network.fields(state) * network.factor
    # Each coupling was rounded once, and a field adds up as many roundings as there are units.
    most = 1.001 * state.size * network.factor / 2
    np.testing.assert_allclose(fields, expected @ state, rtol=0, atol=most)
    assert network.energy(state) == pytest.approx(-(state @ expected @ state), abs=1e-6)
    bare = network_of("storkey", patterns, TEXTBOOK)
    np.testing.assert_allclose(matrix_of(bare), expected - np.diag(np.diag(expected)), **near)


@pytest.mark.parametrize(("memories", "units"), [(12, 90), (90, 90), (200, 90), (40, 300)])
def test_couplings_are_those_of_the_formula_for_many_memories_too(memories, units):
    patterns = random_patterns(memories, units, seed=memories)
    expected = by_columns(patterns)
    assert np.abs(expected - expected.T).max() < 1e-9
    found = matrix_of(network_of("storkey", patterns))
    largest = np.abs(expected - np.diag(np.diag(expected))).max()
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-9 * largest)


def test_the_two_formulas_here_are_one():
    patterns = random_patterns(6, 12, seed=1)
    assert np.abs(by_formula(patterns, float) - by_columns(patterns)).max() < 1e-14


def test_a_few_rows_at_a_time_are_all_rows_at_once(monkeypatch):
    patterns = random_patterns(9, 61, seed=5)
    whole = network_of("storkey", patterns).learnt
    monkeypatch.setattr("hopgui.model.matrices.SIDE", 7)
    parts = network_of("storkey", patterns).learnt
    # Sums taken in another order may round to the next number.
    assert np.abs(parts.columns - whole.columns).max() <= 1
    assert (parts.columns == parts.columns.T).all()
    assert (parts.diagonal == whole.diagonal).all()
    assert parts.unit == whole.unit


@pytest.mark.parametrize("side", [100, 1700])
def test_couplings_are_symmetric_to_the_last_bit(side, monkeypatch):
    monkeypatch.setattr("hopgui.model.matrices.SIDE", side)
    couplings = network_of("storkey", random_patterns(30, 300, seed=2)).learnt
    assert isinstance(couplings, Matrix)
    assert couplings.symmetric
    assert (couplings.columns == couplings.columns.T).all()
    assert not couplings.columns.diagonal().any()


def test_one_memory_is_learnt_as_hebb_learns_it():
    memory = random_patterns(1, 40, seed=3)
    network = network_of("storkey", memory)
    expected = np.outer(memory[0], memory[0]) / 40
    np.testing.assert_allclose(matrix_of(network), expected, atol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_more_memories_are_stable_than_under_hebb(seed):
    # At α = 0.2 Hebb's rule spoils some unit of almost every memory.
    patterns = random_patterns(60, 300, seed=seed)
    stable = {
        kind: sum(
            not network_of(kind, patterns, TEXTBOOK).unstable(memory).any() for memory in patterns
        )
        for kind in ("hebb", "storkey")
    }
    assert stable["hebb"] < 10
    assert stable["storkey"] > 30


def test_the_order_of_the_memories_matters_little_but_matters():
    patterns = random_patterns(8, 60, seed=6)
    one, other = (matrix_of(network_of("storkey", each)) for each in (patterns, patterns[::-1]))
    assert 1e-6 < np.abs(one - other).max() < 0.1


def test_no_memories_say_nothing():
    network = network_of("storkey", np.empty((0, 9), np.int8))
    assert not matrix_of(network).any()


@pytest.mark.parametrize("shape", [(10, 65_536), (100_000, 19_000)])
def test_what_would_not_fit_is_refused_before_any_memory_is_taken(shape):
    task = plan(np.broadcast_to(np.int8(1), shape), Rule(RuleKind.STORKEY))
    with small_memory(3_000_000), pytest.raises(Refusal, match="GB"):
        learn(task)
