"""A recall against a slow one: flip for flip from its seed, and by the laws of the descent."""

from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
import reference
from cases import (
    CERTAIN,
    agree,
    begin,
    certain_conventions,
    conventions,
    finish,
    law,
    nets,
    random_patterns,
    seeds,
    slow,
    states,
)
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties


def squares(patterns, state) -> int:
    return sum(overlap**2 for overlap in reference.overlaps(patterns, state))


# The whole run, predicted from its seed


@law
@given(net=nets(), chosen=conventions, seed=seeds, data=st.data())
def test_a_run_is_predicted_flip_for_flip_from_its_seed(net, chosen, seed, data):
    patterns, state = net
    pinned = data.draw(st.one_of(st.none(), states(state.size).map(lambda mask: mask > 0)))
    run = begin(patterns, state, chosen, seed, pinned)
    plain = slow(patterns, state, chosen, seed, pinned)
    most = 20 * state.size  # random ties may never end
    plain.advance(most)
    flips = run.advance(most)
    assert list(zip(flips.updates.tolist(), flips.units.tolist(), strict=True)) == plain.flips
    agree(run, plain)


@law
@given(net=nets(most=24), chosen=certain_conventions, seed=seeds)
def test_a_run_ends_where_asking_in_its_orders_ends(net, chosen, seed):
    patterns, state = net
    run = begin(patterns, state, chosen, seed)
    updates, units, _ = finish(run)
    stream = reference.stream_seed(np.random.default_rng(seed))
    end, flips, asked = reference.settled_by(patterns, state, chosen, stream)
    assert run.state.tolist() == end.tolist()
    assert list(zip(updates, units, strict=True)) == flips
    assert run.updates == asked


@law
@given(net=nets(most=24), chosen=conventions, seed=seeds)
def test_every_flip_carries_the_energy_after_it(net, chosen, seed):
    patterns, state = net
    run = begin(patterns, state, chosen, seed)
    assert run.energy == pytest.approx(float(reference.energy(patterns, state, chosen)), rel=1e-14)
    flips = run.advance(6 * state.size)
    replayed = state.copy()
    for unit, energy in zip(flips.units.tolist(), flips.energies.tolist(), strict=True):
        replayed[unit] *= -1
        exact = float(reference.energy(patterns, replayed, chosen))
        assert energy == pytest.approx(exact, rel=1e-14, abs=1e-12)
    assert run.state.tolist() == replayed.tolist()
    assert run.energy == pytest.approx(
        float(reference.energy(patterns, replayed, chosen)), rel=1e-14, abs=1e-12
    )
    assert run.overlaps.tolist() == reference.overlaps(patterns, replayed)


def test_one_seed_is_one_run_and_another_seed_another():
    patterns = random_patterns(6, 80, seed=1)
    state = random_patterns(1, 80, seed=2)[0]
    first, again, other = (finish(begin(patterns, state, ARTICLE, seed)) for seed in (5, 5, 6))
    assert first == again
    assert first[:2] != other[:2]


def test_ties_where_floating_point_fails_are_decided_as_whole_numbers():
    patterns = random_patterns(3, 15, seed=11)
    ties = 0
    for chosen in CERTAIN:
        for number, state in enumerate(random_patterns(40, 15, seed=3)):
            weights = reference.couplings(patterns, chosen)
            ties += reference.fields(weights, state).count(0)
            run = begin(patterns, state, chosen, number)
            plain = slow(patterns, state, chosen, number)
            run.advance(200)
            plain.advance(200)
            agree(run, plain)
    assert ties > 500


# The laws of the descent


@law
@given(net=nets(), chosen=conventions, seed=seeds)
def test_the_energy_never_rises(net, chosen, seed):
    patterns, state = net
    run = begin(patterns, state, chosen, seed)
    energies = [run.energy, *run.advance(20 * state.size).energies.tolist()]
    assert all(later <= earlier for earlier, later in pairwise(energies))


@law
@given(net=nets(), seed=seeds)
def test_under_the_articles_conventions_each_flip_lowers_the_energy_by_four(net, seed):
    patterns, state = net
    if not len(patterns):
        return
    run = begin(patterns, state, ARTICLE, seed)
    replayed, before = state.copy(), squares(patterns, state)
    _, units, _ = finish(run)
    assert run.settled
    assert len(units) <= state.size**2 // 4
    for unit in units:
        replayed[unit] *= -1
        after = squares(patterns, replayed)
        assert after - before >= 4 * len(patterns)
        before = after


@law
@given(
    net=nets(),
    seed=seeds,
    ties=st.sampled_from([Ties.MINUS, Ties.KEEP]),
)
def test_without_self_connections_flips_gain_four_or_are_one_of_few_ties(net, seed, ties):
    # Law 3: a flip that is no tie raises Σ M² by 4 at least; at most N ties lie between two.
    patterns, state = net
    run = begin(patterns, state, Conventions(self_connections=False, ties=ties), seed)
    replayed, before, in_a_row = state.copy(), squares(patterns, state), 0
    _, units, _ = finish(run)
    assert run.settled
    for unit in units:
        replayed[unit] *= -1
        after = squares(patterns, replayed)
        if after == before:
            in_a_row += 1
            assert ties is Ties.MINUS
            assert replayed[unit] == -1
            assert in_a_row <= state.size
        else:
            in_a_row = 0
            assert after - before >= 4
        before = after


@law
@given(net=nets(), chosen=certain_conventions, seed=seeds, data=st.data())
def test_a_settled_state_is_stable_and_a_stable_state_settles_in_one_sweep(net, chosen, seed, data):
    patterns, state = net
    pinned = data.draw(st.one_of(st.just(np.zeros(state.size, bool)), states(state.size))) > 0
    run = begin(patterns, state, chosen, seed, pinned)
    updates, _, _ = finish(run)
    assert run.settled
    fields = reference.fields(reference.couplings(patterns, chosen), run.state)
    for unit in np.flatnonzero(~pinned):
        own = int(run.state[unit])
        assert reference.becomes(fields[unit], own, chosen) == own
    free = int((~pinned).sum())
    # Whole sweeps alone, and the last of them quiet.
    assert run.updates % max(free, 1) == 0
    assert run.updates - (updates[-1] if updates else 0) >= free

    again = begin(patterns, run.state, chosen, seed + 1, pinned)
    assert again.advance(10 * state.size + 1).units.size == 0
    assert again.settled
    assert again.updates == free


def test_a_settled_run_asks_nobody_any_more():
    patterns = random_patterns(3, 60, seed=5)
    run = begin(patterns, patterns[0], ARTICLE, 1)
    run.advance(1000)
    assert run.settled
    assert run.updates == 60
    assert run.advance(1000).units.size == 0
    assert run.updates == 60


def test_nothing_settles_before_a_whole_sweep_was_quiet():
    patterns = random_patterns(3, 60, seed=5)
    run = begin(patterns, patterns[0], ARTICLE, 1)
    for asked in range(1, 61):
        assert not run.settled
        run.advance(1)
        assert run.updates == asked
    assert run.settled

    cue = patterns[0].copy()
    cue[7] *= -1
    run = begin(patterns, cue, ARTICLE, 2)
    flipped_at = run.advance(60).updates.tolist()
    assert len(flipped_at) == 1
    assert not run.settled
    run.advance(59)
    assert not run.settled
    run.advance(1)
    assert run.settled


# Ties alone, and large energies


def test_without_memories_ties_alone_decide():
    state = random_patterns(1, 50, seed=1)[0]
    none = np.empty((0, 50), np.int8)
    kept = begin(none, state, Conventions(ties=Ties.KEEP), 0)
    finish(kept)
    assert kept.settled
    assert kept.state.tolist() == state.tolist()
    down = begin(none, state, Conventions(ties=Ties.MINUS), 0)
    finish(down)
    assert down.settled
    assert (down.state == -1).all()
    assert down.energy == 0


def test_coins_thrown_for_ties_are_fair():
    # Every field is 0 without memories: a sweep from all +1 flips a binomial number of units.
    units, sweeps = 1000, 40
    none = np.empty((0, units), np.int8)
    ones = np.ones(units, np.int8)
    flips = 0
    for seed in range(sweeps):
        run = begin(none, ones, Conventions(ties=Ties.RANDOM), seed)
        count = run.advance(units).units.size
        assert abs(count - units / 2) < 5 * sqrt(units) / 2
        flips += count
    assert abs(flips - sweeps * units / 2) < 4 * sqrt(sweeps * units) / 2


def test_a_coin_favours_neither_value():
    units = 2000
    none = np.empty((0, units), np.int8)
    for value in (1, -1):
        run = begin(none, np.full(units, value, np.int8), Conventions(ties=Ties.RANDOM), 3)
        run.advance(units)
        assert abs(int(run.state.astype(int).sum())) < 4 * sqrt(units)


@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK])
def test_energies_beyond_32_bits_stay_exact_over_a_whole_run(chosen):
    memories_, units = 300, 6000
    patterns = np.tile(random_patterns(2, units, seed=3), (memories_ // 2, 1))
    run = begin(patterns, random_patterns(1, units, seed=4)[0], chosen, 1)
    _, count, energies = finish(run)
    assert len(count) > 100
    wide = patterns.astype(np.int64) @ run.state
    exact = int((wide**2).sum())
    assert exact > 2**32
    own = 0 if chosen.self_connections else memories_ * units
    divisor = memories_ if chosen is ARTICLE else 2 * units
    assert energies[-1] == pytest.approx(-(exact - own) / divisor, rel=1e-14)
    assert run.energy == energies[-1]
