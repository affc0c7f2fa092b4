"""A census against recalls one by one, and against what can be said without any."""

import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import islice

import numpy as np
import pytest
import reference
from cases import certain_conventions, law, nets, random_patterns, seeds
from hypothesis import given
from hypothesis import strategies as st
from kinds import KINDS, network_of

from hopgui.model import census as census_module
from hopgui.model.abreast import never
from hopgui.model.census import Census, census
from hopgui.model.choices import Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.falls import LANES, Falls, free_units
from hopgui.model.kernels import census as loops
from hopgui.model.network import Network
from hopgui.model.starts import StartKind, Starts
from hopgui.model.verdict import Kind
from hopgui.refusal import Refusal


def taken(network, starts=None, total=300, seed=1, **more) -> Census:
    """The last snapshot, all of them held to tell one story."""
    before = None
    for now in census(network, starts or Starts(), total, rng=np.random.default_rng(seed), **more):
        assert now.total == total
        assert sum(now.counts.values()) + now.unkept == now.done
        assert now.hits.sum() + now.counts[Kind.UNSETTLED] + now.unkept == now.done
        if before is not None:
            assert now.done >= before.done
            assert now.attractors[: len(before.attractors)] == before.attractors
        before = now
    assert before.done == total
    return before


def as_rows(found: Census) -> list[list[int]]:
    return [each.state.tolist() for each in found.attractors]


def same(one: Census, other: Census) -> bool:
    return (
        as_rows(one) == as_rows(other)
        and one.hits.tolist() == other.hits.tolist()
        and one.counts == other.counts
        and [each.verdict for each in one.attractors] == [each.verdict for each in other.attractors]
    )


# What every fall does


@law
@given(net=nets(least=1, most=12), chosen=certain_conventions, seed=seeds)
def test_falls_are_the_slow_recalls_of_the_same_streams(net, chosen, seed):
    patterns, state = net
    streams = np.random.default_rng(seed).integers(0, 2**64, 5, dtype=np.uint64)
    falls = Falls(Network(patterns, chosen), Update.ASYNC, free_units(state.size, None), never())
    ends = falls.apart(np.tile(state, (5, 1)), streams.copy())
    assert set(ends.ends.tolist()) == {loops.STABLE}
    for end, stream in zip(ends.states, streams.tolist(), strict=True):
        expected = reference.settled_by(patterns, state, chosen, stream)[0]
        assert end.tolist() == expected.tolist()


@pytest.mark.parametrize("update", [Update.ASYNC, Update.STEEPEST])
def test_a_fall_hears_the_stop(update):
    # All +1 with one memory of −1 but for the units that begin it: a long way down.
    memory = np.ones(2000, np.int8)
    start = np.where(np.arange(2000) < 900, -1, 1).astype(np.int8)
    stop = never()
    falls = Falls(Network(memory[None]), update, free_units(2000, None), stop)
    streams = np.zeros(1, np.uint64)
    assert falls.apart(start[None].copy(), streams.copy()).ends[0] == loops.STABLE
    stop[0] = 1
    stopped = falls.apart(start[None].copy(), streams.copy())
    assert stopped.ends[0] == loops.UNSETTLED


def test_a_steepest_fall_hears_a_stop_that_comes_while_it_falls():
    rng = np.random.default_rng(0)
    network = Network(rng.choice(np.array([-1, 1], np.int8), (20, 16384)))
    stop = never()
    falls = Falls(network, Update.STEEPEST, free_units(16384, None), stop)
    start = rng.choice(np.array([-1, 1], np.int8), (1, 16384))
    falls.apart(network.patterns[:1].copy(), np.zeros(1, np.uint64))  # compiles it
    with ThreadPoolExecutor(1) as threads:
        fall = threads.submit(falls.apart, start, np.zeros(1, np.uint64))
        time.sleep(0.1)
        stop[0] = 1
        assert fall.result().ends[0] == loops.UNSETTLED


def in_one_order(patterns, starts, chosen, seed):
    """Falls side by side at their plainest: each begins at the sweep at which a lane is free."""
    orders = reference.fresh_orders(range(starts.shape[1]), reference.splitmix64(seed))
    ends, waiting, busy = {}, list(range(len(starts))), {}
    while waiting or busy:
        for fall in islice(waiting, LANES - len(busy)):
            busy[fall] = starts[fall]
        waiting = [fall for fall in waiting if fall not in busy]
        order = next(orders)
        for fall in list(busy):
            state, flips, _ = reference.recall(patterns, busy[fall], chosen, [order])
            busy[fall] = state
            if not flips:
                ends[fall] = busy.pop(fall)
    return [ends[fall].tolist() for fall in range(len(starts))]


@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK, Conventions(self_connections=False)])
@pytest.mark.parametrize("memories", [1, 4, 7])
def test_falls_side_by_side_are_those_of_one_order(chosen, memories):
    patterns = random_patterns(memories, 14, seed=memories)
    starts = random_patterns(2 * LANES + 9, 14, seed=8)
    falls = Falls(Network(patterns, chosen), Update.ASYNC, free_units(14, None), never())
    assert falls.side_by_side
    ends = falls.together(starts.copy(), np.array([77], np.uint64))
    assert set(ends.ends.tolist()) == {loops.STABLE}
    assert ends.states.tolist() == in_one_order(patterns, starts, chosen, 77)


@pytest.mark.parametrize("weights", [[1, 1, 1], [9, 1, 5]])
def test_wide_fields_side_by_side_are_those_of_single_falls(weights):
    # 3000 units times weights: 16 bits would not hold the fields. Row by row there is one order.
    patterns, starts = random_patterns(3, 3000, seed=1), random_patterns(70, 3000, seed=2)
    network = network_of("hebb", patterns, TEXTBOOK, weights=weights)
    falls = Falls(network, Update.RASTER, free_units(3000, None), never())
    streams = np.zeros(70, np.uint64)
    apart = falls.apart(starts.copy(), streams)
    together = falls.together(starts.copy(), streams[:1])
    assert np.array_equal(apart.states, together.states)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("update", Update)
@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK], ids=["article", "textbook"])
def test_every_attractor_of_every_kind_is_stable_or_a_cycle(kind, update, chosen):
    network = network_of(kind, random_patterns(3, 16, seed=5), chosen)
    found = taken(network, total=200, update=update)
    for each in found.attractors:
        assert each.energy == network.energy(each.state)
        assert each.minimum == (not network.descents(each.state).any())
        if each.partner is None:
            assert not network.unstable(each.state).any()
        else:
            assert update is Update.SYNC
            assert each.verdict.kind is Kind.CYCLE
            for one, other in ((each.state, each.partner), (each.partner, each.state)):
                stepped = np.where(network.unstable(one), -one, one)
                assert stepped.tolist() == other.tolist() != one.tolist()


def test_a_cycle_counts_as_one_from_whichever_of_its_states_it_is_reached():
    # N = 2, ξ = (+, +) without self-connections: (+, −) and (−, +) take turns.
    network = Network(np.ones((1, 2), np.int8), TEXTBOOK)
    found = taken(network, update=Update.SYNC)
    cycles = [each for each in found.attractors if each.verdict.kind is Kind.CYCLE]
    assert len(cycles) == 1
    assert len(found.attractors) == 3
    assert {tuple(cycles[0].state), tuple(cycles[0].partner)} == {(1, -1), (-1, 1)}


@pytest.mark.parametrize("update", Update)
def test_with_random_ties_no_end_has_a_unit_that_might_flip(update):
    chosen = Conventions(self_connections=False, ties=Ties.RANDOM)
    network = Network(random_patterns(4, 9, seed=2), chosen)
    found = taken(network, update=update)
    assert found.attractors
    assert not any(network.unstable(each.state).any() for each in found.attractors)


def test_what_never_settles_is_counted_as_unsettled(monkeypatch):
    monkeypatch.setattr("hopgui.model.falls.PATIENCE", 20)
    network = Network(np.ones((1, 1), np.int8), trouble=Trouble(negative_own=True))
    found = taken(network, total=50)
    assert not found.attractors
    assert found.counts[Kind.UNSETTLED] == 50


# Where starts lie


def test_a_start_from_an_attractor_stays_there():
    network = Network(random_patterns(3, 20, seed=3))
    for each in taken(network).attractors:
        around = Starts(StartKind.AROUND, 0.0, each.state)
        again = taken(network, around, total=40)
        assert as_rows(again) == [each.state.tolist()]
        assert again.hits.tolist() == [40]


def test_lightly_damaged_memories_all_come_back_equally_often():
    network = Network(random_patterns(5, 400, seed=4), TEXTBOOK)
    found = taken(network, Starts(StartKind.DAMAGED, 20), total=1000)
    assert sorted(as_rows(found)) == sorted(network.patterns.tolist())
    assert found.hits.tolist() == [200] * 5
    assert found.counts[Kind.MEMORY] == 1000


def test_damage_flips_exactly_so_many_of_the_free_units_each_as_often():
    states = np.ones((4000, 10), np.int8)
    streams = np.empty(4000, np.uint64)
    loops.streams_of(np.uint64(9), 0, streams)
    free = np.array([0, 2, 3, 5, 6, 9], np.int32)
    loops.scatter(states, free, streams, loops.FLIPPED, 2)
    assert set((states < 0).sum(axis=1).tolist()) == {2}
    flips = (states < 0).sum(axis=0)
    assert flips[[1, 4, 7, 8]].tolist() == [0] * 4
    # Each of 4000 starts flips a unit with chance 1/3: five standard deviations are 150.
    assert np.all(np.abs(flips[free] - 4000 / 3) < 150)


def test_random_starts_draw_every_unit_evenly():
    states = np.zeros((4000, 130), np.int8)
    streams = np.empty(4000, np.uint64)
    loops.streams_of(np.uint64(9), 0, streams)
    free = np.arange(130, dtype=np.int32)
    loops.scatter(states, free, streams, loops.DRAWN, 0)
    assert set(np.unique(states).tolist()) == {-1, 1}
    assert np.all(np.abs(states.sum(axis=0)) < 5.5 * np.sqrt(4000))
    pairs = np.abs(states.astype(int).T @ states - 4000 * np.eye(130))
    assert pairs.max() < 5.5 * np.sqrt(4000)


@pytest.mark.parametrize("kind", StartKind)
def test_pinned_units_stand_as_they_were_told_to(kind):
    rng = np.random.default_rng(6)
    network = Network(random_patterns(3, 80, seed=6), TEXTBOOK)
    pinned, state = rng.random(80) < 0.4, random_patterns(1, 80, seed=7)[0]
    found = taken(network, Starts(kind, 30, state), pinned=pinned)
    for each in found.attractors:
        assert each.state[pinned].tolist() == state[pinned].tolist()
        assert not network.unstable(each.state)[~pinned].any()


def test_with_all_units_pinned_nothing_moves():
    state = random_patterns(1, 9, seed=1)[0]
    network = Network(random_patterns(2, 9, seed=2))
    for update in Update:
        found = taken(network, Starts(state=state), 5, pinned=np.ones(9, bool), update=update)
        assert as_rows(found) == [state.tolist()]


def test_impossible_starts_are_refused():
    network = Network(np.empty((0, 9), np.int8))
    with pytest.raises(Refusal, match="no memories"):
        next(census(network, Starts(StartKind.DAMAGED), 5, rng=np.random.default_rng(1)))
    around = Starts(StartKind.AROUND, 5, np.ones(8, np.int8))
    with pytest.raises(ValueError, match="8 units"):
        next(census(network, around, 5, rng=np.random.default_rng(1)))
    for percent in (-1, 101, float("nan")):
        with pytest.raises(ValueError, match="percentage"):
            Starts(StartKind.DAMAGED, percent)
    with pytest.raises(ValueError, match="need that state"):
        next(census(network, Starts(StartKind.AROUND), 5, rng=np.random.default_rng(1)))


# How it is done


@pytest.mark.parametrize("update", [Update.ASYNC, Update.REPLACEMENT, Update.SYNC])
def test_the_same_seed_gives_the_same_census_in_any_number_of_threads(update):
    network = Network(random_patterns(8, 100, seed=9))
    alone = taken(network, total=1500, update=update)
    for threads in (1, 3):
        with ThreadPoolExecutor(threads) as executor:
            assert same(taken(network, total=1500, update=update, executor=executor), alone)
    assert not same(taken(network, total=1500, update=update, seed=2), alone)


def test_a_longer_census_goes_on_where_a_shorter_one_ended():
    network = Network(random_patterns(8, 100, seed=9))
    short, long = taken(network, total=700), taken(network, total=1400)
    assert as_rows(long)[: len(short.attractors)] == as_rows(short)
    assert np.all(long.hits[: len(short.hits)] >= short.hits)


def test_past_the_bound_attractors_are_counted_but_not_kept(monkeypatch):
    network = Network(random_patterns(8, 100, seed=9))
    whole = taken(network, total=600)
    monkeypatch.setattr(census_module, "MOST_KEPT", 3)
    found = taken(network, total=600)
    assert as_rows(found) == as_rows(whole)[:3]
    assert found.hits.tolist() == whole.hits[:3].tolist()
    assert found.unkept == 600 - whole.hits[:3].sum() > 0


def test_a_census_that_is_closed_leaves_the_threads_to_others():
    network = Network(random_patterns(20, 784, seed=9))
    with ThreadPoolExecutor(2) as executor:
        steps = census(network, Starts(), 10**6, rng=np.random.default_rng(1), executor=executor)
        assert next(steps).done == 0
        next(steps)
        steps.close()
        assert executor.submit(int, "1").result(timeout=60) == 1
    # Without an executor its own threads end with it: the house's fixture looks for them.
    steps = census(network, Starts(), 10**6, rng=np.random.default_rng(1))
    next(steps)
    next(steps)
    steps.close()


@given(total=st.integers(0, 3))
@law
def test_a_census_of_hardly_any_falls(total):
    found = taken(Network(np.ones((1, 3), np.int8)), total=total)
    assert found.done == total


def test_planted_mixtures_are_named_with_members_and_signs():
    patterns = random_patterns(4, 784, seed=12)
    network = Network(patterns, TEXTBOOK)
    true = ((1, 0), (-1, 1), (1, 3))
    mixture = np.sign(sum(sign * patterns[index].astype(int) for sign, index in true))
    found = taken(network, Starts(StartKind.AROUND, 2, mixture.astype(np.int8)), total=64)
    best = found.attractors[int(np.argmax(found.hits))]
    assert best.verdict.kind is Kind.MIXTURE
    assert best.verdict.members == true


class AtOnce(Executor):
    """Does each part when it is handed in, so that several end before the first is counted."""

    def submit(self, fn, /, *args, **kwargs):
        done = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def test_what_has_a_name_is_not_named_again(monkeypatch):
    named, attractors = [], census_module.Naming.attractors

    def listening(self, found):
        named.extend(state.tobytes() for state, _ in found)
        return attractors(self, found)

    monkeypatch.setattr(census_module.Naming, "attractors", listening)
    network = Network(random_patterns(3, 60, seed=4))
    rng = np.random.default_rng(1)
    *_, last = census(network, Starts(), 3000, rng=rng, executor=AtOnce())
    assert sorted(named) == sorted(each.state.tobytes() for each in last.attractors)
