"""Pictures to train on."""

from itertools import product

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.boltzmann.datasets import (
    Pictures,
    bars_and_stripes,
    noisy_copies,
    shifted_copies,
    split,
)
from hopgui.refusal import Refusal


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (3, 3), (4, 4), (2, 5), (5, 3)])
def test_bars_and_stripes_are_all_pictures_of_whole_rows_or_columns(rows, columns):
    pictures = bars_and_stripes(rows, columns)
    found = {tuple(row) for row in pictures.units.tolist()}
    expected = set()
    if rows * columns <= 16:
        for cells in product((-1, 1), repeat=rows * columns):
            grid = np.array(cells).reshape(rows, columns)
            if (grid == grid[:, :1]).all() or (grid == grid[:1]).all():
                expected.add(cells)
        assert found == expected
    assert len(pictures.units) == len(found) == pictures.distinct == 2**rows + 2**columns - 2
    assert pictures.shape == (rows, columns)


def test_copies_of_no_picture_are_none():
    none = Pictures(np.empty((0, 6), np.int8), (2, 3))
    noisy = noisy_copies(none, 20, 10.0, np.random.default_rng(1))
    for copies in (shifted_copies(none, 1), noisy):
        assert copies.units.shape == (0, 6)
        assert copies.shape == (2, 3)


def test_the_best_likelihood_is_found_once():
    pictures = Pictures(np.array([[1, 1], [1, 1], [-1, 1], [1, -1]], np.int8), (1, 2))
    best = pictures.best
    assert best == pytest.approx(0.5 * np.log(0.5) + 0.5 * np.log(0.25))
    # A training asks with each of its moments: it is told the same number, not asked to count.
    assert pictures.best is best


@pytest.mark.parametrize("side", [(1, 4), (4, 0), (23, 2), (2, 10**9), (20, 20)])
def test_too_small_and_too_large_ones_are_refused(side):
    with pytest.raises(Refusal):
        bars_and_stripes(*side)


def test_shifted_copies_go_round():
    picture = np.arange(12).reshape(3, 4) % 5 - 2
    pictures = Pictures(picture.reshape(1, -1).astype(np.int8), (3, 4))
    copies = shifted_copies(pictures, 1)
    assert len(copies.units) == 9
    expected = {
        tuple(np.roll(picture, (down, right), (0, 1)).ravel())
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
    }
    assert {tuple(row) for row in copies.units.tolist()} == expected
    np.testing.assert_array_equal(shifted_copies(pictures, 0).units, pictures.units)


def test_noisy_copies_have_exactly_so_many_flips():
    pictures = Pictures(random_patterns(3, 20, 1), (4, 5))
    noisy = noisy_copies(pictures, 4, 10, np.random.default_rng(1))
    unlike = (noisy.units.reshape(3, 4, 20) != pictures.units[:, None]).sum(axis=2)
    assert (unlike == 2).all()
    assert noisy.distinct > 3
    assert noisy.shape == (4, 5)


def test_more_copies_than_memory_holds_are_refused():
    pictures = Pictures(random_patterns(2, 100, 1), (10, 10))
    with pytest.raises(Refusal, match="copies of each picture are too many"):
        shifted_copies(pictures, 10**4)
    with pytest.raises(Refusal, match="copies of each picture are too many"):
        noisy_copies(pictures, 10**9, 10, np.random.default_rng(1))


def test_a_split_loses_and_doubles_nothing():
    pictures = bars_and_stripes(3, 3)
    train, held = split(pictures, 5, np.random.default_rng(2))
    assert len(held.units) == 5
    both = np.concatenate([train.units, held.units])
    assert len(both) == 14
    assert Pictures(both, (3, 3)).distinct == 14
