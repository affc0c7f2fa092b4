"""The nearest memory, against counting the units that differ."""

from fractions import Fraction

import numpy as np
import pytest
import reference
from cases import law, nets, random_patterns
from hypothesis import given

from hopgui.model.nearest import nearest_memory
from hopgui.model.network import Network


@law
@given(net=nets(most=12))
def test_the_distance_counts_the_units_that_differ(net):
    patterns, state = net
    found = nearest_memory(Network(patterns).overlaps(state), state.size)
    if not len(patterns):
        assert found.memory is None
        return
    index, sign, unlike = reference.nearest(patterns, state)
    assert (found.memory, found.sign, found.distance) == (index, sign, unlike)
    exact = Fraction(sign * (state.size - 2 * unlike), state.size)
    assert found.overlap == pytest.approx(float(exact))
    assert found.near == (abs(exact) >= Fraction(9, 10))


@pytest.mark.parametrize("units", [20, 100, 4096])
def test_a_memory_a_twentieth_away_is_still_that_memory(units):
    patterns = random_patterns(3, units, seed=units)
    network = Network(patterns)
    for sign in (1, -1):
        state = sign * patterns[1]
        state[: units // 20] *= -1
        found = nearest_memory(network.overlaps(state), units)
        assert (found.near, found.memory, found.sign) == (True, 1, sign)
        assert found.distance == units // 20
        state[units // 20] *= -1
        assert not nearest_memory(network.overlaps(state), units).near


def test_nine_tenths_is_enough_at_every_size():
    # 0.9 is no exact binary number: no size may fall on the wrong side of it.
    for units in range(10, 65_537, 10):
        at = nearest_memory(np.array([9 * units // 10]), units)
        below = nearest_memory(np.array([9 * units // 10 - 2]), units)
        assert (at.near, below.near) == (True, False), units


def test_of_equals_the_first_memory_is_nearest_and_no_inverse():
    found = nearest_memory(np.array([2, -6, 6, 6]), 10)
    assert (found.memory, found.sign, found.distance, found.overlap) == (2, 1, 2, 0.6)
    found = nearest_memory(np.array([2, -6, -6]), 10)
    assert (found.memory, found.sign, found.distance, found.overlap) == (1, -1, 2, -0.6)


def test_without_memories_a_state_is_close_to_none():
    found = nearest_memory(np.empty(0, np.int32), 25)
    assert not found.near
    assert found.memory is None
    assert found.overlap == 0


def test_a_state_half_way_from_everything_is_other():
    found = nearest_memory(np.array([0, 0]), 8)
    assert not found.near
    assert (found.memory, found.sign, found.distance) == (0, 1, 4)
