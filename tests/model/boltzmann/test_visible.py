"""The fully visible machine, against sums over all states and the exact optimum."""

import numpy as np
import pytest
import rbm_reference as reference
from cases import random_patterns
from kinds import network_of
from scipy.linalg import hadamard
from scipy.special import logsumexp
from visible_reference import all_states, machine_of, slow_law

from hopgui.model.boltzmann import visible
from hopgui.model.boltzmann.visible import VisibleMachine
from hopgui.model.boltzmann.walsh import number_of, walsh
from hopgui.model.choices import Trouble
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.refusal import Refusal


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


def test_pinned_units_are_not_asked_and_the_others_have_the_law_given_them():
    machine = machine_of(scale=0.8)
    pinned = np.array([True, False, False, True, False])
    x = np.ones((20_000, 5), np.int8)
    x[:, 3] = -1
    rng = np.random.default_rng(3)
    for _ in range(40):
        machine.sweep(x, rng, pinned)
    assert (x[:, 0] == 1).all()
    assert (x[:, 3] == -1).all()
    law, _ = slow_law(machine)
    states = all_states(5)
    given = np.where((states[:, 0] == 1) & (states[:, 3] == -1), law, 0.0)
    assert reference.surprise(-x, given / given.sum()) > 1e-3


@pytest.mark.parametrize("conventions", [ARTICLE, TEXTBOOK])
@pytest.mark.parametrize("kind", ["hebb", "projection", "storkey"])
def test_a_hopfield_network_is_a_start_with_the_same_law(conventions, kind):
    network = network_of(kind, random_patterns(3, 6, 1), conventions)
    law, _ = visible.exact_law(visible.from_network(network, 3.0))
    energies = np.array([network.energy(state) for state in all_states(6)])
    np.testing.assert_allclose(law, np.exp(-energies / 3.0 - logsumexp(-energies / 3.0)))


def test_too_many_units_are_refused():
    with pytest.raises(Refusal, match="21 units cannot be summed: the most is 20"):
        visible.exact_law(VisibleMachine(np.zeros((21, 21)), np.zeros(21)))


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


def test_hebbs_network_melts_where_its_strongest_mode_does():
    # One memory alone, or several that are nothing alike, melt at 1.
    assert visible.melting_temperature(random_patterns(1, 30, 1)) == 1.0
    assert visible.melting_temperature(np.empty((0, 9), np.int8)) == 1.0
    # Of a memory stored k times, k memories' couplings.
    again = np.repeat(random_patterns(1, 400, 2), 5, axis=0)
    assert visible.melting_temperature(again) == pytest.approx(5, rel=0.01)
    patterns = random_patterns(40, 25, 3)
    couplings = patterns.T.astype(float) @ patterns / 25
    np.fill_diagonal(couplings, 0)
    expected = np.linalg.eigvalsh(couplings)[-1]
    assert visible.melting_temperature(patterns) == pytest.approx(expected)


def test_means_given_means_are_at_rest():
    machine = machine_of(6, 3, 0.8)
    pinned = np.array([True, False, False, False, False, True])
    x = random_patterns(1, 6, 4)[0]
    means = visible.mean_field(machine, x, pinned)
    expected = np.tanh(machine.bias + machine.couplings @ means)
    np.testing.assert_allclose(means[~pinned], expected[~pinned], atol=1e-5)
    assert (means[pinned] == x[pinned]).all()


def test_means_of_weak_couplings_are_nearly_exact():
    machine = machine_of(5, 2, 0.03)
    law, _ = visible.exact_law(machine)
    exact = visible.exact_moments(law).single
    np.testing.assert_allclose(visible.mean_field(machine, np.ones(5, np.int8)), exact, atol=1e-3)
