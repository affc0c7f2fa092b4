"""Light, dark, or as the system has it."""

import re

import pytest
from PySide6.QtWidgets import QWidget

from hopgui.ui.look import style
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.window.actions import Actions
from hopgui.ui.window.theme_switch import ThemeSwitch


@pytest.fixture
def actions(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    yield Actions(window)  # the window lives as long as they do
    window.close()


@pytest.fixture
def switch(qapp, actions):
    yield ThemeSwitch(qapp, actions)
    qapp.setStyleSheet("")


@pytest.fixture
def told(switch):
    heard = []
    switch.switched.connect(heard.append)
    return heard


@pytest.mark.parametrize(("choice", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_an_entry_of_the_menu_dresses_the_program(actions, switch, told, choice, theme):
    actions[f"theme_{choice}"].trigger()
    assert told == [theme]
    assert switch.choice == choice


@pytest.mark.parametrize("choice", ["system", "", "purple", "LIGHT"])
def test_anything_else_is_as_the_system_has_it(qapp, actions, switch, told, choice):
    switch.choose(choice)
    assert switch.choice == "system"
    assert actions["theme_system"].isChecked()
    assert told == [style.system_theme(qapp)]


def test_the_theme_that_is_worn_already_is_not_told_again(switch, told):
    switch.choose("dark")
    switch.choose("dark")
    assert told == [DARK]


def test_the_system_is_followed_only_when_asked(qapp, switch, told, monkeypatch):
    switch.choose("light")
    monkeypatch.setattr(style, "system_theme", lambda _app: DARK)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert told == [LIGHT]
    switch.choose("system")
    monkeypatch.setattr(style, "system_theme", lambda _app: LIGHT)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert told == [LIGHT, DARK, LIGHT]


def test_type_grows_with_the_scale_and_keeps_it_in_another_theme(qapp, actions, switch):
    def sizes():
        return re.findall(r"font-size: (\d+)px", qapp.styleSheet()), qapp.font().pixelSize()

    switch.choose("light")
    plain, text = sizes()
    switch.set_scale(2.0)
    assert sizes() == ([str(2 * int(size)) for size in plain], 2 * text)
    actions["theme_dark"].trigger()
    assert sizes() == ([str(2 * int(size)) for size in plain], 2 * text)
    switch.set_scale(1.0)
    assert sizes() == (plain, text)
