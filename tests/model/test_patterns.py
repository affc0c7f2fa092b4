"""Damage, erasure, noise, shift and overlap, each by its meaning."""

from collections import Counter
from math import sqrt

import numpy as np
import pytest
from cases import random_patterns, states
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.patterns import (
    by_unit,
    erased,
    flipped,
    overlap,
    random_pattern,
    share,
    shifted,
)
from hopgui.model.progress import Progress

pairs = st.integers(1, 60).flatmap(lambda units: st.tuples(states(units), states(units)))


@pytest.mark.parametrize("shape", [7, (5, 9), (2, 2)])
def test_a_random_pattern_is_of_plus_and_minus_ones(shape):
    pattern = random_pattern(shape, np.random.default_rng(1))
    assert pattern.dtype == np.int8
    assert pattern.shape == (shape if isinstance(shape, tuple) else (shape,))
    assert set(np.unique(pattern)) <= {-1, 1}


def test_a_random_pattern_has_as_many_of_either_and_comes_again_from_its_seed():
    pattern = random_pattern((256, 256), np.random.default_rng(2))
    assert abs(int(pattern.sum())) < 4 * sqrt(pattern.size)
    np.testing.assert_array_equal(pattern, random_pattern((256, 256), np.random.default_rng(2)))
    assert (pattern != random_pattern((256, 256), np.random.default_rng(3))).any()


@given(data=st.data(), pair=pairs, seed=st.integers(0, 99))
def test_damage_flips_exactly_so_many_units_and_leaves_the_original(data, pair, seed):
    pattern, _ = pair
    before = pattern.copy()
    count = data.draw(st.integers(0, pattern.size))
    damaged = flipped(pattern, count, np.random.default_rng(seed))
    assert np.count_nonzero(damaged == -pattern) == count
    assert np.count_nonzero(damaged == pattern) == pattern.size - count
    np.testing.assert_array_equal(pattern, before)


def test_damage_keeps_the_shape_and_flips_in_either_direction():
    picture = np.where(np.arange(400).reshape(20, 20) % 2, 1, -1).astype(np.int8)
    damaged = flipped(picture, 100, np.random.default_rng(0))
    assert damaged.shape == picture.shape
    assert damaged.dtype == np.int8
    changed = damaged != picture
    assert (picture[changed] == 1).any()
    assert (picture[changed] == -1).any()


def test_damage_chooses_every_set_of_units_as_often():
    rng = np.random.default_rng(5)
    ones = np.ones(5, np.int8)
    draws = 6000
    counts = Counter(
        tuple(np.flatnonzero(flipped(ones, 2, rng) < 0).tolist()) for _ in range(draws)
    )
    assert len(counts) == 10
    expected = draws / 10
    # χ² of 9 degrees of freedom exceeds 27.9 once in a thousand draws.
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < 27.9


@pytest.mark.parametrize("count", [-1, 6])
def test_more_units_than_there_are_cannot_be_flipped(count):
    with pytest.raises(ValueError, match=r"\w"):
        flipped(np.ones(5, np.int8), count, np.random.default_rng(0))


@pytest.mark.parametrize("units", [4, 6, 25, 99, 100, 101, 12_345, 65_536])
def test_a_share_is_rounded_to_the_nearest_unit_halves_up(units):
    for percent in range(101):
        assert share(percent, units) == (2 * percent * units + 100) // 200


@given(pair=pairs, data=st.data())
def test_erasing_sets_just_these_units_to_minus_one(pair, data):
    pattern, _ = pair
    units = np.array(data.draw(st.lists(st.integers(0, pattern.size - 1), unique=True)), np.int64)
    before = pattern.copy()
    blank = erased(pattern, units)
    assert (blank[units] == -1).all()
    others = np.setdiff1d(np.arange(pattern.size), units)
    np.testing.assert_array_equal(blank[others], before[others])
    np.testing.assert_array_equal(pattern, before)


def test_erasing_by_noise_redraws_just_these_units():
    picture = np.ones((30, 40), np.int8)
    units = np.arange(200, 1000)
    noisy = erased(picture, units, np.random.default_rng(4))
    redrawn = noisy.ravel()[units]
    assert set(np.unique(redrawn)) == {-1, 1}
    assert abs(int(redrawn.sum())) < 4 * sqrt(units.size)
    assert (np.delete(noisy.ravel(), units) == 1).all()
    assert (picture == 1).all()


@given(columns=st.integers(-9, 9), rows=st.integers(-9, 9), seed=st.integers(0, 50))
def test_a_shift_moves_right_and_down_and_around_the_edges(columns, rows, seed):
    picture = random_pattern((5, 7), np.random.default_rng(seed))
    moved = shifted(picture, columns, rows)
    for row in range(5):
        for column in range(7):
            assert moved[(row + rows) % 5, (column + columns) % 7] == picture[row, column]


@given(pair=pairs)
def test_the_overlap_counts_like_units_less_unlike_ones(pair):
    one, other = pair
    like = sum(a == b for a, b in zip(one.tolist(), other.tolist(), strict=True))
    assert overlap(one, other) == pytest.approx((2 * like - one.size) / one.size)
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one) == 1
    assert overlap(one, -one) == -1


def test_the_overlap_of_many_units_does_not_wrap_around():
    ones = np.ones((256, 256), np.int8)
    assert overlap(ones, ones) == 1
    assert overlap(ones, -ones) == -1


@pytest.mark.parametrize("shape", [(0, 5), (1, 1), (3, 50), (40, 7)])
def test_memories_turned_round_in_pieces_are_a_copy_with_a_row_a_unit(shape, monkeypatch):
    monkeypatch.setattr("hopgui.model.patterns.TURNED", 20)
    monkeypatch.setattr("hopgui.model.progress.PAUSE", 0.0)
    patterns = random_patterns(*shape, seed=1)
    told = []
    turned = by_unit(patterns, Progress(lambda fraction: told.append(fraction) or True))
    assert turned.tolist() == patterns.T.tolist()
    assert turned.flags.c_contiguous
    assert turned.flags.writeable
    assert not np.shares_memory(turned, patterns)
    assert len(told) == -(-shape[1] // max(1, 20 // max(shape[0], 1)))
