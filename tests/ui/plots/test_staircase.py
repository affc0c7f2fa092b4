import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.ui.plots.staircase import staircase, thin

MOMENTS = st.lists(st.integers(1, 400), min_size=1, max_size=300).map(sorted)


def value_at(x, y, moment):
    return y[np.searchsorted(x, moment, side="right") - 1]


def test_a_value_without_changes_is_one_level_line():
    x, y = staircase(0, -7.0, np.empty(0, np.int64), np.empty(0), 40)
    assert x.tolist() == [0, 40]
    assert y.tolist() == [-7, -7]


def test_corners_are_square_and_stand_at_the_changes():
    x, y = staircase(0, 5.0, np.array([2, 3]), np.array([4.0, 1.0]), 6)
    assert x.tolist() == [0, 2, 2, 3, 3, 6]
    assert y.tolist() == [5, 5, 4, 4, 1, 1]


@given(MOMENTS, st.data())
def test_every_moment_has_its_value(moments, data):
    values = np.array(
        data.draw(st.lists(st.floats(-9, 9), min_size=len(moments), max_size=len(moments)))
    )
    x, y = staircase(0, 3.0, np.array(moments), values, 400)
    for moment in range(400):
        happened = [value for when, value in zip(moments, values, strict=True) if when <= moment]
        assert value_at(x, y, moment) == (happened[-1] if happened else 3.0)
    slopes = (np.diff(x) != 0) & (np.diff(y) != 0)
    assert not slopes.any()


@given(MOMENTS, st.integers(0, 2**32 - 1), st.sampled_from([7.0, 25.5, 133.0]))
def test_thinning_keeps_the_extremes_of_every_column_and_both_ends(moments, seed, column):
    changes = np.array(moments)
    values = np.random.default_rng(seed).integers(-5, 5, changes.size).astype(float)
    kept = thin(changes, values, 0.0, column)
    assert (np.diff(kept) > 0).all()
    assert kept[0] == 0
    assert kept[-1] == changes.size - 1
    of_column = np.floor(changes / column)
    for number in np.unique(of_column):
        everything = values[of_column == number]
        left = values[kept][of_column[kept] == number]
        assert left.min() == everything.min()
        assert left.max() == everything.max()
        assert left[-1] == everything[-1]


def test_thinning_bears_an_edge_that_rounding_puts_behind_the_first_change():
    column = 9 / 7  # floor(27 / column) * column is a little more than 27
    assert np.floor(27 / column) * column > 27
    changes = np.repeat([27, 28, 29], 30)
    values = np.random.default_rng(0).normal(size=changes.size)
    kept = thin(changes, values, 0.0, column)
    assert kept[0] == 0
    assert kept[-1] == changes.size - 1
    assert {values.argmin(), values.argmax()} <= set(kept.tolist())


def test_a_falling_energy_leaves_two_changes_a_column():
    rng = np.random.default_rng(4)
    changes = np.sort(rng.integers(1, 200_000, 100_000))
    values = -np.sort(rng.random(100_000))
    kept = thin(changes, values, 0.0, 200_000 / 330)
    assert 2 * 328 <= kept.size <= 2 * 332


@pytest.mark.parametrize("origin", [0.0, 1000.0, -3.5])
def test_columns_stand_still_while_the_run_grows(origin):
    rng = np.random.default_rng(5)
    changes = np.sort(rng.integers(1, 2000, 1500))
    values = rng.normal(size=1500)
    half = thin(changes[:1000], values[:1000], origin, 50.0)
    full = thin(changes, values, origin, 50.0)
    finished = np.floor((changes - origin) / 50) < np.floor((changes[999] - origin) / 50)
    assert half[finished[half]].tolist() == full[finished[full]].tolist()


def test_what_would_not_get_shorter_stays_whole():
    changes = np.arange(1, 100)
    assert thin(changes, changes.astype(float), 0.0, 1.0).tolist() == list(range(99))
    assert thin(changes[:0], changes[:0].astype(float), 0.0, 1.0).size == 0
