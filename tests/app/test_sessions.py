"""Sessions through the real window: saved, opened, closed, and asked about only in need."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from saving import change, choose_file, save, title

from hopgui.session import store
from hopgui.session.session import Grid, blank_session

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


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


def test_what_another_has_saved_can_be_taken_up_where_nothing_was_changed(hands, tmp_path):
    file = tmp_path / "shared.hopgui"
    save(hands, file)
    theirs = store.encode(blank_session(Grid(5, 4)))
    file.write_bytes(theirs)
    hands.key(Qt.Key.Key_S, CONTROL)
    assert "was written by another window" in hands.window.banner.text
    hands.choose("revert")
    assert store.encode(hands.session) == theirs == file.read_bytes()


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
