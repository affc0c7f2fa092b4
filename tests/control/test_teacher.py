"""Learning off the window's thread: told as it goes, called off, refused, and kept for a while."""

from dataclasses import replace

import numpy as np
import pytest

from hopgui.control import teacher as teacher_module
from hopgui.control.teacher import AT_ONCE, Teacher
from hopgui.model.choices import Energy, Rule, RuleKind, Trouble
from hopgui.model.conventions import ARTICLE
from hopgui.model.learning import Plan, effort, learn

LONG = 20_000
DREAMS = 1000  # some seconds of learning: time enough to call it off


def plan(side=10, memories=4, seed=1, rule=None):
    rng = np.random.default_rng(seed)
    patterns = (2 * rng.integers(0, 2, (memories, side * side)) - 1).astype(np.int8)
    weights = np.ones(memories, np.int64)
    return Plan(patterns, weights, rule or Rule(), Energy(), ARTICLE, Trouble(), seed)


def quick():
    return plan(rule=Rule(RuleKind.STORKEY))


def slow(side=16):
    """A plan that is learnt in the background, in less than a second."""
    return plan(side, rule=Rule(RuleKind.UNLEARNING, dreams=600))


def endless():
    return plan(40, 20, rule=Rule(RuleKind.UNLEARNING, dreams=DREAMS))


class Pupil:
    """What a teacher has told, in order."""

    def __init__(self, qtbot, teacher):
        self.qtbot = qtbot
        self.told = []
        for name in ("began", "progressed", "learnt", "refused", "cancelled", "failed"):
            getattr(teacher, name).connect(lambda *args, name=name: self.told.append((name, *args)))

    @property
    def names(self):
        return [name for name, *_ in self.told]

    def wait_for(self, name):
        self.qtbot.waitUntil(lambda: name in self.names, timeout=LONG)


@pytest.fixture
def teacher(qapp):  # noqa: ARG001 - signals from the thread come by the event loop
    made = Teacher()
    yield made
    made.close()


@pytest.fixture
def pupil(qtbot, teacher):
    return Pupil(qtbot, teacher)


def test_what_is_quick_is_learnt_at_once(teacher, pupil):
    asked = quick()
    assert effort(asked) < AT_ONCE
    teacher.ask(asked)
    ((name, learnt),) = pupil.told
    assert name == "learnt"
    assert np.array_equal(learnt.network.matrix(), learn(asked).network.matrix())
    assert not teacher.busy


def test_what_takes_long_is_told_as_it_goes_and_is_the_same(teacher, pupil, monkeypatch):
    monkeypatch.setattr("hopgui.model.progress.PAUSE", 0.0)  # every step is told, on any machine
    asked = slow()
    assert effort(asked) > AT_ONCE
    teacher.ask(asked)
    assert pupil.names == ["began"]
    assert teacher.busy
    pupil.wait_for("learnt")
    shares = [share for name, *rest in pupil.told if name == "progressed" for share in rest]
    assert shares == sorted(shares)
    assert len(set(shares)) > 3
    assert shares[0] >= 0
    assert shares[-1] <= 1
    learnt = pupil.told[-1][1]
    assert np.array_equal(learnt.network.matrix(), learn(asked).network.matrix())
    assert not teacher.busy


def test_what_took_long_is_there_at_once_when_it_is_asked_again(teacher, pupil):
    first, second = slow(), slow(17)
    for asked in (first, second):
        pupil.told.clear()
        teacher.ask(asked)
        pupil.wait_for("learnt")
    pupil.told.clear()
    teacher.ask(slow())
    assert pupil.names == ["learnt"]
    pupil.told.clear()
    teacher.ask(replace(first, seed=99))
    assert pupil.names == ["began"]


def test_what_is_called_off_is_never_told_as_learnt(teacher, pupil, qtbot):
    teacher.ask(endless())
    pupil.wait_for("progressed")
    teacher.cancel()
    assert not teacher.busy
    assert pupil.names[-1] == "cancelled"
    told = len(pupil.told)
    teacher.ask(slow())  # learnt by the same thread, which must be free by then
    qtbot.waitUntil(lambda: "learnt" in pupil.names, timeout=LONG)
    assert pupil.names[told] == "began"
    assert pupil.names.count("learnt") == 1
    teacher.cancel()
    assert pupil.names.count("cancelled") == 1, "there was nothing to call off"


def test_a_newer_plan_drops_the_one_under_way(teacher, pupil):
    teacher.ask(endless())
    pupil.wait_for("progressed")
    asked = quick()
    teacher.ask(asked)
    assert pupil.names[-1] == "learnt"
    assert len(pupil.told[-1][1].network.patterns) == len(asked.patterns)
    assert "cancelled" not in pupil.names


@pytest.mark.parametrize("rule", [Rule(RuleKind.STORKEY), Rule(RuleKind.PERCEPTRON)])
def test_a_matrix_that_would_not_fit_is_refused_in_the_background_too(teacher, pupil, rule):
    teacher.ask(plan(256, 2, rule=rule))
    pupil.wait_for("refused")
    assert "65536 × 65536" in str(pupil.told[-1][1])
    assert not teacher.busy


def test_what_cannot_be_learnt_is_refused_at_once_where_it_would_be_quick(teacher, pupil):
    asked = plan(rule=Rule(RuleKind.PERCEPTRON, margin=-1.0))
    assert effort(asked) < AT_ONCE
    teacher.ask(asked)
    assert pupil.names == ["refused"]


def test_what_goes_wrong_inside_is_told_with_its_details(teacher, pupil, monkeypatch):
    def break_down(*_args):
        message = "a pen ran dry"
        raise RuntimeError(message)

    monkeypatch.setattr(teacher_module, "learn", break_down)
    teacher.ask(slow())
    pupil.wait_for("cancelled")
    (_, what, details) = next(each for each in pupil.told if each[0] == "failed")
    assert what == "a pen ran dry"
    assert "break_down" in details
    assert not teacher.busy


def test_closing_ends_what_is_under_way(qtbot):
    teacher = Teacher()
    pupil = Pupil(qtbot, teacher)
    teacher.ask(endless())
    pupil.wait_for("progressed")
    teacher.close()
    assert "learnt" not in pupil.names
