"""The strip of a long computation."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton

from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.job_strip import JobStrip, duration, progress_text, taken

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(qtbot):
    made = JobStrip("Begin")
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show()
    qtbot.waitExposed(made)
    return made


def cancel(strip):
    return next(each for each in strip.findChildren(QPushButton) if each.text() == "Cancel")


def words(strip):
    return strip.findChild(ElidedLabel).whole


def test_one_button_begins_pauses_and_goes_on(qtbot, strip):
    button = strip.begin_button
    assert button.text() == "Begin"
    with qtbot.waitSignal(strip.begun):
        qtbot.mouseClick(button, LEFT)
    strip.show_progress(1, 10, 0.1)
    assert button.text() == "Pause"
    with qtbot.waitSignal(strip.paused) as paused:
        qtbot.mouseClick(button, LEFT)
    assert paused.args == [True]
    strip.show_progress(1, 10, 0.1, paused=True)
    assert button.text() == "Go on"
    with qtbot.waitSignal(strip.paused) as paused:
        qtbot.mouseClick(button, LEFT)
    assert paused.args == [False]
    strip.show_idle("all done")
    assert button.text() == "Begin"
    assert words(strip) == "all done"


def test_only_what_is_under_way_can_be_called_off(qtbot, strip):
    assert not cancel(strip).isEnabled()
    strip.show_progress(0, 0, 0.0)
    assert words(strip) == "…"
    with qtbot.waitSignal(strip.cancelled):
        qtbot.mouseClick(cancel(strip), LEFT)
    strip.show_idle("")
    assert not cancel(strip).isEnabled()


def test_the_bar_is_there_while_something_goes_on(strip):
    bar = strip.findChild(QProgressBar)
    assert not bar.isVisible()
    strip.show_progress(25, 100, 1.0)
    assert bar.isVisible()
    assert bar.value() == bar.maximum() // 4
    strip.show_idle("")
    assert not bar.isVisible()


@pytest.mark.parametrize(
    ("done", "total", "seconds", "text"),
    [
        (0, 100, 9.0, "0 of 100"),
        (5, 100, 0.1, "5 of 100"),
        (4000, 10_000, 2.0, "4\u2009000 of 10\u2009000 · 2\u2009000 / s · 3 s left"),
        (1, 1000, 4.0, "1 of 1\u2009000 · 0.2 / s · 67 min left"),
        (10, 10, 2.0, "10 of 10 · 5.0 / s · 0 s left"),
    ],
)
def test_how_far_it_is_in_words(done, total, seconds, text):
    assert progress_text(done, total, seconds) == text


def test_what_was_done_before_does_not_make_it_seem_faster():
    told = "9\u2009000 of 10\u2009000 · 100 / s · 10 s left"
    assert progress_text(9000, 10_000, 10.0, before=8000) == told
    assert progress_text(8000, 10_000, 10.0, before=8000) == "8\u2009000 of 10\u2009000"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "0 s"), (99.4, "99 s"), (99.6, "2 min"), (7200, "2.0 h")]
)
def test_times(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.27, "0.3 s"), (9.94, "9.9 s"), (9.96, "10 s"), (7200, "2.0 h")]
)
def test_what_was_quick_took_tenths_of_a_second(seconds, text):
    assert taken(seconds) == text
