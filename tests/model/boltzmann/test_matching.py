"""Learning by matching moments, against the exact optimum, and gone on with draw for draw."""

from dataclasses import replace

import numpy as np
import pytest
import rbm_reference as reference
from cases import law, random_patterns, seeds
from hypothesis import given
from scipy.optimize import minimize
from visible_reference import machine_of, slow_law

from hopgui.model.boltzmann import matching, visible
from hopgui.model.boltzmann.datasets import bars_and_stripes
from hopgui.model.boltzmann.matching import Schedule, schedule_for
from hopgui.model.boltzmann.visible import VisibleMachine, blank_machine
from hopgui.model.boltzmann.walsh import number_of
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.network import Network
from hopgui.refusal import Refusal

EXACT = Schedule(True, 2000, 0.2, 0.2)
SAMPLED = Schedule(False, 3000, 0.05, 0.001, 0.0, 1000)


def learnt(patterns, start, schedule, seed=1):
    state = matching.begin(patterns, start, schedule, np.random.default_rng(seed))
    return list(matching.match(patterns, schedule, state))


def test_learning_reaches_the_best_of_all_pairwise_laws():
    patterns = random_patterns(40, 4, 3)
    start = visible.from_network(Network(patterns[:2], TEXTBOOK), 1.0)
    last = learnt(patterns, start, EXACT)[-1]
    assert last.mismatch < 1e-6
    pairs = np.triu_indices(4, 1)

    def loss(numbers):
        couplings = np.zeros((4, 4))
        couplings[pairs] = numbers[:6]
        machine = VisibleMachine(couplings + couplings.T, numbers[6:])
        return -np.log(slow_law(machine)[0][number_of(patterns)]).mean()

    best = minimize(loss, np.zeros(10))
    assert last.log_likelihood == pytest.approx(-best.fun, abs=1e-6)


def test_learning_climbs_and_ends_when_couplings_would_not():
    patterns = np.array([[1, 1, 1], [-1, -1, -1]], np.int8)
    steps = learnt(patterns, blank_machine(3), replace(EXACT, steps=300))
    assert [each.state.step for each in steps] == list(range(301))
    assert steps[0].log_likelihood == pytest.approx(-3 * np.log(2))
    assert -np.log(2) - 0.01 < steps[-1].log_likelihood < -np.log(2)
    assert np.isfinite(steps[-1].machine.couplings).all()
    assert (steps[-1].machine.couplings.diagonal() == 0).all()


@pytest.mark.parametrize("sides", [(2, 2), (3, 3), (4, 4)])
def test_bars_and_stripes_are_learnt_with_the_usual_schedule(sides):
    patterns = bars_and_stripes(*sides).units
    units = patterns.shape[1]
    last = learnt(patterns, blank_machine(units), schedule_for(units))[-1]
    # No law makes a set likelier than every picture as often as it comes.
    best = -np.log(len(patterns))
    assert best - 0.02 < last.log_likelihood < best
    assert last.mismatch < 0.01


@law
@given(seeds)
def test_what_is_measured_is_what_the_sums_over_all_states_say(seed):
    machine, patterns = machine_of(4, seed, 1.0), random_patterns(5, 4, seed)
    if (patterns == patterns[0]).all():
        return
    first = learnt(patterns, machine, replace(EXACT, steps=1))[0]
    chances, _ = slow_law(machine)
    assert first.log_likelihood == pytest.approx(np.log(chances[number_of(patterns)]).mean())
    np.testing.assert_allclose(first.law, chances)


def test_learning_by_sampling_comes_to_the_same_machine():
    patterns = random_patterns(60, 6, 5)
    exact = learnt(patterns, blank_machine(6), EXACT)[-1]
    sampled = learnt(patterns, blank_machine(6), SAMPLED)[-1]
    np.testing.assert_allclose(sampled.machine.couplings, exact.machine.couplings, atol=0.05)
    np.testing.assert_allclose(sampled.machine.bias, exact.machine.bias, atol=0.05)
    assert sampled.log_likelihood is None


@pytest.mark.parametrize("schedule", [EXACT, SAMPLED])
def test_it_is_gone_on_with_draw_for_draw(schedule):
    patterns = random_patterns(20, 5, 7)
    schedule = replace(schedule, steps=40)
    whole = learnt(patterns, blank_machine(5), schedule)
    halfway = whole[17].state
    rest = list(matching.match(patterns, schedule, halfway))
    assert [each.mismatch for each in rest] == [each.mismatch for each in whole[17:]]
    assert np.array_equal(rest[-1].machine.couplings, whole[-1].machine.couplings)
    assert np.array_equal(rest[-1].state.chains, whole[-1].state.chains)


def test_exact_dreams_have_the_exact_law():
    patterns = random_patterns(20, 5, 7)
    first = learnt(patterns, machine_of(5), replace(EXACT, steps=1))[0]
    drawn = [
        matching.dreams(replace(first, state=replace(first.state, step=step)))
        for step in range(300)
    ]
    assert reference.surprise(-np.concatenate(drawn), first.law) > 1e-3


def test_dreams_of_chains_are_their_states():
    snapshot = learnt(random_patterns(9, 30, 2), blank_machine(30), schedule_for(30))[3]
    assert np.array_equal(matching.dreams(snapshot), snapshot.state.chains[:64])


def test_a_rate_that_is_too_high_is_told_and_the_last_good_machine_kept():
    patterns = random_patterns(9, 4, 2)
    last = learnt(patterns, blank_machine(4), Schedule(True, 10, 1e6, 1e6))[-1]
    assert "too high" in str(last.trouble)
    assert np.abs(last.machine.couplings).max() < 1e4


@pytest.mark.parametrize(
    ("patterns", "schedule", "words"),
    [
        (np.ones((2, 3), np.int8), EXACT, "two pictures that differ"),
        (np.ones((1, 3), np.int8), EXACT, "two pictures that differ"),
        (random_patterns(3, 21, 1), EXACT, "21 units cannot be summed: the most is 20"),
        (random_patterns(3, 1025, 1), SAMPLED, "too many couplings to learn: the most is 1024"),
        (random_patterns(3, 100, 1), replace(SAMPLED, chains=10**6), "1000000 chains of 100"),
    ],
)
def test_what_cannot_be_learnt_is_refused(patterns, schedule, words):
    with pytest.raises(Refusal, match=words):
        matching.begin(patterns, None, schedule, np.random.default_rng(1))


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"chains": 0}, {"rate": 0.0}, {"last_rate": -1.0}, {"momentum": 1.0}]
)
def test_a_schedule_that_cannot_be_is_refused(wrong):
    with pytest.raises(Refusal):
        replace(EXACT, **wrong)
