"""The plane of two overlaps: which points it has, and which energies the states there have."""

from itertools import product
from math import comb

import numpy as np
import pytest
from cases import bits, conventions, law, memories, random_patterns, seeds, states
from hypothesis import given
from hypothesis import strategies as st
from kinds import DENSE, KINDS, network_of
from reference import energy, overlaps

from hopgui.model.choices import Energy, EnergyKind, Trouble
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.couplings import hebbian
from hopgui.model.dense import DenseNetwork
from hopgui.model.landscape import Basis, bands, is_function, lattice_of, plane_point
from hopgui.model.network import Network


def last(network, lattice, seed=0, **more):
    *_, band = bands(network, lattice, np.random.default_rng(seed), **more)
    return band


def points_of_all(first, second):
    """The pairs of overlaps of all states, each with the states that have it, by brute force."""
    found = {}
    for number in range(2**first.size):
        state = bits(number, first.size)
        found.setdefault(tuple(overlaps(np.array([first, second]), state)), []).append(state)
    return found


def by_point(lattice, values):
    """Values of a band by pair of overlaps."""
    return {
        tuple(lattice.overlaps[place].tolist()): values[place] for place in np.ndindex(values.shape)
    }


@law
@given(st.data(), st.integers(1, 9))
def test_the_lattice_is_the_pairs_that_states_have(data, units):
    first, second = data.draw(states(units)), data.draw(states(units))
    lattice = lattice_of(first, second)
    expected = points_of_all(first, second)
    assert lattice.whole
    counts = {
        tuple(lattice.overlaps[row, column].tolist()): lattice.states_at(row, column)
        for row, column in product(*map(range, lattice.shape))
    }
    assert counts == {pair: len(them) for pair, them in expected.items()}


@law
@given(st.data(), st.integers(1, 40), seeds)
def test_a_state_of_a_point_has_its_overlaps(data, units, seed):
    first, second = data.draw(states(units)), data.draw(states(units))
    lattice = lattice_of(first, second)
    rng = np.random.default_rng(seed)
    orders = rng.permutation(lattice.agreeing), rng.permutation(lattice.differing)
    row, column = (data.draw(st.integers(0, size - 1)) for size in lattice.shape)
    state = lattice.state(row, column, orders)
    pair = lattice.overlaps[row, column]
    assert overlaps(np.array([first, second]), state) == pair.tolist()
    assert plane_point(state, first, second) == tuple(pair / units)


def test_every_state_of_a_point_is_drawn_as_often():
    first, second = np.ones(6, np.int8), np.array([1, 1, 1, 1, -1, -1], np.int8)
    lattice = lattice_of(first, second)
    rng = np.random.default_rng(1)
    draws = 3000
    seen = {}
    for _ in range(draws):
        orders = rng.permutation(lattice.agreeing), rng.permutation(lattice.differing)
        state = tuple(lattice.state(2, 1, orders).tolist())
        seen[state] = seen.get(state, 0) + 1
    share = draws / (comb(4, 2) * 2)
    assert len(seen) == comb(4, 2) * 2
    # Five standard deviations of a binomial count.
    assert all(abs(count - share) < 5 * share**0.5 for count in seen.values())


def test_large_lattices_are_thinned_but_keep_their_corners():
    first = np.ones(4000, np.int8)
    second = np.where(np.arange(4000) < 1500, -1, 1).astype(np.int8)
    lattice = lattice_of(first, second)
    assert not lattice.whole
    assert max(lattice.shape) <= 64
    for kept in (lattice.rows, lattice.columns):
        assert len(set(np.diff(kept)[:-1])) == 1
    assert lattice.overlaps[0, 0].tolist() == [4000, 1000]
    assert lattice.overlaps[-1, -1].tolist() == [-4000, -1000]
    assert lattice.overlaps[0, -1].tolist() == [1000, 4000]
    assert np.all(np.diff(lattice.rows) > 0)
    assert np.all(np.diff(lattice.columns) > 0)


def test_equal_and_opposite_memories_leave_one_line():
    first = random_patterns(1, 12, 3)[0]
    assert lattice_of(first, first).shape == (13, 1)
    assert lattice_of(first, -first).shape == (1, 13)
    same = lattice_of(first, first).overlaps
    assert np.array_equal(same[..., 0], same[..., 1])


@law
@given(st.data(), st.integers(1, 40), conventions)
def test_two_memories_have_the_energy_of_the_formula(data, units, chosen):
    """E ∝ −(M_a² + M_b²): the article's energy with P = 2, and what the conventions make of it."""
    pair = np.array([data.draw(states(units)), data.draw(states(units))])
    network, lattice = Network(pair, chosen), lattice_of(*pair)
    assert is_function(network, lattice)
    band = last(network, lattice)
    squares = (lattice.overlaps.astype(float) ** 2).sum(axis=-1)
    own = 0 if chosen.self_connections else 2 * units
    scale = (1 / 2 if chosen.scale == "memories" else 1 / units) * (0.5 if chosen.half else 1)
    assert band.basis is Basis.FUNCTION
    assert band.least == pytest.approx(-scale * (squares - own))
    assert np.array_equal(band.least, band.most)
    assert np.array_equal(band.least, band.mean)


@law
@given(st.data(), st.integers(2, 8), conventions)
def test_the_band_of_a_small_grid_is_that_of_all_its_states(data, units, chosen):
    patterns = data.draw(memories(units, 5).filter(lambda rows: len(rows) >= 2))
    network, lattice = Network(patterns, chosen), lattice_of(patterns[0], patterns[1])
    band = last(network, lattice)
    expected = points_of_all(patterns[0], patterns[1])
    energies = {
        pair: [float(energy(patterns, state, chosen)) for state in them]
        for pair, them in expected.items()
    }
    for values, of in ((band.least, min), (band.most, max), (band.mean, np.mean)):
        found = by_point(lattice, values)
        assert found == {pair: pytest.approx(of(those)) for pair, those in energies.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_network_has_a_band(kind):
    patterns = random_patterns(4, 8, 11)
    network, lattice = network_of(kind, patterns), lattice_of(patterns[0], patterns[1])
    band = last(network, lattice)
    for pair, them in points_of_all(patterns[0], patterns[1]).items():
        energies = [network.energy(state) for state in them]
        assert by_point(lattice, band.least)[pair] == pytest.approx(min(energies))
        assert by_point(lattice, band.most)[pair] == pytest.approx(max(energies))
        assert by_point(lattice, band.mean)[pair] == pytest.approx(np.mean(energies))


@law
@given(st.data(), st.integers(2, 7), st.integers(2, 4), st.sampled_from(KINDS))
def test_a_function_of_the_plane_is_recognised(data, units, count, kind):
    """Claimed only where all states of a point have one energy; never missed under Hebb's rule."""
    patterns = data.draw(memories(units, count).filter(lambda rows: len(rows) >= 2))
    network, lattice = network_of(kind, patterns), lattice_of(patterns[0], patterns[1])
    widths = [
        np.ptp([network.energy(state) for state in them]) / max(1.0, abs(network.energy(them[0])))
        for them in points_of_all(patterns[0], patterns[1]).values()
    ]
    if is_function(network, lattice):
        assert max(widths) < 1e-9
    elif kind in {"hebb", *DENSE} and len(patterns) == 2:
        pytest.fail("two memories alone always make the energy a function of their overlaps")


def test_memories_that_do_not_count_or_are_copies_leave_a_function():
    patterns = random_patterns(4, 30, 5)
    patterns[3] = -patterns[0]
    lattice = lattice_of(patterns[0], patterns[1])
    weights = np.array([1, 2, 0, 1])
    assert is_function(Network(patterns, couplings=hebbian(patterns, weights)), lattice)
    assert not is_function(Network(patterns), lattice)
    assert is_function(DenseNetwork(patterns[[0, 1, 3]]), lattice)
    turned = Network(patterns[[0, 1]], trouble=Trouble(negative_own=True))
    assert is_function(turned, lattice)


def test_a_sampled_band_lies_within_that_of_all_states():
    patterns = random_patterns(5, 14, 2)
    network, lattice = Network(patterns, TEXTBOOK), lattice_of(patterns[0], patterns[1])
    everything = last(network, lattice)
    from hopgui.model import landscape  # noqa: PLC0415 - what is drawn is asked for by its name

    rng = np.random.default_rng(3)
    *_, drawn = landscape._sampled(network, lattice, rng, 400, Basis.SAMPLE)
    assert np.all(everything.least <= drawn.least + 1e-9)
    assert np.all(drawn.most <= everything.most + 1e-9)
    spread = (everything.most - everything.least) / 2
    # The spread bounds the standard deviation of a draw; five of them over √400.
    assert np.all(np.abs(drawn.mean - everything.mean) <= 5 * spread / 20 + 1e-9)
    assert drawn.samples == 400


def test_a_larger_grid_is_sampled_and_says_how_much():
    patterns = random_patterns(6, 100, 4)
    network, lattice = Network(patterns), lattice_of(patterns[0], patterns[1])
    seen = list(bands(network, lattice, np.random.default_rng(0), samples=3))
    assert {band.basis for band in seen} == {Basis.SAMPLE}
    assert [band.done for band in seen] == sorted({band.done for band in seen})
    assert seen[-1].done == seen[-1].total
    assert seen[-1].samples == 3
    assert np.isnan(seen[0].mean).any() or len(seen) == 3
    assert not np.isnan(seen[-1].mean).any()
    corner = seen[-1]  # only memory a itself has its own overlaps
    assert corner.least[0, 0] == corner.most[0, 0] == network.energy(patterns[0])
    assert np.all(corner.least <= corner.mean + 1e-9)
    assert np.all(corner.mean <= corner.most + 1e-9)


def test_the_same_seed_draws_the_same_band():
    patterns = random_patterns(4, 50, 7)
    network, lattice = Network(patterns), lattice_of(patterns[0], patterns[1])
    one, again, other = (last(network, lattice, seed, samples=2) for seed in (1, 1, 2))
    assert np.array_equal(one.mean, again.mean)
    assert not np.array_equal(one.mean, other.mean)


def test_an_exponential_energy_of_two_memories_is_that_of_its_formula():
    pair = random_patterns(2, 30, 8)
    network = DenseNetwork(pair, energy_kind=Energy(EnergyKind.EXPONENTIAL))
    lattice = lattice_of(*pair)
    band = last(network, lattice)
    expected = -np.logaddexp(*np.moveaxis(lattice.overlaps.astype(float), -1, 0))
    assert band.basis is Basis.FUNCTION
    assert band.mean == pytest.approx(expected)
