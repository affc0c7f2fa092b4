"""Pictures from files and the clipboard, on their way through the dialog."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from hopgui.session import pbm
from hopgui.session.session import Grid, blank_session
from hopgui.ui.imports.dialog import ImportDialog
from hopgui.ui.imports.importer import Importer
from hopgui.ui.look.theme import DARK
from hopgui.ui.parts.files import local_files
from hopgui.ui.parts.png import png
from hopgui.ui.parts.progress_dialog import ProgressDialog


@pytest.fixture
def session():
    return blank_session(Grid(6, 4))


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def importer(window):
    made = Importer(window)
    made.show_theme(DARK)
    made.refusals = []
    made.refused.connect(lambda refusals: made.refusals.extend(map(str, refusals)))

    def read_at_once(steps):
        *before, last = steps
        for reading in before:
            made.show_progress(reading)
        made.take(last)

    made.begun.connect(read_at_once)
    return made


@pytest.fixture
def picture():
    return np.where(np.arange(24).reshape(4, 6) % 3 == 0, 1, -1).astype(np.int8)


@pytest.fixture
def dialog(window, qtbot):
    def find():
        qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(ImportDialog)))
        return next(each for each in window.findChildren(ImportDialog) if each.isVisible())

    return find


def press(qtbot, dialog, text):
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_files_are_stored_by_their_names(importer, dialog, session, picture, qtbot, tmp_path):
    files = [tmp_path / "one.pbm", tmp_path / "two.two.pbm"]
    for file in files:
        pbm.write(file, picture)
    importer.read(files, session)
    with qtbot.waitSignal(importer.stored) as told:
        press(qtbot, dialog(), "Store 2 memories")
    (stored,) = told.args
    assert [name for name, _ in stored] == ["one", "two.two"]
    assert all(np.array_equal(units, picture) for _, units in stored)


def test_one_picture_can_go_to_the_pad(importer, dialog, session, picture, qtbot, tmp_path):
    file = tmp_path / "one.pbm"
    pbm.write(file, picture)
    importer.read([file], session)
    with qtbot.assertNotEmitted(importer.stored), qtbot.waitSignal(importer.put) as told:
        press(qtbot, dialog(), "Put on the pad")
    assert np.array_equal(told.args[0], picture)


def test_each_bad_file_is_told_and_the_good_ones_come_in(
    importer, dialog, session, picture, qtbot, tmp_path
):
    good = tmp_path / "good.pbm"
    pbm.write(good, picture)
    empty = tmp_path / "empty"
    empty.mkdir()
    bad = [tmp_path / "gone.png", empty]
    with qtbot.waitSignal(importer.refused) as all_at_once:
        importer.read([bad[0], good, bad[1]], session)
    assert len(all_at_once.args[0]) == 2
    assert len(importer.refusals) == 2
    importer.refusals.sort(reverse=True)
    assert "gone.png" in importer.refusals[0]
    assert "empty" in importer.refusals[1]
    with qtbot.waitSignal(importer.stored) as told:
        press(qtbot, dialog(), "Store as memory")
    assert told.args[0][0][0] == "good"


def test_nothing_readable_opens_no_dialog(importer, window, session, tmp_path):
    importer.read([tmp_path / "gone.png"], session)
    importer.read([], session)
    assert window.findChildren(ImportDialog) == []


def test_pictures_files_and_words_on_the_clipboard(
    importer, dialog, session, picture, qtbot, qapp, tmp_path
):
    board = qapp.clipboard()
    image = QImage(6, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    board.setImage(image)
    importer.paste(session)
    with qtbot.waitSignal(importer.stored) as told:
        press(qtbot, dialog(), "Store as memory")
    ((name, units),) = told.args[0]
    assert name == "pasted"
    assert (units == -1).all()

    file = tmp_path / "face.pbm"
    pbm.write(file, picture)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/far.png")])
    assert local_files(data) == [file]
    board.setMimeData(data)
    importer.paste(session)
    with qtbot.waitSignal(importer.stored) as told:
        press(qtbot, dialog(), "Store as memory")
    assert told.args[0][0][0] == "face"

    board.setText("words")
    importer.paste(session)
    assert importer.refusals == ["There is no picture on the clipboard."]
    board.clear()


def test_a_picture_in_memory_is_a_whole_png():
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    again = QImage.fromData(png(image), "PNG")
    assert again.size() == image.size()
    assert again.pixelColor(1, 1) == image.pixelColor(1, 1)


def test_reading_anew_leaves_no_window_of_the_former_reading(window, session, tmp_path, qtbot):
    importer = Importer(window)
    importer.read([tmp_path / "one.pbm"], session)
    importer.read([tmp_path / "two.pbm"], session)
    importer.give_up()
    qtbot.wait(450)  # longer than a reading may take before its window opens
    assert not any(each.isVisible() for each in window.findChildren(ProgressDialog))
