"""Recovery curves and turning units, against closed forms and recalls one by one."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from cases import random_patterns
from kinds import begin, network_of

from hopgui.model.basins import exact_basins
from hopgui.model.choices import Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.network import Network
from hopgui.model.recovery import ROUND, recovery, turning_units, wilson


def curve(network, state, **more):
    """The last snapshot, all of them held to tell one story."""
    before = None
    for now in recovery(network, state, rng=np.random.default_rng(1), **more):
        assert now.done == now.tries.sum()
        assert np.all(now.exact <= now.near)
        assert np.all(now.near <= now.tries)
        if before is not None:
            assert np.all(now.tries >= before.tries)
        before = now
    assert before.done == before.total
    return before


def turned(network, state, seed=1, **more):
    """The last snapshot."""
    *_, last = turning_units(network, state, rng=np.random.default_rng(seed), **more)
    assert last.done == last.total == last.known.sum()
    return last


# Intervals


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_the_published_one(hits, tries, low, high):
    # Newcombe 1998, table I, method 3.
    found = wilson(np.array([hits]), np.array([tries]))[:, 0]
    assert found == pytest.approx([low, high], abs=5e-5)


def test_nothing_tried_is_nothing_known():
    found = wilson(np.zeros(2, np.int64), np.array([0, 10]))
    assert found[:, 0].tolist() == [0.0, 1.0]
    assert 0 <= found[0, 1] < found[1, 1] < 0.3


# Recovery


def test_one_memory_comes_back_while_less_than_half_of_it_is_flipped():
    # Closed form for a single memory, an odd number of units and no self-connections.
    memory = random_patterns(1, 101, seed=1)
    percents = (0, 10, 49, 50, 51, 100)
    found = curve(Network(memory, TEXTBOOK), memory[0], percents=percents, rounds=3)
    assert found.flips.tolist() == [0, 10, 49, 51, 52, 101]
    assert found.tries.tolist() == [3 * ROUND] * 6
    assert found.exact.tolist() == found.near.tolist() == [3 * ROUND] * 3 + [0] * 3
    assert found.exact_share.tolist() == [1.0] * 3 + [0.0] * 3
    assert np.all(found.exact_interval[0] <= found.exact_share)
    assert np.all(found.near_interval[1] >= found.near_share)


def test_near_is_up_to_one_unit_in_twenty():
    # A state one unit beside an attractor never comes back itself, but its neighbour is near.
    memory = random_patterns(1, 101, seed=2)
    for beside, near in ((1, 1.0), (5, 1.0), (6, 0.0)):
        state = memory[0].copy()
        state[:beside] *= -1
        found = curve(Network(memory, TEXTBOOK), state, percents=[0, 5], rounds=1)
        assert found.exact_share.tolist() == [0.0, 0.0]
        assert found.near_share.tolist() == [near, near]


def test_a_curve_agrees_with_exact_basins():
    network = Network(random_patterns(3, 10, seed=3), TEXTBOOK)
    exact = exact_basins(network, rng=np.random.default_rng(1))
    place = int(np.argmax(exact.sizes))
    state = exact.attractors[place].state
    numbers = np.arange(2**10)
    apart = np.array([int(each).bit_count() for each in numbers ^ exact.number(state)])
    shares = [exact.shares[apart == flips, place].mean() for flips in range(6)]
    found = curve(
        network,
        state,
        percents=[0, 10, 20, 30, 40, 50],
        rounds=200,
        update=Update.REPLACEMENT,
    )
    for point, flips in enumerate(found.flips.tolist()):
        error = np.sqrt(shares[flips] * (1 - shares[flips]) / found.tries[point])
        assert abs(found.exact_share[point] - shares[flips]) <= 5 * error + 1e-9


def test_pinned_units_are_never_damaged():
    memory = random_patterns(1, 20, seed=4)
    pinned = np.ones(20, bool)
    found = curve(Network(memory, TEXTBOOK), memory[0], pinned=pinned, rounds=1)
    assert found.flips.tolist() == [0] * found.flips.size
    assert np.all(found.exact == found.tries)


def test_what_cannot_be_damaged_is_refused():
    network = Network(random_patterns(1, 20, seed=4))
    for percents in ([-1], [50, 101]):
        with pytest.raises(ValueError, match="percentage"):
            curve(network, network.patterns[0], percents=percents)
    with pytest.raises(ValueError, match="19 units"):
        curve(network, network.patterns[0][1:])


def test_the_curve_is_the_same_in_any_number_of_threads():
    network = Network(random_patterns(6, 60, seed=5), TEXTBOOK)
    alone = curve(network, network.patterns[0], rounds=4)
    with ThreadPoolExecutor(3) as executor:
        found = curve(network, network.patterns[0], rounds=4, executor=executor)
    assert found.exact.tolist() == alone.exact.tolist()
    assert found.near.tolist() == alone.near.tolist()
    assert 0 < alone.exact[15] < alone.tries[15]


# Turning units


@pytest.mark.parametrize("update", Update)
@pytest.mark.parametrize("kind", ["hebb", "storkey", "cubic", "exponential"])
@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK])
def test_turning_units_are_those_of_recalls_one_by_one(update, kind, chosen):
    network = network_of(kind, random_patterns(4, 21, seed=6), chosen)
    state = random_patterns(1, 21, seed=7)[0]
    pinned = np.arange(21) < 3

    def end(start):
        run = begin(network, start, update, seed=9, pinned=pinned)
        run.advance(21 * 100)
        assert run.settled
        last = [run.state.tolist()]
        if run.cycling:
            flips = network.unstable(run.state) & ~pinned
            last.append(np.where(flips, -run.state, run.state).tolist())
        return sorted(last)

    found = turned(network, state, seed=9, update=update, pinned=pinned)
    assert found.end.tolist() in end(state)
    for unit in range(21):
        other = state.copy()
        other[unit] *= -1
        assert found.turns[unit] == (unit >= 3 and end(other) != end(state))
    assert found.known.tolist() == (~pinned).tolist()


def test_far_from_any_border_no_unit_turns_a_fall_and_on_it_every_one_does():
    memory = random_patterns(1, 21, seed=8)
    network = Network(memory, TEXTBOOK)
    assert not turned(network, memory[0]).turns.any()
    state = memory[0].copy()
    state[:10] *= -1  # an overlap of one unit: each of the other eleven decides
    assert turned(network, state).turns.tolist() == [False] * 10 + [True] * 11


def test_random_ties_settle_like_all_else():
    network = Network(random_patterns(4, 9, seed=9), Conventions(ties=Ties.RANDOM))
    found = turned(network, network.patterns[0])
    assert found.known.all()
