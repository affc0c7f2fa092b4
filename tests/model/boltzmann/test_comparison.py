"""The two samplers of one law, against that law."""

import numpy as np
import pytest

from hopgui.model.boltzmann.comparison import compare
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.model.patterns import random_pattern
from hopgui.refusal import Refusal


def network_of(conventions, units=10):
    rng = np.random.default_rng(1)
    return Network(np.stack([random_pattern(units, rng) for _ in range(2)]), conventions)


def exactly(network, temperature):
    """Mean energy and mean largest |overlap| under e^(−E/T), over all states."""
    codes = np.arange(2**network.units)[:, None] >> np.arange(network.units) & 1
    states = (2 * codes - 1).astype(np.int8)
    energies = np.array([network.energy(state) for state in states])
    chances = np.exp(-(energies - energies.min()) / temperature)
    chances /= chances.sum()
    overlaps = np.abs(states.astype(int) @ network.patterns.T.astype(int)).max(axis=1)
    return chances @ energies, chances @ (overlaps / network.units)


@pytest.mark.parametrize(("conventions", "temperature"), [(ARTICLE, 6.0), (TEXTBOOK, 0.8)])
def test_both_samplers_have_the_law_of_the_network(conventions, temperature):
    network = network_of(conventions)
    rng = np.random.default_rng(3)
    *_, last = compare(network, temperature, rng, chains=200, sweeps=150)
    energy, overlap = exactly(network, temperature)
    for found in last.energies:
        assert abs(found.value - energy) < 4 * found.error
        assert found.error < 0.05 * abs(energy)
    for found in last.overlaps:
        assert abs(found.value - overlap) < 4 * found.error


def test_it_says_how_far_it_is():
    values = list(compare(network_of(TEXTBOOK), 0.5, np.random.default_rng(0), chains=4, sweeps=6))
    assert [value.done for value in values] == [1, 2, 3, 4, 5, 6]
    assert [value.unit_by_unit.size for value in values] == [1, 2, 3, 4, 5, 6]
    assert values[-1].total == 6


def test_a_temperature_of_zero_is_refused():
    with pytest.raises(Refusal, match="above 0"):
        compare(network_of(TEXTBOOK), 0.0, np.random.default_rng(0))
