"""Painting under a run, and other networks: it goes on as the slow one does."""

import numpy as np
import pytest
import reference
from cases import (
    ALL_CONVENTIONS,
    agree,
    begin,
    conventions,
    finish,
    law,
    memories,
    random_patterns,
    seeds,
    slow,
    states,
)
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network

OPERATIONS = st.one_of(
    st.tuples(st.just("advance"), st.integers(0, 60), st.integers(1, 6)),
    st.tuples(st.just("paint"), st.lists(st.integers(0, 11), max_size=5), st.sampled_from([-1, 1])),
    st.tuples(st.just("change"), memories(12, 5), conventions, states(12)),
    st.tuples(st.just("settle"), st.just(40)),
)


@law
@given(
    start=states(12),
    first=memories(12, 5),
    chosen=conventions,
    seed=seeds,
    operations=st.lists(OPERATIONS, max_size=8),
)
def test_a_run_painted_and_given_other_networks_goes_on_as_foretold(
    start, first, chosen, seed, operations
):
    run, plain = begin(first, start, chosen, seed), slow(first, start, chosen, seed)
    patterns = first
    for operation, *arguments in operations:
        if operation == "advance":
            run.advance(arguments[0], most_flips=arguments[1])
            plain.advance(*arguments)
        elif operation == "settle":
            run.advance(12 * arguments[0])
            plain.advance(12 * arguments[0])
        elif operation == "paint":
            units, value = arguments
            run.set_units(np.array(units, np.int64), value)
            plain.paint(units, value)
        else:
            patterns, chosen, mask = arguments
            # Half of the units at most are pinned, so that something is left to do.
            pinned = (mask > 0) & (np.arange(12) < 6)
            run.change(Network(patterns, chosen), pinned)
            plain.change(patterns, chosen, pinned)
        agree(run, plain)
        assert run.overlaps.tolist() == reference.overlaps(patterns, plain.state)
        assert run.energy == pytest.approx(
            float(reference.energy(patterns, plain.state, chosen)), rel=1e-14, abs=1e-12
        )


def test_thousands_of_flips_paints_and_changes_leave_nothing_behind():
    units = 50
    rng = np.random.default_rng(12)
    networks = [
        Network(random_patterns(int(count), units, seed=int(count)), chosen)
        for count, chosen in zip(rng.integers(0, 12, 24), ALL_CONVENTIONS, strict=True)
    ]
    network = networks[0]
    run = network.start(random_patterns(1, units, seed=1)[0], rng=rng)
    for _ in range(10_000):
        kind = rng.integers(0, 10)
        if kind < 5:
            chosen = rng.integers(0, units, rng.integers(1, 8))
            run.set_units(chosen, int(rng.choice([-1, 1])))
        elif kind < 9:
            run.advance(int(rng.integers(0, 40)))
        else:
            network = networks[rng.integers(0, len(networks))]
            run.change(network, rng.integers(0, 4, units) == 0)
        wide = network.patterns.astype(np.int64) @ run.state
        assert (run.overlaps == wide).all()
        own = 0 if network.conventions.self_connections else network.memories * units
        exact = -(int((wide**2).sum()) - own) * network.factor
        exact *= 0.5 if network.conventions.half else 1
        assert abs(run.energy - exact) <= 1e-12 * abs(exact)
    assert set(np.unique(run.state)) <= {-1, 1}


def test_painting_returns_the_units_it_changed_at_the_update_before():
    patterns = random_patterns(3, 30, seed=2)
    run = begin(patterns, patterns[0], ARTICLE, 0)
    run.advance(11)
    flips_before = run.flips
    plus = np.flatnonzero(patterns[0] > 0)[:4]
    minus = np.flatnonzero(patterns[0] < 0)[:2]
    painted = run.set_units(np.concatenate([plus, minus, plus]), -1)
    assert sorted(painted.units.tolist()) == plus.tolist()
    assert painted.updates.tolist() == [11] * 4
    assert run.updates == 11
    assert run.flips == flips_before
    replayed = patterns[0].copy()
    for unit, energy in zip(painted.units, painted.energies, strict=True):
        replayed[unit] *= -1
        assert energy == pytest.approx(float(reference.energy(patterns, replayed, ARTICLE)))
    assert run.state.tolist() == replayed.tolist()


def test_painting_what_is_there_already_changes_nothing():
    patterns = random_patterns(3, 30, seed=2)
    run = begin(patterns, patterns[0], ARTICLE, 0)
    finish(run)
    plus = np.flatnonzero(run.state > 0)
    assert run.set_units(plus, 1).units.size == 0
    assert run.set_units(np.empty(0, np.int64), 1).units.size == 0
    assert run.settled


def test_a_pinned_unit_can_be_painted_by_hand_and_stays_as_painted():
    patterns = random_patterns(2, 40, seed=6)
    pinned = np.arange(40) == 5
    run = begin(patterns, patterns[0], ARTICLE, 0, pinned)
    run.set_units(np.array([5]), int(-patterns[0][5]))
    finish(run)
    assert run.state[5] == -patterns[0][5]
    assert (run.state[~pinned] == patterns[0][~pinned]).all()


def test_painting_wakes_a_settled_run_and_it_repairs_the_damage():
    patterns = random_patterns(2, 60, seed=6)
    run = begin(patterns, patterns[0], ARTICLE, 0)
    finish(run)
    assert run.settled
    run.set_units(np.flatnonzero(run.state > 0)[:5], -1)
    assert not run.settled
    finish(run)
    assert run.settled
    assert run.state.tolist() == patterns[0].tolist()
    assert run.flips == 5


def test_a_sweep_painted_in_its_middle_is_no_quiet_one():
    patterns = random_patterns(2, 60, seed=6)
    run = begin(patterns, patterns[0], ARTICLE, 0)
    run.advance(30)
    unit = np.array([0])
    run.set_units(unit, int(-run.state[0]))
    run.set_units(unit, int(-run.state[0]))  # and back again: nothing is left to repair
    run.advance(30)
    assert not run.settled
    run.advance(60)
    assert run.settled
    assert run.updates == 120


def test_another_network_un_settles_and_begins_a_sweep():
    patterns = random_patterns(6, 60, seed=6)
    run = begin(patterns[:2], patterns[0], ARTICLE, 0)
    finish(run)
    run.change(Network(patterns[4:], TEXTBOOK))
    assert not run.settled
    assert run.left_in_sweep == 60
    assert run.energy == pytest.approx(float(reference.energy(patterns[4:], run.state, TEXTBOOK)))
    finish(run)
    assert run.settled
    assert not Network(patterns[4:], TEXTBOOK).unstable(run.state).any()


@pytest.mark.parametrize("units", [1, 11, 13])
def test_a_network_of_another_size_is_refused_and_the_run_goes_on(units):
    patterns = random_patterns(2, 12, seed=1)
    run = begin(patterns, -patterns[0], ARTICLE, 0)
    before = run.energy
    with pytest.raises(ValueError, match=f"12 units cannot run in a network of {units}"):
        run.change(Network(random_patterns(2, units, seed=1)))
    assert run.energy == before
    finish(run)
    assert run.settled
