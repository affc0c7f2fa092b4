"""Sessions through the real window: saved, opened, closed, and asked about only in need."""

import errno
import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from shiboken6 import isValid

from hopgui.session import library, store
from hopgui.session.session import Grid, blank_session

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def title(hands):
    mark = "*" if hands.window.isWindowModified() else ""
    return hands.window.windowTitle().replace("[*]", mark)


def choose_file(hands, path):
    """Name a file in the dialog that stands before the window, and accept it."""
    dialog = hands.dialog(QFileDialog)
    dialog.selectFile(str(path))
    dialog.accept()
    hands.wait(lambda: not isValid(dialog) or not dialog.isVisible())
    if hands.window.isVisible() and not hands.window.findChildren(QFileDialog):
        hands.window.activateWindow()
        hands.pad.setFocus()
        hands.wait(hands.pad.hasFocus)


def save(hands, path):
    hands.key(Qt.Key.Key_S, CONTROL | SHIFT)
    choose_file(hands, path)
    hands.wait(path.exists)


def question(hands):
    return hands.dialog(QMessageBox)


def answer(hands, which):
    hands.click(question(hands).button(which))


def asked(hands):
    return [each for each in hands.window.findChildren(QMessageBox) if each.isVisible()]


def change(hands):
    """Change something that a file would have to save."""
    hands.paint((0, 9), (9, 0))


def test_what_is_saved_opens_as_it_was_in_another_window(hands, open_lab, tmp_path):
    change(hands)
    hands.key(Qt.Key.Key_M)
    assert title(hands) == "Letters* – HopGUI"
    file = tmp_path / "lecture.hopgui"
    save(hands, file)
    assert title(hands) == "lecture – HopGUI"

    other = open_lab(blank_session(Grid(5, 4)))
    other.key(Qt.Key.Key_O, CONTROL)
    choose_file(other, file)
    assert title(other) == "lecture – HopGUI"
    assert other.names == ["A", "C", "H", "Y", "5"]
    assert np.array_equal(other.shown, hands.shown)
    assert store.encode(other.session) == file.read_bytes()

    other.key(Qt.Key.Key_Z, CONTROL)
    assert other.session.grid == Grid(5, 4), "undo brings back what was open before"
    assert title(other) == "Untitled – HopGUI"
    other.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert title(other) == "lecture – HopGUI", "and redo the file, with its name"


def test_a_name_without_suffix_gets_it(hands, tmp_path):
    save_as = tmp_path / "plain"
    hands.key(Qt.Key.Key_S, CONTROL)
    choose_file(hands, save_as)
    hands.wait(save_as.with_suffix(".hopgui").exists)


def test_save_writes_to_the_same_file_without_a_question(hands, tmp_path):
    file = tmp_path / "a.hopgui"
    save(hands, file)
    first = file.read_bytes()
    change(hands)
    hands.key(Qt.Key.Key_S, CONTROL)
    assert not [each for each in hands.window.findChildren(QFileDialog) if each.isVisible()]
    assert file.read_bytes() != first
    assert store.encode(hands.session) == file.read_bytes()
    assert title(hands) == "a – HopGUI"


def test_what_another_window_has_saved_is_not_written_over(hands, open_lab, tmp_path):
    file = tmp_path / "shared.hopgui"
    save(hands, file)
    other = open_lab(blank_session(Grid(5, 4)))
    other.key(Qt.Key.Key_O, CONTROL)
    choose_file(other, file)
    change(other)
    other.key(Qt.Key.Key_S, CONTROL)
    other.wait(lambda: title(other) == "shared – HopGUI")
    theirs = file.read_bytes()

    hands.window.activateWindow()
    hands.pad.setFocus()
    hands.wait(hands.pad.hasFocus)
    change(hands)
    hands.key(Qt.Key.Key_M)
    hands.key(Qt.Key.Key_S, CONTROL)
    hands.wait(hands.window.banner.isVisible)
    assert "was written by another window or program since" in hands.window.banner.text
    assert file.read_bytes() == theirs
    assert title(hands) == "shared* – HopGUI"

    hands.choose("revert")
    assert store.encode(hands.session) == theirs
    hands.key(Qt.Key.Key_M)
    hands.key(Qt.Key.Key_S, CONTROL)
    hands.wait(lambda: title(hands) == "shared – HopGUI")
    assert file.read_bytes() != theirs


def test_a_file_that_has_gone_meanwhile_is_written_again(hands, tmp_path):
    file = tmp_path / "gone.hopgui"
    save(hands, file)
    change(hands)
    file.unlink()
    hands.key(Qt.Key.Key_S, CONTROL)
    hands.wait(file.exists)


def test_undo_back_to_what_is_saved_is_clean_again(hands, tmp_path):
    save(hands, tmp_path / "a.hopgui")
    change(hands)
    hands.key(Qt.Key.Key_I)
    assert title(hands) == "a* – HopGUI"
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert title(hands) == "a* – HopGUI"
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert title(hands) == "a – HopGUI"
    hands.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert title(hands) == "a* – HopGUI"


def test_a_slider_moved_on_after_saving_is_a_change_of_its_own(hands, tmp_path):
    hands.lab.desk.set_damage_percent(30)
    save(hands, tmp_path / "a.hopgui")
    hands.lab.desk.set_damage_percent(40)
    assert title(hands) == "a* – HopGUI"
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.session.damage.percent == 30
    assert title(hands) == "a – HopGUI"


def test_a_moment_of_a_run_is_saved_as_it_is_shown(hands, tmp_path):
    hands.recall()
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Period)
    shown = hands.shown.copy()
    assert not np.array_equal(shown, hands.frame.recording.state_at(10**6).reshape(10, 10))
    file = tmp_path / "moment.hopgui"
    save(hands, file)
    assert np.array_equal(store.read(file).pad, shown)


def test_revert_goes_back_to_the_file_and_undo_comes_back_from_it(hands, tmp_path):
    assert not hands.can("revert")
    save(hands, tmp_path / "a.hopgui")
    saved = hands.shown.copy()
    assert not hands.can("revert")
    change(hands)
    changed = hands.shown.copy()
    hands.choose("revert")
    assert np.array_equal(hands.shown, saved)
    assert title(hands) == "a – HopGUI"
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(hands.shown, changed)
    assert title(hands) == "a* – HopGUI"


# Recent files


def recent(hands):
    return [
        action.toolTip()
        for action in hands.lab.files._menu.actions()
        if action.objectName() == "set_recent"
    ]


def test_recent_files_are_remembered_the_last_one_first(hands, tmp_path):
    first, second = tmp_path / "first.hopgui", tmp_path / "second.hopgui"
    assert not hands.lab.files._menu.menuAction().isEnabled()
    save(hands, first)
    save(hands, second)
    assert recent(hands) == [str(second), str(first)]
    hands.lab.files._menu.actions()[1].trigger()
    assert title(hands) == "first – HopGUI"
    assert recent(hands) == [str(first), str(second)]
    assert hands.lab._preferences.recent == [first, second]


def test_a_recent_file_that_has_gone_is_told_and_forgotten(hands, tmp_path):
    file = tmp_path / "gone.hopgui"
    save(hands, file)
    file.unlink()
    hands.lab.files._menu.actions()[0].trigger()
    assert "gone.hopgui could not be read" in hands.window.banner.text
    assert recent(hands) == []


def test_recent_files_can_be_forgotten(hands, tmp_path):
    save(hands, tmp_path / "a.hopgui")
    hands.lab.files._menu.actions()[-1].trigger()
    assert recent(hands) == []
    assert hands.lab._preferences.recent == []


# Dropping


def test_a_session_dropped_on_the_window_is_opened(hands, drop, tmp_path):
    file = tmp_path / "dropped.hopgui"
    store.write(file, blank_session(Grid(7, 3)))
    assert drop(hands.window, file)
    assert hands.session.grid == Grid(7, 3)
    assert title(hands) == "dropped – HopGUI"


def test_a_bad_session_is_told_in_one_sentence_and_changes_nothing(hands, drop, tmp_path):
    before = hands.session
    file = tmp_path / "bad.hopgui"
    file.write_bytes(b"PK\x03\x04 and nothing more")
    assert drop(hands.window, file)
    assert hands.window.banner.text == "bad.hopgui is no HopGUI session, or it is damaged."
    assert hands.session is before


# Closing


def test_an_untouched_first_start_asks_nothing(hands):
    hands.window.close()
    assert not hands.window.isVisible()
    assert not asked(hands)


def test_recalls_alone_are_nothing_to_save(hands):
    hands.recall()
    assert title(hands) == "Letters – HopGUI"
    hands.recall_again()
    hands.window.close()
    assert not hands.window.isVisible()


def test_another_pattern_set_is_nothing_to_save(hands):
    hands.lab._open_set("digits-10")
    hands.window.close()
    assert not hands.window.isVisible()


def test_closing_asks_once_and_cancel_goes_on(hands):
    change(hands)
    hands.window.close()
    assert "Save the changes to “Letters”?" in question(hands).text()
    answer(hands, QMessageBox.StandardButton.Cancel)
    hands.wait(lambda: not asked(hands))
    assert hands.window.isVisible()
    hands.recall()


def test_discard_closes_and_leaves_the_file_as_it_was(hands, tmp_path):
    file = tmp_path / "a.hopgui"
    save(hands, file)
    before = file.read_bytes()
    change(hands)
    hands.window.close()
    answer(hands, QMessageBox.StandardButton.Discard)
    hands.wait(lambda: not hands.window.isVisible())
    assert file.read_bytes() == before


def test_save_saves_and_closes(hands, tmp_path):
    file = tmp_path / "a.hopgui"
    save(hands, file)
    change(hands)
    hands.window.close()
    answer(hands, QMessageBox.StandardButton.Save)
    hands.wait(lambda: not hands.window.isVisible())
    assert np.array_equal(store.read(file).pad, hands.session.pad)


def test_save_of_a_document_without_a_file_asks_for_one_and_then_closes(hands, tmp_path):
    change(hands)
    hands.window.close()
    answer(hands, QMessageBox.StandardButton.Save)
    choose_file(hands, tmp_path / "new.hopgui")
    hands.wait(lambda: not hands.window.isVisible())
    assert np.array_equal(store.read(tmp_path / "new.hopgui").pad, hands.session.pad)


def test_a_document_that_another_took_the_place_of_is_asked_about_too(hands, tmp_path):
    change(hands)
    left = hands.shown.copy()
    hands.lab._open_set("digits-10")
    assert title(hands) == "Digits – HopGUI"
    hands.window.close()
    assert "“Letters”" in question(hands).text()
    answer(hands, QMessageBox.StandardButton.Save)
    choose_file(hands, tmp_path / "letters.hopgui")
    hands.wait(lambda: not hands.window.isVisible())
    assert np.array_equal(store.read(tmp_path / "letters.hopgui").pad, left)


def test_several_documents_are_asked_about_in_one_question(hands, tmp_path):
    change(hands)
    hands.lab._open_set("digits-10")
    change(hands)
    hands.window.close()
    assert question(hands).text() == "Save the changes to “Digits” and 1 more?"
    answer(hands, QMessageBox.StandardButton.Save)
    choose_file(hands, tmp_path / "digits.hopgui")
    choose_file(hands, tmp_path / "letters.hopgui")
    hands.wait(lambda: not hands.window.isVisible())
    assert store.read(tmp_path / "digits.hopgui").title == "Digits"
    assert store.read(tmp_path / "letters.hopgui").title == "Letters"


# When writing fails


def test_a_disk_that_is_full_is_told_and_nothing_is_lost(hands, monkeypatch, tmp_path):
    file = tmp_path / "a.hopgui"
    save(hands, file)
    before = file.read_bytes()
    change(hands)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    hands.key(Qt.Key.Key_S, CONTROL)
    assert hands.window.banner.text == "a.hopgui could not be written: No space left on device."
    assert file.read_bytes() == before
    assert sorted(each.name for each in tmp_path.glob(".hopgui*")) == []
    assert title(hands) == "a* – HopGUI"
    monkeypatch.undo()
    hands.key(Qt.Key.Key_S, CONTROL)
    assert title(hands) == "a – HopGUI"


def test_a_folder_that_has_gone_is_told(hands, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    file = folder / "a.hopgui"
    save(hands, file)
    file.unlink()
    folder.rmdir()
    change(hands)
    shown = hands.shown.copy()
    hands.key(Qt.Key.Key_S, CONTROL)
    assert "a.hopgui could not be written" in hands.window.banner.text
    assert np.array_equal(hands.shown, shown)
    hands.window.close()
    answer(hands, QMessageBox.StandardButton.Save)
    hands.wait(lambda: not asked(hands))
    assert hands.window.isVisible(), "what could not be saved is not closed"


def test_a_folder_that_may_not_be_written_to_is_told(hands, monkeypatch, tmp_path):
    file = tmp_path / "a.hopgui"
    save(hands, file)
    before = file.read_bytes()
    change(hands)
    opened = Path.open

    def fixed(path, mode="r", *rest, **named):
        if "r" not in mode:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", fixed)
    hands.key(Qt.Key.Key_S, CONTROL)
    assert "a.hopgui could not be written: Read-only file system" in hands.window.banner.text
    assert file.read_bytes() == before
    assert title(hands) == "a* – HopGUI"


def test_a_file_named_on_the_command_line_is_the_document_with_nothing_to_undo(hands, tmp_path):
    file = tmp_path / "given.hopgui"
    store.write(file, library.first_session(seed=3))
    hands.lab.files.begin(file)
    assert title(hands) == "given – HopGUI"
    assert hands.session.seed == 3
    assert not hands.can("undo")
    hands.recall()
    hands.lab.files.begin(tmp_path / "none.hopgui")
    assert "none.hopgui could not be read" in hands.window.banner.text
