"""A window that went without being closed: what it held is offered to the next one."""

import errno
import os
import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from hopgui.refusal import Refusal
from hopgui.session import store
from hopgui.session.library import first_session
from hopgui.session.recovery import Recovery, Unsaved
from hopgui.ui.basins.recovery_bar import RecoveryBar

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "recovery"


def lose(folder, session, home=None):
    """Leave a document behind as a crash does."""
    recovery = Recovery(folder)
    recovery.keep(Unsaved(session, home))
    os.close(recovery._lock._descriptor)


def copies(folder):
    return sorted(folder.glob("*.hopgui")) if folder.exists() else []


def kept(folder):
    """The documents whose copies can be read now."""
    found = []
    for copy in copies(folder):
        with suppress(Refusal):  # it may have gone meanwhile
            found.append(store.read(copy))
    return found


def bar(hands):
    bars = [each for each in hands.window.findChildren(RecoveryBar) if each.isVisible()]
    return bars[0] if bars else None


def says(hands):
    return next(label.text() for label in bar(hands).findChildren(QLabel) if label.text())


def press(hands, text):
    button = next(each for each in bar(hands).findChildren(QPushButton) if each.text() == text)
    hands.click(button)


def test_a_change_is_kept_and_closing_in_order_leaves_nothing(open_lab, folder):
    hands = open_lab(recovery=folder)
    assert copies(folder) == []
    hands.paint((0, 9), (9, 0))
    hands.wait(lambda: any(np.array_equal(each.pad, hands.shown) for each in kept(folder)))
    hands.lab.close()
    assert list(folder.iterdir()) == []


def test_a_document_that_another_took_the_place_of_is_kept_too(open_lab, folder):
    hands = open_lab(recovery=folder)
    hands.paint((0, 9), (9, 0))
    painted = hands.shown.copy()
    hands.lab._open_set("pictograms-16")
    hands.paint((0, 15), (15, 0))
    # One copy is written after the other.
    for pad in (painted, hands.shown):
        hands.wait(lambda pad=pad: any(np.array_equal(each.pad, pad) for each in kept(folder)))
    hands.choose("undo")
    hands.choose("undo")
    hands.wait(lambda: len(copies(folder)) == 1)
    assert np.array_equal(kept(folder)[0].pad, painted)
    hands.lab.close()
    assert list(folder.iterdir()) == []


def test_what_is_saved_or_taken_back_is_not_kept(open_lab, folder):
    hands = open_lab(recovery=folder)
    hands.paint((0, 9), (9, 0))
    hands.wait(lambda: bool(copies(folder)))
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.wait(lambda: not copies(folder))
    hands.key(Qt.Key.Key_I)
    hands.wait(lambda: bool(copies(folder)))
    hands.lab.files._write(folder.parent / "a.hopgui", hands.lab.document.number, hands.session)
    hands.wait(lambda: not copies(folder))


def test_recalls_alone_are_not_kept(open_lab, folder):
    hands = open_lab(recovery=folder)
    hands.recall()
    assert not folder.exists()


def test_a_lost_document_is_offered_with_its_picture_and_recovered(open_lab, folder, tmp_path):
    home = tmp_path / "talk.hopgui"
    lost = first_session(seed=99)
    lose(folder, lost, home)
    hands = open_lab(recovery=folder)
    hands.lab.rescue.look()
    hands.wait(lambda: bar(hands) is not None)
    assert says(hands) == "“talk” was not closed in order, and is still here."
    assert not bar(hands)._picture.pixmap().isNull()
    press(hands, "Recover")
    assert bar(hands) is None
    assert hands.session.seed == 99
    assert np.array_equal(hands.shown, lost.pad)
    assert hands.window.windowTitle() == "talk[*] – HopGUI"
    assert hands.window.isWindowModified(), "what was recovered is not saved yet"
    # Its old copy goes when this window has one.
    hands.wait(lambda: [each.seed for each in kept(folder)] == [99])
    hands.pad.setFocus()
    hands.key(Qt.Key.Key_S, CONTROL)
    assert store.read(home).seed == 99
    hands.wait(lambda: not copies(folder))


def test_a_lost_document_that_is_discarded_is_gone(open_lab, folder):
    lose(folder, first_session(seed=99))
    hands = open_lab(recovery=folder)
    before = hands.session
    hands.lab.rescue.look()
    hands.wait(lambda: bar(hands) is not None)
    press(hands, "Discard")
    assert bar(hands) is None
    assert hands.session is before
    assert list(folder.iterdir()) == []


def test_what_is_not_answered_is_offered_again(open_lab, folder):
    lose(folder, first_session(seed=99))
    first = open_lab(recovery=folder)
    first.lab.rescue.look()
    second = open_lab(recovery=folder)
    second.lab.rescue.look()
    assert second.lab.rescue._offered == [], "two windows do not recover the same document"
    assert bar(first) is not None
    assert bar(second) is None
    first.lab.close()
    second.lab.rescue.look()
    second.wait(lambda: bar(second) is not None)


def test_several_lost_documents_are_offered_one_after_another(open_lab, folder):
    for seed in (1, 2):
        lose(folder, first_session(seed=seed))
        for copy in copies(folder):
            os.utime(copy, (copy.stat().st_mtime - 100,) * 2)
    hands = open_lab(recovery=folder)
    hands.lab.rescue.look()
    hands.wait(lambda: bar(hands) is not None)
    assert says(hands).endswith("And 1 more.")
    press(hands, "Recover")
    press(hands, "Recover")
    assert bar(hands) is None
    assert hands.session.seed == 1
    hands.pad.setFocus()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.session.seed == 2, "undo brings back the one before"


def test_the_bar_follows_the_theme(open_lab, folder):
    lose(folder, first_session())
    hands = open_lab(recovery=folder)
    hands.lab.rescue.look()
    hands.wait(lambda: bar(hands) is not None)
    before = bar(hands)._picture.pixmap().toImage()
    hands.choose("theme_dark")
    assert bar(hands)._picture.pixmap().toImage() != before


def test_a_copy_that_cannot_be_kept_is_told_once(open_lab, folder, monkeypatch):
    hands = open_lab(recovery=folder)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        hands.paint((0, 9), (9, 0))
        hands.wait(hands.window.banner.isVisible)
        assert hands.window.banner.text == (
            "No copy can be kept against a crash: No space left on device. Save the session."
        )
        hands.window.banner.hide()
        told = []
        hands.lab.rescue._told.connect(lambda *_: told.append(1))
        hands.key(Qt.Key.Key_I)
        hands.wait(lambda: bool(told))
        assert not hands.window.banner.isVisible()
    hands.key(Qt.Key.Key_I)
    hands.wait(lambda: bool(copies(folder)))


OPENS = """
import sys
from pathlib import Path
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from hopgui.app.application import Application
app = Application([])
opened = []
app.file_opened.connect(opened.append)
Application.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile("/talks/a.hopgui")))
assert opened == [Path("/talks/a.hopgui")], opened
"""


def test_a_file_that_the_system_hands_over_is_heard_of():
    """As macOS does on a double click; an application of one's own needs a process of its own."""
    run = subprocess.run(  # noqa: S603 - a program of this file's own
        [sys.executable, "-c", OPENS], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_a_copy_that_cannot_be_read_is_told_of_beside_one_that_can(open_lab, folder):
    lose(folder, first_session(seed=4))
    (folder / "newer.hopgui").write_bytes(b"nonsense")
    hands = open_lab(recovery=folder)
    hands.lab.rescue.look()
    hands.wait(lambda: bar(hands) is not None and hands.window.banner.isVisible())
    assert f"cannot be read, and stays in {folder}" in hands.window.banner.text
