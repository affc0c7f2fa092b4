"""Actions that put tools into the hand."""

import pytest
from PySide6.QtWidgets import QWidget

from hopgui.ui.pad.pad import Overlay, PadView, Tool
from hopgui.ui.pad.strokes import LARGEST_BRUSH
from hopgui.ui.window.actions import Actions
from hopgui.ui.window.tool_box import ToolBox


@pytest.fixture
def view(qtbot):
    made = PadView()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(qtbot, view):
    window = QWidget()
    qtbot.addWidget(window)
    made = Actions(window)
    ToolBox(made, view)
    yield made
    window.close()  # it lives as long as its actions


def test_the_pencil_is_in_the_hand_at_first(actions, view):
    assert actions["pencil"].isChecked()
    assert view._hand.tool is Tool.PENCIL


@pytest.mark.parametrize("tool", list(Tool))
def test_every_tool_has_its_action(actions, view, tool):
    actions[str(tool)].trigger()
    assert view._hand.tool is tool


def test_the_brush_grows_and_shrinks_within_its_bounds(actions, view):
    for _ in range(LARGEST_BRUSH + 3):
        actions["larger_brush"].trigger()
    assert view._hand.size == LARGEST_BRUSH
    actions["smaller_brush"].trigger()
    assert view._hand.size == LARGEST_BRUSH - 1, "no key press is lost beyond the end"
    for _ in range(LARGEST_BRUSH + 3):
        actions["smaller_brush"].trigger()
    assert view._hand.size == 1


def test_mirrors_are_switches_of_their_own(actions, view):
    actions["mirror_columns"].trigger()
    assert (view._hand.horizontally, view._hand.vertically) == (True, False)
    actions["mirror_rows"].trigger()
    assert (view._hand.horizontally, view._hand.vertically) == (True, True)
    actions["mirror_columns"].trigger()
    assert (view._hand.horizontally, view._hand.vertically) == (False, True)


@pytest.mark.parametrize(
    ("name", "overlay"), [("show_unstable", Overlay.UNSTABLE), ("show_recent", Overlay.RECENT)]
)
def test_marks_are_shown_at_first_and_can_be_hidden(actions, view, name, overlay):
    assert actions[name].isChecked()
    said = []
    view.set_overlay = lambda which, on: said.append((which, on))
    actions[name].trigger()
    assert (overlay, False) in said


@pytest.mark.parametrize(
    ("name", "overlay"), [("show_field", Overlay.FIELD), ("show_difference", Overlay.DIFFERENCE)]
)
def test_what_covers_the_picture_is_laid_on_when_asked(actions, view, name, overlay):
    assert not actions[name].isChecked()
    assert not view.shows(overlay)
    actions[name].trigger()
    assert view.shows(overlay)
    actions[name].trigger()
    assert not view.shows(overlay)
