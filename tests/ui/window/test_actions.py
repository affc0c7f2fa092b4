"""The table of actions: every one in a menu, every key its own."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.window.actions import MENUS, Actions


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def actions(window):
    return Actions(window)


def test_every_action_is_in_one_menu(actions, window):
    bar = QMenuBar(window)
    menus = actions.fill(bar)
    listed = [
        action for menu in menus.values() for action in menu.actions() if not action.isSeparator()
    ]
    assert Counter(map(id, listed)) == Counter(map(id, actions.all()))
    assert [menu.title() for menu in menus.values()] == [title for title, _ in MENUS]


def test_no_two_actions_share_a_key(actions):
    keys = Counter(
        sequence.toString() for action in actions.all() for sequence in action.shortcuts()
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(not QKeySequence(key).isEmpty() for key in keys)


def test_no_action_takes_the_space_bar(actions):
    """It is heard by the window, so that it can be held to pan."""
    taken = {key.toString() for action in actions.all() for key in action.shortcuts()}
    assert "Space" not in taken


def test_marks_for_the_keyboard_are_unique_in_each_menu(actions, window):
    for title, menu in actions.fill(QMenuBar(window)).items():
        marks = [
            action.text()[action.text().index("&") + 1].casefold()
            for action in menu.actions()
            if "&" in action.text()
        ]
        assert Counter(marks).most_common(1)[0][1] == 1, title


def test_tools_exclude_each_other(actions):
    actions["line"].trigger()
    actions["fill"].trigger()
    checked = [
        action.objectName() for action in actions.group("tool").actions() if action.isChecked()
    ]
    assert checked == ["fill"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_icons_follow_the_theme(actions, theme):
    actions.show_theme(theme)
    assert not actions["pencil"].icon().isNull()
    assert actions["clear"].icon().cacheKey() != 0


def test_every_action_belongs_to_the_window(actions, window):
    assert set(map(id, actions.all())) <= set(map(id, window.actions()))
    assert all(actions[action.objectName()] is action for action in actions.all())
