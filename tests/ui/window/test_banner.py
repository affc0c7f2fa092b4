"""The line that says what could not be done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from hopgui.refusal import Refusal
from hopgui.ui.look.theme import LIGHT
from hopgui.ui.window.banner import Banner, translated


@pytest.fixture
def banner(qtbot):
    made = Banner()
    made.show_theme(LIGHT)
    qtbot.addWidget(made)
    return made


def test_it_is_not_there_until_it_has_something_to_say(banner):
    assert not banner.isVisible()
    banner.show_refusal(Refusal("{name} is no picture.", name="words.png"))
    assert banner.isVisible()
    assert banner.text == "words.png is no picture."
    assert banner.accessibleName() == banner.text


def test_the_cross_closes_it(banner, qtbot):
    banner.show_text("Something.")
    button = banner.findChild(QToolButton)
    assert button.accessibleName()
    assert button.focusPolicy() is Qt.FocusPolicy.TabFocus
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_it_goes_by_itself_and_a_new_message_stays_its_whole_time(banner, qtbot):
    banner._timer.setInterval(120)
    banner.show_text("First.")
    banner.show_text("Second.")
    assert banner.isVisible()
    assert banner.text == "Second."
    qtbot.waitUntil(lambda: not banner.isVisible())


def test_names_are_no_markup(banner):
    banner.show_text("<b>bold</b>.png could not be read.")
    assert banner.findChild(QLabel).textFormat() is Qt.TextFormat.PlainText
    assert banner.text == "<b>bold</b>.png could not be read."


def test_gaps_are_filled_after_translation():
    refusal = Refusal("{width} is too wide for {name}.", width=300, name="{name}")
    assert translated(refusal) == "300 is too wide for {name}."


def refused(count):
    return [Refusal("{name} is no picture.", name=f"{place}.png") for place in range(count)]


def test_one_of_several_is_said_as_alone(banner):
    banner.show_refusals(refused(1))
    assert banner.text == "0.png is no picture."


@pytest.mark.parametrize("count", [2, 4, 5, 60])
def test_of_several_refusals_none_is_lost(banner, count):
    banner.show_refusals(refused(count))
    head, *lines = banner.text.splitlines()
    assert head == f"{count} files could not be read:"
    assert len(lines) <= 4
    if count <= 4:
        assert lines == [f"{place}.png is no picture." for place in range(count)]
        return
    assert lines[0] == "0.png is no picture."
    assert lines[-1] == f"… and {count - 3} more."
    hint = banner.findChild(QLabel).toolTip()
    assert hint.splitlines() == [f"{place}.png is no picture." for place in range(count)]
    assert banner.accessibleDescription() == hint
    banner.show_text("Something else.")
    assert not banner.findChild(QLabel).toolTip()
