"""Where kicks lead, against kicks made one by one."""

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.basins import exact_basins
from hopgui.model.choices import Dynamics, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.model.transitions import transitions


def found(network, **more):
    return transitions(exact_basins(network, rng=np.random.default_rng(0), **more))


def chance_by_hand(network, state, ends):
    """The chance to fall from a state to each end, by following every order of single flips."""
    key = tuple(state.tolist())
    if key not in ends:
        unstable = np.flatnonzero(network.unstable(state))
        if not unstable.size:
            ends[key] = {key: 1.0}
        else:
            ends[key] = {}
            for unit in unstable:
                after = state.copy()
                after[unit] *= -1
                for end, chance in chance_by_hand(network, after, ends).items():
                    ends[key][end] = ends[key].get(end, 0.0) + chance / unstable.size
    return ends[key]


@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK], ids=["article", "textbook"])
@pytest.mark.parametrize("seed", range(3))
def test_chances_are_those_of_every_order_of_flips(chosen, seed):
    network = Network(random_patterns(3, 8, seed), chosen)
    kicked = found(network)
    ends = {}
    for row, attractor in enumerate(kicked.attractors):
        total = np.zeros(len(kicked.attractors))
        away = []
        for unit in range(8):
            start = attractor.state.copy()
            start[unit] *= -1
            chances = chance_by_hand(network, start, ends)
            by_end = [chances.get(tuple(other.state.tolist()), 0) for other in kicked.attractors]
            total += np.array(by_end) / 8
            away.append(1 - by_end[row])
        assert kicked.chances[row] == pytest.approx(total)
        unit = kicked.kicks[row]
        if unit < 0:
            assert max(away) == pytest.approx(0)
        else:
            assert away[unit] == pytest.approx(max(away))


def test_sampled_kicks_agree_within_their_error():
    network = Network(random_patterns(4, 9, 5), TEXTBOOK)
    kicked = found(network)
    rng = np.random.default_rng(1)
    row = int(np.argmin(kicked.chances.diagonal()))
    tries, hits = 2000, np.zeros(len(kicked.attractors))
    places = {each.state.tobytes(): place for place, each in enumerate(kicked.attractors)}
    for _ in range(tries):
        start = kicked.attractors[row].state.copy()
        start[rng.integers(9)] *= -1
        run = network.start(start, rng=rng, dynamics=Dynamics(Update.REPLACEMENT))
        while not run.settled:
            run.advance(100)
        hits[places[run.state.tobytes()]] += 1
    # Five standard deviations of a binomial count.
    assert np.abs(hits / tries - kicked.chances[row]).max() < 5 * 0.5 / tries**0.5


def test_every_row_adds_up_and_one_memory_keeps_what_is_kicked():
    kicked = found(Network(random_patterns(1, 9, 1), TEXTBOOK))
    assert kicked.chances.tolist() == [[1, 0], [0, 1]]
    assert kicked.kicks.tolist() == [-1, -1]
    assert kicked.sizes.sum() == pytest.approx(1)


def test_pinned_units_are_never_kicked():
    state = random_patterns(1, 8, 4)[0]
    pinned = np.arange(8) < 5
    kicked = found(Network(random_patterns(3, 8, 2), TEXTBOOK), state=state, pinned=pinned)
    assert kicked.chances.sum(axis=1) == pytest.approx(np.ones(len(kicked.attractors)))
    assert all(unit < 0 or not pinned[unit] for unit in kicked.kicks)
    everything = np.ones(8, bool)
    alone = found(Network(random_patterns(3, 8, 2), TEXTBOOK), state=state, pinned=everything)
    assert alone.chances.tolist() == [[1.0]]
