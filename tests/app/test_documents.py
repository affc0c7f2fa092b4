"""A document from the first unit to the last undo, through the real window."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QRadioButton, QSlider, QSpinBox

from hopgui.model.conventions import TEXTBOOK
from hopgui.session.frame import Phase
from hopgui.ui.window.grid_dialog import GridDialog

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def same(one, other):
    """Whether two documents hold the same, memory for memory and unit for unit."""
    return (
        np.array_equal(one.pad, other.pad)
        and np.array_equal(one.pinned, other.pinned)
        and [memory.name for memory in one.memories] == [memory.name for memory in other.memories]
        and np.array_equal(one.patterns, other.patterns)
        and (one.grid, one.conventions, one.seed) == (other.grid, other.conventions, other.seed)
        and (one.damage.seed, one.damage.percent) == (other.damage.seed, other.damage.percent)
    )


def step_back_and_forth(hands, stages):
    """Undo to the first of the stages and redo to the last, each of them met on the way."""
    for stage in reversed(stages[:-1]):
        hands.key(Qt.Key.Key_Z, CONTROL)
        assert same(hands.session, stage)
        assert np.array_equal(hands.shown, stage.pad)
    assert not hands.can("undo")
    for stage in stages[1:]:
        hands.key(Qt.Key.Key_Z, CONTROL | SHIFT)
        assert same(hands.session, stage)
        assert np.array_equal(hands.shown, stage.pad)
    assert not hands.can("redo")


def rename_first(hands, name):
    hands.lab.window.gallery.edit_name(0)
    editor = hands.window.gallery.findChild(QLineEdit)
    editor.selectAll()
    hands.qtbot.keyClicks(editor, name)
    hands.pad.setFocus()
    hands.wait(lambda: hands.names[0] == name)


def test_from_an_empty_grid_to_a_recalled_picture_and_all_the_way_back(open_lab, document):
    hands = open_lab(document(np.ones((4, 4), np.int8)))
    stages = [hands.session]

    hands.key(Qt.Key.Key_N, CONTROL)
    dialog = hands.dialog(GridDialog)
    box = next(each for each in dialog.findChildren(QSpinBox) if each.accessibleName() == "Width")
    box.selectAll()
    hands.qtbot.keyClicks(box, "12")
    hands.answer(dialog)
    assert hands.names == []
    stages.append(hands.session)

    assert hands.session.grid.shape == (12, 12)
    hands.paint((2, 2), (9, 2), (9, 9), (2, 9), (2, 2))
    stages.append(hands.session)
    assert (hands.shown == 1).sum() == 28, "the frame of the square, without a gap"

    hands.key(Qt.Key.Key_M)
    stages.append(hands.session)
    assert hands.names == ["1"]

    rename_first(hands, "square")
    stages.append(hands.session)
    assert hands.names == ["square"]

    hands.pad.setFocus()
    hands.key(Qt.Key.Key_D)
    stages.append(hands.session)
    assert (hands.shown != hands.session.memories[0].picture).sum() == 29  # 20 % of 144

    hands.recall()
    stages.append(hands.session)
    assert np.array_equal(hands.shown, hands.session.memories[0].picture)
    assert hands.status.startswith("Settled in memory square after ")

    assert len(stages) == 7
    step_back_and_forth(hands, stages)


def choose_rows(hands, *rows):
    hands.window.gallery._view.setFocus()
    hands.window.gallery._view.select(list(rows))
    hands.lab._show_what_is_possible()


def use_tool(hands, key, *path):
    hands.key(key)
    hands.paint(*path)
    hands.key(Qt.Key.Key_B)


def in_list(hands, rows, key, modifier=Qt.KeyboardModifier.NoModifier):
    choose_rows(hands, *rows)
    hands.key(key, modifier, on=hands.window.gallery._view)
    hands.pad.setFocus()


def duplicate(hands):
    choose_rows(hands, 0, 2)
    hands.choose("duplicate")
    hands.pad.setFocus()


def type_seed(hands):
    seed = next(
        each
        for each in hands.window.transport.findChildren(QSpinBox)
        if each.accessibleName() == "Seed"
    )
    seed.setFocus()
    seed.selectAll()
    hands.qtbot.keyClicks(seed, "4711")
    hands.key(Qt.Key.Key_Return, on=seed)
    hands.pad.setFocus()


def slide_damage(hands):
    slider = hands.window.damage_bar.findChild(QSlider)
    slider.setFocus()
    for _ in range(3):
        hands.key(Qt.Key.Key_Right)
    hands.pad.setFocus()


def resize(hands):
    hands.choose("resize")
    dialog = hands.dialog(GridDialog)
    resample = dialog.findChildren(QRadioButton)[1]
    hands.click(resample, resample.rect().center() / 8)
    dialog.findChildren(QSpinBox)[0].setValue(16)
    hands.answer(dialog)


def choose_conventions(hands):
    hands.panel("controls").conventions_changed.emit(TEXTBOOK)
    hands.pad.setFocus()  # the list had it, and lies behind the tab of the controls now


CHANGES = {
    "paint": lambda hands: hands.paint((0, 9), (9, 0)),
    "pin": lambda hands: use_tool(hands, Qt.Key.Key_P, (0, 0), (9, 0)),
    "invert": lambda hands: hands.key(Qt.Key.Key_I),
    "random": lambda hands: hands.key(Qt.Key.Key_N),
    "shift": lambda hands: hands.key(Qt.Key.Key_Left),
    "blank half": lambda hands: hands.key(Qt.Key.Key_Left, SHIFT),
    "blank": lambda hands: use_tool(hands, Qt.Key.Key_X, (2, 2), (7, 7)),
    "damage": lambda hands: hands.key(Qt.Key.Key_D),
    "store": lambda hands: hands.key(Qt.Key.Key_M),
    "rename": lambda hands: rename_first(hands, "Alpha"),
    "reorder": lambda hands: in_list(hands, [1], Qt.Key.Key_Up, ALT),
    "duplicate": duplicate,
    "load": lambda hands: in_list(hands, [2], Qt.Key.Key_Return),
    "delete": lambda hands: in_list(hands, [0, 1], Qt.Key.Key_Delete),
    "seed": type_seed,
    "damage amount": slide_damage,
    "conventions": lambda hands: hands.panel("controls").conventions_changed.emit(TEXTBOOK),
    "damage again": lambda hands: hands.key(Qt.Key.Key_D),
    "recall": lambda hands: hands.recall(),
    "unpin": lambda hands: hands.key(Qt.Key.Key_P, SHIFT),
    "resize": resize,
    "clear": lambda hands: hands.key(Qt.Key.Key_Backspace, CONTROL),
    "open": lambda hands: hands.lab._open_set("digits-10"),
}


def test_every_kind_of_change_is_one_step(hands):
    """Whatever changes the document is taken back by one undo, and only by one."""
    stages = [hands.session]
    for name, change in CHANGES.items():
        change(hands)
        assert not same(hands.session, stages[-1]), f"{name} did nothing"
        assert len(hands.lab.document._history.past) == len(stages), f"{name} was not one step"
        stages.append(hands.session)
    step_back_and_forth(hands, stages)


def test_return_ends_a_renaming_and_does_nothing_else(hands):
    shown = hands.shown.copy()
    hands.window.gallery.edit_name(0)
    editor = hands.window.gallery.findChild(QLineEdit)
    editor.selectAll()
    hands.qtbot.keyClicks(editor, "Alpha")
    hands.key(Qt.Key.Key_Return, on=editor)
    hands.wait(lambda: hands.names[0] == "Alpha")
    assert np.array_equal(hands.shown, shown)


def test_what_changes_nothing_is_no_step(hands):
    hands.lab._open_set("letters-10")
    hands.paint((0, 0))
    before = len(hands.lab.document._history.past)
    shown = hands.shown.copy()
    hands.paint((0, 0))
    hands.key(Qt.Key.Key_P, SHIFT)
    hands.lab.desk.set_conventions(hands.session.conventions)
    hands.lab.desk.set_seed(hands.session.seed)
    hands.lab.desk.move(1, 1)
    hands.lab.desk.set_damage_percent(hands.session.damage.percent)
    assert len(hands.lab.document._history.past) == before
    assert np.array_equal(hands.shown, shown)


def test_pins_hold_in_a_recall(hands):
    hands.key(Qt.Key.Key_P)
    hands.paint((0, 0), (9, 0))
    pinned = hands.shown[0].copy()
    hands.recall()
    assert np.array_equal(hands.shown[0], pinned)


def test_all_units_pinned_is_a_recall_that_asks_nobody(hands):
    hands.lab.desk.pin(np.arange(100), pinned=True)
    before = hands.shown.copy()
    hands.recall()
    assert np.array_equal(hands.shown, before)
    assert hands.frame.flips == 0


@pytest.mark.parametrize("size", [(2, 2), (256, 256), (2, 256)])
def test_the_smallest_and_the_largest_grid_recall(open_lab, document, size):
    rng = np.random.default_rng(5)
    picture = (2 * rng.integers(0, 2, size) - 1).astype(np.int8)
    cue = picture.copy()
    cue[0, 0] *= -1
    hands = open_lab(document(picture, pad=cue))
    hands.recall()
    assert hands.frame.phase is Phase.SETTLED
    assert np.array_equal(hands.shown, picture)
