"""What a state is called, against counting the units that differ."""

from fractions import Fraction

import numpy as np
import pytest
import reference
from cases import law, nets, random_patterns
from hypothesis import given

from hopgui.model.network import Network
from hopgui.model.verdict import Kind, judge


@law
@given(net=nets(most=12))
def test_the_verdict_counts_the_units_that_differ(net):
    patterns, state = net
    verdict = judge(Network(patterns).overlaps(state), state.size)
    if not len(patterns):
        assert verdict.nearest is None
        return
    index, sign, unlike = reference.nearest(patterns, state)
    assert (verdict.nearest, verdict.sign, verdict.distance) == (index, sign, unlike)
    exact = Fraction(sign * (state.size - 2 * unlike), state.size)
    assert verdict.overlap == pytest.approx(float(exact))
    near = abs(exact) >= Fraction(9, 10)
    expected = (Kind.MEMORY if sign > 0 else Kind.INVERSE) if near else Kind.OTHER
    assert verdict.kind is expected


@pytest.mark.parametrize("units", [20, 100, 4096])
def test_a_memory_a_twentieth_away_is_still_that_memory(units):
    patterns = random_patterns(3, units, seed=units)
    network = Network(patterns)
    for sign, kind in ((1, Kind.MEMORY), (-1, Kind.INVERSE)):
        state = sign * patterns[1]
        state[: units // 20] *= -1
        verdict = judge(network.overlaps(state), units)
        assert (verdict.kind, verdict.nearest, verdict.sign) == (kind, 1, sign)
        assert verdict.distance == units // 20
        state[units // 20] *= -1
        assert judge(network.overlaps(state), units).kind is Kind.OTHER


def test_nine_tenths_is_enough_at_every_size():
    # 0.9 is no exact binary number: no size may fall on the wrong side of it.
    for units in range(10, 65_537, 10):
        at = judge(np.array([9 * units // 10]), units)
        below = judge(np.array([9 * units // 10 - 2]), units)
        assert (at.kind, below.kind) == (Kind.MEMORY, Kind.OTHER), units


def test_of_equals_the_first_memory_is_nearest():
    verdict = judge(np.array([2, -6, 6, 6]), 10)
    assert (verdict.nearest, verdict.sign) == (1, -1)
    assert verdict.overlap == -0.6
    assert verdict.distance == 2


def test_without_memories_a_state_is_close_to_none():
    verdict = judge(np.empty(0, np.int32), 25)
    assert verdict.kind is Kind.OTHER
    assert verdict.nearest is None
    assert verdict.overlap == 0


def test_a_state_half_way_from_everything_is_other():
    verdict = judge(np.array([0, 0]), 8)
    assert verdict.kind is Kind.OTHER
    assert (verdict.nearest, verdict.sign, verdict.distance) == (0, 1, 4)
