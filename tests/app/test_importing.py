"""Pictures from elsewhere: dropped, pasted, refused."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QPushButton, QSlider

from hopgui.session import pbm
from hopgui.ui.imports.dialog import ImportDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def picture():
    rng = np.random.default_rng(3)
    return (2 * rng.integers(0, 2, (10, 10)) - 1).astype(np.int8)


def dialogs(hands):
    return [each for each in hands.window.findChildren(QDialog) if each.isVisible()]


def press(hands, dialog, text):
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text)
    hands.click(button)
    hands.wait(lambda: not dialogs(hands))


def test_dropped_files_are_stored_under_their_names(hands, drop, tmp_path, picture):
    one, two = tmp_path / "one.pbm", tmp_path / "two.png"
    pbm.write(one, picture)
    Image.fromarray(np.where(picture > 0, 255, 0).astype(np.uint8)).save(two)
    for target in (hands.window, hands.window.gallery):
        assert drop(target, one, two)
        hands.answer(hands.dialog(ImportDialog))
    assert hands.names[4:] == ["one", "two", "one", "two"]
    assert np.array_equal(hands.session.memories[4].picture, picture)
    assert np.array_equal(hands.session.memories[5].picture, -picture)
    hands.choose("undo")
    assert len(hands.names) == 6, "one import is one step"


def test_a_dropped_picture_can_go_to_the_pad(hands, drop, tmp_path, picture):
    file = tmp_path / "face.pbm"
    pbm.write(file, picture)
    drop(hands.window, file)
    press(hands, hands.dialog(ImportDialog), "Put on the pad")
    assert np.array_equal(hands.shown, picture)
    assert len(hands.names) == 4


def test_the_threshold_says_what_becomes_ink(hands, drop, tmp_path):
    file = tmp_path / "ramp.png"
    ramp = np.tile(np.linspace(0, 250, 10).astype(np.uint8), (10, 1))
    Image.fromarray(ramp).save(file)
    drop(hands.window, file)
    dialog = hands.dialog(ImportDialog)
    dialog.findChild(QSlider).setValue(60)
    press(hands, dialog, "Put on the pad")
    assert np.array_equal(hands.shown > 0, ramp < 60)


def test_cancel_leaves_everything_as_it_was(hands, drop, tmp_path, picture):
    file = tmp_path / "face.pbm"
    pbm.write(file, picture)
    before = hands.session
    drop(hands.window, file)
    hands.answer(hands.dialog(ImportDialog), Qt.Key.Key_Escape)
    assert hands.session is before


def test_the_pad_is_copied_as_a_picture_that_other_programs_can_read(hands, clipboard):
    shown = hands.shown.copy()
    hands.key(Qt.Key.Key_C, CONTROL)
    image = clipboard.image()
    hands.choose("clear")
    clipboard.setImage(image)  # as it comes back from a program that knows pictures alone
    hands.key(Qt.Key.Key_V, CONTROL)
    press(hands, hands.dialog(ImportDialog), "Put on the pad")
    assert np.array_equal(hands.shown, shown)


def test_a_pasted_picture_is_fitted_to_the_grid(hands, clipboard):
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    clipboard.setImage(image)
    hands.choose("paste")
    hands.answer(hands.dialog(ImportDialog))
    assert hands.names[-1] == "pasted"
    stored = hands.session.memories[-1].picture
    assert stored.shape == (10, 10)
    assert (stored == 1).sum() == 50, "its proportions are kept, its margin is no ink"


def test_files_are_pasted_like_pictures(hands, clipboard, tmp_path, picture):
    file = tmp_path / "face.pbm"
    pbm.write(file, picture)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    clipboard.setMimeData(data)
    hands.choose("paste")
    hands.answer(hands.dialog(ImportDialog))
    assert hands.names[-1] == "face"


def test_pasting_words_is_refused_in_place(hands, clipboard):
    clipboard.setText("no picture at all")
    hands.choose("paste")
    assert hands.window.banner.isVisible()
    assert hands.window.banner.text == "There is no picture on the clipboard."
    assert not dialogs(hands)


def test_every_bad_file_dropped_at_once_is_told(hands, drop, tmp_path):
    files = [tmp_path / f"{name}.png" for name in ("one", "two", "three")]
    for file in files:
        file.write_bytes(b"no picture")
    drop(hands.window, *files)
    hands.wait(hands.window.banner.isVisible)
    head, *lines = hands.window.banner.text.splitlines()
    assert head == "3 files could not be read:"
    assert len(lines) == 3
    assert all(file.name in line for file, line in zip(files, lines, strict=True))
    assert not dialogs(hands)


def test_importing_under_a_run_and_a_repeat_goes_on(open_lab, drop, tmp_path, picture):
    hands = open_lab(pause="0")
    file = tmp_path / "face.pbm"
    pbm.write(file, picture)
    hands.choose("repeat")
    hands.wait(lambda: hands.frame.recording is not None)
    drop(hands.window, file)
    hands.answer(hands.dialog(ImportDialog))
    assert hands.names[-1] == "face"
    assert hands.lab.player.repeating
    run = hands.frame.recording.run
    hands.wait(lambda: hands.frame.recording.run > run + 5)
    hands.choose("repeat")
