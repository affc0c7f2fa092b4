"""A region is copied, cut, pasted and blanked in the real window, at rest and while it runs."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage

from hopgui.session.carry import Carry
from hopgui.session.frame import Phase
from hopgui.session.region import Region
from hopgui.session.session import Grid
from hopgui.ui.imports.dialog import ImportDialog
from hopgui.ui.parts.clipboard import REGION_TYPE, add_units

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ESCAPE, RETURN = Qt.Key.Key_Escape, Qt.Key.Key_Return


@pytest.fixture
def hands(open_lab, clipboard):  # noqa: ARG001 - each test begins with an empty clipboard
    return open_lab()


def select(hands, *corners):
    hands.key(Qt.Key.Key_A)
    hands.paint(*corners)


def steps(hands):
    return len(hands.lab.document._history.past)


def test_a_region_is_copied_and_set_elsewhere_in_one_step(hands):
    before = hands.shown.copy()
    select(hands, (2, 0), (5, 3))
    hands.key(Qt.Key.Key_C, CONTROL)
    count = steps(hands)
    hands.key(Qt.Key.Key_V, CONTROL)
    assert np.array_equal(hands.shown, before), "it floats, and is no part of the picture"
    hands.key(Qt.Key.Key_Down, SHIFT)
    hands.key(Qt.Key.Key_Left)
    hands.key(RETURN)
    expected = before.copy()
    expected[6:10, 1:5] = before[0:4, 2:6]
    assert np.array_equal(hands.shown, expected)
    assert steps(hands) == count + 1
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(hands.shown, before)


def test_a_region_is_cut_in_one_step_and_dragged_to_its_place(hands):
    before = hands.shown.copy()
    select(hands, (2, 1), (7, 4))
    hands.key(Qt.Key.Key_X, CONTROL)
    blanked = before.copy()
    blanked[1:5, 2:8] = -1
    assert np.array_equal(hands.shown, blanked)
    assert steps(hands) == 1
    hands.key(Qt.Key.Key_V, CONTROL)
    hands.paint((3, 2), (5, 6))  # held inside, it follows
    hands.paint((0, 0))  # outside, a click sets it
    expected = blanked.copy()
    expected[5:9, 4:10] = before[1:5, 2:8]
    assert np.array_equal(hands.shown, expected)
    hands.choose("undo")
    hands.choose("undo")
    assert np.array_equal(hands.shown, before)


def test_escape_drops_what_floats(hands):
    before = hands.session
    hands.key(Qt.Key.Key_C, CONTROL)
    hands.key(Qt.Key.Key_V, CONTROL)
    hands.key(ESCAPE)
    assert hands.session is before
    assert hands.pad.piece is None


def test_delete_and_backspace_blank_the_region_and_nothing_without_one(hands):
    before = hands.shown.copy()
    assert not hands.can("blank_region")
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        select(hands, (0, 0), (9, 4))
        hands.key(key)
        assert (hands.shown[:5] == -1).all()
        assert np.array_equal(hands.shown[5:], before[5:])
        hands.choose("undo")
        hands.key(ESCAPE)
        hands.key(key)
        assert np.array_equal(hands.shown, before)


def test_all_is_selected_and_cut(hands):
    hands.key(Qt.Key.Key_A, CONTROL)
    assert hands.window.actions_by_name["select"].isChecked()
    assert hands.pad.region == Region(0, 0, 10, 10)
    hands.key(Qt.Key.Key_X, CONTROL)
    assert (hands.shown == -1).all()


def test_other_programs_get_a_picture_of_the_region(hands, clipboard):
    select(hands, (2, 0), (5, 2))
    hands.key(Qt.Key.Key_C, CONTROL)
    image = clipboard.image().convertToFormat(QImage.Format.Format_RGB32)
    side = image.width() // 4
    assert image.height() == 3 * side
    black = [
        [image.pixelColor(x * side, y * side).value() == 0 for x in range(4)] for y in range(3)
    ]
    assert np.array_equal(black, hands.shown[0:3, 2:6] > 0)


def test_a_memory_that_was_copied_floats_too(hands):
    hands.window.gallery.select(2)
    menu = hands.window.gallery._view.menu()
    next(each for each in menu.actions() if each.text() == "Copy as a picture").trigger()
    menu.deleteLater()
    hands.pad.setFocus()
    hands.key(Qt.Key.Key_V, CONTROL)
    hands.key(RETURN)
    assert np.array_equal(hands.shown, hands.session.memories[2].picture)


def test_what_is_larger_than_the_pad_goes_the_way_of_other_pictures(hands):
    hands.key(Qt.Key.Key_C, CONTROL)
    hands.lab.desk.resize(Grid(8, 12), Carry.CROP)
    hands.key(Qt.Key.Key_V, CONTROL)
    assert hands.pad.piece is None
    hands.answer(hands.dialog(ImportDialog), ESCAPE)


def test_what_pretends_to_be_of_this_program_does_no_harm(hands, clipboard):
    before = hands.session
    for content in (b"rubbish", b"P1\n99999 99999\n", b"P1\n2 2\n1"):
        data = QMimeData()
        data.setData(REGION_TYPE, content)
        clipboard.setMimeData(data)
        hands.key(Qt.Key.Key_V, CONTROL)
        assert hands.pad.piece is None
        assert hands.window.banner.text == "There is no picture on the clipboard."
    assert hands.session is before


def test_while_it_runs_a_piece_is_set_into_the_run(open_lab, clipboard):
    hands = open_lab(speed=30)
    data = QMimeData()
    add_units(data, np.ones((2, 10), np.int8))
    clipboard.setMimeData(data)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.RUNNING)
    hands.wait(lambda: hands.frame.update > 2)
    run = hands.frame.recording.run
    hands.key(Qt.Key.Key_V, CONTROL)
    update = hands.frame.update
    hands.wait(lambda: hands.frame.update > update + 3)
    assert hands.pad.piece is not None, "it floats while the run goes on beneath"
    hands.key(Qt.Key.Key_Up, SHIFT)
    hands.key(RETURN)
    hands.wait(lambda: bool((hands.lab.player.shown[:2] == 1).sum() >= 16))
    assert hands.frame.recording.run == run
    assert hands.frame.phase is Phase.RUNNING
    assert hands.frame.recording.by_hand.any(), "the recording knows whose flips they were"


def test_while_it_runs_a_region_is_cut_from_what_is_shown(open_lab, clipboard):
    hands = open_lab(speed=30)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.RUNNING)
    hands.wait(lambda: hands.frame.update > 2)
    select(hands, (0, 0), (9, 9))
    hands.key(Qt.Key.Key_X, CONTROL)
    assert clipboard.mimeData().hasFormat(REGION_TYPE)
    hands.wait(lambda: bool((hands.lab.player.shown == -1).mean() > 0.9))
    assert hands.frame.phase is Phase.RUNNING


@pytest.mark.parametrize("act", ["store", "keep", "invert", "recall", "undo", "cut"])
def test_whatever_is_done_next_is_done_with_what_one_sees(hands, clipboard, act):
    """A piece that floats is set first, so that nothing acts on a picture that nobody sees."""
    before = hands.shown.copy()
    data = QMimeData()
    add_units(data, np.ones((3, 3), np.int8))
    clipboard.setMimeData(data)
    hands.key(Qt.Key.Key_V, CONTROL)
    seen = hands.pad.piece.over(before)
    if act == "undo":
        hands.choose("invert")
        hands.choose("undo")
        assert np.array_equal(hands.shown, seen)
        hands.choose("undo")
        assert np.array_equal(hands.shown, before)
        return
    hands.choose(act)
    assert hands.pad.piece is None
    if act == "store":
        assert np.array_equal(hands.session.memories[-1].picture, seen)
    elif act == "keep":
        assert np.array_equal(hands.session.kept[-1].picture, seen)
    elif act == "invert":
        assert np.array_equal(hands.shown, -seen)
    elif act == "recall":
        hands.wait_for(Phase.SETTLED)
        assert np.array_equal(hands.frame.recording.start.reshape(10, 10), seen)
    else:
        assert np.array_equal(hands.shown, before), "cut again, it is as if it had never floated"


def test_a_session_that_is_saved_holds_what_floats(hands, clipboard):
    data = QMimeData()
    add_units(data, np.ones((3, 3), np.int8))
    clipboard.setMimeData(data)
    hands.key(Qt.Key.Key_V, CONTROL)
    seen = hands.pad.piece.over(hands.shown)
    assert np.array_equal(hands.lab.desk.write_down().pad, seen)
