"""Presenter mode: pad, curve and verdict fill the screen, a clicker drives, all comes back."""

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QDockWidget, QToolBar

from hopgui.app import Lab
from hopgui.session.frame import Phase
from hopgui.session.library import first_session


def seen(window):
    """The names of the docks and bars that are in sight."""
    parts = [*window.findChildren(QDockWidget), *window.findChildren(QToolBar)]
    return {part.objectName() for part in parts if part.isVisible()}


def type_size(window):
    return QFontInfo(window.font()).pixelSize()


def verdict_size(window):
    return QFontInfo(window.status._headline.font()).pixelSize()


@pytest.fixture
def presenting(hands):
    hands.key(Qt.Key.Key_F11)
    hands.wait(lambda: seen(hands.window) == {"energy", "status"})
    return hands


def test_only_pad_curve_and_verdict_are_left_in_big_type(hands):
    small, verdict = type_size(hands.window), verdict_size(hands.window)
    hands.key(Qt.Key.Key_F11)
    hands.wait(lambda: seen(hands.window) == {"energy", "status"})
    assert hands.window.isFullScreen()
    assert not hands.window.menuBar().isVisible()
    assert hands.pad.isVisible()
    assert hands.pad.hasFocus()
    hands.wait(lambda: type_size(hands.window) >= 1.6 * small)
    hands.wait(lambda: verdict_size(hands.window) >= 1.6 * verdict)


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_everything_comes_back(hands, key):
    hands.panel("controls")
    hands.window.docks.actions()[1].trigger()  # the energy is closed
    before, small = seen(hands.window), type_size(hands.window)
    pad = hands.pad.size()
    hands.key(Qt.Key.Key_F11)
    hands.wait(lambda: seen(hands.window) == {"energy", "status"})
    hands.key(key)
    hands.wait(lambda: seen(hands.window) == before)
    assert not hands.window.isFullScreen()
    assert hands.window.menuBar().isVisible()
    assert type_size(hands.window) == small
    hands.window.resize(1280, 800)
    hands.wait(lambda: hands.pad.size() == pad)
    hands.key(Qt.Key.Key_Escape)
    assert seen(hands.window) == before


def test_a_clicker_recalls_and_goes_back(presenting):
    hands = presenting
    damaged = hands.shown.copy()
    hands.key(Qt.Key.Key_PageDown)
    hands.settle()
    assert np.array_equal(hands.shown, hands.session.memories[0].picture)
    hands.key(Qt.Key.Key_PageUp)
    assert hands.frame.update == 0
    assert np.array_equal(hands.lab.player.shown, damaged)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.SETTLED)


def test_the_clickers_keys_turn_pages_elsewhere(hands):
    assert not hands.can("next")
    assert not hands.can("previous")
    hands.key(Qt.Key.Key_PageDown, on=hands.pad)
    assert hands.frame.phase is Phase.REST


def test_who_was_in_full_screen_stays_there(hands):
    hands.choose("full_screen")
    hands.key(Qt.Key.Key_F11)
    hands.wait(lambda: seen(hands.window) == {"energy", "status"})
    hands.key(Qt.Key.Key_F11)
    hands.wait(lambda: "memories" in seen(hands.window))
    assert hands.window.isFullScreen()


@pytest.mark.parametrize("way", ["full_screen", "present"])
def test_a_window_that_was_as_large_as_can_be_is_so_again(hands, way):
    hands.window.showMaximized()
    hands.wait(hands.window.isMaximized)
    hands.choose(way)
    hands.wait(hands.window.isFullScreen)
    hands.choose(way)
    hands.wait(lambda: not hands.window.isFullScreen())
    assert hands.window.isMaximized()


def test_closing_while_presenting_remembers_the_window_as_it_was(qtbot, qapp, tmp_path):
    settings = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    for _start in range(2):
        lab = Lab(qapp, first_session(), settings)
        qtbot.addWidget(lab.window)
        lab.window.show()
        qtbot.waitExposed(lab.window)
        assert seen(lab.window) == {"memories", "energy", "overlap", "status", "tools", "transport"}
        assert not lab.window.isFullScreen()
        lab.window.actions_by_name["present"].trigger()
        qtbot.waitUntil(lambda lab=lab: seen(lab.window) == {"energy", "status"})
        lab.window.close()
    qapp.setStyleSheet("")


def test_a_theme_chosen_while_presenting_keeps_the_type(presenting):
    big = type_size(presenting.window)
    presenting.choose("theme_dark")
    assert type_size(presenting.window) == big
