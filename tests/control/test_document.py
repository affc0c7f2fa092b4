"""The document: one present, and the way back and forth."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopgui.control.document import Document
from hopgui.session.session import Grid, blank_session


@pytest.fixture
def document(qapp):  # noqa: ARG001 - signals need an application
    return Document(blank_session(Grid(3, 3)))


def titled(document, title):
    return replace(document.session, title=title)


def test_an_edit_is_told_once_with_what_was_before(document, qtbot):
    before, after = document.session, titled(document, "one")
    with qtbot.waitSignal(document.changed) as told:
        document.edit(after, "Name")
    assert told.args == [after, before]
    assert document.undo_label == "Name"
    assert document.redo_label is None


def test_the_same_session_is_no_edit(document, qtbot):
    with qtbot.assertNotEmitted(document.changed):
        document.edit(document.session, "Name")
    assert document.undo_label is None


def test_undo_and_redo_at_their_ends_are_nothing(document, qtbot):
    with qtbot.assertNotEmitted(document.changed):
        document.undo()
        document.redo()


def test_joined_edits_of_one_label_are_one_step(document):
    first = document.session
    for title in ("a", "ab", "abc"):
        document.edit(titled(document, title), "Name", joined=True)
    assert document.session.title == "abc"
    document.undo()
    assert document.session is first
    document.redo()
    assert document.session.title == "abc"


@pytest.mark.parametrize("between", ["end_step", "other", "plain", "undo"])
def test_what_comes_between_ends_a_joined_step(document, between):
    document.edit(titled(document, "a"), "Name", joined=True)
    if between == "end_step":
        document.end_step()
    elif between == "other":
        document.edit(replace(document.session, seed=5), "Seed", joined=True)
    elif between == "plain":
        document.edit(replace(document.session, seed=5), "Seed")
    else:
        document.edit(titled(document, "x"), "Name", joined=True)
        document.undo()
    document.edit(titled(document, "b"), "Name", joined=True)
    document.undo()
    assert document.session.title == ("" if between == "undo" else "a")


def test_an_edit_after_undo_closes_the_way_forward(document):
    document.edit(titled(document, "a"), "Name")
    document.undo()
    document.edit(titled(document, "b"), "Other")
    assert document.redo_label is None
    document.undo()
    assert document.redo_label == "Other"


def test_what_no_hand_did_leaves_the_way_forward(document):
    document.edit(titled(document, "a"), "Name")
    document.undo()
    document.edit(titled(document, "b"), "Run", by_hand=False)
    assert document.redo_label == "Name"
    document.redo()
    assert document.session.title == "a"
    document.undo()
    assert document.session.title == "b"
    document.undo()
    assert document.session.title == ""


@given(moves=st.lists(st.sampled_from(["edit", "joined", "end", "undo", "redo"]), max_size=40))
@settings(max_examples=60, deadline=None)
def test_it_is_a_line_of_documents_with_a_place_on_it(moves):
    document = Document(blank_session(Grid(2, 2)))
    line, place, open_step = [document.session], 0, False
    for number, move in enumerate(moves):
        if move in {"edit", "joined"}:
            new = titled(document, str(number))
            document.edit(new, "Same", joined=move == "joined")
            if move == "joined" and open_step:
                line[place:] = [new]
            else:
                line[place + 1 :] = [new]
                place += 1
            open_step = move == "joined"
        else:
            getattr(document, {"end": "end_step"}.get(move, move))()
            place += {"undo": -1, "redo": 1, "end": 0}[move]
            place = min(max(place, 0), len(line) - 1)
            open_step = False
        assert document.session is line[place]
        assert (document.undo_label is None) == (place == 0)
        assert (document.redo_label is None) == (place == len(line) - 1)
