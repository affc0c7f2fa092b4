"""The fully visible machine, against sums over all states and the exact optimum."""

import numpy as np
import pytest
import rbm_reference as reference
from cases import bits, random_patterns
from kinds import network_of
from scipy.linalg import hadamard
from scipy.optimize import minimize
from scipy.special import logsumexp

from hopgui.model.boltzmann import visible
from hopgui.model.boltzmann.visible import VisibleMachine
from hopgui.model.boltzmann.walsh import number_of, walsh
from hopgui.model.choices import Trouble
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.refusal import Refusal


def machine_of(units=5, seed=1, scale=0.5):
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.normal(0, scale, (units, units)), 1)
    return VisibleMachine(upper + upper.T, rng.normal(0, scale, units))


def all_states(units):
    """Every state, in the order of the law: number 0 is all +1."""
    return np.array([-bits(number, units) for number in range(2**units)])


def slow_law(machine):
    states = all_states(machine.units).tolist()
    j, b = machine.couplings.tolist(), machine.bias.tolist()
    units = range(machine.units)
    logs = [
        sum(j[i][k] * x[i] * x[k] for i in units for k in range(i))
        + sum(b[i] * x[i] for i in units)
        for x in states
    ]
    return np.exp(np.array(logs) - logsumexp(logs)), float(logsumexp(logs))


@pytest.mark.parametrize("units", [0, 1, 4, 7])
def test_the_transform_is_hadamards(units):
    values = np.random.default_rng(1).normal(size=2**units)
    np.testing.assert_allclose(walsh(values), hadamard(2**units) @ values, atol=1e-12)


def test_numbers_name_states():
    states = all_states(5)
    np.testing.assert_array_equal(number_of(states), np.arange(32))


def test_the_law_and_its_moments_are_sums_over_all_states():
    machine = machine_of()
    law, log_z = visible.exact_law(machine)
    expected, expected_log_z = slow_law(machine)
    np.testing.assert_allclose(law, expected)
    assert log_z == pytest.approx(expected_log_z)
    states = all_states(5)
    moments = visible.exact_moments(law)
    np.testing.assert_allclose(moments.single, law @ states)
    np.testing.assert_allclose(moments.pairs, (states.T * law) @ states)
    np.testing.assert_allclose(np.exp(-machine.energy(states) - log_z), law)


def test_sweeps_have_the_exact_law():
    machine = machine_of(scale=0.8)
    x = np.ones((20_000, 5), np.int8)
    rng = np.random.default_rng(2)
    for _ in range(40):
        machine.sweep(x, rng)
    law, _ = visible.exact_law(machine)
    assert reference.surprise(-x, law) > 1e-3
    hotter = VisibleMachine(machine.couplings / 1.2, machine.bias / 1.2)
    assert reference.surprise(-x, visible.exact_law(hotter)[0]) < 1e-6


@pytest.mark.parametrize("conventions", [ARTICLE, TEXTBOOK])
@pytest.mark.parametrize("kind", ["hebb", "projection", "storkey"])
def test_a_hopfield_network_is_a_start_with_the_same_law(conventions, kind):
    network = network_of(kind, random_patterns(3, 6, 1), conventions)
    law, _ = visible.exact_law(visible.from_network(network, 3.0))
    energies = np.array([network.energy(state) for state in all_states(6)])
    np.testing.assert_allclose(law, np.exp(-energies / 3.0 - logsumexp(-energies / 3.0)))


def test_learning_reaches_the_best_of_all_pairwise_laws():
    patterns = random_patterns(40, 4, 3)
    start = visible.from_network(Network(patterns[:2], TEXTBOOK), 1.0)
    *_, last = visible.learn_exactly(patterns, start, steps=2000)
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
    nothing = VisibleMachine(np.zeros((3, 3)), np.zeros(3))
    steps = list(visible.learn_exactly(patterns, nothing, steps=300))
    assert len(steps) == 301
    assert steps[0].log_likelihood == pytest.approx(-3 * np.log(2))
    assert -np.log(2) - 0.01 < steps[-1].log_likelihood < -np.log(2)
    assert np.isfinite(steps[-1].machine.couplings).all()
    assert (steps[-1].machine.couplings.diagonal() == 0).all()


def test_learning_by_sampling_comes_to_the_same_machine():
    patterns = random_patterns(60, 6, 5)
    nothing = VisibleMachine(np.zeros((6, 6)), np.zeros(6))
    *_, exact = visible.learn_exactly(patterns, nothing, steps=2000)
    rng = np.random.default_rng(1)
    *_, sampled = visible.learn_by_sampling(patterns, nothing, rng, steps=3000, chains=1000)
    np.testing.assert_allclose(sampled.machine.couplings, exact.machine.couplings, atol=0.05)
    np.testing.assert_allclose(sampled.machine.bias, exact.machine.bias, atol=0.05)


def test_too_many_units_and_too_few_pictures_are_refused():
    with pytest.raises(Refusal, match="21 units cannot be summed: the most is 20"):
        visible.exact_law(VisibleMachine(np.zeros((21, 21)), np.zeros(21)))
    nothing = VisibleMachine(np.zeros((3, 3)), np.zeros(3))
    with pytest.raises(Refusal, match="two pictures that differ"):
        next(visible.learn_exactly(np.ones((2, 3), np.int8), nothing))


def test_networks_without_symmetric_couplings_are_refused():
    patterns = random_patterns(3, 6, 1)
    with pytest.raises(Refusal, match="symmetric"):
        visible.from_network(network_of("cubic", patterns), 1.0)
    with pytest.raises(Refusal, match="symmetric"):
        visible.from_network(network_of("hebb", patterns, trouble=Trouble(one_way=True)), 1.0)
    with pytest.raises(Refusal, match="above 0"):
        visible.from_network(Network(patterns), 0.0)


def test_twenty_units_are_summed():
    patterns = random_patterns(3, 20, 1)
    machine = visible.from_network(Network(patterns, TEXTBOOK), 1.0)
    law, _ = visible.exact_law(machine)
    assert law.sum() == pytest.approx(1)
    assert law.argmax() in set(number_of(np.concatenate([patterns, -patterns])).tolist())
