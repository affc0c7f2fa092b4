"""Laws that every network keeps, whatever rule or energy made it."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from cases import random_patterns
from kinds import (
    CHOSEN,
    KINDS,
    NEGATIVE,
    ONE_AT_A_TIME,
    ONE_WAY,
    PAIRWISE,
    REAL,
    begin,
    both_presets,
    every_kind,
    every_rule,
    loaded,
    matrix_of,
    network_of,
)

from hopgui.model.choices import Dynamics, Trouble, Update
from hopgui.model.conventions import TEXTBOOK, Conventions, Ties

every_order = pytest.mark.parametrize("update", ONE_AT_A_TIME)


def rounding(network, kind):
    """By how much an energy may seem to rise: the rounding of couplings or of real numbers."""
    if kind in REAL:
        return 1e-12 * abs(network.energy(network.patterns[0]))
    return 4 * network.slack * network.factor


# What every pairwise network says, held against its own matrix


@every_rule
@both_presets
@pytest.mark.parametrize("trouble", [Trouble(), NEGATIVE, ONE_WAY, Trouble(True, True)], ids=str)
def test_fields_and_energies_are_those_of_the_matrix(kind, preset, trouble):
    patterns, _ = loaded()
    network = network_of(kind, patterns, CHOSEN[preset], trouble=trouble)
    weights = matrix_of(network)
    half = 0.5 if CHOSEN[preset].half else 1.0
    for state in random_patterns(10, 24, seed=3):
        fields = network.fields(state)
        assert np.issubdtype(fields.dtype, np.signedinteger)
        np.testing.assert_allclose(fields * network.factor, weights @ state, atol=1e-7)
        assert network.energy(state) == pytest.approx(-half * (state @ weights @ state), abs=1e-6)
        votes = [network.explain(state, unit) for unit in range(24)]
        np.testing.assert_allclose([vote.field for vote in votes], weights @ state, atol=1e-7)
        assert [vote.would_flip for vote in votes] == network.unstable(state).tolist()


@every_rule
@pytest.mark.parametrize("units", [24, 300])
def test_one_flip_changes_the_energy_by_four_fields_without_the_diagonal(kind, units):
    patterns, state = loaded(units)
    network = network_of(kind, patterns)
    alone = network.fields(state) - network.own * state
    for unit in range(0, units, 7):
        other = state.copy()
        other[unit] *= -1
        change = 4 * state[unit] * alone[unit] * network.factor
        assert network.energy(other) - network.energy(state) == pytest.approx(change, abs=1e-7)


@every_rule
def test_large_networks_count_as_small_ones_do(kind, monkeypatch):
    # Plain numpy serves small networks, compiled loops large ones.
    patterns, state = loaded(120, 10)
    network = network_of(kind, patterns)
    counted = [network.fields(state).tolist(), network.score(state), network.energy(state)]
    monkeypatch.setattr("hopgui.model.couplings.SMALL", 0)
    assert counted == [network.fields(state).tolist(), network.score(state), network.energy(state)]


# The state carried along


def carried(run):
    """What a run's loops carry along, be it sums, fields or overlaps."""
    names = {"sums", "fields", "even_fields", "overlaps"} & set(run._form._fields)
    assert names
    return {name: getattr(run._form, name).tolist() for name in names}


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [
        *((kind, Trouble()) for kind in KINDS),
        *((kind, ONE_WAY) for kind in PAIRWISE),
        ("hebb", NEGATIVE),
        ("storkey", NEGATIVE),
    ],
    ids=str,
)
@both_presets
def test_what_is_carried_along_is_what_would_be_computed_anew(kind, preset, trouble):
    units = 40
    patterns, state = loaded(units)
    network = network_of(kind, patterns, CHOSEN[preset], trouble=trouble)
    # The projector's factors are rounded each for itself: w_ij and w_ji are one to the last digit.
    exactly = kind not in REAL | {"projection"}
    run = begin(network, state)
    rng = np.random.default_rng(5)
    flips = 0
    for step in range(2500):
        if step % 100 == 0:
            update = list(Update)[step // 100 % len(Update)]
            run.drive(Dynamics(update, float(rng.choice([0.0, 2.0]))))
        few = rng.integers(0, units, 10)
        flips += run.set_units(few, int(rng.choice([-1, 1]))).units.size
        flips += run.advance(run.least * int(rng.integers(0, 4))).units.size
        if step % 100 == 99:
            anew = begin(network, run.state)
            assert carried(run) == carried(anew)
            near = 0.0 if exactly else 1e-10 * max(abs(anew.energy), 1.0)
            assert abs(run.energy - anew.energy) <= near
            assert anew.energy == network.energy(run.state)
    assert flips > 10_000
    run.drive(Dynamics())
    if trouble == Trouble():
        assert not network.unstable(finished(run)).any()


def finished(run, most=10**6):
    while not run.settled and run.updates < most:
        run.advance(most)
    assert run.settled
    return run.state


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [*((kind, Trouble()) for kind in KINDS), *((kind, ONE_WAY) for kind in PAIRWISE)],
    ids=str,
)
def test_the_fields_carried_along_decide_as_fields_computed_anew(kind, trouble):
    # Raster order: what each unit becomes can be told from outside.
    patterns, state = loaded(30)
    network = network_of(kind, patterns, TEXTBOOK, trouble=trouble)
    run = begin(network, state, Update.RASTER)
    now = state.copy()
    for update in range(300):
        if run.settled:
            break
        unstable = network.unstable(now)
        flips = run.advance(1)
        unit = update % 30
        assert flips.units.tolist() == ([unit] if unstable[unit] else [])
        now[unit] *= -1 if unstable[unit] else 1
        assert run.state.tolist() == now.tolist()


# The descent


@every_kind
@every_order
@both_presets
def test_the_energy_never_rises_and_the_end_is_stable(kind, update, preset):
    patterns, _ = loaded(36)
    network = network_of(kind, patterns, CHOSEN[preset])
    slack = rounding(network, kind)
    for seed, state in enumerate(random_patterns(6, 36, seed=9)):
        run = begin(network, state, update, seed)
        energies = [run.energy]
        while not run.settled:
            energies += run.advance(50).energies.tolist()
            assert run.updates < 10**5
        assert all(later <= earlier + slack for earlier, later in pairwise(energies))
        assert energies[-1] == pytest.approx(network.energy(run.state), rel=1e-10, abs=1e-9)
        assert not network.unstable(run.state).any()
        fields = network.fields(run.state)
        assert (fields * run.state >= -network.slack).all()


@every_kind
@pytest.mark.parametrize("update", Update)
@pytest.mark.parametrize("temperature", [0.0, 0.7])
def test_one_seed_is_one_run_on_one_thread_or_many(kind, update, temperature):
    patterns, state = loaded(36)

    def told(seed):
        network = network_of(kind, patterns, TEXTBOOK)
        run = begin(network, state, update, seed, temperature)
        flips = run.advance(1000)
        return flips.updates.tolist(), flips.units.tolist(), flips.energies.tolist()

    alone = [told(seed) for seed in (0, 0, 1)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(told, (0, 0, 1)))
    assert alone == together
    assert alone[0] == alone[1]
    if update in {Update.ASYNC, Update.REPLACEMENT}:
        assert alone[0] != alone[2]


def test_ties_at_random_still_let_the_energy_fall():
    patterns, state = loaded(36)
    for kind in KINDS:
        network = network_of(kind, patterns, Conventions(ties=Ties.RANDOM))
        run = begin(network, state)
        energies = [run.energy, *run.advance(3000).energies.tolist()]
        slack = rounding(network, kind)
        assert all(later <= earlier + slack for earlier, later in pairwise(energies))


@every_kind
@both_presets
def test_one_score_is_the_energy_that_it_is_among_others(kind, preset):
    network = network_of(kind, random_patterns(3, 7, seed=1), CHOSEN[preset])
    rng = np.random.default_rng(2)
    scores = rng.integers(-(2**62), 2**62, 50) >> rng.integers(0, 62, 50)
    found = network.energies_of(scores)
    assert found.dtype == np.float64
    assert [network.energy_of(score) for score in scores.tolist()] == found.tolist()
