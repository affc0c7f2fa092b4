import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PySide6.QtGui import QColor

from hopgui.ui.couplings.table import BINS, HALF_BINS, matrix_table, unit_table
from hopgui.ui.look import coupling_colours
from hopgui.ui.look.theme import DARK, LIGHT

VALUES = st.floats(-8, 8, width=32)


def square(side):
    return hnp.arrays(np.float32, (side, side), elements=VALUES)


def means(values, block):
    """The mean of each block, one by one."""
    rows, columns = (range(0, size, block) for size in values.shape)
    return np.array([[values[r : r + block, c : c + block].mean() for c in columns] for r in rows])


@given(st.integers(1, 13).flatmap(square), st.integers(0, 4))
def test_a_copy_holds_the_means_of_its_blocks(values, level):
    copy = matrix_table(values).copy(level)
    if not level:
        assert copy is values
        return
    assert copy == pytest.approx(means(values.astype(float), 2**level), abs=1e-4)


@given(st.integers(1, 13).flatmap(square))
def test_the_histogram_counts_every_pair_and_no_unit_itself(values):
    table = matrix_table(values)
    off = values[~np.eye(len(values), dtype=bool)]
    assert table.limit == np.abs(values).max()
    assert table.counts.sum() == off.size
    if table.limit:
        shares = off.astype(np.float64) / table.limit
        places = np.rint((shares * HALF_BINS).astype(np.float32)).astype(int)
        expected = np.bincount(places + HALF_BINS, minlength=BINS)
        assert (table.counts == expected).all()
    else:
        assert table.counts[HALF_BINS] == off.size


def test_a_unit_is_laid_out_on_the_pad_and_leaves_itself_out():
    row = np.arange(12) / 11
    table = unit_table(row, 11, 4)
    assert table.shape == (3, 4)
    assert table.values[2, 1] == pytest.approx(9 / 11)
    assert table.counts.sum() == 11
    assert table.counts[-1] == 0


def test_a_large_matrix_is_counted_by_some_of_its_rows():
    rng = np.random.default_rng(1)
    values = rng.choice(np.array([-1, -0.5, 0, 0.5, 1], np.float32), (2048, 2048))
    counts = matrix_table(values).counts
    assert counts.sum() == pytest.approx(values.size, rel=1e-3)
    assert counts[[0, 15, 30, 45, 60]] == pytest.approx(values.size / 5, rel=0.01)
    assert np.count_nonzero(counts) == 5


def test_few_strong_means_do_not_pale_the_others():
    values = np.full((1024, 1024), 0.1, np.float32)
    np.fill_diagonal(values, 1.0)
    table = matrix_table(values)
    assert table.copy_limit(0) == 1.0
    assert table.copy_limit(2) == pytest.approx(0.1, rel=0.01)
    assert matrix_table(np.zeros((64, 64), np.float32)).copy_limit(2) == 0


# Colours


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_colours_run_from_blue_through_the_panel_to_orange(theme):
    table = [QColor.fromRgb(rgb).name().upper() for rgb in coupling_colours.colour_table(theme)]
    assert table[0] == theme.memories[0]
    assert table[coupling_colours.MIDDLE] == theme.panel
    assert table[-1] == theme.memories[1]


@given(st.floats(1e-6, 1e6), st.floats(-1, 1))
def test_every_value_finds_its_colour(limit, share):
    values = np.array([share * limit, -share * limit, 0, 2 * limit, -limit], np.float32)
    one, other, none, beyond, least = coupling_colours.indices(values, limit).tolist()
    assert abs(one - 127 - 127 * share) <= 0.51
    assert one + other == pytest.approx(254, abs=1)
    assert (none, beyond, least) == (127, 254, 0)


def test_where_all_is_zero_all_looks_like_the_panel():
    assert (coupling_colours.indices(np.zeros(3, np.float32), 0.0) == 127).all()
