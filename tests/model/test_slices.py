"""A recall in slices: however it is cut it is one run, and what it gave out stays as it was."""

import numpy as np
import pytest
import reference
from cases import begin, conventions, finish, law, nets, random_patterns, seeds, states
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.conventions import ARTICLE, Conventions, Ties


@law
@given(net=nets(), chosen=conventions, seed=seeds, data=st.data())
def test_a_run_in_slices_is_the_run_in_one_piece(net, chosen, seed, data):
    patterns, state = net
    most = 8 * state.size
    whole = begin(patterns, state, chosen, seed)
    flips = whole.advance(most)
    sliced = begin(patterns, state, chosen, seed)
    updates, units, energies = [], [], []
    while not sliced.settled and sliced.updates < most:
        size = data.draw(st.integers(1, most - sliced.updates))
        budget = data.draw(st.integers(1, 5))
        before = sliced.updates
        part = sliced.advance(size, most_flips=budget)
        assert part.units.size <= budget
        assert sliced.updates - before <= size
        if sliced.updates - before < size and not sliced.settled:
            assert part.units.size == budget
            assert part.updates[-1] == sliced.updates
        updates += part.updates.tolist()
        units += part.units.tolist()
        energies += part.energies.tolist()
    assert updates == flips.updates.tolist()
    assert units == flips.units.tolist()
    assert energies == flips.energies.tolist()
    assert sliced.state.tolist() == whole.state.tolist()
    assert (sliced.updates, sliced.flips, sliced.settled) == (
        whole.updates,
        whole.flips,
        whole.settled,
    )


def test_a_budget_stops_right_after_the_flip():
    patterns = random_patterns(4, 100, seed=8)
    state = random_patterns(1, 100, seed=9)[0]
    expected = finish(begin(patterns, state, ARTICLE, 3))[0]
    run = begin(patterns, state, ARTICLE, 3)
    for update in expected:
        flips = run.advance(10**6, most_flips=1)
        assert flips.updates.tolist() == [update]
        assert run.updates == update
        assert not run.settled
    assert run.advance(10**6, most_flips=1).units.size == 0
    assert run.settled


def test_no_updates_and_no_flips_can_be_asked_for():
    patterns = random_patterns(2, 30, seed=0)
    run = begin(patterns, -patterns[0], ARTICLE, 0)
    assert run.advance(0).units.size == 0
    assert run.advance(50, most_flips=0).units.size == 0
    assert run.updates == 0


def test_flips_returned_earlier_stay_as_they_were():
    patterns = random_patterns(4, 200, seed=8)
    run = begin(patterns, random_patterns(1, 200, seed=9)[0], ARTICLE, 3)
    first = run.advance(150)
    kept = [first.updates.tolist(), first.units.tolist(), first.energies.tolist()]
    assert kept[0]
    finish(run)
    assert kept == [first.updates.tolist(), first.units.tolist(), first.energies.tolist()]


@pytest.mark.parametrize("pins", [0, 1, 13])
def test_what_is_left_of_a_sweep_is_counted_down_and_begins_anew(pins):
    units = 40
    patterns = random_patterns(4, units, seed=8)
    pinned = np.arange(units) < pins
    run = begin(patterns, random_patterns(1, units, seed=9)[0], ARTICLE, 3, pinned)
    free = units - pins
    for asked in range(3 * free):
        if run.settled:
            break
        assert run.left_in_sweep == free - asked % free
        run.advance(1)
    assert run.updates >= free
    run = begin(patterns, random_patterns(1, units, seed=9)[0], ARTICLE, 3, pinned)
    run.advance(5)
    run.advance(run.left_in_sweep)
    assert run.updates == free


@law
@given(net=nets(), chosen=conventions, seed=seeds, data=st.data())
def test_each_sweep_asks_every_free_unit_once(net, chosen, seed, data):
    # Random ties on no memories: every unit asked flips half of the time, whoever it is.
    _, state = net
    pinned = data.draw(states(state.size)) > 0
    free = int((~pinned).sum())
    none = np.empty((0, state.size), np.int8)
    run = begin(none, state, Conventions(ties=Ties.RANDOM), seed, pinned)
    for _ in range(4):
        if run.settled or not free:
            break
        flips = run.advance(run.left_in_sweep)
        assert len(set(flips.units.tolist())) == flips.units.size
        assert not pinned[flips.units].any()
    assert run.state[pinned].tolist() == state[pinned].tolist()
    run = begin(net[0], state, chosen, seed, pinned)
    run.advance(10 * state.size)
    assert run.state[pinned].tolist() == state[pinned].tolist()


def test_a_run_with_every_unit_pinned_settles_without_asking_anyone():
    patterns = random_patterns(2, 12, seed=0)
    run = begin(patterns, -patterns[0], ARTICLE, 0, np.ones(12, bool))
    run.advance(run.left_in_sweep)
    assert run.settled
    assert run.updates == 0
    run.set_units(np.array([3]), int(-run.state[3]))
    assert not run.settled
    run.advance(100)
    assert run.settled


def test_the_state_given_is_left_alone():
    patterns = random_patterns(2, 40, seed=1)
    state = random_patterns(1, 40, seed=2)[0]
    state.flags.writeable = False
    before = state.copy()
    run = begin(patterns, state, ARTICLE, 0)
    finish(run)
    assert (run.state != state).any()
    assert state.tolist() == before.tolist()


def test_overlaps_given_out_are_copies():
    patterns = random_patterns(2, 40, seed=1)
    run = begin(patterns, -patterns[0], ARTICLE, 0)
    run.overlaps[:] = 0
    assert run.overlaps.tolist() == reference.overlaps(patterns, run.state)
