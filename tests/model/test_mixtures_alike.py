"""What must not matter to what a state is called, and memories that hardly differ."""

import numpy as np
import pytest
from cases import law, nets, random_patterns, seeds
from hypothesis import assume, given
from planted import INVERSE, MEMORY, MIXTURE, OTHER, pictures, planted, settler, signs_of

from hopgui.model.conventions import PRESETS
from hopgui.model.mixture_search import search_all
from hopgui.model.mixtures import Mixtures, identify
from hopgui.model.network import Network
from hopgui.model.verdict import Kind, Verdict


def mirrored(verdict: Verdict) -> tuple:
    kind = {MEMORY: INVERSE, INVERSE: MEMORY}.get(verdict.kind, verdict.kind)
    return kind, tuple((-sign, index) for sign, index in verdict.members), verdict.agreement


def plainly(verdict: Verdict) -> tuple:
    return verdict.kind, verdict.members, verdict.agreement


@law
@given(net=nets(least=3, most=30))
def test_the_inverse_of_a_state_is_the_inverse_of_what_that_is(net):
    patterns, state = net
    mixtures = Mixtures(patterns)
    found, other = mixtures.identify(state), mixtures.identify(-state)
    overlaps = mixtures.overlaps(state)
    # Of what is at right angles neither sign is the right one, and of equals memories come first.
    assume(not np.isin(overlaps, -overlaps).any())
    assert plainly(other) == mirrored(found)


@law
@given(net=nets(least=3, most=30), seed=seeds)
def test_the_order_of_the_units_says_nothing(net, seed):
    patterns, state = net
    order = np.random.default_rng(seed).permutation(state.size)
    found = identify(patterns, state, settle=None)
    other = identify(np.ascontiguousarray(patterns[:, order]), state[order], settle=None)
    assert plainly(other) == plainly(found)


@pytest.mark.parametrize("members", [1, 3, 5])
def test_the_order_of_the_memories_says_nothing(members):
    patterns = random_patterns(15, 500, seed=27)
    order = np.random.default_rng(28).permutation(15)
    true = [(1 if place % 2 else -1, place * 2) for place in range(members)]
    state = planted(patterns, true)
    found = identify(np.ascontiguousarray(patterns[order]), state, settle=None)
    back = sorted((sign, int(order[index])) for sign, index in found.members)
    assert back == sorted(true)
    assert found.agreement == 1


@pytest.mark.parametrize("name", ["pictograms-32", "alphabet-10"])
def test_planted_mixtures_of_five_of_the_own_pictures_are_named(name):
    patterns = pictures(name)
    mixtures, rng = Mixtures(patterns), np.random.default_rng(29)
    for _ in range(20):
        chosen = sorted(rng.choice(len(patterns), 5, replace=False).tolist())
        true = tuple(zip(signs_of(rng, 5), chosen, strict=True))
        found = mixtures.identify(planted(patterns, true))
        assert found.kind in {MEMORY, INVERSE, MIXTURE}
        if found.kind is MIXTURE and len(found.members) == 5 and found.agreement == 1:
            assert planted(patterns, found.members).tolist() == planted(patterns, true).tolist()
        else:  # fewer will do
            assert len(found.members) <= 5
            assert found.agreement >= 0.9


@law
@given(net=nets(least=3, most=140, most_memories=12))
def test_what_is_counted_as_unlike_is(net):
    patterns, state = net
    mixtures = Mixtures(patterns)
    if not len(patterns):
        return
    overlaps = mixtures.overlaps(state)
    weights = mixtures.dual_overlaps(overlaps)
    (search,) = search_all(patterns, state[None], overlaps[None], weights[None])
    for place in range(search.unlike.size):
        each = search.equal(place)
        assert len(each.chosen) == 3 + 2 * place
        made = each.signs @ patterns[each.chosen].astype(int)
        assert each.unlike == np.count_nonzero(made * state < 0)
        assert len(set(each.chosen.tolist())) == len(each.chosen) == len(each.signs)
    for place in range(search.uneven.size):
        each = search.unequal(place)
        assert len(each.chosen) == 2 + place
        made = (each.signs * each.weights) @ patterns[each.chosen]
        assert each.unlike == np.count_nonzero(made * state < -1e-9)


@pytest.mark.parametrize("units", [100, 400, 2020])
def test_a_mixture_keeps_its_name_to_the_very_unit(units):
    patterns = random_patterns(7, units, seed=units)
    true = ((1, 0), (1, 3), (-1, 6))
    state, rng = planted(patterns, true), np.random.default_rng(30)
    where = rng.permutation(units)
    for count, kind in ((units // 20, MIXTURE), (units // 20 + 1, OTHER)):
        other = state.copy()
        other[where[:count]] *= -1
        found = identify(patterns, other, settle=None)
        assert found.kind is kind or found.weights


# One memory, copies alone, memories that hardly differ


def test_copies_alone_are_one_memory_and_make_no_mixture():
    one = random_patterns(1, 60, seed=31)[0]
    patterns = np.stack([one, one, -one, one])
    assert identify(patterns, -one, settle=None).members == ((1, 2),)
    far = random_patterns(1, 60, seed=32)[0]
    assert one @ far < 0
    found = identify(patterns, far, settle=None)
    assert (found.kind, found.members) == (OTHER, ())
    assert found.next_best.members == ((1, 2),)


def test_of_two_memories_equally_near_the_first_is_named():
    patterns = random_patterns(2, 100, seed=33)
    patterns[1] = patterns[0]
    patterns[1, :4] *= -1
    between = patterns[0].copy()
    between[:2] *= -1
    found = identify(patterns, between, settle=None)
    assert (found.kind, found.members) == (MEMORY, ((1, 0),))
    assert found.next_best.members == ((1, 1),)
    assert found.next_best.agreement == found.agreement


def test_memories_that_hardly_differ_have_the_dual_overlaps_of_the_pseudo_inverse():
    base = random_patterns(1, 2000, seed=34)[0]
    patterns = np.stack([base.copy() for _ in range(6)])
    for place in range(1, 6):
        patterns[place, place] *= -1
    state = random_patterns(1, 2000, seed=35)[0]
    duals = Mixtures(patterns).dual_overlaps(patterns.astype(int) @ state)
    expected = np.linalg.pinv(patterns.T.astype(float)) @ state
    assert duals == pytest.approx(expected, rel=1e-6, abs=1e-9)


# Step by step


@law
@given(net=nets(least=2, most=16))
def test_the_last_step_of_naming_is_the_verdict(net):
    patterns, state = net
    settle = settler(Network(patterns, PRESETS["textbook"]))
    mixtures = Mixtures(patterns)
    steps = list(mixtures.naming(state, settle=settle))
    assert steps[-1] == mixtures.identify(state, settle=settle)
    assert len(steps) <= 8
    assert all(step == steps[0] for step in steps[:-1])
    for facts, kind in (({"cycle": True}, Kind.CYCLE), ({"settled": False}, Kind.UNSETTLED)):
        assert [step.kind for step in mixtures.naming(state, **facts)] == [kind]


@pytest.mark.parametrize("memories", [0, 1, 30])
def test_preparing_changes_no_answer(memories, monkeypatch):
    monkeypatch.setattr("hopgui.model.mixtures.BLOCK", 2000)
    patterns = random_patterns(memories, 300, seed=36)
    ready = Mixtures(patterns)
    steps = sum(1 for _ in ready.prepare())
    assert steps >= (memories > 1) * 5
    assert len(list(ready.prepare())) <= 1
    for state in random_patterns(5, 300, seed=37):
        assert ready.identify(state) == Mixtures(patterns).identify(state)


def test_a_mixture_caught_in_a_cycle_or_in_the_heat_is_still_told():
    patterns = random_patterns(5, 300, seed=38)
    true = ((1, 0), (-1, 2), (1, 4))
    state = planted(patterns, true)
    for facts, kind in (({"cycle": True}, Kind.CYCLE), ({"settled": False}, Kind.UNSETTLED)):
        found = identify(patterns, state, settle=None, **facts)
        assert (found.kind, found.members, found.agreement) == (kind, true, 1.0)
        assert found.found.members == true
    assert Verdict(OTHER).found is None
