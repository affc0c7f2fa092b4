"""The document's values: what they allow, and that nobody can write to them."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.conventions import ARTICLE
from hopgui.refusal import Refusal
from hopgui.session.session import Grid, Memory, blank_session, free_colour, frozen, with_pad

sides = st.integers(-3, 300)


@given(width=sides, height=sides)
def test_a_grid_has_two_to_256_units_a_side(width, height):
    if 2 <= width <= 256 and 2 <= height <= 256:
        grid = Grid(width, height)
        assert grid.units == width * height
        assert grid.shape == (height, width)
        assert np.zeros(grid.shape).shape == (height, width)
    else:
        with pytest.raises(Refusal, match="2 to 256"):
            Grid(width, height)


@pytest.mark.parametrize(("width", "height"), [(1, 2), (2, 1), (257, 2), (2, 257), (0, 0)])
def test_the_sides_just_outside_are_refused_and_named(width, height):
    with pytest.raises(Refusal, match=f"{width} × {height}"):
        Grid(width, height)


def test_grids_are_compared_by_value():
    assert Grid(3, 4) == Grid(3, 4) != Grid(4, 3)


@pytest.mark.parametrize("grid", [Grid(2, 2), Grid(7, 3), Grid(256, 256)])
def test_a_blank_document_is_all_minus_one_with_nothing_stored_or_pinned(grid):
    session = blank_session(grid, title="New")
    assert session.pad.shape == session.pinned.shape == grid.shape
    assert session.pad.dtype == np.int8
    assert (session.pad == -1).all()
    assert not session.pinned.any()
    assert session.memories == ()
    assert session.conventions == ARTICLE
    assert session.title == "New"
    assert session.load == 0


def test_the_document_is_frozen():
    session = blank_session(Grid(4, 3))
    with pytest.raises(FrozenInstanceError):
        session.seed = 5
    with pytest.raises(ValueError, match="read-only"):
        session.pad[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        session.pinned[0, 0] = True


def test_a_frozen_array_is_a_copy_in_rows_that_nobody_can_write_to():
    source = np.arange(12, dtype=np.int8).reshape(3, 4).T
    copy = frozen(source)
    source[0, 0] = 99
    assert copy[0, 0] == 0
    assert copy.flags.c_contiguous
    assert copy.dtype == np.int8
    assert copy.ravel().base is not None  # a view: flattening a frozen picture costs nothing
    with pytest.raises(ValueError, match="read-only"):
        copy[0, 0] = 1


def test_a_pad_put_in_is_copied():
    session = blank_session(Grid(3, 2))
    picture = np.ones((2, 3), np.int8)
    painted = with_pad(session, picture)
    picture[:] = -1
    assert (painted.pad == 1).all()
    assert (session.pad == -1).all()


def test_patterns_are_the_memories_row_by_row_in_gallery_order():
    grid = Grid(3, 2)
    pictures = [np.array([[1, -1, 1], [-1, -1, 1]], np.int8), np.full((2, 3), -1, np.int8)]
    memories = tuple(Memory(str(k), frozen(picture), k) for k, picture in enumerate(pictures))
    session = replace(blank_session(grid), memories=memories)
    assert session.patterns.tolist() == [[1, -1, 1, -1, -1, 1], [-1] * 6]
    assert session.patterns.dtype == np.int8
    assert session.load == pytest.approx(2 / 6)


def test_without_memories_the_patterns_are_no_rows_of_the_right_length():
    session = blank_session(Grid(5, 4))
    assert session.patterns.shape == (0, 20)
    assert session.patterns.dtype == np.int8


@given(worn=st.lists(st.integers(0, 12), max_size=15))
def test_the_free_colour_is_the_lowest_that_nobody_wears(worn):
    picture = frozen(np.ones((2, 2), np.int8))
    colour = free_colour(Memory("", picture, number) for number in worn)
    assert colour not in worn
    assert all(lower in worn for lower in range(colour))
