"""What breaks the theorem: self-connections below nothing, and couplings that go one way."""

from itertools import pairwise

import numpy as np
import pytest
from cases import random_patterns
from kinds import NEGATIVE, ONE_WAY, begin, every_rule, matrix_of, network_of, plan, small_memory

from hopgui.model.choices import Update
from hopgui.model.conventions import ARTICLE
from hopgui.model.couplings import Matrix
from hopgui.model.learning import learn
from hopgui.model.network import Network
from hopgui.refusal import Refusal


def test_a_negative_self_connection_oscillates_for_ever():
    network = Network(np.ones((1, 1), np.int8), trouble=NEGATIVE)
    assert matrix_of(network).tolist() == [[-1.0]]
    run = begin(network, np.ones(1, np.int8), Update.RASTER)
    flips = run.advance(1000)
    assert not run.settled
    assert flips.units.size == 1000


@pytest.mark.parametrize(
    ("kind", "trouble"), [("hebb", NEGATIVE), ("projection", NEGATIVE), ("hebb", ONE_WAY)], ids=str
)
def test_the_energy_can_rise_where_the_theorem_is_broken(kind, trouble):
    patterns = random_patterns(6, 40, seed=1)
    network = network_of(kind, patterns, trouble=trouble)
    risen = 0
    for seed in range(5):
        run = begin(network, random_patterns(1, 40, seed)[0], seed=seed)
        energies = [run.energy, *run.advance(2000).energies.tolist()]
        risen += sum(later > earlier + 1e-6 for earlier, later in pairwise(energies))
        assert energies[-1] == pytest.approx(network.energy(run.state), rel=1e-12)
    assert risen > 0


@every_rule
@pytest.mark.parametrize("units", [30, 400])
def test_cut_couplings_keep_one_direction_of_every_pair(kind, units):
    patterns = random_patterns(7, units, seed=2)
    whole = matrix_of(network_of(kind, patterns, seed=3))
    network = network_of(kind, patterns, trouble=ONE_WAY, seed=3)
    cut = matrix_of(network)
    assert isinstance(network.learnt, Matrix)
    assert not network.learnt.symmetric
    assert not (network.learnt.columns % 2).any()
    kept = cut != 0
    assert not (kept & kept.T & ~np.eye(units, dtype=bool)).any()
    near = {"rtol": 0, "atol": 4e-9 * np.abs(whole).max()}
    np.testing.assert_allclose(np.where(kept, cut, whole), whole, **near)
    np.testing.assert_allclose(
        (cut + cut.T)[~np.eye(units, dtype=bool)].reshape(units, -1),
        whole[~np.eye(units, dtype=bool)].reshape(units, -1),
        **near,
    )
    upper = np.triu(kept, 1).sum() / max(1, (np.triu(kept | kept.T, 1)).sum())
    assert 0.3 < upper < 0.7
    other = matrix_of(network_of(kind, patterns, trouble=ONE_WAY, seed=4))
    assert (other != cut).any()


@every_rule
def test_couplings_are_cut_alike_in_blocks_of_any_size(kind, monkeypatch):
    patterns = random_patterns(7, 50, seed=2)
    whole = network_of(kind, patterns, trouble=ONE_WAY).learnt
    monkeypatch.setattr("hopgui.model.matrices.SIDE", 8)
    parts = network_of(kind, patterns, trouble=ONE_WAY).learnt
    assert np.abs(parts.columns - whole.columns).max() <= 4
    assert ((parts.columns == 0) == (whole.columns == 0)).all()


def test_whole_couplings_are_cut_without_rounding():
    patterns = random_patterns(7, 30, seed=2)
    couplings = network_of("hebb", patterns, trouble=ONE_WAY).learnt
    assert couplings.unit == 0.5
    assert couplings.slack == 0


def test_unlearnt_couplings_stay_without_self_connections_when_cut():
    patterns = random_patterns(5, 30, seed=2)
    network = network_of("unlearning", patterns, ARTICLE, trouble=ONE_WAY)
    assert not np.diag(matrix_of(network)).any()


def test_cutting_the_couplings_of_a_large_grid_is_refused_before_any_memory_is_taken():
    patterns = np.broadcast_to(np.int8(1), (1, 65_536))
    asked = plan(patterns, trouble=ONE_WAY)
    with small_memory(3_000_000), pytest.raises(Refusal, match=r"65536 × 65536 .* 51\.5 GB"):
        learn(asked)
