"""Regions selected and pieces that float, under a real mouse and real keys."""

import numpy as np
import pytest
from pads import CONTROL, LEFT, RIGHT, SHIFT, at, blank, drag
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from hopgui.session.region import Region
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.pad.pad import Tool
from hopgui.ui.pad.panel import PadPanel

PLAIN = Qt.KeyboardModifier.NoModifier
PIECE = np.array([[1, -1, 1], [-1, 1, 1]], np.int8)


@pytest.fixture
def pad(pad):
    pad.set_tool(Tool.SELECT)
    return pad


@pytest.fixture
def pieces(pad):
    """The pieces that were set."""
    told = []
    pad.piece_set.connect(told.append)
    return told


def where(pad):
    return None if pad.piece is None else pad.piece.region.corners[0]


# Selecting


@pytest.mark.parametrize("button", [LEFT, RIGHT])
def test_a_drag_selects_the_rectangle_whichever_way_it_goes(qtbot, pad, button):
    with qtbot.assertNotEmitted(pad.painted):
        drag(qtbot, pad, [(6, 7), (3, 4)], button)
    assert pad.region == Region(3, 4, 4, 4)


def test_what_lies_outside_the_grid_is_not_selected(qtbot, pad):
    drag(qtbot, pad, [(7, 8), (15, 15)])
    assert pad.region == Region(7, 8, 3, 2)


def test_a_click_selects_nothing(qtbot, pad):
    drag(qtbot, pad, [(1, 1), (3, 3)])
    drag(qtbot, pad, [(8, 8)])
    assert pad.region is None


def test_escape_gives_up_first_the_drag_and_then_the_region(qtbot, pad):
    drag(qtbot, pad, [(1, 1), (3, 3)])
    qtbot.mousePress(pad, LEFT, PLAIN, at(pad, 5, 5))
    qtbot.mouseMove(pad, at(pad, 7, 7))
    qtbot.keyClick(pad, Qt.Key.Key_Escape)
    qtbot.mouseRelease(pad, LEFT, PLAIN, at(pad, 7, 7))
    assert pad.region == Region(1, 1, 3, 3)
    qtbot.keyClick(pad, Qt.Key.Key_Escape)
    assert pad.region is None


def test_keys_select_from_the_cell_cursor(qtbot, pad):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(pad, key, CONTROL)  # the first one only shows it
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(pad, key, CONTROL | SHIFT)
    assert pad.region == Region(1, 1, 2, 3)
    qtbot.keyClick(pad, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert pad.region == Region(1, 1, 1, 3)
    qtbot.keyClick(pad, Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(pad, Qt.Key.Key_Right, CONTROL | SHIFT)
    assert pad.region == Region(2, 3, 2, 1), "it begins anew where the cursor was"


def test_with_another_tool_nothing_is_selected(qtbot, pad):
    drag(qtbot, pad, [(1, 1), (3, 3)])
    with qtbot.waitSignal(pad.selection_changed):
        pad.set_tool(Tool.PENCIL)
    assert pad.region is None
    drag(qtbot, pad, [(1, 1), (3, 3)])
    assert pad.region is None


def test_on_a_grid_of_another_size_nothing_is_selected(qtbot, pad):
    drag(qtbot, pad, [(1, 1), (3, 3)])
    pad.show_frame(blank(10, 10))
    assert pad.region is not None
    pad.show_frame(blank(4, 4))
    assert pad.region is None


# A piece that floats


def test_a_piece_floats_in_the_middle_or_over_the_region_selected(qtbot, pad):
    pad.float_piece(PIECE)
    assert where(pad) == (4, 4)
    pad.drop_piece()
    drag(qtbot, pad, [(8, 1), (9, 5)])
    pad.float_piece(PIECE)
    assert where(pad) == (7, 1), "as far as it stays on the grid"


def test_it_is_dragged_by_where_it_is_held_and_stays_on_the_grid(qtbot, pad, pieces):
    pad.float_piece(PIECE)
    drag(qtbot, pad, [(5, 5), (3, 2)])
    assert where(pad) == (2, 1)
    drag(qtbot, pad, [(2, 1), (-30, -30), (20, 20), (6, 6)])
    assert 0 <= where(pad)[0] <= 7
    assert 0 <= where(pad)[1] <= 8
    assert pieces == []


def test_keys_move_it_and_with_shift_to_the_edge(qtbot, pad):
    pad.float_piece(PIECE)
    with qtbot.assertNotEmitted(pad.painted):
        qtbot.keyClick(pad, Qt.Key.Key_Left)
        qtbot.keyClick(pad, Qt.Key.Key_Up)
        qtbot.keyClick(pad, Qt.Key.Key_Up)
    assert where(pad) == (3, 2)
    qtbot.keyClick(pad, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(pad, Qt.Key.Key_Down, SHIFT)
    assert where(pad) == (7, 8)


@pytest.mark.parametrize("way", ["return", "enter", "click", "tool", "another"])
def test_it_is_set_where_it_lies_once(qtbot, pad, pieces, way):
    pad.float_piece(PIECE)
    qtbot.keyClick(pad, Qt.Key.Key_Left)
    with qtbot.assertNotEmitted(pad.painted):
        match way:
            case "return":
                qtbot.keyClick(pad, Qt.Key.Key_Return)
            case "enter":
                qtbot.keyClick(pad, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
            case "click":
                drag(qtbot, pad, [(0, 0)])
            case "tool":
                pad.set_tool(Tool.PENCIL)
            case "another":
                pad.float_piece(-PIECE)
    assert [piece.region for piece in pieces] == [Region(3, 4, 3, 2)]
    assert np.array_equal(pieces[0].picture, PIECE)
    assert (pad.piece is None) == (way != "another")


def test_escape_drops_it(qtbot, pad, pieces):
    pad.float_piece(PIECE)
    qtbot.keyClick(pad, Qt.Key.Key_Escape)
    assert pad.piece is None
    assert pieces == []


def test_a_click_within_sets_nothing(qtbot, pad, pieces):
    pad.set_tool(Tool.PENCIL)
    pad.float_piece(PIECE)
    with qtbot.assertNotEmitted(pad.painted):
        drag(qtbot, pad, [(5, 5)])
    assert pad.piece is not None
    assert pieces == []


def test_after_a_click_that_sets_it_the_tool_paints_again(qtbot, pad, pieces):
    pad.set_tool(Tool.PENCIL)
    pad.float_piece(PIECE)
    drag(qtbot, pad, [(0, 0)])
    assert len(pieces) == 1
    with qtbot.waitSignal(pad.painted) as told:
        drag(qtbot, pad, [(0, 0)])
    assert told.args[0].units.tolist() == [0]


def test_a_hold_ends_when_the_focus_goes(qtbot, pad):
    pad.float_piece(PIECE)
    qtbot.mousePress(pad, LEFT, PLAIN, at(pad, 5, 5))
    pad.clearFocus()
    qtbot.mouseMove(pad, at(pad, 9, 9))
    assert where(pad) == (4, 4)
    qtbot.mouseRelease(pad, LEFT, PLAIN, at(pad, 9, 9))


def test_the_pointer_shows_what_can_be_moved(qtbot, pad):
    pad.float_piece(PIECE)
    qtbot.mouseMove(pad, at(pad, 5, 5))
    assert pad.cursor().shape() == Qt.CursorShape.SizeAllCursor
    qtbot.mouseMove(pad, at(pad, 1, 1))
    assert pad.cursor().shape() == Qt.CursorShape.CrossCursor


def test_on_a_zoomed_pad_keys_keep_it_in_sight(qtbot, pad):
    for _ in range(6):
        pad.zoom_in()
    pad.float_piece(PIECE)
    qtbot.keyClick(pad, Qt.Key.Key_Left, SHIFT)
    qtbot.keyClick(pad, Qt.Key.Key_Up, SHIFT)
    assert where(pad) == (0, 0)
    assert pad.rect().contains(at(pad, 0, 0))
    qtbot.keyClick(pad, Qt.Key.Key_Right, SHIFT)
    assert pad.rect().contains(at(pad, 9, 1))


def test_a_screen_reader_hears_what_is_selected_and_where_it_floats(qtbot, pad):
    pad.select(Region(1, 2, 3, 4))
    assert pad.accessibleDescription() == "3 × 4 units selected from (1, 2)"
    pad.float_piece(PIECE)
    qtbot.keyClick(pad, Qt.Key.Key_Right)
    assert pad.accessibleDescription() == "3 × 2 units float at (2, 2)"
    pad.drop_piece()
    assert pad.accessibleDescription() == "nothing selected"


# What is seen of it


def colour(pad, x, y):
    return pad.grab().toImage().pixelColor(at(pad, x, y))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_piece_covers_the_picture_and_its_marks(pad, theme):
    pad.show_theme(theme)
    pad.show_frame(blank(10, 10, unstable=True))
    pad.float_piece(PIECE)
    for row in range(2):
        for column in range(3):
            shade = theme.plus if PIECE[row, column] > 0 else theme.minus
            assert colour(pad, 4 + column, 4 + row) == QColor(shade)
    assert colour(pad, 1, 1) == QColor(theme.accent), "elsewhere units are marked as ever"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("floats", [True, False])
def test_the_frame_is_drawn_around_it_in_the_colour_of_doing(pad, theme, floats):
    pad.show_theme(theme)
    before = pad.grab().toImage()
    if floats:
        pad.float_piece(np.full((2, 3), -1, np.int8))
    else:
        pad.select(Region(4, 4, 3, 2))
    after = pad.grab().toImage()
    ratio = pad.devicePixelRatioF()
    corner = at(pad, 4, 4) * ratio
    cell = (at(pad, 5, 4) - at(pad, 4, 4)).x() * ratio
    changed = [
        (x, y)
        for x in range(after.width())
        for y in range(after.height())
        if after.pixel(x, y) != before.pixel(x, y)
    ]
    left = min(x for x, _ in changed)
    right = max(x for x, _ in changed)
    top = min(y for _, y in changed)
    bottom = max(y for _, y in changed)
    near = 4 * ratio
    assert abs(left - (corner.x() - cell / 2)) <= near
    assert abs(right - (corner.x() + 2.5 * cell)) <= near
    assert abs(top - (corner.y() - cell / 2)) <= near
    assert abs(bottom - (corner.y() + 1.5 * cell)) <= near
    inked = {after.pixelColor(x, y).name() for x, y in changed}
    assert QColor(theme.act).name() in inked


def test_the_line_under_the_pad_says_what_is_selected_and_what_floats(qtbot):
    panel = PadPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 700)
    panel.show_frame(blank(10, 10))
    panel.show()
    qtbot.waitExposed(panel)
    panel.view.set_tool(Tool.SELECT)
    panel.view.select(Region(1, 2, 3, 4))
    assert panel.unit_text == "3 × 4 units selected from (1, 2)"
    panel.view.float_piece(PIECE)
    assert panel.unit_text == "3 × 2 floats: drag or arrows, Enter sets, Esc drops"
    panel.view.drop_piece()
    assert panel.unit_text == ""
