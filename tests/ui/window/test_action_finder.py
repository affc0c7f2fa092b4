"""Finding an action by its words, with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QListWidget

from hopgui.ui.window.action_finder import ActionFinder


@pytest.fixture
def actions(qapp):
    made = [QAction(text, qapp) for text in ("&Undo", "&Redo", "Zoom &in", "Zoom &out\tCtrl+-")]
    made[0].setShortcut("Ctrl+Z")
    made[1].setEnabled(False)
    return made


@pytest.fixture
def finder(qtbot, actions):
    made = ActionFinder(actions)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def triggered(actions):
    heard = []
    for action in actions:
        action.triggered.connect(lambda _on, action=action: heard.append(action.text()))
    return heard


def rows(finder):
    listed = finder.findChild(QListWidget)
    return [
        listed.item(row).text() for row in range(listed.count()) if not listed.item(row).isHidden()
    ]


def write(qtbot, finder, text):
    qtbot.keyClicks(finder.findChild(QLineEdit), text)


def press(qtbot, finder, key):
    qtbot.keyClick(finder.findChild(QLineEdit), key)


def test_all_are_listed_with_their_keys_and_without_marks(finder):
    assert rows(finder) == ["Undo    Ctrl+Z", "Redo", "Zoom in", "Zoom out    Ctrl+-"]


@pytest.mark.parametrize(
    ("text", "left"),
    [("zoom", ["Zoom in", "Zoom out    Ctrl+-"]), ("OUT zo", ["Zoom out    Ctrl+-"]), ("xyz", [])],
)
def test_every_word_narrows_the_list(finder, qtbot, text, left):
    write(qtbot, finder, text)
    assert rows(finder) == left


def test_return_triggers_the_first_that_is_left(finder, qtbot, triggered):
    write(qtbot, finder, "zoom")
    press(qtbot, finder, Qt.Key.Key_Return)
    assert triggered == ["Zoom &in"]
    assert not finder.isVisible()


def test_arrows_choose_while_the_line_is_typed_into(finder, qtbot, triggered):
    write(qtbot, finder, "zoom")
    press(qtbot, finder, Qt.Key.Key_Down)
    press(qtbot, finder, Qt.Key.Key_Return)
    assert triggered == ["Zoom &out\tCtrl+-"]


def test_arrows_pass_over_what_is_hidden_or_disabled(finder, qtbot, triggered):
    press(qtbot, finder, Qt.Key.Key_Down)
    press(qtbot, finder, Qt.Key.Key_Return)
    assert triggered == ["Zoom &in"]


@pytest.mark.parametrize("text", ["xyz", "redo"])
def test_return_on_nothing_or_on_what_cannot_be_done_is_nothing(finder, qtbot, triggered, text):
    write(qtbot, finder, text)
    press(qtbot, finder, Qt.Key.Key_Return)
    assert triggered == []
    assert finder.isVisible()


def test_a_click_triggers(finder, qtbot, triggered):
    listed = finder.findChild(QListWidget)
    place = listed.visualItemRect(listed.item(3)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert triggered == ["Zoom &out\tCtrl+-"]


def test_escape_leaves_everything(finder, qtbot, triggered):
    press(qtbot, finder, Qt.Key.Key_Escape)
    assert triggered == []
    assert not finder.isVisible()
