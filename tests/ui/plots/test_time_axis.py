"""The stretch of updates that plots share: round, and at rest for as long as that serves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.ui.plots import time_axis
from hopgui.ui.plots.time_axis import LEAST_FILLED, LEAST_MARGIN, TimeAxis


def shown(axis):
    return axis.start, axis.end


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=1))
def test_all_is_inside_whatever_was_shown_before(spans):
    axis = TimeAxis()
    for first, length in spans:
        axis.show_span(first, first + length)
        assert axis.start <= first
        assert first + length <= axis.end
        reach = first + length - axis.start
        assert reach >= LEAST_FILLED * (axis.end - axis.start) or axis.end - axis.start <= 25


@pytest.mark.parametrize(("last", "end"), [(3, 10), (11, 20), (143, 200), (32_768, 50_000)])
def test_the_first_stretch_is_the_shortest_round_one(last, end):
    axis = TimeAxis()
    axis.show_span(0, last)
    assert shown(axis) == (0, end)


def test_it_stands_still_while_it_is_filled_well_enough(qtbot):
    axis = TimeAxis()
    axis.show_span(0, 480)
    for last in (500, 300, 200):
        with qtbot.assertNotEmitted(axis.changed):
            axis.show_span(0, last)
    with qtbot.waitSignal(axis.changed):
        axis.show_span(0, 150)
    assert shown(axis) == (0, 200)


def test_runs_that_follow_each_other_rapidly_do_not_make_it_jump(qtbot, monkeypatch):
    monkeypatch.setattr(time_axis, "PATIENCE", 60)
    axis = TimeAxis()
    axis.show_span(0, 32_768, running=True)
    with qtbot.assertNotEmitted(axis.changed):
        for last in (2000, 32_768, 9000, 17):
            axis.show_span(0, last, running=True)
    qtbot.wait(80)
    axis.show_span(0, 17, running=True)
    assert shown(axis) == (0, 20)


def test_a_short_run_that_stands_still_is_shown_at_its_length():
    axis = TimeAxis()
    axis.show_span(0, 32_768, running=True)
    axis.show_span(0, 2000)
    assert shown(axis) == (0, 2000)


def test_the_margin_is_the_most_that_any_plot_asks(qtbot):
    axis, one, other = TimeAxis(), TimeAxis(), TimeAxis()
    assert axis.margin == LEAST_MARGIN
    axis.claim_margin(one, 50)
    with qtbot.waitSignal(axis.changed):
        axis.claim_margin(other, 70)
    assert axis.margin == 70
    with qtbot.assertNotEmitted(axis.changed):
        axis.claim_margin(one, 60)
    axis.release(other)
    axis.claim_margin(one, 60)
    assert axis.margin == 60
