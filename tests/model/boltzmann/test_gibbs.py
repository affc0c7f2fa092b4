"""Chains against the exact law: chi-square with fixed seeds, and a wrong law told from it."""

import numpy as np
import pytest
import rbm_reference as reference

from hopgui.model.boltzmann import gibbs
from hopgui.model.boltzmann.machine import Machine
from hopgui.model.boltzmann.tempering import exchanged, inverse_temperatures, tempered_step

CHAINS = 20_000


def last(machine, start, steps, seed=1, **more):
    *_, v = gibbs.sample(machine, start, steps, np.random.default_rng(seed), **more)
    return v


@pytest.mark.parametrize("temperature", [0.7, 1.0, 2.5])
def test_chains_come_to_the_exact_law(temperature):
    machine = reference.machine_of(5, 3, 2)
    v = last(machine, np.zeros((CHAINS, 5)), 100, temperature=temperature)
    assert reference.surprise(v, reference.chances(machine, temperature)) > 1e-3
    assert reference.surprise(v, reference.chances(machine, 1.25 * temperature)) < 1e-6


def test_pinned_units_stand_and_the_others_follow_the_law_given_them():
    machine = reference.machine_of(5, 3, 3)
    pinned = np.array([True, False, False, True, False])
    start = np.zeros((CHAINS, 5))
    start[:, 0] = 1
    v = last(machine, start, 100, pinned=pinned)
    assert (v[:, 0] == 1).all()
    assert (v[:, 3] == 0).all()
    states = np.array(reference.every(5))
    chance = reference.chances(machine) * ((states[:, 0] == 1) & (states[:, 3] == 0))
    free = v[:, ~pinned]
    given = chance[chance > 0] / chance.sum()
    order = np.argsort(reference.numbers(states[chance > 0][:, ~pinned]))
    assert reference.surprise(free, given[order]) > 1e-3


def test_cooling_ends_in_a_likely_state():
    machine = reference.machine_of(6, 4, 1, 2.0)
    v = last(machine, np.zeros((500, 6)), 200, temperature=10.0, cooling=0.9)
    states = np.array(reference.every(6))
    best = states[np.argmax(reference.chances(machine))]
    assert (v == best).all(axis=1).mean() > 0.5


def test_a_draw_is_one_as_often_as_it_should():
    bias = np.float32([-200, -3, 0, 3, 200])
    given, rows = np.zeros((100_000, 1), np.float32), np.ones((1, 5), np.float32)
    betas = np.ones(100_000, np.float32)
    v, inputs = gibbs.draw_side(rows, bias, given, betas, np.random.default_rng(1))
    np.testing.assert_array_equal(inputs[0], bias)
    expected = np.array([0, 1 / (1 + np.exp(3)), 0.5, 1 / (1 + np.exp(-3)), 1])
    np.testing.assert_allclose(v.mean(axis=0), expected, atol=5e-3)
    assert v[:, 4].all()
    assert v.dtype == np.float32


def test_mean_field_finds_the_fixed_point_and_lets_pinned_units_be():
    machine = reference.machine_of(5, 3, 1, 0.5)
    v = gibbs.mean_field(machine, np.full(5, 0.5))
    np.testing.assert_allclose(machine.reconstruction(v), v, atol=1e-8)
    pinned = np.array([True, False, True, False, False])
    held = gibbs.mean_field(machine, np.array([1.0, 0, 0, 1, 0]), pinned=pinned)
    assert held[0] == 1
    assert held[2] == 0
    np.testing.assert_allclose(machine.reconstruction(held)[~pinned], held[~pinned], atol=1e-8)


def test_mean_field_of_weak_weights_is_the_mean():
    machine = reference.machine_of(4, 3, 1, 0.1)
    states, chance = np.array(reference.every(4)), reference.chances(machine)
    np.testing.assert_allclose(
        gibbs.mean_field(machine, np.full(4, 0.5)), chance @ states, atol=2e-3
    )


# Tempering


def two_valleys() -> Machine:
    """All units on, or all off: a plain chain stays where it is for ages."""
    return Machine(np.full((4, 3), 8.0), np.full(4, -12.0), np.full(3, -16.0))


def test_tempered_chains_come_to_the_exact_law_where_plain_ones_are_stuck():
    machine = two_valleys()
    chance = reference.chances(machine)
    assert chance[0] == pytest.approx(chance[-1])
    assert chance[0] > 0.49
    stuck = last(machine, np.zeros((2000, 4)), 200)
    assert stuck.mean() < 0.1
    betas, rng = inverse_temperatures(8), np.random.default_rng(1)
    v = np.zeros((8, 2000, 4), np.float32)
    at = gibbs.single_of(machine)
    for _ in range(200):
        v, made = tempered_step(at, v, betas, rng)
    assert made.min() > 20
    assert reference.surprise(v[-1], chance) > 1e-3


def test_every_temperature_keeps_its_own_law():
    machine = reference.machine_of(4, 3, 6)
    betas, rng = inverse_temperatures(4), np.random.default_rng(2)
    v = np.zeros((4, CHAINS, 4), np.float32)
    at = gibbs.single_of(machine)
    for _ in range(100):
        v, _ = tempered_step(at, v, betas, rng)
    for place in (1, 2, 3):
        temperature = 1 / float(betas[place])
        assert reference.surprise(v[place], reference.chances(machine, temperature)) > 1e-3
    assert reference.surprise(v[0], np.full(16, 1 / 16)) > 1e-3


def test_exchanges_happen_as_often_as_the_energies_say():
    energies = np.repeat(np.float32([[1.0], [3.0], [2.0]]), CHAINS, axis=1)
    betas = np.float32([0.0, 0.5, 1.0])
    places, made = exchanged(energies, betas, np.random.default_rng(1))
    # The hotter of the first two has the lower energy: (β_b − β_a)(E_b − E_a) = 1, always.
    assert made[0] == CHAINS
    # Then 1.0 stands in the middle against 2.0: (1 − 0.5)(2 − 1) > 0, always.
    assert made[1] == CHAINS
    assert places[:, 0].tolist() == [1, 2, 0]
    uphill = energies[::-1].copy()
    _, made = exchanged(uphill[:2], betas[:2], np.random.default_rng(1))
    assert made[0] == CHAINS  # 2 at the hot place sinks below 3
    _, made = exchanged(uphill[[1, 0]], betas[[0, 2]], np.random.default_rng(1))
    assert made[0] / CHAINS == pytest.approx(np.exp(-1), abs=0.02)
