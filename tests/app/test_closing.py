"""What is asked before a window closes, and what a disk that takes nothing does."""

import errno
import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from saving import answer, asked, change, choose_file, question, save, title

from hopgui.session import library, store

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


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
