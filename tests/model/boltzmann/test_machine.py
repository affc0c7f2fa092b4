"""Energies, free energies and means, against sums over all states."""

import numpy as np
import pytest
import rbm_reference as reference
from cases import law, seeds
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from hopgui.model.boltzmann.machine import Machine, bits_of, pattern_of
from hopgui.model.boltzmann.softplus import log_logistic, logistic, softplus_sum

sizes = st.integers(1, 4)


@law
@given(sizes, sizes, seeds, st.sampled_from([0.1, 1.0, 5.0]))
def test_energies_and_free_energies_are_those_of_the_definition(visible, hidden, seed, scale):
    machine = reference.machine_of(visible, hidden, seed, scale)
    for v in reference.every(visible):
        for h in reference.every(hidden):
            expected = reference.energy(machine, v, h)
            assert machine.energy(np.array(v), np.array(h)) == pytest.approx(expected, abs=1e-9)
        expected = reference.free_energy(machine, v)
        assert machine.free_energy(np.array(v)) == pytest.approx(expected, abs=1e-9)


def test_rows_of_states_give_rows_of_numbers():
    machine = reference.machine_of(3, 2)
    v, h = np.array(reference.every(3)), np.array([[1, 0]] * 8)
    assert machine.energy(v, h).shape == (8,)
    assert machine.energy(v, h)[5] == machine.energy(v[5], h[5])
    np.testing.assert_array_equal(machine.free_energy(v)[3], machine.free_energy(v[3]))


def test_means_are_those_of_the_joint_law():
    machine = reference.machine_of(3, 4)
    for v in reference.every(3):
        weights = [np.exp(-reference.energy(machine, v, h)) for h in reference.every(4)]
        expected = np.average(reference.every(4), axis=0, weights=weights)
        np.testing.assert_allclose(machine.hidden_mean(np.array(v)), expected)
    for h in reference.every(4):
        weights = [np.exp(-reference.energy(machine, v, h)) for v in reference.every(3)]
        expected = np.average(reference.every(3), axis=0, weights=weights)
        np.testing.assert_allclose(machine.visible_mean(np.array(h)), expected)


def test_once_there_and_back():
    machine = reference.machine_of(3, 2)
    v = np.array([[1.0, 0, 1]])
    h = expit(v @ machine.weights + machine.hidden_bias)
    np.testing.assert_allclose(
        machine.reconstruction(v), expit(h @ machine.weights.T + machine.visible_bias)
    )


def test_its_two_sides_are_alike():
    machine = reference.machine_of(3, 2)
    v, h = np.array([1, 1, 0]), np.array([0, 1])
    other = machine.transposed
    assert other.energy(h, v) == pytest.approx(machine.energy(v, h))
    assert (other.visible, other.hidden) == (2, 3)


def test_the_pad_and_the_machine_name_the_same_units():
    patterns = np.array([[1, -1], [-1, 1]], np.int8)
    assert bits_of(patterns).tolist() == [[1, 0], [0, 1]]
    np.testing.assert_array_equal(pattern_of(bits_of(patterns)), patterns)
    assert pattern_of(bits_of(patterns)).dtype == np.int8


def test_shapes_that_do_not_fit_and_numbers_that_are_none_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        Machine(np.zeros((2, 3)), np.zeros(3), np.zeros(2))
    with pytest.raises(ValueError, match="not a finite number"):
        Machine(np.array([[np.nan]]), np.zeros(1), np.zeros(1))


def test_a_machine_cannot_be_written_to():
    machine = reference.machine_of(2, 2)
    with pytest.raises(ValueError, match="read-only"):
        machine.weights[0, 0] = 1


@pytest.mark.parametrize("width", [1, 999, 1000, 1001, 5000])
def test_sums_of_softplus_neither_overflow_nor_lose(width):
    rng = np.random.default_rng(width)
    inputs = rng.normal(0, 300, (3, width))
    inputs[0] = 0
    expected = np.logaddexp(0, inputs).sum(axis=1)
    np.testing.assert_allclose(softplus_sum(inputs), expected, rtol=1e-12)
    assert softplus_sum(np.full((1, 1), -800.0)) == 0
    assert softplus_sum(np.full((1, 1), -30.0)) == pytest.approx(np.exp(-30), rel=1e-2)


def test_logistic_at_its_ends():
    inputs = np.array([-800.0, -40, -1, 0, 1, 40, 800])
    np.testing.assert_allclose(logistic(inputs), expit(inputs), rtol=1e-14, atol=0)
    np.testing.assert_allclose(log_logistic(inputs), -np.logaddexp(0, -inputs), rtol=1e-14)
