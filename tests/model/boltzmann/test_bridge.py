"""The Hopfield network as a machine with Gaussian hidden units: the same statistics."""

import numpy as np
import pytest
import rbm_reference as reference
from cases import bits, random_patterns
from kinds import PAIRWISE, begin, loaded, network_of
from scipy.integrate import quad
from scipy.stats import chi2_contingency

from hopgui.model.boltzmann import bridge
from hopgui.model.choices import Trouble
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.couplings import hebbian
from hopgui.model.network import Network
from hopgui.refusal import Refusal

PATTERNS = random_patterns(3, 6, 4)
CHAINS = 20_000
PRESETS = {"article": ARTICLE, "textbook": TEXTBOOK}
# T_article = 2 (N/P) T_textbook: the same heat under both (model.md).
HEAT = {"article": 2 * (6 / 3) * 1.6, "textbook": 1.6}


def chains(machine, steps=150, seed=1):
    start = np.ones((CHAINS, machine.visible), np.int8)
    *_, x = bridge.sample(machine, start, steps, np.random.default_rng(seed))
    return x


def boltzmann(network, temperature):
    energies = np.array([network.energy(bits(n, network.units)) for n in range(2**network.units)])
    shares = np.exp(-(energies - energies.min()) / temperature)
    return shares / shares.sum()


@pytest.mark.parametrize("preset", PRESETS)
def test_block_sampling_has_the_law_of_the_network(preset):
    network = Network(PATTERNS, PRESETS[preset])
    x = chains(bridge.gaussian_machine(network, HEAT[preset]))
    assert reference.surprise(x, boltzmann(network, HEAT[preset])) > 1e-3
    assert reference.surprise(x, boltzmann(network, 1.1 * HEAT[preset])) < 1e-6


@pytest.mark.parametrize("preset", PRESETS)
def test_block_sampling_counts_as_glauber_does(preset):
    network = Network(PATTERNS, PRESETS[preset])
    run = begin(network, np.ones(6, np.int8), temperature=HEAT[preset])
    visited = np.empty((CHAINS, 6), np.int8)
    for row in visited:
        run.advance(36)
        row[:] = run.state
    counts = [
        np.bincount(reference.numbers(each), minlength=64)
        for each in (visited, chains(bridge.gaussian_machine(network, HEAT[preset])))
    ]
    table = np.array(counts)
    assert chi2_contingency(table[:, table.sum(axis=0) >= 10]).pvalue > 1e-3


def test_both_conventions_are_one_machine_at_the_same_heat():
    one, other = (
        bridge.gaussian_machine(Network(PATTERNS, PRESETS[name]), HEAT[name]) for name in PRESETS
    )
    np.testing.assert_allclose(one.weights, other.weights)
    # √(β/N) of the formula.
    np.testing.assert_allclose(other.weights, np.sqrt(1 / (1.6 * 6)) * PATTERNS.T)


def test_memories_stored_more_than_once_count_as_often():
    counts = np.array([1, 3, 2])
    network = Network(PATTERNS, TEXTBOOK, hebbian(PATTERNS, counts))
    machine = bridge.gaussian_machine(network, 3.0)
    expected = boltzmann(network, 3.0)
    free = np.array([machine.free_energy(bits(number, 6)) for number in range(64)])
    shares = np.exp(-(free - free.min()))
    np.testing.assert_allclose(shares / shares.sum(), expected)
    assert reference.surprise(chains(machine), expected) > 1e-3


def test_integrating_the_hidden_unit_out_gives_the_free_energy():
    machine = bridge.gaussian_machine(Network(PATTERNS[:1], TEXTBOOK), 0.7)
    for number in (0, 9, 63):
        x = bits(number, 6)
        total = quad(lambda z, x=x: np.exp(-machine.energy(x, np.array([z]))), -30, 30)[0]
        expected = -np.log(total / np.sqrt(2 * np.pi))
        assert machine.free_energy(x) == pytest.approx(expected)


def test_its_couplings_are_the_networks_over_the_temperature():
    network = Network(PATTERNS, TEXTBOOK)
    found = bridge.gaussian_machine(network, 0.5).couplings()
    expected = np.array([network.couplings_of(unit) for unit in range(6)]) / 0.5
    np.fill_diagonal(found, 0)  # the textbook has no self-connections
    np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize("kind", [kind for kind in PAIRWISE if kind != "hebb"] + ["cubic"])
def test_other_networks_are_refused(kind):
    patterns, _ = loaded()
    with pytest.raises(Refusal, match="Only Hebb's network"):
        bridge.gaussian_machine(network_of(kind, patterns), 1.0)


def test_so_are_troubled_ones_and_no_temperature():
    with pytest.raises(Refusal, match="Only Hebb's network"):
        bridge.gaussian_machine(Network(PATTERNS, trouble=Trouble(negative_own=True)), 1.0)
    with pytest.raises(Refusal, match="above 0"):
        bridge.gaussian_machine(Network(PATTERNS), 0.0)
