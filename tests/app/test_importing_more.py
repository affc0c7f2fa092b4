"""Whole sets on their way in: folders, films, rows of numbers, letters and texts."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from hopgui.session import pbm
from hopgui.session.picture_folder import Kind, write_memories
from hopgui.session.provenance import NOWHERE
from hopgui.session.session import Grid
from hopgui.ui.imports.dialog import ImportDialog
from hopgui.ui.imports.letters_dialog import LettersDialog
from hopgui.ui.imports.shape_dialog import ShapeDialog

RNG = np.random.default_rng(6)


def pictures(count, height=10, width=10):
    return RNG.choice(np.array([-1, 1], np.int8), (count, height, width))


def agree(hands, kind):
    hands.answer(hands.dialog(kind))


def test_a_folder_that_is_dropped_comes_in_whole(hands, drop, tmp_path):
    list(write_memories(tmp_path / "set", hands.session.memories, Kind.PNG, NOWHERE))
    assert drop(hands.window, tmp_path / "set")
    agree(hands, ImportDialog)
    assert hands.names == ["A", "C", "H", "Y", "01-A", "02-C", "03-H", "04-Y"]
    for old, new in zip(hands.session.memories[:4], hands.session.memories[4:], strict=True):
        assert np.array_equal(old.picture, new.picture)


def test_a_folder_is_chosen_from_the_menu(hands, tmp_path, monkeypatch):
    pbm.write(tmp_path / "x.pbm", pictures(1)[0])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    hands.choose("import_folder")
    agree(hands, ImportDialog)
    assert hands.names[-1] == "x"


def test_every_moment_of_a_film_comes_in(hands, drop, tmp_path):
    frames = pictures(5)
    images = [Image.fromarray(np.where(each > 0, 0, 255).astype(np.uint8)) for each in frames]
    images[0].save(tmp_path / "film.gif", save_all=True, append_images=images[1:], duration=40)
    drop(hands.window, tmp_path / "film.gif")
    agree(hands, ImportDialog)
    assert hands.names[4:] == [f"film {n}" for n in range(1, 6)]
    stored = [memory.picture for memory in hands.session.memories[4:]]
    assert np.array_equal(stored, frames)


def test_rows_of_the_grids_size_need_no_question(hands, drop, tmp_path):
    rows = pictures(3)
    np.save(tmp_path / "rows.npy", rows.reshape(3, 100))
    drop(hands.window, tmp_path / "rows.npy")
    agree(hands, ImportDialog)
    assert np.array_equal([memory.picture for memory in hands.session.memories[4:]], rows)


def test_rows_of_784_units_become_a_document_of_28_by_28(hands, drop, tmp_path):
    rows = pictures(6, 28, 28)
    np.savez(tmp_path / "digits.npz", X=(rows.reshape(6, 784) > 0), y=np.arange(6))
    drop(hands.window, tmp_path / "digits.npz")
    agree(hands, ShapeDialog)
    dialog = hands.dialog(ImportDialog)
    grids = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Grid")
    dialog.activateWindow()
    grids.setFocus()
    hands.wait(grids.hasFocus)
    hands.qtbot.keyClick(grids, Qt.Key.Key_Down)
    agree(hands, ImportDialog)
    assert hands.session.grid == Grid(28, 28)
    assert np.array_equal([memory.picture for memory in hands.session.memories], rows)
    assert (hands.shown != rows[0]).sum() == 157, "the first is on the pad, a fifth of it flipped"
    hands.choose("undo")
    assert hands.names == ["A", "C", "H", "Y"]


def test_a_shape_that_is_not_answered_brings_nothing_in(hands, drop, tmp_path):
    np.save(tmp_path / "rows.npy", RNG.choice([-1, 1], (3, 12)))
    before = hands.session
    drop(hands.window, tmp_path / "rows.npy")
    hands.answer(hands.dialog(ShapeDialog), Qt.Key.Key_Escape)
    assert hands.session is before


def test_a_file_that_cannot_be_read_is_one_sentence_with_its_name(hands, drop, tmp_path):
    values = np.ones((3, 4))
    values[1, 2] = np.nan
    np.save(tmp_path / "holes.npy", values)
    drop(hands.window, tmp_path / "holes.npy")
    hands.wait(hands.window.banner.isVisible)
    assert hands.window.banner.text == (
        "holes.npy holds the value nan: patterns are ±1, or 0 and 1, throughout."
    )


def test_letters_of_a_font_come_in(hands):
    hands.choose("import_letters")
    dialog = hands.dialog(LettersDialog)
    dialog.findChild(QLineEdit).setText("XO")
    agree(hands, LettersDialog)
    agree(hands, ImportDialog)
    assert hands.names[4:] == ["X", "O"]
    cross, ring = (memory.picture for memory in hands.session.memories[4:])
    assert cross[4:6, 4:6].max() == 1
    assert ring[4:6, 4:6].max() == -1


@pytest.mark.parametrize("way", ["pbm", "signs", "numbers"])
def test_patterns_are_pasted_as_text(hands, clipboard, way):
    one = pictures(1)[0]
    text = {
        "pbm": pbm.text(one),
        "signs": "\n".join("".join("#" if unit > 0 else "." for unit in row) for row in one),
        "numbers": ",".join(map(str, one.ravel())),
    }[way]
    clipboard.setText(text)
    hands.choose("paste")
    agree(hands, ImportDialog)
    assert hands.names[-1] == "pasted"
    assert np.array_equal(hands.session.memories[-1].picture, one)


def test_a_text_that_only_begins_like_a_picture_is_refused_in_place(hands, clipboard):
    clipboard.setText("1, 2, 3\n4, 5, 6")
    hands.choose("paste")
    assert "the value 2" in hands.window.banner.text


def test_reading_many_files_can_be_called_off(hands, drop, tmp_path):
    for number, each in enumerate(pictures(300, 64, 64)):
        pbm.write(tmp_path / f"{number}.pbm", each)
    before = hands.session
    drop(hands.window, tmp_path)
    progress = hands.lab._importing.importer._progress
    assert progress is not None
    progress.reject()
    hands.wait(lambda: not hands.lab._importing._job.active)
    hands.qtbot.wait(100)
    assert not hands.window.findChildren(ImportDialog)
    assert hands.session is before


def test_closing_the_window_while_files_are_read_ends_it(hands, drop, tmp_path):
    for number, each in enumerate(pictures(200, 64, 64)):
        pbm.write(tmp_path / f"{number}.pbm", each)
    drop(hands.window, tmp_path)
    hands.window.close()
    assert not hands.lab._importing._job.active


@pytest.mark.usefixtures("clipboard")
def test_an_empty_clipboard_is_no_picture(hands, monkeypatch):
    hands.choose("paste")
    assert hands.window.banner.text == "There is no picture on the clipboard."
    # Some systems give nothing at all instead of something empty.
    monkeypatch.setattr(type(QGuiApplication.clipboard()), "mimeData", lambda _self: None)
    hands.window.banner.hide()
    hands.choose("paste")
    assert hands.window.banner.isVisible()
