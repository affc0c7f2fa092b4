"""The gradient, against finite differences of the exact likelihood and sums over all states."""

import numpy as np
import pytest
import rbm_reference as reference
from cases import random_patterns

from hopgui.model.boltzmann.gradient import Means, centred, means_of
from hopgui.model.boltzmann.likelihood import log_likelihood, log_partition
from hopgui.model.boltzmann.machine import Machine, bits_of


def exact_means(machine: Machine) -> Means:
    """Means under the model, summed over all states."""
    products = np.zeros(machine.weights.shape)
    v_mean, h_mean = np.zeros(machine.visible), np.zeros(machine.hidden)
    for v, h, chance in reference.joint(machine):
        products += chance * np.multiply.outer(v, h)
        v_mean += chance * np.array(v)
        h_mean += chance * np.array(h)
    return Means(products, v_mean, h_mean)


def likelihood_of(numbers: np.ndarray, patterns: np.ndarray, hidden: int) -> float:
    visible = patterns.shape[1]
    weights, biases = np.split(numbers, [visible * hidden])
    machine = Machine(
        weights.reshape(visible, hidden).copy(), biases[:visible].copy(), biases[visible:].copy()
    )
    return log_likelihood(machine, patterns, log_partition(machine))


def slopes(machine: Machine, patterns: np.ndarray) -> np.ndarray:
    """Finite differences of the mean log-likelihood in every number of the machine."""
    numbers = np.concatenate([machine.weights.ravel(), machine.visible_bias, machine.hidden_bias])
    steps = 1e-5 * np.eye(numbers.size)
    return (
        np.array(
            [
                likelihood_of(numbers + step, patterns, machine.hidden)
                - likelihood_of(numbers - step, patterns, machine.hidden)
                for step in steps
            ]
        )
        / 2e-5
    )


def test_without_offsets_it_is_the_slope_of_the_likelihood():
    machine, patterns = reference.machine_of(4, 3), random_patterns(5, 4, 1)
    v = bits_of(patterns)
    data = means_of(v, machine.hidden_mean(v))
    plain = centred(data, exact_means(machine), np.zeros(4), np.zeros(3))
    told = np.concatenate([plain.weights.ravel(), plain.visible_bias, plain.hidden_bias])
    np.testing.assert_allclose(told, slopes(machine, patterns), atol=1e-8)


def test_with_offsets_it_is_the_slope_of_the_centred_machine():
    """E = −b'·(v − μ) − c'·(h − λ) − (v − μ)ᵀW(h − λ): the chain rule by finite differences."""
    machine, patterns = reference.machine_of(4, 3, 5), random_patterns(5, 4, 2)
    mu, lam = np.array([0.2, 0.9, 0.5, 0.4]), np.array([0.7, 0.1, 0.5])
    v = bits_of(patterns)
    data = means_of(v, machine.hidden_mean(v))
    told = centred(data, exact_means(machine), mu, lam)
    flat = slopes(machine, patterns)
    weights, b, c = flat[:12].reshape(4, 3), flat[12:16], flat[16:]
    # b = b' − Wλ and c = c' − Wᵀμ, so W' moves them too.
    moved = weights - np.multiply.outer(b, lam) - np.multiply.outer(mu, c)
    np.testing.assert_allclose(told.weights, moved, atol=1e-8)
    np.testing.assert_allclose(told.visible_bias, b - moved @ lam, atol=1e-8)
    np.testing.assert_allclose(told.hidden_bias, c - moved.T @ mu, atol=1e-8)


def test_it_is_uphill_and_nothing_at_the_top():
    machine, patterns = reference.machine_of(4, 3, 2), random_patterns(5, 4, 3)
    v = bits_of(patterns)
    data = means_of(v, machine.hidden_mean(v))
    told = centred(data, exact_means(machine), v.mean(axis=0), np.full(3, 0.5))
    further = Machine(
        machine.weights + 0.01 * told.weights,
        machine.visible_bias + 0.01 * told.visible_bias,
        machine.hidden_bias + 0.01 * told.hidden_bias,
    )
    gained = [log_likelihood(each, patterns, log_partition(each)) for each in (machine, further)]
    assert gained[1] > gained[0]
    same = centred(data, data, v.mean(axis=0), np.full(3, 0.5))
    assert not same.weights.any()
    assert not same.visible_bias.any()


def test_turning_a_unit_round_turns_the_step_round():
    """What centring is for: the step does not depend on which value of a unit is called 1."""
    machine, patterns = reference.machine_of(4, 3, 4), random_patterns(6, 4, 4)
    turned = patterns.copy()
    turned[:, 1] *= -1
    weights, b = machine.weights.copy(), machine.visible_bias.copy()
    c = machine.hidden_bias + weights[1]
    weights[1], b[1] = -weights[1], -b[1]
    other = Machine(weights, b, c)
    steps = []
    for each, pictures in ((machine, patterns), (other, turned)):
        v = bits_of(pictures)
        data = means_of(v, each.hidden_mean(v))
        steps.append(centred(data, exact_means(each), v.mean(axis=0), np.full(3, 0.4)))
    sign = np.array([1, -1, 1, 1])
    np.testing.assert_allclose(steps[1].weights, steps[0].weights * sign[:, None], atol=1e-6)
    np.testing.assert_allclose(steps[1].visible_bias, steps[0].visible_bias * sign, atol=1e-6)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_means_are_in_double_precision(kind):
    found = means_of(np.ones((3, 2), kind), np.ones((3, 4), kind))
    assert found.products.dtype == found.v.dtype == found.h.dtype == np.float64
