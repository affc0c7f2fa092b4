"""Training: what it reaches, that it can be gone on from, and what it says when it cannot."""

import json
from dataclasses import replace

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.boltzmann import likelihood
from hopgui.model.boltzmann.ais import anneal, base_bias
from hopgui.model.boltzmann.datasets import bars_and_stripes
from hopgui.model.boltzmann.machine import Machine, bits_of
from hopgui.model.boltzmann.settings import Method, Settings, hidden_units, settings_for
from hopgui.model.boltzmann.state import SPREAD, Change, begin, require_room, state_from
from hopgui.model.boltzmann.training import Trainer, train
from hopgui.refusal import Refusal
from hopgui.session.library import first_session

SMALL = bars_and_stripes(2, 3).units
FOUR = bars_and_stripes(4, 4).units
QUICK = Settings(epochs=60, batch=4, chains=20, temperatures=3, every=10)


def trained(patterns, settings, seed=1, hidden=5, **more):
    """All snapshots of a training."""
    start = begin(patterns, hidden, settings, np.random.default_rng(seed))
    return list(train(patterns, settings, start, **more))


def same(one: Machine, other: Machine) -> bool:
    return (
        np.array_equal(one.weights, other.weights)
        and np.array_equal(one.visible_bias, other.visible_bias)
        and np.array_equal(one.hidden_bias, other.hidden_bias)
    )


# What it reaches


@pytest.mark.parametrize("seed", range(1, 6))
def test_bars_and_stripes_of_four_by_four_are_learnt_to_a_twentieth_of_a_nat(seed):
    """The best that any machine can reach is −ln 30 a picture (model.md: −102.04 in sum)."""
    settings = settings_for(len(FOUR), 16)
    assert settings.method is Method.PT
    *_, last = trained(FOUR, settings, seed, hidden=16)
    reached = likelihood.log_likelihood(last.machine, FOUR, likelihood.log_partition(last.machine))
    assert -np.log(30) - 0.05 < reached <= -np.log(30)
    assert last.measures.log_likelihood == pytest.approx(reached)
    assert all(0.02 < rate < 1 for rate in last.measures.exchange_rates)


def test_chains_that_get_stuck_stay_below_tempered_ones():
    plain = settings_for(len(FOUR), 16, Method.PCD, epochs=1500)
    tempered = settings_for(len(FOUR), 16, Method.PT, epochs=1500)
    lows = [trained(FOUR, plain, seed, hidden=16)[-1] for seed in (1, 2)]
    highs = [trained(FOUR, tempered, seed, hidden=16)[-1] for seed in (1, 2)]
    assert max(low.measures.log_likelihood for low in lows) < -3.6
    assert min(high.measures.log_likelihood for high in highs) > -3.55


def test_three_by_three():
    settings = settings_for(14, 9)
    *_, last = trained(bars_and_stripes(3, 3).units, settings, 1, hidden=9)
    assert -np.log(14) - 0.05 < last.measures.log_likelihood <= -np.log(14)


def estimated(machine, patterns, seed=1):
    """The log-likelihood a picture by annealed importance sampling, and its error."""
    *_, last = anneal(machine, np.random.default_rng(seed), base=base_bias(patterns))
    free = machine.free_energy(bits_of(patterns)).mean()
    return float(-free - last.log_partition), last.error


def test_letters_of_a_hundred_units_are_learnt_by_default():
    """Of four pictures the best is −ln 4; of chains that are not tempered each stays with one."""
    letters = first_session().patterns
    settings = settings_for(*letters.shape)
    *_, last = trained(letters, settings, hidden=100)
    reached, error = estimated(last.machine, letters)
    assert -np.log(4) - 0.6 < reached < -np.log(4) + 4 * error
    plain = settings_for(*letters.shape, Method.PCD, epochs=1000)
    *_, stuck = trained(letters, plain, hidden=100)
    assert estimated(stuck.machine, letters)[0] < -10


@pytest.mark.parametrize("method", list(Method))
def test_every_method_climbs(method):
    first, *_, last = trained(SMALL, replace(QUICK, method=method, epochs=400, rate=0.5))
    assert last.measures.log_likelihood > first.measures.log_likelihood + 0.2
    assert last.measures.reconstruction_error < first.measures.reconstruction_error
    assert last.measures.pseudo_likelihood > first.measures.pseudo_likelihood
    assert (last.epoch, last.done, last.total, last.trouble) == (400, 1200, 1200, None)
    assert first.measures.exchange_rates is None  # no exchange was offered yet
    assert (last.measures.exchange_rates is None) == (method is not Method.PT)


def test_a_step_is_the_gradient_times_the_rate_less_decay_and_with_momentum():
    settings = Settings(
        Method.CD, epochs=2, batch=10, rate=0.3, last_rate=0.1, momentum=0.5, decay=0.25
    )
    start = begin(SMALL, 3, settings, np.random.default_rng(0))
    one = Trainer(SMALL, settings, start)
    one.advance(1)
    first = one.state(one.machine())
    np.testing.assert_allclose(
        first.velocity.weights, first.machine.weights - start.machine.weights
    )
    # The same draws without momentum and decay: what they added can be told.
    two = Trainer(SMALL, settings, first)
    two.advance(2)
    bare = Trainer(
        SMALL,
        replace(settings, momentum=0.0, decay=0.0),
        replace(first, velocity=Change(*(np.zeros_like(each) for each in parts(first.velocity)))),
    )
    bare.advance(2)
    added = two.machine().weights - bare.machine().weights
    expected = 0.5 * first.velocity.weights - 0.1 * 0.25 * first.machine.weights
    np.testing.assert_allclose(added, expected, atol=1e-12)


def parts(of):
    return of.weights, of.visible_bias, of.hidden_bias


def test_the_mean_step_is_the_exact_gradient():
    """Many chains, all at rest in the model's law: the step is the slope of the likelihood."""
    settings = Settings(
        Method.PCD, epochs=1, batch=10, chains=100_000, k=30, rate=1.0, last_rate=1.0, momentum=0.0
    )
    start = begin(SMALL, 3, settings, np.random.default_rng(3))
    rng = np.random.default_rng(4)
    machine = Machine(rng.normal(0, 1, (6, 3)), rng.normal(0, 1, 6), rng.normal(0, 1, 3))
    trainer = Trainer(SMALL, settings, replace(start, machine=machine))
    trainer.advance(1)
    moved = trainer.machine()
    direction = moved.weights - machine.weights, moved.visible_bias - machine.visible_bias
    # Along any one weight at fixed b', c' of the centred machine: only W, b and c move.
    small = 1e-4
    for visible, hidden in ((0, 0), (3, 2), (5, 1)):
        ends = []
        for sign in (1, -1):
            weights = machine.weights.copy()
            weights[visible, hidden] += sign * small
            b = machine.visible_bias.copy()
            b[visible] -= sign * small * start.hidden_offset[hidden]
            c = machine.hidden_bias.copy()
            c[hidden] -= sign * small * bits_of(SMALL).mean(axis=0)[visible]
            each = Machine(weights, b, c)
            ends.append(likelihood.log_likelihood(each, SMALL, likelihood.log_partition(each)))
        slope = (ends[0] - ends[1]) / (2 * small)
        assert direction[0][visible, hidden] == pytest.approx(slope, abs=0.01)


def test_the_rate_falls_by_equal_shares():
    settings = Settings(rate=0.8, last_rate=0.1)
    rates = [settings.rate_at(step, 4) for step in range(4)]
    np.testing.assert_allclose(rates, [0.8, 0.4, 0.2, 0.1])
    assert settings.rate_at(0, 1) == 0.8


# Its start


def test_it_starts_with_the_pictures_means_and_small_weights():
    start = begin(FOUR, 50, QUICK, np.random.default_rng(1))
    means = bits_of(FOUR).mean(axis=0)
    np.testing.assert_allclose(1 / (1 + np.exp(-start.machine.visible_bias)), means, rtol=1e-6)
    assert start.machine.weights.std() == pytest.approx(SPREAD, rel=0.1)
    assert not start.machine.hidden_bias.any()
    edge = FOUR.copy()
    edge[:, 0] = 1
    assert np.isfinite(begin(edge, 2, QUICK, np.random.default_rng(1)).machine.visible_bias).all()


@pytest.mark.parametrize("method", list(Method))
def test_chains_are_as_many_as_the_method_has(method):
    start = begin(SMALL, 2, replace(QUICK, method=method), np.random.default_rng(1))
    expected = {Method.CD: (1, 0, 6), Method.PCD: (1, 20, 6), Method.PT: (3, 20, 6)}
    assert start.chains.shape == expected[method]


# Its snapshots


@pytest.mark.parametrize("method", list(Method))
def test_any_state_can_be_gone_on_from_draw_for_draw(method):
    settings = replace(QUICK, method=method)
    whole = trained(SMALL, settings)
    middle = Trainer(SMALL, settings, whole[0].state)
    middle.advance(70)  # amid an epoch of three gradients
    state = middle.state(middle.machine())
    again = state_from(state.arrays(), state.step, json.loads(json.dumps(state.rng)))
    *_, last = train(SMALL, settings, again)
    assert same(last.machine, whole[-1].machine)
    np.testing.assert_array_equal(last.dreams, whole[-1].dreams)


def test_the_same_seed_is_the_same_training():
    assert same(trained(SMALL, QUICK)[-1].machine, trained(SMALL, QUICK)[-1].machine)
    assert not same(trained(SMALL, QUICK)[-1].machine, trained(SMALL, QUICK, 2)[-1].machine)


def test_the_learning_curve_has_a_point_every_so_many_epochs():
    snapshots = trained(SMALL, QUICK)
    epochs = sorted({snapshot.measures.epoch for snapshot in snapshots})
    assert epochs == [0, 10, 20, 30, 40, 50, 60]
    done = [snapshot.done for snapshot in snapshots]
    assert done == sorted(done)
    assert [snapshot.total for snapshot in snapshots] == [180] * len(snapshots)


def test_snapshots_are_values_that_later_ones_leave_alone():
    start = begin(SMALL, 5, QUICK, np.random.default_rng(1))
    steps = train(SMALL, QUICK, start)
    first = next(steps)
    before = [each.copy() for each in (*parts(first.machine), first.dreams, first.state.chains)]
    list(steps)
    after = (*parts(first.machine), first.dreams, first.state.chains)
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, other)


def test_free_energies_of_held_out_pictures_are_told_beside():
    held = SMALL[:2]
    *_, last = trained(SMALL[2:], QUICK, held=held)
    assert last.measures.free_energy_held == pytest.approx(
        last.machine.free_energy(bits_of(held)).mean()
    )
    assert last.measures.free_energy == pytest.approx(
        last.machine.free_energy(bits_of(SMALL[2:])).mean()
    )
    assert trained(SMALL, QUICK)[-1].measures.free_energy_held is None


def test_dreams_are_states_of_the_chains():
    *_, last = trained(SMALL, replace(QUICK, chains=7))
    assert last.dreams.shape == (7, 6)
    assert last.dreams.dtype == np.int8
    np.testing.assert_array_equal(bits_of(last.dreams), last.state.chains[-1])


def test_a_long_sum_is_made_at_the_end_in_steps():
    patterns = random_patterns(30, 40, 1)
    settings = Settings(epochs=2, batch=10, chains=5)
    snapshots = trained(patterns, settings, hidden=17)
    ends = [snapshot for snapshot in snapshots if snapshot.done == snapshot.total]
    assert len(ends) > 1
    assert ends[0].measures.log_likelihood is None
    exact = likelihood.log_partition(ends[-1].machine)
    expected = likelihood.log_likelihood(ends[-1].machine, patterns, exact)
    assert ends[-1].measures.log_likelihood == pytest.approx(expected)


def test_of_machines_too_large_no_exact_likelihood_is_told():
    patterns = random_patterns(10, 30, 1)
    *_, last = trained(patterns, Settings(epochs=1, batch=10, chains=5), hidden=30)
    assert last.measures.log_likelihood is None
    assert np.isfinite(last.measures.pseudo_likelihood)


# What it refuses


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("rate", [1e6, 1e30, 1e300])
def test_a_rate_that_is_too_high_is_said_and_the_last_good_machine_kept(method, rate):
    settings = replace(QUICK, method=method, rate=rate, last_rate=rate)
    snapshots = trained(SMALL, settings)
    last = snapshots[-1]
    assert str(last.trouble).startswith("Training diverged in epoch 1: the learning rate 1e+")
    assert last.done < last.total
    assert all(np.isfinite(part).all() for part in parts(last.machine))
    assert abs(last.machine.weights).max() < 1e4
    assert [snapshot.trouble for snapshot in snapshots[:-1]] == [None] * (len(snapshots) - 1)


def test_divergence_is_caught_at_its_first_step():
    settings = replace(QUICK, rate=0.05, last_rate=0.05)
    trainer = Trainer(SMALL, settings, begin(SMALL, 3, settings, np.random.default_rng(1)))
    trainer.advance(5)
    good = trainer.machine()
    trainer.settings = replace(settings, rate=1e300, last_rate=1e300)
    assert not trainer.advance(9)
    assert trainer.done == 5
    assert same(trainer.machine(), good)


@pytest.mark.parametrize(
    "patterns", [np.ones((1, 4), np.int8), np.ones((7, 4), np.int8), np.ones((0, 4), np.int8)]
)
def test_pictures_of_which_no_two_differ_are_refused(patterns):
    with pytest.raises(Refusal, match="at least two pictures that differ"):
        begin(patterns, 3, QUICK, np.random.default_rng(1))


def test_machines_without_hidden_units_or_too_large_are_refused_before_memory_is_taken():
    with pytest.raises(Refusal, match="at least one hidden unit"):
        begin(SMALL, 0, QUICK, np.random.default_rng(1))
    with pytest.raises(Refusal, match=r"10000000 hidden units would take 12\.5 GB"):
        begin(SMALL, 10**7, QUICK, np.random.default_rng(1))


@pytest.mark.parametrize("side", [2, 64, 200, 201, 256])
@pytest.mark.parametrize("pictures", [2, 300, 5000])
def test_what_is_proposed_fits_into_memory_on_every_grid(side, pictures):
    visible = side * side
    require_room(visible, hidden_units(visible), settings_for(pictures, visible))


@pytest.mark.parametrize(
    "wrong",
    [
        {"k": 0},
        {"epochs": 0},
        {"batch": 0},
        {"method": Method.PT, "temperatures": 1},
        {"rate": 0.0},
        {"last_rate": -1.0},
        {"momentum": 1.0},
        {"decay": -0.1},
    ],
)
def test_schedules_that_make_no_sense_are_refused(wrong):
    with pytest.raises(Refusal):
        Settings(**wrong)


def test_pictures_of_another_training_are_refused():
    start = begin(SMALL, 3, QUICK, np.random.default_rng(1))
    with pytest.raises(ValueError, match="do not belong"):
        train(FOUR, QUICK, start)
