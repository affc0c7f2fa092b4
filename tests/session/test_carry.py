"""Carrying pictures over to another grid: the laws."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hopgui.session.carry import Carry, carried

sides = st.integers(2, 12)
shapes = st.tuples(sides, sides)
pictures = shapes.flatmap(lambda shape: arrays(np.int8, shape, elements=st.sampled_from([-1, 1])))


@given(picture=pictures, how=st.sampled_from(Carry))
def test_the_same_shape_changes_nothing(picture, how):
    np.testing.assert_array_equal(carried(picture, picture.shape, how), picture)


@given(picture=pictures, shape=shapes, how=st.sampled_from(Carry))
def test_the_outcome_is_a_picture_of_the_new_shape(picture, shape, how):
    units = carried(picture, shape, how)
    assert units.shape == shape
    assert units.dtype == np.int8
    assert set(np.unique(units)) <= {-1, 1}


@given(picture=pictures, more=st.tuples(st.integers(0, 7), st.integers(0, 7)))
def test_padding_and_cropping_back_gives_the_original(picture, more):
    larger = (picture.shape[0] + more[0], picture.shape[1] + more[1])
    padded = carried(picture, larger, Carry.CROP)
    assert np.count_nonzero(padded == 1) == np.count_nonzero(picture == 1)
    np.testing.assert_array_equal(carried(padded, picture.shape, Carry.CROP), picture)


@given(picture=pictures, factors=st.tuples(st.integers(1, 4), st.integers(1, 4)))
def test_enlarging_by_whole_factors_repeats_units_and_comes_back(picture, factors):
    larger = (picture.shape[0] * factors[0], picture.shape[1] * factors[1])
    enlarged = carried(picture, larger, Carry.RESAMPLE)
    np.testing.assert_array_equal(enlarged, np.kron(picture, np.ones(factors, np.int8)))
    np.testing.assert_array_equal(carried(enlarged, picture.shape, Carry.RESAMPLE), picture)


@given(picture=pictures, shape=shapes)
def test_resampling_an_inverse_gives_the_inverse(picture, shape):
    np.testing.assert_array_equal(
        carried(-picture, shape, Carry.RESAMPLE), -carried(picture, shape, Carry.RESAMPLE)
    )


def test_each_unit_takes_the_majority_of_its_area():
    picture = np.array([[1, 1, 1, -1, -1, -1], [1, -1, -1, -1, 1, 1]], np.int8)
    smaller = carried(picture, (2, 2), Carry.RESAMPLE)
    np.testing.assert_array_equal(smaller, [[1, -1], [-1, 1]])


def test_cropping_keeps_the_centre():
    picture = np.full((5, 4), -1, np.int8)
    picture[2, 1:3] = 1
    np.testing.assert_array_equal(
        carried(picture, (3, 2), Carry.CROP), [[-1, -1], [1, 1], [-1, -1]]
    )
