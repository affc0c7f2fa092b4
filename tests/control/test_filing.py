"""What is saved, what is not, and of which document."""

from pathlib import Path

import pytest

from hopgui.control.document import Document
from hopgui.control.filing import Filing
from hopgui.session import edits
from hopgui.session.library import first_session

PATH = Path("a.hopgui")


@pytest.fixture
def document(qapp):  # noqa: ARG001 - signals need an application
    return Document(first_session())


@pytest.fixture
def filing(document):
    return Filing(document)


def change(document):
    document.edit(edits.invert(document.session), "Invert")


def save(document, filing, path=PATH):
    filing.keep(path, document.number, document.session)


def names(filing):
    return [session.title for _, session in filing.at_stake()]


def test_a_document_that_nobody_touched_is_clean_and_a_changed_one_is_not(document, filing):
    assert not filing.dirty
    assert filing.unsaved == {}
    change(document)
    assert filing.dirty
    (unsaved,) = filing.unsaved.values()
    assert unsaved.session is document.session
    assert unsaved.home is None


def test_what_undo_comes_back_to_is_as_clean_as_it_was(document, filing):
    change(document)
    save(document, filing)
    assert (filing.dirty, filing.path) == (False, PATH)
    change(document)
    document.undo()
    assert not filing.dirty
    document.undo()
    assert filing.dirty, "what was before the saving is not in the file"
    document.redo()
    assert not filing.dirty


def test_what_a_run_alone_has_made_is_nothing_to_save(document, filing):
    document.edit(edits.invert(document.session), "Recall", by_hand=False)
    assert not filing.dirty
    document.undo()
    assert not filing.dirty
    change(document)
    document.edit(edits.clear(document.session), "Recall", by_hand=False)
    assert filing.dirty, "but it does not make clean what was not"


def test_another_document_has_a_file_of_its_own_and_undo_finds_the_first_ones(document, filing):
    save(document, filing)
    document.open(first_session(seed=2), "Open")
    assert (filing.dirty, filing.path) == (False, None)
    save(document, filing, Path("b.hopgui"))
    document.undo()
    assert (filing.dirty, filing.path) == (False, PATH)
    document.redo()
    assert filing.path == Path("b.hopgui")


def test_a_document_left_unsaved_is_at_stake_until_it_is_saved(document, filing):
    change(document)
    left = document.number
    document.open(first_session(seed=2), "Open")
    assert names(filing) == ["Letters"]
    change(document)
    assert [number for number, _ in filing.at_stake()] == [document.number, left]
    (_, mine), (number, other) = filing.at_stake()
    filing.keep(PATH, number, other)
    assert [session for _, session in filing.at_stake()] == [mine]


def test_begun_anew_nothing_of_before_is_at_stake(document, filing):
    change(document)
    document.begin(first_session(seed=2))
    assert names(filing) == []
    assert document.undo_label is None


def test_what_is_recovered_is_not_saved_yet(document, filing):
    document.open(first_session(seed=3), "Open")
    filing.keep_unsaved(PATH)
    assert (filing.dirty, filing.path) == (True, PATH)


def test_it_tells_only_of_what_has_changed(document, filing, qtbot):
    with qtbot.waitSignal(filing.changed):
        change(document)
    with qtbot.assertNotEmitted(filing.changed):
        change(document)
    with qtbot.waitSignal(filing.changed):
        save(document, filing)
    with qtbot.waitSignal(filing.changed):
        document.open(first_session(seed=2), "Open")
