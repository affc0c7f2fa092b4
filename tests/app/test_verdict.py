"""What is this state? Asked in the window, by recalls, by key and by button."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from hopgui.control.namer import FEW
from hopgui.model.choices import Dynamics, Rule, RuleKind, Update
from hopgui.model.conventions import TEXTBOOK
from hopgui.session import library
from hopgui.session.frame import Phase
from hopgui.session.session import frozen, with_pad
from hopgui.ui.verdict.rebuilding_dialog import RebuildingDialog


def pictures(name):
    return library.session_of(library.read_set(library.pattern_folder() / name))


def mixed(session, *members):
    """A document with a mixture of its memories on the pad."""
    total = sum(sign * session.patterns[place].astype(int) for sign, place in members)
    pad = np.where(total > 0, 1, -1).astype(np.int8)
    return with_pad(session, pad.reshape(session.grid.shape))


def said(hands, name="verdict"):
    label = hands.window.status.findChild(QLabel, name)
    return label.whole if hasattr(label, "whole") else label.text()


def button(hands, text):
    return next(
        each for each in hands.window.status.findChildren(QPushButton) if each.text() == text
    )


def test_the_ghost_of_three_memories_is_called_by_their_names(open_lab):
    session = pictures("ghost")
    hands = open_lab(mixed(session, (1, 0), (1, 1), (1, 2)))
    hands.recall()
    names = [memory.name for memory in session.memories]
    assert said(hands) == "Mixture " + " ".join(f"+ {name}" for name in names)
    assert said(hands, "proof").startswith("exact · next best: memory ")
    assert hands.status.startswith("Settled in the mixture + ")
    bars = hands.window.status._bars
    assert bars.rows()[0] == [0, 1, 2]


def test_a_memory_is_still_told_at_once(hands):
    hands.recall()
    assert said(hands) == "Memory A, exact"
    assert said(hands, "proof").startswith("next best: ")


def test_the_verdict_goes_when_the_picture_changes_and_comes_on_demand(hands):
    hands.recall()
    hands.paint((0, 0), (0, 3))
    assert said(hands).startswith("Nearest: ")
    hands.key(Qt.Key.Key_W)
    assert said(hands).startswith("Memory A, ")
    assert "would flip" in said(hands, "note")
    hands.choose("undo")
    assert said(hands).startswith("Nearest: ")
    hands.click(button(hands, "What is this state?"))
    assert said(hands) == "Memory A, exact"


def test_a_run_that_is_asked_about_is_stopped(open_lab):
    hands = open_lab(speed=20)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.RUNNING)
    hands.wait(lambda: hands.frame.update > 2)
    hands.key(Qt.Key.Key_W)
    hands.wait(lambda: not said(hands).startswith("Nearest"))
    assert hands.frame.phase is Phase.PAUSED


def test_a_moment_looked_back_at_has_no_verdict_until_asked(hands):
    hands.recall()
    hands.key(Qt.Key.Key_Home)
    assert said(hands).startswith("Nearest: ")
    hands.key(Qt.Key.Key_End)
    assert said(hands) == "Memory A, exact"


def test_other_memories_are_another_verdict(open_lab):
    hands = open_lab(mixed(pictures("letters-10"), (1, 0), (1, 1), (-1, 3)))
    hands.recall()
    assert said(hands) == "Mixture + A + C − Y"
    hands.click(button(hands, "Store it"))
    assert len(hands.names) == 5
    assert said(hands).startswith("Nearest: ")
    hands.recall()
    assert said(hands) == f"Memory {hands.names[-1]}, exact"
    assert not button(hands, "Store it").isVisible()


def test_two_states_that_follow_each_other_are_called_so(open_lab, document):
    # Two units, one memory of both, each unit asks the other: the smallest cycle there is.
    picture = np.array([[1, 1], [1, 1]], np.int8)
    pad = np.array([[1, -1], [-1, 1]], np.int8)
    dynamics = Dynamics(Update.SYNC)
    session = document(picture, pad=pad, conventions=TEXTBOOK, dynamics=dynamics)
    hands = open_lab(session)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.SETTLED)
    assert hands.frame.cycling
    assert said(hands) == "Two-state cycle"


def test_a_hot_run_never_settles_and_says_so(open_lab):
    session = replace(pictures("letters-10"), dynamics=Dynamics(temperature=20.0))
    hands = open_lab(session)
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.update > 100)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.PAUSED)
    hands.key(Qt.Key.Key_W)
    assert said(hands) == "Not settled (T > 0)"


def test_many_memories_are_named_in_the_background(open_lab, document):
    rng = np.random.default_rng(1)
    patterns = np.where(rng.random((FEW + 6, 40, 40)) < 0.5, 1, -1).astype(np.int8)
    total = patterns[:3].sum(axis=0, dtype=int)
    hands = open_lab(document(*patterns, pad=np.where(total > 0, 1, -1).astype(np.int8)))
    hands.key(Qt.Key.Key_W)
    hands.wait(lambda: said(hands).startswith("Mixture + "))
    assert said(hands).count("+") == 3
    hands.key(Qt.Key.Key_I)
    assert said(hands).startswith("Nearest: ")


def test_without_memories_there_is_nothing_to_say(open_lab):
    hands = open_lab(replace(pictures("letters-10"), memories=()))
    hands.key(Qt.Key.Key_W)
    assert hands.window.banner.isVisible()
    assert said(hands) == "Nothing stored yet"


def test_how_it_is_built_is_shown(open_lab):
    hands = open_lab(mixed(pictures("letters-10"), (1, 0), (1, 1), (-1, 3)))
    hands.recall()
    hands.click(button(hands, "How it is built"))
    dialog = hands.dialog(RebuildingDialog)
    rows = dialog.findChild(QListWidget)
    assert [rows.item(row).text() for row in range(3)] == ["+ A", "+ C", "− Y"]
    rows.setCurrentRow(3)
    assert dialog.caption == "Its sign is this state, unit for unit"
    hands.answer(dialog, Qt.Key.Key_Escape)


def test_under_another_rule_the_dual_overlaps_build_it(open_lab):
    session = pictures("letters-10")
    hands = open_lab(with_pad(session, frozen(session.memories[2].picture)))
    hands.lab.desk.set_rule(Rule(RuleKind.PROJECTION))
    hands.recall()
    hands.click(button(hands, "How it is built"))
    dialog = hands.dialog(RebuildingDialog)
    rows = dialog.findChild(QListWidget)
    assert rows.item(0).text() == "+ H"
    hands.answer(dialog, Qt.Key.Key_Escape)
