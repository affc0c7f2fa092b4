from itertools import pairwise
from math import inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.ui.runs import speed


def test_the_slider_goes_from_one_a_second_to_unlimited():
    assert speed.rate(0) == 1
    assert speed.rate(speed.LAST) == inf
    assert speed.position(1) == 0
    assert speed.position(inf) == speed.LAST


@given(st.integers(0, speed.LAST))
def test_a_position_comes_back(position):
    assert speed.position(speed.rate(position)) == position


@given(st.floats(1, 1e6))
def test_the_nearest_rate_is_chosen(rate):
    chosen = speed.rate(speed.position(rate))
    best = min(abs(log(rate / other)) for other in speed.RATES if other != inf)
    assert abs(log(rate / chosen)) == pytest.approx(best)


@given(st.floats(1e-6, 1e12), st.floats(1e-6, 1e12))
def test_faster_never_stands_to_the_left(one, other):
    slow, fast = sorted((one, other))
    assert speed.position(slow) <= speed.position(fast)


def test_a_decade_takes_equally_many_steps_everywhere():
    decades = [speed.position(10.0**power) for power in range(7)]
    assert {after - before for before, after in pairwise(decades)} == {4}


def test_too_fast_for_the_slider_is_its_last_number_and_not_unlimited():
    assert speed.rate(speed.position(1e9)) == 1e6


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan")])
def test_no_rate_at_all_is_refused(rate):
    with pytest.raises(ValueError, match=str(rate)):
        speed.position(rate)


@pytest.mark.parametrize("position", [-1, speed.LAST + 1])
def test_no_such_position(position):
    with pytest.raises(IndexError):
        speed.rate(position)
