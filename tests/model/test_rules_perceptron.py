"""The perceptron rule: it reaches its margin where it can, and says so where it cannot."""

import numpy as np
import pytest
from cases import law, nets, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import lengths, matrix_of, plan, small_memory, stabilities

from hopgui.model.choices import Rule, RuleKind
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.learning import Cancelled, learn
from hopgui.model.rules import perceptron as rule_file
from hopgui.refusal import Refusal

both_ways = pytest.mark.parametrize("one_way", [False, True], ids=["symmetric", "one way"])


def taught(patterns, margin=0.0, *, one_way=False, conventions=TEXTBOOK):
    rule = Rule(RuleKind.PERCEPTRON, margin=margin, one_way=one_way)
    return learn(plan(patterns, rule, conventions=conventions))


def by_the_rule(patterns, margin, sweeps, *, one_way):
    """Whole sweeps of w_ij += ξ_i ξ_j where ξ_i h_i falls short, on the matrix itself."""
    units = patterns.shape[1]
    weights = np.zeros((units, units), np.int64)
    for _ in range(sweeps):
        held = patterns * (patterns.astype(np.int64) @ weights.T)
        short = (held <= 0) | (held < margin * np.sqrt((weights**2).sum(axis=1)))
        if not short.any():
            return weights, True
        added = (patterns * short).T.astype(np.int64) @ patterns
        weights += added if one_way else added + added.T
        np.fill_diagonal(weights, 0)
    return weights, False


@law
@given(
    net=nets(least=2, most=14, most_memories=4),
    margin=st.sampled_from([0.0, 0.2, 0.7]),
    one_way=st.booleans(),
)
def test_couplings_are_those_of_the_rule_sweep_by_sweep(net, margin, one_way):
    patterns, _ = net
    weights, reached = by_the_rule(patterns, margin, 300, one_way=one_way)
    result = taught(patterns, margin, one_way=one_way)
    if not reached:
        # What cannot be held in 300 sweeps may be in a thousand: nothing to compare with.
        return
    assert result.reached
    found = matrix_of(result.network)
    largest = max(np.abs(weights).max(), 1)
    np.testing.assert_allclose(found / max(np.abs(found).max(), 1e-300), weights / largest)


@both_ways
@pytest.mark.parametrize(
    ("memories", "units", "margin"),
    [(5, 60, 0.0), (30, 60, 0.3), (60, 100, 0.2), (100, 200, 0.5), (50, 200, 1.0), (20, 500, 4.0)],
)
def test_every_margin_is_reached_below_the_capacity(memories, units, margin, one_way):
    patterns = random_patterns(memories, units, seed=1)
    result = taught(patterns, margin, one_way=one_way)
    assert result.reached
    held = stabilities(matrix_of(result.network), patterns)
    assert held.min() >= margin * (1 - 1e-12)
    assert held.min() > 0
    assert result.margin == pytest.approx(held.min(), rel=1e-9)
    for memory in patterns:
        assert not result.network.unstable(memory).any()


@both_ways
@pytest.mark.parametrize(("margin", "load"), [(0.0, 2.5), (1.0, 0.8)])
def test_beyond_gardners_limit_it_says_no_and_keeps_what_came_nearest(margin, load, one_way):
    patterns = random_patterns(round(load * 40), 40, seed=3)
    result = taught(patterns, margin, one_way=one_way)
    assert not result.reached
    held = stabilities(matrix_of(result.network), patterns)
    assert result.margin == pytest.approx(held.min(), rel=1e-9)
    assert result.margin < margin
    for sweeps in (1, 2, 10, 100):
        earlier = by_the_rule(patterns, margin, sweeps, one_way=one_way)[0].astype(float)
        assert stabilities(earlier, patterns).min() <= result.margin + 1e-9


def test_two_memories_that_differ_in_one_unit_alone_cannot_both_be_held():
    # Its field would have to be both positive and negative.
    patterns = random_patterns(2, 30, seed=4)
    patterns[1] = patterns[0]
    patterns[1, 7] *= -1
    result = taught(patterns)
    assert not result.reached
    assert result.margin <= 0
    patterns[1, 8] *= -1
    assert taught(patterns).reached


def test_couplings_are_symmetric_unless_rows_learn_by_themselves():
    patterns = random_patterns(30, 60, seed=5)
    both = taught(patterns, 0.3).network.learnt
    assert both.symmetric
    assert (both.columns == both.columns.T).all()
    rows = taught(patterns, 0.3, one_way=True).network.learnt
    assert not rows.symmetric
    assert (rows.columns != rows.columns.T).any()
    assert not (rows.columns % 2).any()


@both_ways
def test_no_unit_is_coupled_to_itself_whatever_the_conventions(one_way):
    patterns = random_patterns(10, 40, seed=6)
    network = taught(patterns, one_way=one_way, conventions=ARTICLE).network
    assert not network.own.any()
    assert not np.diag(matrix_of(network)).any()
    assert network.learnt.stored is None
    assert network.learnt.slack == 0


def test_memories_that_need_no_repetition_are_learnt_as_hebb_learns_them():
    patterns = random_patterns(2, 200, seed=7)
    found = matrix_of(taught(patterns).network)
    expected = patterns.T.astype(float) @ patterns / 200
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@both_ways
def test_the_lengths_of_rows_are_counted_as_they_are(one_way):
    # A margin just below and just above what one sweep gives tells the lengths to a part in 10⁹.
    patterns = random_patterns(6, 80, seed=8)
    once, _ = by_the_rule(patterns, 0.0, 1, one_way=one_way)
    least = float((stabilities(once.astype(float), patterns)).min())
    assert lengths(once.astype(float)).min() > 0
    assert taught(patterns, least * (1 - 1e-9), one_way=one_way).margin == pytest.approx(least)
    above = taught(patterns, least * (1 + 1e-9), one_way=one_way)
    assert above.margin > least * (1 + 1e-10)


def test_nothing_to_learn_and_nobody_to_learn_it():
    empty = taught(np.empty((0, 9), np.int8))
    assert empty.reached
    assert empty.margin is None
    assert not matrix_of(empty.network).any()
    alone = taught(np.ones((1, 1), np.int8))
    assert not alone.reached
    assert alone.margin == 0


@both_ways
def test_few_units_at_a_time_are_all_units_at_once(one_way, monkeypatch):
    patterns = random_patterns(30, 200, seed=9)
    whole = matrix_of(taught(patterns, 0.4, one_way=one_way).network)
    monkeypatch.setattr(rule_file, "PRODUCTS", 1)
    assert (matrix_of(taught(patterns, 0.4, one_way=one_way).network) == whole).all()


def test_it_can_be_called_off_between_two_sweeps():
    patterns = random_patterns(100, 40, seed=3)
    told = []

    def report(fraction):
        told.append(fraction)
        return len(told) < 3

    with pytest.raises(Cancelled):
        learn(plan(patterns, Rule(RuleKind.PERCEPTRON)), report)
    assert len(told) == 3


@pytest.mark.parametrize("margin", [-0.1, float("nan")])
def test_margins_below_nothing_are_refused(margin):
    with pytest.raises(Refusal, match="margin"):
        taught(random_patterns(2, 9, seed=1), margin)


@both_ways
@pytest.mark.parametrize("shape", [(10, 65_536), (50_000, 4000)])
def test_what_would_not_fit_is_refused_before_any_memory_is_taken(shape, one_way):
    rule = Rule(RuleKind.PERCEPTRON, one_way=one_way)
    task = plan(np.broadcast_to(np.int8(1), shape), rule)
    with small_memory(), pytest.raises(Refusal, match="GB"):
        learn(task)
