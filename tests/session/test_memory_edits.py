"""Memories are stored, named, moved and deleted as values, each with a colour of its own."""

from collections import Counter

import numpy as np
import pytest
from editing import contents, document, picture
from hypothesis import given
from hypothesis import strategies as st

from hopgui.refusal import Refusal
from hopgui.session import edits
from hopgui.session.session import MOST_MEMORIES, Grid, blank_session


def test_a_stored_pad_is_the_last_memory_with_a_free_name_and_colour():
    session = edits.store(document(3))
    memory = session.memories[-1]
    assert memory.picture.tolist() == session.pad.tolist()
    assert memory.name == "4"
    assert memory.colour == 3
    assert [kept.name for kept in session.memories[:3]] == ["m0", "m1", "m2"]


def test_a_stored_picture_is_a_copy():
    source = picture(77)
    kept = source.tolist()
    session = edits.store(document(0), source, "mine")
    source[:] = -source
    assert session.memories[0].picture.tolist() == kept


def test_painting_after_storing_leaves_the_memory_as_it_was():
    session = edits.store(document(0))
    kept = session.memories[0].picture.tolist()
    assert edits.invert(session).memories[0].picture.tolist() == kept


def test_names_of_ones_own_are_never_taken_twice():
    session = document(0)
    for _ in range(3):
        session = edits.store(session)
    assert [memory.name for memory in session.memories] == ["1", "2", "3"]
    session = edits.store(edits.delete(session, [0]))
    assert [memory.name for memory in session.memories] == ["2", "3", "4"]


@given(steps=st.lists(st.one_of(st.none(), st.integers(0, 8)), max_size=25))
def test_however_memories_come_and_go_no_two_share_a_name_or_a_colour(steps):
    session = document(0)
    for step in steps:
        if step is None:
            session = edits.store(session)
        elif step < len(session.memories):
            kept = {memory.name: memory.colour for memory in session.memories}
            session = edits.delete(session, [step])
            assert all(kept[memory.name] == memory.colour for memory in session.memories)
    for values in (
        [memory.name for memory in session.memories],
        [memory.colour for memory in session.memories],
    ):
        assert len(set(values)) == len(values)


def test_a_colour_set_free_is_worn_again():
    session = edits.delete(document(3), [1])
    assert [memory.colour for memory in session.memories] == [0, 2]
    session = edits.store(edits.store(session))
    assert [memory.colour for memory in session.memories] == [0, 2, 1, 3]


def test_several_pictures_are_stored_in_one_step():
    session = edits.store_all(document(1), [("a", picture(3)), ("b", picture(4))])
    assert [memory.name for memory in session.memories] == ["m0", "a", "b"]
    assert [memory.colour for memory in session.memories] == [0, 1, 2]
    assert session.memories[2].picture.tolist() == picture(4).tolist()
    assert contents(edits.store_all(session, [])) == contents(session)


def test_the_gallery_holds_a_thousand_memories_and_no_more():
    small = blank_session(Grid(2, 2))
    many = [("x", np.ones((2, 2), np.int8))] * (MOST_MEMORIES - 1)
    session = edits.store(edits.store_all(small, many))
    assert len(session.memories) == MOST_MEMORIES == 1000
    for refused in (
        lambda: edits.store(session),
        lambda: edits.duplicate(session, [0]),
        lambda: edits.store_all(small, [*many, many[0], many[0]]),
    ):
        with pytest.raises(Refusal, match="at most 1000"):
            refused()
    assert len(edits.delete(session, [3]).memories) == 999


def test_a_new_name_is_tidied_and_an_empty_one_changes_nothing():
    session = document()
    assert edits.rename(session, 1, "  two \n words\t").memories[1].name == "two words"
    assert edits.rename(session, 1, " \n ") is session
    assert len(edits.rename(session, 0, "x" * 500).memories[0].name) == edits.LONGEST_NAME
    assert len(edits.store(session, name="y" * 500).memories[-1].name) == edits.LONGEST_NAME
    others = edits.rename(session, 1, "b").memories
    assert [others[0], others[2]] == [session.memories[0], session.memories[2]]
    assert others[1].picture is session.memories[1].picture


@given(data=st.data(), count=st.integers(1, 6))
def test_a_memory_moves_to_its_place_and_the_others_keep_their_order(data, count):
    session = document(count)
    index, place = (data.draw(st.integers(0, count - 1)) for _ in range(2))
    moved = edits.move(session, index, place)
    names = [memory.name for memory in session.memories]
    name = names.pop(index)
    assert moved.memories[place].name == name
    assert [memory.name for memory in moved.memories if memory.name != name] == names
    assert Counter(memory.colour for memory in moved.memories) == Counter(range(count))


def test_duplicates_come_last_with_colours_of_their_own():
    session = edits.duplicate(document(3), [2, 0])
    assert [memory.name for memory in session.memories] == ["m0", "m1", "m2", "m2", "m0"]
    assert [memory.colour for memory in session.memories] == [0, 1, 2, 3, 4]
    assert session.memories[3].picture.tolist() == session.memories[2].picture.tolist()


def test_deleting_forgets_just_these():
    session = edits.delete(document(5), [0, 3, 3])
    assert [memory.name for memory in session.memories] == ["m1", "m2", "m4"]
    assert edits.delete(session, [0, 1, 2]).memories == ()
    assert contents(edits.delete(session, [])) == contents(session)
