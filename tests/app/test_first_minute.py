"""A newcomer's first minute: the window opens, Space repairs the A, the energy falls."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from hopgui.session.frame import Phase
from hopgui.ui.plots.energy_panel import EnergyPlot


def test_a_newcomer_sees_a_damaged_letter_repair_itself(open_lab):
    hands = open_lab(speed=200)
    assert hands.frame.phase is Phase.REST
    assert len(hands.names) == 4
    letter = hands.session.memories[0]
    damaged = int((hands.shown != letter.picture).sum())
    assert damaged == 20
    assert hands.frame.nearest.memory == 0
    assert not hands.can("undo")

    energies, flips = [], []
    hands.lab.player.frame_changed.connect(lambda frame: energies.append(frame.energy))
    hands.lab.player.frame_changed.connect(lambda frame: flips.append(frame.flips))
    hands.recall()

    assert np.array_equal(hands.shown, letter.picture)
    assert len(set(flips)) > 3, "it was repaired all at once"
    assert energies == sorted(energies, reverse=True), "the energy rose"
    updates, count = hands.frame.update, hands.frame.flips
    assert hands.status.startswith(
        f"Settled in memory {letter.name} after {updates} updates ({count} flips), energy from −"
    )


def test_the_curve_reaches_the_line_of_the_memory(hands):
    letter = hands.session.memories[0]
    hands.recall()
    plot = hands.window.energy.findChild(EnergyPlot)
    assert plot.levels[0].name == f"memory {letter.name}"
    assert plot.levels[0].energy == pytest.approx(hands.frame.energy)
    assert hands.frame.recording.energy_at(hands.frame.update) == hands.frame.energy
    assert plot.dots[-1].value == pytest.approx(hands.frame.energy)


def test_the_button_says_what_it_will_do(open_lab):
    hands = open_lab(speed=100)
    button = next(
        each
        for each in hands.window.transport.findChildren(QPushButton)
        if each.text().strip() == "Recall"
    )
    for word, phase in (("Pause", Phase.RUNNING), ("Continue", Phase.PAUSED)):
        hands.click(button)
        hands.wait_for(phase)
        assert button.text().strip() == word
    hands.key(Qt.Key.Key_Space)
    hands.settle()
    assert button.text().strip() == "Recall"


def test_undo_takes_the_recall_back_and_redo_brings_it_again(hands):
    cue = hands.shown
    hands.recall()
    settled = hands.shown
    assert hands.window.actions_by_name["undo"].text() == "&Undo Recall"
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(hands.shown, cue)
    assert hands.frame.phase is Phase.REST
    assert len(hands.frame.earlier) == 1
    assert not hands.can("undo")
    hands.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(hands.shown, settled)


def test_what_is_pinned_is_not_damaged(hands):
    hands.choose("clear")
    hands.key(Qt.Key.Key_P, on=hands.pad)
    hands.paint((0, 0), (9, 0))
    hands.paint((0, 9), (9, 9))
    assert hands.session.pinned.sum() == 20
    hands.choose("damage")
    assert (hands.shown > 0).sum() == 16, "20 % of the 80 that are not pinned"
    assert not (hands.shown[hands.session.pinned] > 0).any()


def test_recall_again_is_the_same_run_flip_for_flip(hands):
    hands.recall()
    first = hands.frame.recording
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.recording.run != first.run)
    hands.settle()
    again = hands.frame.recording
    for field in ("start", "flip_updates", "flip_units", "flip_energies"):
        assert np.array_equal(getattr(first, field), getattr(again, field))
    assert first.updates == again.updates
    assert hands.frame.earlier == (), "the same run is no ghost of itself"
    assert hands.can("undo")
    hands.choose("undo")
    assert not hands.can("undo"), "recalled twice, settled once: one step"


def test_another_seed_makes_another_run_and_leaves_the_first_as_a_ghost(hands):
    hands.recall()
    first = hands.frame.recording
    hands.click(hands.button("Another seed"))
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.recording.run != first.run)
    hands.settle()
    assert not np.array_equal(hands.frame.recording.flip_units, first.flip_units)
    assert [ghost.run for ghost in hands.frame.earlier] == [first.run]


def test_on_a_narrow_screen_damage_stays_and_the_rest_is_behind_a_mark_that_is_seen(hands):
    # A screen of 1920 pixels at 200 % has 960 to give.
    hands.window.resize(960, 700)
    hands.wait(hands.window.damage_bar.rest.isHidden)
    assert hands.window.damage_bar.isVisible()
    marks = hands.window.findChildren(QToolButton, "qt_toolbar_ext_button")
    (more,) = (mark for mark in marks if mark.isVisible())
    image = more.grab().toImage()
    places = product(range(image.width()), range(image.height()))
    assert len({image.pixel(x, y) for x, y in places}) > 1
