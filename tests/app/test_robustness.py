"""What must never break the window: a clear message, nothing lost, no traceback."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QLabel, QMessageBox, QPushButton

from hopgui.app import Lab
from hopgui.model.dynamics import Run
from hopgui.session.carry import Carry
from hopgui.session.frame import Phase
from hopgui.session.session import Grid, blank_session
from hopgui.ui.imports.dialog import ImportDialog

BROKEN = "the kernel fell over"


def png(width, height, pixels=b""):
    """The bytes of a PNG that claims a size, whatever pixels follow."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def truncated_png(path):
    rng = np.random.default_rng(1)
    Image.fromarray(rng.integers(0, 255, (64, 64), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:1500])


def leave_out(path):
    """A file that has gone by the time it is read."""
    assert not path.exists()


BAD_FILES = {
    "huge.png": (lambda path: path.write_bytes(png(30_000, 30_000)), "40 million"),
    "cut.png": (truncated_png, "cut short"),
    "words.png": (lambda path: path.write_text("not a picture\n"), "words.png"),
    "liar.pbm": (lambda path: path.write_text("P1\n60000 60000\n0 1 0 1\n"), "liar.pbm"),
    "short.pbm": (lambda path: path.write_text("P1\n10 10\n0 1 0 1\n"), "short.pbm"),
    "raw.pbm": (lambda path: path.write_bytes(b"P4\n9999 9999\n\x00"), "raw.pbm"),
    "empty.gif": (lambda path: path.write_bytes(b""), "empty.gif"),
    "folder": (lambda path: path.mkdir(), "folder"),
    "gone.png": (leave_out, "gone.png"),
    "<b>bold.png": (leave_out, "<b>bold.png"),
}


def test_a_bad_file_is_refused_in_place(hands, drop, tmp_path):
    before = hands.session
    for name, (make, said) in BAD_FILES.items():
        path = tmp_path / name
        make(path)
        hands.window.banner.hide()
        assert drop(hands.window, path)
        hands.wait(hands.window.banner.isVisible)  # files are read aside
        assert said in hands.window.banner.text
        assert not [each for each in hands.window.findChildren(ImportDialog) if each.isVisible()]
    assert hands.session is before
    hands.recall()


def test_the_good_files_of_a_drop_come_in_though_others_are_bad(hands, drop, tmp_path):
    good, bad = tmp_path / "good.pbm", tmp_path / "bad.png"
    good.write_text("P1\n10 10\n" + "0 1 1 0 0 1 1 0 1 0\n" * 10)
    bad.write_text("nothing")
    drop(hands.window, bad, good)
    hands.wait(hands.window.banner.isVisible)
    assert "bad.png" in hands.window.banner.text
    hands.answer(hands.dialog(ImportDialog))
    assert hands.names[-1] == "good"


def test_a_file_name_is_shown_as_it_is(hands, drop, tmp_path):
    drop(hands.window, tmp_path / "<h1>loud.png")
    hands.wait(hands.window.banner.isVisible)
    assert "<h1>loud.png" in hands.window.banner.text
    label = hands.window.banner.findChild(QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("state", ["running", "repeating", "replaying", "stroking"])
def test_the_window_closes_in_every_state(open_lab, state):
    hands = open_lab(speed=60)
    if state == "repeating":
        hands.choose("repeat")
        hands.wait(lambda: hands.frame.recording is not None)
    else:
        hands.key(Qt.Key.Key_Space)
        hands.wait(lambda: hands.frame.update > 3)
    if state == "replaying":
        hands.key(Qt.Key.Key_Home)
        hands.key(Qt.Key.Key_Space)
        assert hands.lab.player._replay.active
    if state == "stroking":
        hands.press((0, 0))
    hands.window.close()
    assert not hands.lab.runner._thread.isRunning()
    assert not hands.lab.player._replay.active
    assert not hands.lab.runner._pulse.isActive()


def test_closing_remembers_the_window_and_not_the_document(open_lab, qapp):
    hands = open_lab(speed=60)
    hands.choose("theme_dark")
    hands.choose("faster")
    rate = hands.lab._preferences._settings
    hands.window.findChild(QDockWidget, "energy").hide()
    hands.window.close()
    again = Lab(qapp, hands.session, rate)
    try:
        assert again._themes.choice == "dark"
        assert again._speed == hands.lab._speed
        assert again.window.findChild(QDockWidget, "energy").isHidden()
    finally:
        again.close()
        again.window.deleteLater()


@pytest.mark.parametrize(
    "kept",
    [
        {"speed": "fast", "pause": "nan", "theme": "purple"},
        {"speed": "-5", "pause": "-1", "geometry": "rubbish", "layout": "rubbish"},
        {"speed": "nan", "pause": "1e9", "theme": ""},
    ],
)
def test_damaged_preferences_give_the_first_start(open_lab, kept):
    hands = open_lab(**kept)
    assert hands.lab._themes.choice == ("system" if "theme" in kept else "light")
    assert hands.window.size() == QSize(1280, 800)
    assert hands.lab._preferences.speed >= 1
    assert 0 <= hands.lab._preferences.pause <= 10


def test_a_network_without_memories(open_lab, document):
    hands = open_lab(document(grid=Grid(6, 4)))
    hands.paint((0, 0), (5, 3))
    hands.key(Qt.Key.Key_Space)
    assert "nothing to recall" in hands.window.banner.text
    hands.key(Qt.Key.Key_Period)
    hands.choose("damage")
    hands.qtbot.mouseMove(hands.pad, hands.at((2, 2)))
    assert "unit (2, 2)" in hands.window.pad.unit_text
    assert hands.frame.phase is Phase.REST
    assert hands.frame.energy == 0


@pytest.mark.parametrize("value", [1, -1])
def test_memories_that_are_all_equal(open_lab, document, value):
    picture = np.full((5, 5), value, np.int8)
    cue = picture.copy()
    cue[0] *= -1
    hands = open_lab(document(picture, picture, picture, pad=cue))
    hands.recall()
    assert np.array_equal(hands.shown, picture)
    hands.lab.desk.delete([0, 1])
    assert hands.names == ["C"]


# The worker fails


@pytest.fixture
def failing(monkeypatch):
    """Let every run fail as soon as it is asked to go on."""

    def fail(*_arguments, **_named):
        raise RuntimeError(BROKEN)

    monkeypatch.setattr(Run, "advance", fail)
    return monkeypatch


@pytest.mark.parametrize("begin", ["recall", "forward", "repeat"])
def test_a_worker_that_fails_says_so_and_nothing_is_lost(hands, failing, begin):
    before, shown = hands.session, hands.shown.copy()
    hands.choose(begin)
    box = hands.dialog(QMessageBox)
    assert BROKEN in box.text()
    assert "Traceback" in box.detailedText()
    assert BROKEN in box.detailedText()
    assert hands.frame.phase is Phase.REST
    assert hands.session is before
    assert np.array_equal(hands.shown, shown)
    assert not hands.lab.player.repeating
    assert not hands.window.actions_by_name["repeat"].isChecked()

    copy = next(each for each in box.findChildren(QPushButton) if each.text() == "Copy details")
    hands.click(copy)
    assert QGuiApplication.clipboard().text() == box.detailedText()
    assert box.isVisible(), "copying does not close the message"
    hands.idle()

    failing.undo()
    box.close()
    hands.window.activateWindow()
    hands.recall()
    assert hands.status.startswith("Settled in memory A")


def test_an_error_without_words_is_named(hands, failing):
    def fail(*_arguments, **_named):
        raise MemoryError

    failing.setattr(Run, "advance", fail)
    hands.choose("recall")
    assert "MemoryError" in hands.dialog(QMessageBox).text()
    hands.dialog(QMessageBox).close()


def test_a_command_that_fails_is_reported_too(hands, monkeypatch):
    def fail(*_arguments, **_named):
        raise RuntimeError(BROKEN)

    hands.lab.player.set_speed(5.0)
    monkeypatch.setattr(Run, "set_units", fail)
    hands.choose("recall")
    hands.wait(lambda: hands.frame.recording.run > 0)
    hands.paint((0, 0), (5, 5))
    box = hands.dialog(QMessageBox)
    assert BROKEN in box.text()
    assert hands.frame.phase is Phase.REST
    box.close()


def test_a_document_without_memories_gives_way_to_one_of_another_size(open_lab):
    hands = open_lab(blank_session(Grid(7, 3)))
    hands.lab.desk.open(blank_session(Grid(2, 2)))
    assert hands.shown.shape == (2, 2)
    hands.lab.desk.resize(Grid(20, 30), Carry.CROP)
    assert hands.shown.shape == (30, 20)
    hands.choose("random")
    assert hands.shown.max() == 1
    for _ in range(3):
        hands.choose("undo")
    assert hands.shown.shape == (3, 7)
