"""ln Z and likelihoods, against sums over all states; the estimate within its error."""

import numpy as np
import pytest
import rbm_reference as reference
from cases import law, random_patterns, seeds
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp

from hopgui.model.boltzmann import ais, likelihood
from hopgui.model.boltzmann.datasets import bars_and_stripes
from hopgui.model.boltzmann.machine import Machine, bits_of

sides = st.integers(1, 5)


@law
@given(sides, sides, seeds, st.sampled_from([0.2, 2.0]))
def test_the_sum_over_one_side_is_the_sum_over_both(visible, hidden, seed, scale):
    machine = reference.machine_of(visible, hidden, seed, scale)
    expected = np.log(reference.partition(machine))
    assert likelihood.log_partition(machine) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(("visible", "hidden"), [(30, 9), (9, 30), (12, 12)])
def test_either_side_is_summed_by_its_states(visible, hidden):
    machine = reference.machine_of(visible, hidden, 3)
    smaller = machine if visible < hidden else machine.transposed
    states = np.array(reference.every(smaller.visible))
    expected = logsumexp(-smaller.free_energy(states))
    assert likelihood.log_partition(machine) == pytest.approx(expected, rel=1e-12)


def test_blocks_add_up(monkeypatch):
    machine = reference.machine_of(11, 7, 2)
    whole = likelihood.log_partition(machine)
    monkeypatch.setattr(likelihood, "BLOCK", 64)
    *_, (parts, done, total) = likelihood.log_partition_steps(machine)
    assert done == total > 1
    assert parts == pytest.approx(whole, rel=1e-12)


def test_a_machine_without_weights_in_closed_form():
    machine = Machine(np.zeros((400, 20)), np.full(400, 3.0), np.full(20, -2.0))
    expected = 400 * np.logaddexp(0, 3) + 20 * np.logaddexp(0, -2)
    assert likelihood.log_partition(machine) == pytest.approx(expected, rel=1e-12)


def test_more_than_twenty_units_on_both_sides_are_too_many():
    machine = reference.machine_of(21, 21)
    assert not likelihood.is_exact(machine)
    with pytest.raises(ValueError, match="cannot be summed"):
        likelihood.log_partition(machine)


def test_the_chances_of_all_pictures_add_up_to_one():
    machine = reference.machine_of(5, 3)
    pictures = np.where(np.array(reference.every(5)) > 0, 1, -1).astype(np.int8)
    log_z = likelihood.log_partition(machine)
    logs = [likelihood.log_likelihood(machine, row[None], log_z) for row in pictures]
    np.testing.assert_allclose(np.exp(logs), reference.chances(machine))
    assert likelihood.log_likelihood(machine, pictures, log_z) == pytest.approx(np.mean(logs))


@pytest.mark.parametrize(("side", "best"), [(3, -41.59), (4, -102.04)])
def test_the_best_that_bars_and_stripes_allow(side, best):
    """Melchior, Fischer, Wiskott (2016), table 1; with 3 × 3 the empty and the full picture twice.

    They count 16 pictures of 3 × 3: bars and stripes both have the empty and the full one.
    """
    pictures = bars_and_stripes(side, side).units
    if side == 3:
        pictures = np.concatenate([pictures, pictures[[0, 7]]])
        assert len(pictures) == 16
        assert abs(pictures[[-1, -2]].sum(axis=1)).tolist() == [9, 9]
    mean = likelihood.best_log_likelihood(pictures)
    assert len(pictures) * mean == pytest.approx(best, abs=0.005)


def test_pseudo_likelihood_is_one_unit_given_the_others():
    machine = reference.machine_of(4, 3)
    chance = reference.chances(machine)
    patterns = random_patterns(3, 4, 1)
    expected = 0.0
    for row in patterns:
        here = reference.numbers(row[None])[0]
        for unit in range(4):
            expected += np.log(chance[here] / (chance[here] + chance[here ^ 1 << unit])) / 3
    assert likelihood.pseudo_likelihood(machine, patterns) == pytest.approx(expected)
    odds = likelihood.log_odds(machine, bits_of(patterns))
    np.testing.assert_allclose(
        odds[1, 2],
        np.diff([np.log(chance[reference.numbers([row])[0]]) for row in with_unit(patterns[1], 2)]),
    )


def with_unit(row, unit):
    low, high = row.copy(), row.copy()
    low[unit], high[unit] = -1, 1
    return low, high


# The estimate


@pytest.mark.parametrize("seed", range(4))
def test_annealing_agrees_within_its_error(seed):
    machine = reference.machine_of(30, 12, seed, 0.7)
    exact = likelihood.log_partition(machine)
    *_, last = ais.anneal(machine, np.random.default_rng(seed), chains=400, temperatures=400)
    assert last.done == last.total == 400
    assert last.low < last.log_partition < last.high
    # Three standard errors: four machines stay within them with chance 0.99.
    assert last.low <= exact <= last.high
    assert 1e-4 < last.error < 0.1


def test_few_temperatures_say_that_they_are_unsure():
    machine = reference.machine_of(30, 12, 1, 2.0)
    few = list(ais.anneal(machine, np.random.default_rng(1), chains=50, temperatures=4))[-1]
    many = list(ais.anneal(machine, np.random.default_rng(1), chains=50, temperatures=4000))[-1]
    assert few.error > 3 * many.error


def test_a_machine_that_is_its_own_start_needs_no_annealing():
    bias = np.array([1.0, -2, 0.5])
    machine = Machine(np.zeros((3, 4)), bias, np.zeros(4))
    *_, last = ais.anneal(machine, np.random.default_rng(0), chains=5, temperatures=3)
    assert last.log_partition == pytest.approx(likelihood.log_partition(machine))
    assert last.error == pytest.approx(0, abs=1e-12)


def test_the_start_knows_the_pictures_means():
    patterns = random_patterns(200, 6, 2)
    bias = ais.base_bias(patterns)
    np.testing.assert_allclose(1 / (1 + np.exp(-bias)), (patterns > 0).mean(axis=0), atol=0.01)
    assert np.isfinite(ais.base_bias(np.ones((5, 3), np.int8))).all()
