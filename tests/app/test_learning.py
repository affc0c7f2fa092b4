"""Choosing a learning rule in the window: waiting, calling off, and what cannot be learnt."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QProgressBar, QPushButton

from hopgui.model.choices import Rule, RuleKind
from hopgui.model.learning import learn
from hopgui.session.frame import Phase
from hopgui.session.plan import plan_of
from hopgui.session.session import Grid
from hopgui.ui.parts.choice_box import ChoiceBox

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def pictures(side, count):
    rng = np.random.default_rng(side)
    return [(2 * rng.integers(0, 2, (side, side)) - 1).astype(np.int8) for _ in range(count)]


def choose_rule(hands, word):
    """Choose a learning rule by keyboard."""
    controls = hands.panel("controls")
    box = next(
        each
        for each in controls.findChildren(ChoiceBox)
        if each.accessibleName() == "Learning rule"
    )
    box.setFocus()
    while not box.currentText().startswith(word):
        before = box.currentIndex()
        hands.key(Qt.Key.Key_Down, on=box)
        assert box.currentIndex() > before, f"there is no {word}"


def dream(hands, count):
    """Have unlearning dream so often that it takes some seconds."""
    hands.lab.desk.set_rule(Rule(RuleKind.UNLEARNING, dreams=count))


def words(hands):
    return [label.text() for label in hands.window.learning.findChildren(QLabel)]


def cancel_button(hands):
    return next(
        each for each in hands.window.learning.findChildren(QPushButton) if each.text() == "Cancel"
    )


def test_a_rule_that_is_quick_is_learnt_without_a_word(hands):
    choose_rule(hands, "Projection")
    assert hands.session.rule.kind is RuleKind.PROJECTION
    assert not hands.window.learning.isVisible()
    assert np.array_equal(
        hands.lab.player.network.matrix(), learn(plan_of(hands.session)).network.matrix()
    )


def test_long_learning_is_shown_and_ends_in_the_network(open_lab, document, monkeypatch):
    monkeypatch.setattr("hopgui.model.progress.PAUSE", 0.0)  # every step is told, on any machine
    hands = open_lab(document(*pictures(16, 4)))
    dream(hands, 600)
    assert hands.window.learning.isVisible()
    bar = hands.window.learning.findChild(QProgressBar)
    seen = []
    bar.valueChanged.connect(seen.append)
    hands.wait(lambda: not hands.window.learning.isVisible())
    assert seen == sorted(seen)
    assert len(seen) > 3
    assert np.array_equal(
        hands.lab.player.network.matrix(), learn(plan_of(hands.session)).network.matrix()
    )


def test_long_learning_is_called_off_by_its_button(open_lab, document):
    hands = open_lab(document(*pictures(40, 20)))
    before = hands.session
    network = hands.lab.player.network.matrix()
    dream(hands, 1000)
    hands.wait(lambda: hands.window.learning.findChild(QProgressBar).value() > 0)
    assert "Learning" in words(hands)
    hands.click(cancel_button(hands))
    hands.wait(lambda: not hands.window.learning.isVisible())
    hands.wait(lambda: hands.session.rule == before.rule)
    assert hands.session is before
    assert np.array_equal(hands.lab.player.network.matrix(), network)
    assert not hands.window.banner.isVisible(), "a person's own wish is no refusal"
    assert not hands.lab._learning.teacher.busy
    hands.recall()
    assert hands.frame.phase is Phase.SETTLED


def test_the_window_answers_while_it_learns(open_lab, document):
    hands = open_lab(document(*pictures(40, 20)))
    dream(hands, 1000)
    hands.wait(lambda: hands.window.learning.findChild(QProgressBar).value() > 0)
    corner = hands.shown[0, 0]
    hands.paint((0, 0), button=RIGHT if corner > 0 else LEFT)
    assert hands.shown[0, 0] == -corner
    assert hands.window.learning.isVisible()
    hands.click(cancel_button(hands))
    hands.wait(lambda: not hands.window.learning.isVisible())


def test_closing_the_window_while_it_learns_leaves_nothing_behind(open_lab, document):
    hands = open_lab(document(*pictures(40, 20)))
    dream(hands, 1000)
    hands.wait(lambda: hands.window.learning.findChild(QProgressBar).value() > 0)
    hands.window.close()
    hands.click(hands.dialog(QMessageBox).button(QMessageBox.StandardButton.Discard))
    hands.wait(lambda: not hands.window.isVisible())
    assert not hands.lab._learning.teacher.busy


@pytest.mark.parametrize("rule", ["Storkey", "Perceptron"])
def test_what_cannot_be_learnt_is_refused_and_taken_back(open_lab, document, rule):
    hands = open_lab(document(*pictures(256, 2), grid=Grid(256, 256)))
    before = hands.session
    controls = hands.panel("controls")
    hands.lab.desk.set_rule(Rule(RuleKind(rule.lower())))
    hands.wait(hands.window.banner.isVisible)
    assert "65536 × 65536" in hands.window.banner.text
    hands.wait(lambda: hands.session is before)
    assert controls._values.rule == before.rule
    assert not hands.window.learning.isVisible()
    hands.recall()
    assert hands.frame.phase is Phase.SETTLED
