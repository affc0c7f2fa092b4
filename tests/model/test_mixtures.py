"""What a state is called, on states planted so that the right name is known."""

from itertools import combinations

import numpy as np
import pytest
from cases import law, nets, random_patterns
from hypothesis import given
from planted import (
    INVERSE,
    MEMORY,
    MIXTURE,
    OTHER,
    damaged,
    pictures,
    planted,
    settled,
    settler,
    signs_of,
)

from hopgui.model.conventions import PRESETS
from hopgui.model.mixtures import Mixtures, identify
from hopgui.model.nearest import nearest_memory
from hopgui.model.network import Network
from hopgui.model.verdict import Kind, Verdict
from hopgui.session.library import set_names

# Memories and inverses


@law
@given(net=nets(least=2, most=30))
def test_memories_and_inverses_are_those_of_the_nearest_memory(net):
    patterns, state = net
    found = identify(patterns, state, settle=None)
    quick = nearest_memory(Network(patterns).overlaps(state), state.size)
    if not quick.near:
        assert found.kind in {MIXTURE, OTHER}
    else:
        assert found.kind is (MEMORY if quick.sign > 0 else INVERSE)
        assert found.members == ((quick.sign, quick.memory),)
        assert found.agreement == pytest.approx(abs(quick.overlap))


def test_a_damaged_memory_keeps_its_name_up_to_one_unit_in_twenty():
    patterns = random_patterns(6, 400, seed=1)
    for sign, kind in ((1, MEMORY), (-1, INVERSE)):
        found = identify(patterns, damaged(sign * patterns[4], 20), settle=None)
        assert (found.kind, found.members) == (kind, ((sign, 4),))
        assert found.agreement == pytest.approx(0.9)
        assert identify(patterns, damaged(sign * patterns[4], 21), settle=None).kind is OTHER


def test_the_next_best_of_a_memory_is_the_memory_after_it():
    patterns = random_patterns(5, 100, seed=2)
    near = damaged(patterns[0], 20)
    found = identify(np.vstack([patterns, near]), patterns[0], settle=None)
    assert found.next_best.members == ((1, 5),)
    assert found.next_best.agreement == pytest.approx(0.6)


# Mixtures that count alike


@pytest.mark.parametrize(("memories", "units"), [(5, 100), (20, 784), (60, 784), (300, 4096)])
@pytest.mark.parametrize("members", [3, 5])
def test_planted_mixtures_of_random_memories_are_named_right(memories, units, members):
    patterns = random_patterns(memories, units, seed=3)
    mixtures, rng = Mixtures(patterns), np.random.default_rng(4)
    for _ in range(10):
        chosen = sorted(rng.choice(memories, members, replace=False).tolist())
        true = tuple(zip(signs_of(rng, members), chosen, strict=True))
        found = mixtures.identify(planted(patterns, true))
        assert (found.kind, found.members, found.agreement) == (MIXTURE, true, 1.0)
        assert found.weights == ()


@pytest.mark.parametrize("name", set_names())
def test_planted_mixtures_of_the_own_pictures_are_named_right(name):
    patterns = pictures(name)
    mixtures, rng = Mixtures(patterns), np.random.default_rng(5)
    threes = list(combinations(range(len(patterns)), 3))
    if len(threes) > 300:
        threes = [threes[place] for place in rng.choice(len(threes), 300, replace=False)]
    missed = 0
    for chosen in threes:
        true = tuple(zip(signs_of(rng, 3), chosen, strict=True))
        found = mixtures.identify(planted(patterns, true))
        if found.members == true:
            assert (found.kind, found.agreement) == (MIXTURE, 1.0)
        elif found.kind is MIXTURE and found.agreement < 1:
            missed += 1
        else:  # the mixture is a memory as well, or another mixture is the same picture
            assert found.kind in {MEMORY, INVERSE, MIXTURE}
            assert len(found.members) <= 3
    assert missed <= len(threes) // 100


def test_a_damaged_mixture_keeps_its_name_up_to_one_unit_in_twenty():
    patterns = random_patterns(8, 400, seed=6)
    true = ((1, 1), (-1, 2), (1, 7))
    state = planted(patterns, true)
    found = identify(patterns, damaged(state, 20), settle=None)
    assert (found.kind, found.members) == (MIXTURE, true)
    assert found.agreement == pytest.approx(0.9)


def test_raw_overlaps_mislead_and_dual_ones_do_not():
    # Copies of one face with a few units changed: a mixture of three is like all of them.
    rng = np.random.default_rng(7)
    face = random_patterns(1, 600, seed=8)[0]
    patterns = np.stack([face.copy() for _ in range(8)])
    for row in patterns:
        row[rng.choice(600, 150, replace=False)] *= -1
    true = ((1, 0), (-1, 3), (1, 5))
    state = planted(patterns, true)
    raw = np.argsort(-np.abs(patterns.astype(int) @ state))[:3]
    assert set(raw.tolist()) != {0, 3, 5}
    assert identify(patterns, state, settle=None).members == true


def test_the_members_are_the_smallest_number_that_will_do():
    patterns = random_patterns(9, 900, seed=9)
    found = identify(patterns, planted(patterns, [(1, index) for index in range(7)]), settle=None)
    assert [index for _, index in found.members] == list(range(7))
    assert found.next_best.agreement < 1


def plain(patterns, state) -> tuple[int, float]:
    """The definition at its plainest: how many members, and the overlap; 0 members if none."""
    duals = np.linalg.pinv(patterns.T.astype(float)) @ state
    order = np.argsort(-np.abs(duals), kind="stable")
    for count in range(3, len(patterns) + 1, 2):
        chosen = order[:count]
        made = np.sign(np.sign(duals[chosen]) @ patterns[chosen])
        if made @ state >= 0.9 * state.size:
            return count, made @ state / state.size
    return 0, 0.0


@pytest.mark.parametrize("name", ["letters-10", "pictograms-16", "orthogonal-8", "digits-10"])
def test_settled_states_are_named_as_the_plain_definition_does_or_better(name):
    patterns = pictures(name)
    network, mixtures = Network(patterns), Mixtures(patterns)
    rng = np.random.default_rng(10)
    for start in random_patterns(40, patterns.shape[1], seed=11):
        run = network.start(start, rng=rng)
        run.advance(10**6)
        found = mixtures.identify(run.state)
        count, overlap = plain(patterns, run.state)
        if found.kind in {MEMORY, INVERSE} or not count:
            continue
        assert found.kind is MIXTURE
        assert not found.weights
        assert len(found.members) <= count
        assert found.agreement >= overlap - 1e-9 or len(found.members) < count


# Mixtures known by where they fall


def test_a_state_that_a_mixture_settles_in_is_that_mixture():
    patterns = pictures("pictograms-16")
    network = Network(patterns)
    settle = settler(network)
    mixtures = Mixtures(patterns)
    fallen = []
    for start in random_patterns(120, patterns.shape[1], seed=13):
        state = settled(network, start)
        found = mixtures.identify(state, settle=settle)
        if found.falls_from:
            fallen.append(found)
            assert found.kind is MIXTURE
            assert not found.weights
            mixture = planted(patterns, found.members)
            assert settled(network, mixture).tolist() == state.tolist()
            alone = mixtures.identify(state)
            assert alone.kind is OTHER or alone.weights or len(alone.members) > len(found.members)
    assert fallen


def test_nothing_is_let_fall_for_a_state_that_is_not_settled():
    patterns = random_patterns(5, 60, seed=14)
    state = random_patterns(1, 60, seed=15)[0]

    def never(_states, _goal):
        raise AssertionError

    identify(patterns, state, settle=never, settled=False)
    identify(patterns, state, settle=never, cycle=True)
    with pytest.raises(AssertionError):
        identify(patterns, state, settle=never)


# Mixtures of unequal weights, and ties


def test_an_asymmetric_mixture_has_weights():
    patterns = random_patterns(8, 2000, seed=16)
    state = planted(patterns, [(2, 6), (-2, 1), (1, 4), (1, 5), (-1, 0)])
    found = identify(patterns, state, settle=None)
    assert found.kind is MIXTURE
    assert found.members == ((-1, 0), (-1, 1), (1, 4), (1, 5), (1, 6))
    assert found.agreement >= 0.9
    # Twice the weight decides twice as often.
    assert found.weights == pytest.approx((0.25, 0.5, 0.25, 0.25, 0.5), abs=0.05)
    assert found.next_best.agreement < 0.9


def test_units_at_which_members_tie_count_as_agreeing():
    # Two orthogonal memories in equal parts tie on half of the units.
    patterns = np.array([[1, 1, 1, 1] * 10, [1, 1, -1, -1] * 10, [1, -1, 1, -1] * 10], np.int8)
    for tied in ([1, -1], [-1, 1]):
        state = np.array([1, 1, *tied] * 10, np.int8)
        found = identify(patterns[:2], state, settle=None)
        assert (found.kind, found.members) == (MIXTURE, ((1, 0), (1, 1)))
        assert found.agreement == 1.0
        assert found.weights[0] == pytest.approx(found.weights[1])


@pytest.mark.parametrize("memories", [60, 100, 300])
def test_a_projection_that_reproduces_anything_is_no_mixture(memories):
    patterns = random_patterns(memories, 100, seed=17)
    mixtures = Mixtures(patterns)
    for state in random_patterns(20, 100, seed=18):
        assert not mixtures.identify(state).weights


def test_random_states_are_close_to_no_memory():
    mixtures = Mixtures(random_patterns(12, 400, seed=19))
    for state in random_patterns(50, 400, seed=20):
        found = mixtures.identify(state)
        assert (found.kind, found.members, found.weights) == (OTHER, (), ())
        assert 0 < found.agreement < 0.9
        assert found.next_best.agreement == found.agreement


# Memories that depend on one another


def test_copies_and_opposites_are_one_memory():
    base = random_patterns(4, 300, seed=21)
    patterns = np.vstack([base[0], base[0], -base[0], base[1], -base[1], base[2], base[3]])
    assert Mixtures(patterns).distinct.tolist() == [0, 3, 5, 6]
    found = identify(patterns, base[0], settle=None)
    assert (found.kind, found.members) == (MEMORY, ((1, 0),))
    assert found.next_best.members[0][1] not in {0, 1, 2}
    upright = identify(patterns, -base[1], settle=None)
    assert (upright.kind, upright.members) == (MEMORY, ((1, 4),))
    assert identify(patterns, -base[2], settle=None).members == ((-1, 5),)
    true = ((1, 0), (-1, 3), (1, 5))
    found = identify(patterns, planted(patterns, true), settle=None)
    assert (found.kind, found.members, found.agreement) == (MIXTURE, true, 1.0)


def test_the_dual_overlaps_are_those_of_the_pseudo_inverse():
    base = random_patterns(6, 64, seed=22)
    dependent = (base[0] * base[1] * base[2])[None]
    patterns = np.vstack([base, dependent])
    state = random_patterns(1, 64, seed=23)[0]
    mixtures = Mixtures(patterns)
    duals = mixtures.dual_overlaps(patterns.astype(int) @ state)
    assert duals == pytest.approx(np.linalg.pinv(patterns.T.astype(float)) @ state, abs=1e-9)


def test_linearly_dependent_memories_do_no_harm():
    # Of ±1 rows of 4 letters, a + b = c + d: no weights are the only ones.
    letters = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, 1, -1], [1, -1, 1, 1]], np.int8)
    patterns = np.hstack([letters] * 25)
    assert np.linalg.matrix_rank(patterns) == 3
    for index, row in enumerate(patterns):
        assert identify(patterns, row, settle=None).members == ((1, index),)


# The remaining kinds, and the edges


def test_cycles_and_unsettled_states_say_what_they_are_like():
    patterns = random_patterns(4, 100, seed=24)
    cycle = identify(patterns, -patterns[2], settle=None, cycle=True)
    assert (cycle.kind, cycle.members) == (Kind.CYCLE, ((-1, 2),))
    hot = identify(patterns, patterns[1], settle=None, settled=False)
    assert (hot.kind, hot.members) == (Kind.UNSETTLED, ((1, 1),))


def test_without_memories_a_state_is_close_to_none():
    nothing = identify(np.empty((0, 9), np.int8), np.ones(9, np.int8), settle=None)
    assert nothing == Verdict(OTHER)


@law
@given(net=nets(most=12))
def test_any_memories_and_any_state_get_a_name(net):
    patterns, state = net
    found = identify(patterns, state, settle=settler(Network(patterns, PRESETS["textbook"])))
    assert -1 <= found.agreement <= 1
    assert len(found.members) != 0 or found.kind is OTHER
    assert [index for _, index in found.members] == sorted({index for _, index in found.members})


def test_overlaps_at_hand_change_nothing():
    patterns = random_patterns(7, 200, seed=25)
    mixtures = Mixtures(patterns)
    for state in random_patterns(5, 200, seed=26):
        overlaps = patterns.astype(np.int32) @ state
        assert mixtures.overlaps(state).tolist() == overlaps.tolist()
        assert mixtures.identify(state, overlaps=overlaps) == mixtures.identify(state)
