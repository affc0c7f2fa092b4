"""The flight recorder through the real window: runs branch, are kept, told again, and proved."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from hopgui.model.choices import Dynamics
from hopgui.session import store
from hopgui.session import tape as tape_module
from hopgui.session.frame import Phase
from hopgui.session.library import first_session
from hopgui.session.recording import Recording
from hopgui.session.run_facts import Keeping

CONTROL = Qt.KeyboardModifier.ControlModifier
PRESENT, PASSING, KEPT = Keeping.PRESENT, Keeping.PASSING, Keeping.KEPT


def panel(hands):
    return hands.panel("runs")


def rows(hands):
    return [facts.keeping for facts in panel(hands)._facts]


def wait_for_rows(hands, *keepings):
    hands.wait(lambda: rows(hands) == list(keepings))


def choose(hands, row):
    view = panel(hands)._list
    view.scrollToItem(view.item(row))
    hands.click(view.viewport(), view.visualItemRect(view.item(row)).center())
    assert view.currentRow() == row


def press(hands, text):
    button = next(each for each in panel(hands).findChildren(QPushButton) if each.text() == text)
    assert button.isEnabled(), text
    hands.click(button)


def enabled(hands):
    return {each.text() for each in panel(hands).findChildren(QPushButton) if each.isEnabled()}


def note(hands):
    return panel(hands)._note.text()


def branch(hands):
    """Recall, go back, change a unit, and recall again."""
    hands.pad.setFocus()
    hands.recall()
    hands.key(Qt.Key.Key_Home)
    assert hands.shown[0, 1] == -1
    hands.paint((1, 0))
    hands.recall()


def test_an_empty_list_says_how_to_fill_it(hands):
    hands.choose("runs")
    assert panel(hands).isVisible()
    assert rows(hands) == []
    assert enabled(hands) == set()


def test_a_branch_leaves_both_runs_in_the_list_with_their_curves(hands):
    panel(hands)
    branch(hands)
    wait_for_rows(hands, PRESENT, PASSING)
    present, before = (facts.run for facts in panel(hands)._facts)
    assert before.recording in hands.frame.earlier
    changed = present.recording.start != before.recording.start
    assert np.flatnonzero(changed).tolist() == [1]


def test_a_run_that_is_kept_is_part_of_the_document(hands, open_lab, tmp_path):
    panel(hands)
    branch(hands)
    wait_for_rows(hands, PRESENT, PASSING)
    choose(hands, 1)
    assert enabled(hands) == {"Keep", "Prove", "Delete"}
    press(hands, "Keep")
    wait_for_rows(hands, PRESENT, KEPT)
    assert [run.name for run in hands.session.runs] == ["Run 1"]
    assert hands.frame.phase is Phase.SETTLED, "the run on the pad is not disturbed"
    assert hands.window.isWindowModified()

    hands.pad.setFocus()
    hands.key(Qt.Key.Key_Z, CONTROL)
    wait_for_rows(hands, PRESENT)
    hands.key(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    wait_for_rows(hands, PRESENT, KEPT)

    file = tmp_path / "runs.hopgui"
    store.write(file, hands.session)
    other = open_lab()
    other.lab.files.open(file)
    wait_for_rows(other, KEPT)
    choose(other, 0)
    press(other, "Prove")
    flips = hands.session.runs[0].recording.flip_units.size
    other.wait(lambda: note(other) == f"Made again from its seed: the same {flips} flips.")


def test_the_run_on_the_pad_can_be_kept_and_is_then_listed_once(hands):
    panel(hands)
    hands.pad.setFocus()
    hands.recall()
    wait_for_rows(hands, PRESENT)
    choose(hands, 0)
    assert enabled(hands) == {"Keep", "Prove"}
    press(hands, "Keep")
    wait_for_rows(hands, KEPT)
    hands.pad.setFocus()
    hands.key(Qt.Key.Key_D)
    hands.recall()
    wait_for_rows(hands, PRESENT, KEPT)


def test_a_kept_run_is_renamed_in_place(hands):
    panel(hands)
    hands.pad.setFocus()
    hands.recall()
    wait_for_rows(hands, PRESENT)
    choose(hands, 0)
    press(hands, "Keep")
    wait_for_rows(hands, KEPT)
    view = panel(hands)._list
    view.setFocus()
    choose(hands, 0)
    hands.key(Qt.Key.Key_F2, on=view)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    hands.qtbot.keyClicks(editor, "The ghost")
    hands.key(Qt.Key.Key_Return, on=editor)
    hands.wait(lambda: hands.session.runs[0].name == "The ghost")
    assert view.currentRow() == 0, "it stays chosen"


def test_runs_are_deleted_one_by_one(hands):
    panel(hands)
    branch(hands)
    wait_for_rows(hands, PRESENT, PASSING)
    choose(hands, 0)
    press(hands, "Keep")
    wait_for_rows(hands, PASSING, KEPT)
    choose(hands, 0)
    press(hands, "Delete")
    wait_for_rows(hands, KEPT)
    choose(hands, 0)
    press(hands, "Delete")
    # What is on the pad is still on the pad, and no longer kept.
    wait_for_rows(hands, PRESENT)
    assert hands.session.runs == ()


def test_a_run_is_shown_again_gone_through_and_begun_anew(hands):
    panel(hands)
    hands.pad.setFocus()
    hands.recall()
    first = hands.frame.recording
    settled = hands.shown.copy()
    hands.key(Qt.Key.Key_N)
    hands.recall()
    wait_for_rows(hands, PRESENT, PASSING)
    view = panel(hands)._list
    place = view.visualItemRect(view.item(1)).center()
    hands.click(view.viewport(), place)
    hands.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.wait(lambda: np.array_equal(hands.lab.player.shown, settled))
    assert hands.frame.phase is Phase.SETTLED
    hands.pad.setFocus()
    hands.key(Qt.Key.Key_Home)
    assert np.array_equal(hands.lab.player.shown.ravel(), first.start)
    hands.key(Qt.Key.Key_End)
    hands.lab.player.toggle()
    hands.wait(lambda: hands.frame.recording.run > 0 and hands.frame.phase is Phase.SETTLED)
    again = hands.frame.recording
    assert np.array_equal(again.flip_units, first.flip_units)
    assert np.array_equal(again.flip_energies, first.flip_energies)


def test_painting_on_a_run_that_is_shown_again_is_an_edit_of_that_moment(hands):
    panel(hands)
    hands.pad.setFocus()
    hands.recall()
    hands.key(Qt.Key.Key_N)
    hands.recall()
    wait_for_rows(hands, PRESENT, PASSING)
    hands.lab.player.retell(panel(hands)._facts[1].run)
    shown = hands.lab.player.shown.copy()
    hands.pad.setFocus()
    hands.paint((0, 9), (9, 9))
    expected = shown.copy()
    expected[9, :] = 1
    assert np.array_equal(hands.shown, expected)
    assert np.array_equal(hands.session.pad, expected)


def test_a_hot_run_that_is_shown_again_does_not_go_on(open_lab):
    hands = open_lab(replace(first_session(), dynamics=Dynamics(temperature=400.0)))
    panel(hands)
    hands.pad.setFocus()
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.flips > 50)
    hands.key(Qt.Key.Key_Space)
    wait_for_rows(hands, PRESENT)
    hands.lab.player.rest()
    wait_for_rows(hands, PASSING)
    run = panel(hands)._facts[0].run
    hands.lab.player.retell(run)
    assert hands.frame.phase is Phase.PAUSED
    end = hands.frame.update
    hands.key(Qt.Key.Key_Period)
    assert hands.frame.update == end
    choose(hands, 0)
    press(hands, "Prove")
    hands.wait(lambda: "the same" in note(hands))


def test_a_run_with_a_hand_in_it_cannot_be_proved_and_says_why(open_lab):
    hands = open_lab(speed=60)
    panel(hands)
    hands.pad.setFocus()
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.update > 3)
    hands.paint((0, 0), (9, 9))
    hands.lab.player.set_speed(float("inf"))
    hands.settle()
    wait_for_rows(hands, PRESENT)
    choose(hands, 0)
    press(hands, "Prove")
    hands.wait(lambda: "a hand was in it" in note(hands))


def test_a_run_of_another_grid_is_not_shown(hands):
    panel(hands)
    hands.pad.setFocus()
    hands.recall()
    wait_for_rows(hands, PRESENT)
    choose(hands, 0)
    press(hands, "Keep")
    wait_for_rows(hands, KEPT)
    run = hands.session.runs[0]
    hands.lab._open_set("pictograms-16")
    hands.lab.desk.keep_run(run)
    wait_for_rows(hands, KEPT)
    panel(hands).retold.emit(0)
    assert hands.window.banner.text == "This run went on a grid of 10 × 10."
    choose(hands, 0)
    press(hands, "Prove")
    hands.wait(lambda: "the same" in note(hands))


def test_of_a_repeat_the_last_rounds_are_listed_and_the_runs_before_stay(hands):
    panel(hands)
    hands.pad.setFocus()
    hands.recall()
    first = hands.frame.recording
    player, seen = hands.lab.player, set()
    # A slow machine shows few of the rounds, and only what was shown is remembered.
    player.frame_changed.connect(
        lambda frame: seen.add(frame.recording.run) if frame.update else None
    )
    player.set_repeat_pause(0.0)
    hands.choose("repeat")
    hands.wait(lambda: len(seen) > 12)
    hands.choose("repeat")
    hands.wait(lambda: not player.running)

    def listed():
        """It may stand at a round that has begun, and not been asked for one unit yet."""
        begun = [PRESENT] if hands.frame.recording.updates else []
        return rows(hands) == [*begun, *[PASSING] * 6]

    hands.wait(listed)
    assert panel(hands)._facts[-1].run.recording.run == first.run


@pytest.fixture
def forgetful(monkeypatch):
    """Let recordings let their older half go after a few flips."""
    monkeypatch.setattr(tape_module, "MOST_FLIPS", 20_000)


@pytest.mark.usefixtures("forgetful")
def test_the_window_says_when_a_run_begins_to_be_forgotten(open_lab):
    hands = open_lab(replace(first_session(), dynamics=Dynamics(temperature=900.0)))
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: hands.frame.recording is not None and hands.frame.recording.forgotten > 0)
    assert hands.window.banner.text == (
        "This run is longer than is recorded: its oldest part is let go."
    )
    hands.window.banner.hide()
    before = hands.frame.recording.forgotten
    hands.wait(lambda: hands.frame.recording.forgotten > before)
    assert not hands.window.banner.isVisible(), "it is said once"
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: not hands.lab.player.running)
    first = hands.frame.recording
    assert isinstance(first, Recording)
    hands.key(Qt.Key.Key_Home)
    assert hands.frame.update == first.first_update
    assert np.array_equal(hands.lab.player.shown.ravel(), first.start)
