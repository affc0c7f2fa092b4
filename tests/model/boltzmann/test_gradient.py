"""The gradient, against finite differences of the exact likelihood and sums over all states."""

from typing import NamedTuple

import numpy as np
import pytest
import rbm_reference as reference
from cases import random_patterns

from hopgui.model.boltzmann import gibbs
from hopgui.model.boltzmann.likelihood import log_likelihood, log_partition
from hopgui.model.boltzmann.machine import Machine, bits_of
from hopgui.model.kernels import machine as kernels


class Means(NamedTuple):
    """⟨v hᵀ⟩, ⟨v⟩ and ⟨h⟩."""

    products: np.ndarray
    v: np.ndarray
    h: np.ndarray


def means_of(v, h) -> Means:
    return Means(v.T @ h / len(v), v.mean(axis=0, dtype=np.float64), h.mean(axis=0))


def blank(machine: Machine) -> kernels.Parts:
    return kernels.Parts(
        np.zeros(machine.weights.shape), np.zeros(machine.visible), np.zeros(machine.hidden)
    )


def centred(data: Means, model: Means, mu, lam) -> kernels.Parts:
    """The program's gradient: the change by a step of rate 1, sums of one sample being means."""
    machine = data_machine(data)
    start, new, moved = blank(machine), blank(machine), blank(machine)
    pace = kernels.Pace(1.0, 0.0, 0.0, 1e4, 0.0)
    offsets = (np.array(mu, np.float64), np.array(lam, np.float64))
    lack = lack_of(data, model)
    single = gibbs.single_of(machine)
    assert kernels.follow(start, start, lack, offsets, pace, new, moved, single)
    return moved


def lack_of(data: Means, model: Means) -> kernels.Lack:
    pairs = zip(data, model, strict=True)
    return kernels.Lack(*((one - other).astype(np.float32) for one, other in pairs))


def data_machine(data: Means) -> Machine:
    return Machine(np.zeros(data.products.shape), np.zeros(data.v.size), np.zeros(data.h.size))


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
    np.testing.assert_allclose(told, slopes(machine, patterns), atol=1e-6)


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
    np.testing.assert_allclose(told.weights, moved, atol=1e-6)
    np.testing.assert_allclose(told.visible_bias, b - moved @ lam, atol=1e-6)
    np.testing.assert_allclose(told.hidden_bias, c - moved.T @ mu, atol=1e-6)


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


def test_what_the_model_lacks_is_a_difference_of_plain_means():
    machine = reference.machine_of(7, 5, 1, 3.0)
    rng = np.random.default_rng(1)
    data, model = ((rng.random((count, 7)) < 0.4).astype(np.float32) for count in (40, 30))
    data[0], model[0] = 0, 1
    lack = kernels.Lack(*(np.zeros(shape, np.float32) for shape in ((7, 5), 7, 5)))
    single = gibbs.single_of(machine)
    kernels.add_means(single, data, np.float32(1 / 40), lack)
    kernels.add_means(single, model, np.float32(-1 / 30), lack)
    means = (means_of(v, machine.hidden_mean(v.astype(np.float64))) for v in (data, model))
    for found, expected in zip(lack, lack_of(*means), strict=True):
        np.testing.assert_allclose(found, expected, atol=2e-6)


@pytest.mark.parametrize("units", [1, 3, 4, 5, 9])
def test_what_reaches_the_other_side_is_a_product_of_matrices(units):
    rng = np.random.default_rng(units)
    rows = rng.normal(size=(units, 6)).astype(np.float32)
    bias = rng.normal(size=6).astype(np.float32)
    for bits in reference.every(units):
        inputs, on = np.empty(6, np.float32), np.empty(units + 1, np.int32)
        count = kernels.reach(rows, bias, np.array(bits, np.float32), inputs, on)
        np.testing.assert_allclose(inputs, np.array(bits) @ rows + bias, atol=1e-5)
        assert on[:count].tolist() == np.flatnonzero(bits).tolist()


def test_powers_of_two_at_their_ends():
    powers = np.linspace(-126, 126, 9999, dtype=np.float32)
    found = np.array([kernels.exp2(power) for power in powers])
    np.testing.assert_allclose(found, np.exp2(powers.astype(np.float64)), rtol=5e-7)
    assert kernels.exp2(np.float32(1e30)) == kernels.exp2(np.float32(126))


def test_a_step_is_the_rate_times_the_gradient_less_decay_with_momentum():
    machine = reference.machine_of(3, 2, 1)
    old = kernels.Parts(
        machine.weights.copy(), machine.visible_bias.copy(), machine.hidden_bias.copy()
    )
    last = kernels.Parts(*(part + 1 for part in old))
    rng = np.random.default_rng(2)
    data, model = (
        Means(rng.random((3, 2)).astype(np.float32), rng.random(3), rng.random(2)) for _ in range(2)
    )
    mu, lam = rng.random(3), rng.random(2)
    plain = centred(data, model, mu, lam)
    new, moved = blank(machine), blank(machine)
    pace = kernels.Pace(0.3, 0.5, 0.1, 1e4, 0.0)
    single = gibbs.single_of(machine)
    lack = lack_of(data, model)
    assert kernels.follow(old, last, lack, (mu, lam), pace, new, moved, single)
    np.testing.assert_array_equal(single.weights, new.weights.astype(np.float32))
    np.testing.assert_array_equal(single.back, single.weights.T)
    np.testing.assert_array_equal(single.visible_bias, new.visible_bias.astype(np.float32))
    np.testing.assert_array_equal(single.hidden_bias, new.hidden_bias.astype(np.float32))
    np.testing.assert_allclose(
        moved.weights, 0.5 * last.weights + 0.3 * (plain.weights - 0.1 * old.weights), rtol=1e-6
    )
    for place in (1, 2):
        expected = 0.5 * last[place] + 0.3 * plain[place]
        np.testing.assert_allclose(moved[place], expected, rtol=1e-6)
    for place in range(3):
        np.testing.assert_allclose(new[place], old[place] + moved[place])


def test_one_bad_number_anywhere_is_told():
    machine = reference.machine_of(3, 2, 1)
    lack = kernels.Lack(*(np.zeros(shape, np.float32) for shape in ((3, 2), 3, 2)))
    offsets, single = (np.zeros(3), np.zeros(2)), gibbs.single_of(machine)
    for place, where in ((0, (2, 1)), (1, (0,)), (2, (1,))):
        for number in (np.nan, np.inf, 1e4):
            old = blank(machine)
            old[place][where] = number
            pace = kernels.Pace(1.0, 0.0, 0.0, 1e4, 0.0)
            rest = (lack, offsets, pace, blank(machine), blank(machine), single)
            assert not kernels.follow(old, blank(machine), *rest)
