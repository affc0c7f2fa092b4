"""States are kept, named, stored and deleted as values; the network knows nothing of them."""

from dataclasses import replace

import numpy as np
import pytest
from cases import bits
from hypothesis import given
from hypothesis import strategies as st

from hopgui.refusal import Refusal
from hopgui.session import edits, kept_edits
from hopgui.session.carry import Carry
from hopgui.session.edits import LONGEST_NAME
from hopgui.session.plan import same_network
from hopgui.session.session import (
    LARGEST_SIDE,
    MOST_KEPT,
    MOST_MEMORIES,
    Grid,
    KeptState,
    blank_session,
    frozen,
)

GRID = Grid(4, 3)


def picture(number, grid=GRID):
    return bits(number, grid.units).reshape(grid.shape)


def with_kept(count=3):
    session = edits.store(blank_session(GRID), picture(9), "A")
    for number in range(count):
        session = kept_edits.keep(session, picture(number), f"k{number}")
    return session


def names(session):
    return [state.name for state in session.kept]


def test_a_state_is_kept_as_a_copy_under_a_short_name_and_is_no_memory():
    source = picture(5)
    before = edits.store(blank_session(GRID), picture(9), "A")
    session = kept_edits.keep(before, source, "  a \n name " + "x" * 200)
    source[0, 0] *= -1
    assert session.kept[0].picture.tolist() == picture(5).tolist()
    assert session.kept[0].name.startswith("a name xxx")
    assert len(session.kept[0].name) == LONGEST_NAME
    assert session.memories is before.memories
    assert same_network(session, before)


def test_one_state_is_kept_once():
    session = with_kept()
    with pytest.raises(Refusal, match="This state is kept already, as k1"):
        kept_edits.keep(session, picture(1), "again")
    assert kept_edits.find(session, picture(1)) == 1
    assert kept_edits.find(session, picture(100)) is None


def test_of_several_states_those_not_kept_yet_are_kept():
    session = with_kept()
    three = [("a", picture(1)), ("b", picture(50)), ("c", picture(51))]
    assert names(kept_edits.keep_all(session, three)) == ["k0", "k1", "k2", "b", "c"]
    with pytest.raises(Refusal, match="kept already, as k1"):
        kept_edits.keep_all(session, three[:1])


def test_there_is_room_for_so_many_states():
    many = tuple(KeptState(str(at), frozen(picture(at))) for at in range(MOST_KEPT))
    full = replace(blank_session(GRID), kept=many)
    with pytest.raises(Refusal, match=f"at most {MOST_KEPT} states: delete some"):
        kept_edits.keep(full, picture(MOST_KEPT), "one more")
    one_fewer = kept_edits.delete(full, [7])
    assert len(kept_edits.keep(one_fewer, picture(MOST_KEPT), "one more").kept) == MOST_KEPT


def test_they_are_named_and_deleted_by_their_place():
    session = kept_edits.rename(with_kept(), 1, "  b ")
    assert names(session) == ["k0", "b", "k2"]
    assert kept_edits.rename(session, 1, "  ") is session
    assert names(kept_edits.delete(session, [0, 2])) == ["b"]


def test_a_kept_state_that_is_stored_stays_kept():
    session = kept_edits.store(with_kept(), [2, 0])
    assert [memory.name for memory in session.memories] == ["A", "k2", "k0"]
    assert session.memories[1].picture.tolist() == picture(2).tolist()
    assert names(session) == ["k0", "k1", "k2"]
    full = replace(session, memories=session.memories[:1] * MOST_MEMORIES)
    with pytest.raises(Refusal, match="at most"):
        kept_edits.store(full, [0])


@given(
    st.integers(0, 2**12 - 1), st.integers(2, 9), st.integers(2, 9), st.sampled_from(list(Carry))
)
def test_on_another_grid_they_become_what_a_memory_would(number, width, height, carry):
    session = edits.store(blank_session(GRID), picture(number), "A")
    session = kept_edits.keep(session, picture(number), "k")
    resized = edits.resize(session, Grid(width, height), carry)
    assert np.array_equal(resized.kept[0].picture, resized.memories[0].picture)
    assert resized.kept[0].name == "k"


def test_the_largest_grid_has_room_too():
    session = edits.resize(with_kept(), Grid(LARGEST_SIDE, LARGEST_SIDE), Carry.CROP)
    assert {state.picture.shape for state in session.kept} == {(LARGEST_SIDE, LARGEST_SIDE)}
    assert (session.kept[1].picture > 0).sum() == (picture(1) > 0).sum()
