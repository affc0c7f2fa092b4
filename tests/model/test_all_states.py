"""Every state of a small grid, numbered and scored."""

import numpy as np
import pytest
from cases import bits, conventions, law, memories, random_patterns, states
from hypothesis import given
from hypothesis import strategies as st
from kinds import KINDS, REAL, network_of

from hopgui.model.all_states import digit_counts, number_of, scores_of_all, state_of
from hopgui.model.choices import Trouble
from hopgui.model.network import Network


def scores(network):
    *_, (done, found) = scores_of_all(network)
    assert done == 2**network.units
    return found


@given(st.integers(1, 30), st.data())
def test_a_number_is_its_units(units, data):
    state = data.draw(states(units))
    number = number_of(state)
    assert state_of(number, units).tolist() == state.tolist()
    assert bits(number, units).tolist() == state.tolist()


@law
@given(st.data(), st.integers(1, 9), conventions)
def test_every_score_is_the_networks(data, units, chosen):
    network = Network(data.draw(memories(units, 5)), chosen)
    expected = [network.score(bits(number, units)) for number in range(2**units)]
    assert scores(network).tolist() == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_network_is_scored(kind):
    network = network_of(kind, random_patterns(4, 8, 2))
    expected = [network.score(bits(number, 8)) for number in range(256)]
    found = scores(network)
    if kind in REAL or network.slack:
        assert found == pytest.approx(expected, rel=1e-7, abs=max(map(abs, expected)) * 1e-7)
    else:
        assert found.tolist() == expected


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"exponential", "cubic"}])
def test_a_state_and_its_inverse_score_the_same_in_spite_of_rounding(kind):
    found = scores(network_of(kind, random_patterns(4, 9, 2)))
    assert found.tolist() == found[::-1].tolist()


@pytest.mark.parametrize("kind", ["projection", "storkey", "hebb", "order-30"])
def test_states_that_no_coupling_tells_apart_score_the_same(kind):
    """Units 0 and 1 are alike in every memory: exchanging them changes nothing."""
    patterns = random_patterns(3, 8, 4)
    patterns[:, 1] = patterns[:, 0]
    found = scores(network_of(kind, patterns))
    numbers = np.arange(256)
    exchanged = (numbers & ~3) | (numbers & 1) << 1 | (numbers & 2) >> 1
    assert found.tolist() == found[exchanged].tolist()


def test_one_way_couplings_are_scored_by_their_symmetric_part():
    network = network_of("hebb", random_patterns(3, 7, 5), trouble=Trouble(one_way=True))
    expected = [network.score(bits(number, 7)) for number in range(128)]
    assert scores(network).tolist() == expected


def test_it_tells_how_far_it_is_on_the_way():
    network = Network(random_patterns(3, 16, 1))
    told = [done for done, _ in scores_of_all(network)]
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1] == 2**16


@given(st.integers(0, 8), st.data())
def test_digits_within_a_mask_are_counted(units, data):
    mask = data.draw(st.integers(0, 2**units - 1))
    expected = [(number & mask).bit_count() for number in range(2**units)]
    assert digit_counts(mask, units).tolist() == expected
