"""Laws that every network keeps, whatever rule or energy made it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from cases import random_patterns
from kinds import (
    CHOSEN,
    DENSE,
    KINDS,
    ONE_AT_A_TIME,
    PAIRWISE,
    REAL,
    begin,
    loaded,
    matrix_of,
    network_of,
    plan,
    small_memory,
)

from hopgui.model.choices import Dynamics, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.couplings import LowRank, Matrix, hebbian
from hopgui.model.dense import DenseNetwork
from hopgui.model.learning import Cancelled, effort, learn
from hopgui.model.network import Network
from hopgui.refusal import Refusal

every_kind = pytest.mark.parametrize("kind", KINDS)
every_rule = pytest.mark.parametrize("kind", PAIRWISE)
every_order = pytest.mark.parametrize("update", ONE_AT_A_TIME)
both_presets = pytest.mark.parametrize("preset", CHOSEN)
ONE_WAY, NEGATIVE = Trouble(one_way=True), Trouble(negative_own=True)


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


# What breaks the theorem


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


# What is asked for is what is learnt


def test_a_plan_becomes_the_network_it_asks_for():
    patterns, _ = loaded()
    for kind, form in (
        ("hebb", LowRank),
        ("projection", LowRank),
        ("storkey", Matrix),
        ("perceptron", Matrix),
        ("unlearning", Matrix),
    ):
        network = network_of(kind, patterns, TEXTBOOK, trouble=NEGATIVE)
        assert type(network) is Network
        assert isinstance(network.learnt, form)
        assert network.conventions == TEXTBOOK
        assert network.trouble == NEGATIVE
        assert network.patterns is patterns


@pytest.mark.parametrize("kind", DENSE)
def test_a_dense_energy_leaves_rule_weights_and_trouble_aside(kind):
    patterns, state = loaded()
    asked = plan(
        patterns,
        Rule(RuleKind.STORKEY),
        DENSE[kind],
        trouble=Trouble(negative_own=True, one_way=True),
        weights=[0, 1, 2, 3, 4],
    )
    network = learn(asked).network
    assert isinstance(network, DenseNetwork)
    assert network.energy_kind == DENSE[kind]
    plain = network_of(kind, patterns)
    assert network.fields(state).tolist() == plain.fields(state).tolist()
    assert network.energy(state) == plain.energy(state)
    assert network.unstable(state).tolist() == plain.unstable(state).tolist()


def test_weights_are_how_often_hebb_stores():
    patterns, state = loaded()
    weights = [0, 1, 2, 9, 3]
    weighted = learn(plan(patterns, weights=weights)).network
    copies = Network(np.repeat(patterns, weights, axis=0))
    assert weighted.fields(state).tolist() == copies.fields(state).tolist()
    assert weighted.energy(state) == pytest.approx(copies.energy(state), rel=1e-14)
    np.testing.assert_allclose(matrix_of(weighted), matrix_of(copies), rtol=1e-14)
    textbook = learn(plan(patterns, weights=weights, conventions=TEXTBOOK)).network
    expected = Network(np.repeat(patterns, weights, axis=0), TEXTBOOK).energy(state)
    assert textbook.energy(state) == pytest.approx(expected, rel=1e-14)


def test_memories_of_weight_nothing_say_nothing():
    patterns, state = loaded()
    network = learn(plan(patterns, weights=[0] * 5)).network
    assert not network.fields(state).any()
    assert network.energy(state) == 0


@pytest.mark.parametrize(
    ("weights", "units"), [([128, 1], 9), ([-200, 1], 9), ([9, 1], 2**28), ([127, 1], 2**25)]
)
def test_weights_beyond_the_fields_numbers_are_refused_before_they_overflow(weights, units):
    patterns = np.broadcast_to(np.int8(1), (2, units))
    with small_memory(), pytest.raises(ValueError, match="cannot be stored"):
        hebbian(patterns, np.array(weights))


def test_cutting_the_couplings_of_a_large_grid_is_refused_before_any_memory_is_taken():
    patterns = np.broadcast_to(np.int8(1), (1, 65_536))
    asked = plan(patterns, trouble=ONE_WAY)
    with small_memory(3_000_000), pytest.raises(Refusal, match=r"65536 × 65536 .* 51\.5 GB"):
        learn(asked)


# Progress


@every_rule
def test_learning_says_how_far_it_is_and_stops_when_told(kind, monkeypatch):
    monkeypatch.setattr("hopgui.model.progress.PAUSE", 0.0)
    patterns = random_patterns(60, 80, seed=1)
    told = []

    def report(fraction):
        told.append(fraction)
        return True

    asked = plan(patterns, PAIRWISE[kind], trouble=ONE_WAY)
    whole = learn(asked, report).network
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] + 1e-9 <= 1
    assert (matrix_of(whole) == matrix_of(learn(asked).network)).all()
    with pytest.raises(Cancelled):
        learn(asked, lambda fraction: fraction < told[-1])


def test_effort_tells_what_takes_long_from_what_does_not():
    at_once = 2e7
    small, large = random_patterns(5, 400, seed=1), random_patterns(60, 6000, seed=1)
    for kind, rule in PAIRWISE.items():
        assert 0 <= effort(plan(small, rule)) < at_once, kind
        heavy = effort(plan(large, rule))
        assert (heavy > at_once) == (kind not in {"hebb", "projection"}), kind
        assert effort(plan(small, rule, trouble=ONE_WAY)) > effort(plan(small, rule))
    for energy in DENSE.values():
        assert effort(plan(large, energy=energy)) < at_once
    many = replace(PAIRWISE["unlearning"], dreams=10_000)
    assert effort(plan(small, many)) > at_once
    assert effort(plan(small, many, DENSE["cubic"])) < at_once
    assert effort(plan(np.empty((0, 9), np.int8), many)) >= 0


def test_ties_at_random_still_let_the_energy_fall():
    patterns, state = loaded(36)
    for kind in KINDS:
        network = network_of(kind, patterns, Conventions(ties=Ties.RANDOM))
        run = begin(network, state)
        energies = [run.energy, *run.advance(3000).energies.tolist()]
        slack = rounding(network, kind)
        assert all(later <= earlier + slack for earlier, later in pairwise(energies))
