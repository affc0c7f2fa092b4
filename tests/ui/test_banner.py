"""The line that says what could not be done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from hopgui.refusal import Refusal
from hopgui.ui.banner import Banner, translated
from hopgui.ui.theme import LIGHT


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
