from PySide6.QtCore import QElapsedTimer

from hopgui.ui.parts.pace import Pace

PERIOD = 60


def test_the_first_request_is_answered_at_once_and_those_that_follow_together(qtbot):
    pace, answers, clock = Pace(PERIOD), [], QElapsedTimer()
    pace.due.connect(lambda: answers.append(clock.elapsed()))
    clock.start()
    for _ in range(5):
        pace.ask()
    assert len(answers) == 1
    assert pace.waits
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers[1] - answers[0] >= PERIOD - 1
    assert not pace.waits
    qtbot.wait(2 * PERIOD)
    assert len(answers) == 2
    pace.ask()
    assert len(answers) == 3


def test_what_waits_can_be_had_at_once(qtbot):
    pace, answers = Pace(PERIOD), []
    pace.due.connect(lambda: answers.append(1))
    pace.settle()
    assert not answers
    pace.ask()
    pace.ask()
    pace.settle()
    assert len(answers) == 2
    qtbot.wait(2 * PERIOD)
    assert len(answers) == 2


def test_what_is_forgotten_is_not_answered(qtbot):
    pace, answers = Pace(PERIOD), []
    pace.due.connect(lambda: answers.append(1))
    pace.ask()
    pace.ask()
    pace.stop()
    qtbot.wait(2 * PERIOD)
    assert len(answers) == 1
