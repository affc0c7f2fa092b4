"""A state built up before one's eyes, by mouse, by key and by itself."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QPushButton

from hopgui.model.rebuilding import rebuild
from hopgui.session.session import Grid, Memory, frozen
from hopgui.ui.look import coupling_colours
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.verdict.rebuilding_dialog import RebuildingDialog, Recipe
from hopgui.ui.verdict.sum_map import SumMap

GRID = Grid(4, 2)
PATTERNS = np.array(
    [[1, 1, 1, 1, -1, -1, -1, -1], [1, 1, -1, -1, 1, 1, -1, -1], [1, -1, 1, -1, 1, -1, 1, -1]],
    np.int8,
)
MEMORIES = tuple(
    Memory(name, frozen(picture.reshape(GRID.shape)), place)
    for place, (name, picture) in enumerate(zip("ACJ", PATTERNS, strict=True))
)
MIXED = np.where(PATTERNS[0] + PATTERNS[1] - PATTERNS[2] > 0, 1, -1).astype(np.int8)


def recipes(state=MIXED):
    return {
        Recipe.MEMBERS: rebuild(PATTERNS, state, np.array([1.0, 1.0, -1.0])),
        Recipe.OVERLAPS: rebuild(PATTERNS, state, (PATTERNS @ state.astype(int)).astype(float)),
    }


@pytest.fixture
def make(qtbot):
    def make_one(found=None, theme=LIGHT):
        dialog = RebuildingDialog(found or recipes(), MEMORIES, GRID, theme)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        return dialog

    return make_one


def steps(dialog):
    rows = dialog.findChild(QListWidget)
    return [rows.item(row).text() for row in range(rows.count())]


def step(dialog):
    return dialog.findChild(QListWidget).currentRow()


def button(dialog, text):
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == text)


def test_the_members_come_one_by_one_and_then_the_sign(make, qtbot):
    dialog = make()
    assert steps(dialog) == ["+ A", "+ C", "− J", "the sign of the sum"]
    said = [dialog.caption]
    for _ in range(3):
        qtbot.mouseClick(button(dialog, "Next"), Qt.MouseButton.LeftButton)
        said.append(dialog.caption)
    assert said == [
        "Sum of 1: from −1 to 1",
        "Sum of 2: from −2 to 2",
        "Sum of 3: from −3 to 3",
        "Its sign is this state, unit for unit",
    ]
    qtbot.mouseClick(button(dialog, "Next"), Qt.MouseButton.LeftButton)
    assert step(dialog) == 3
    qtbot.mouseClick(button(dialog, "Back"), Qt.MouseButton.LeftButton)
    assert step(dialog) == 2


def test_the_arrow_keys_walk_through_the_steps(make, qtbot):
    dialog = make()
    rows = dialog.findChild(QListWidget)
    rows.setFocus()
    for key, place in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1)):
        qtbot.keyClick(rows, key)
        assert step(dialog) == place


def test_all_memories_are_another_way_to_build_it(make, qtbot):
    dialog = make()
    choice = dialog.findChild(Segmented).button(Recipe.OVERLAPS)
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert step(dialog) == 0
    overlaps = (PATTERNS @ MIXED.astype(int)).tolist()
    assert sorted(steps(dialog)[:-1]) == sorted(
        f"{'+' if overlap > 0 else '−'} {abs(overlap)} {name}"
        for overlap, name in zip(overlaps, "ACJ", strict=True)
    )


def test_one_way_offers_no_choice(make):
    dialog = make({Recipe.OVERLAPS: recipes()[Recipe.OVERLAPS]})
    assert not dialog.findChild(Segmented).isVisible()


def test_units_that_differ_are_counted_and_marked(make):
    wrong = MIXED.copy()
    wrong[[0, 5]] *= -1
    dialog = make(recipes(wrong))
    dialog.findChild(QListWidget).setCurrentRow(3)
    assert dialog.caption == "Its sign is this state but for 2 units, marked"
    marked = dialog.findChild(SumMap).grab().toImage()
    right = make(recipes())
    right.findChild(QListWidget).setCurrentRow(3)
    assert marked != right.findChild(SumMap).grab().toImage()


def test_it_plays_by_itself_to_the_end_and_once_more(make, qtbot):
    dialog = make()
    assert not dialog._clock.isActive(), "nothing moves before somebody asks for it"
    dialog._clock.setInterval(5)
    qtbot.mouseClick(button(dialog, "Play"), Qt.MouseButton.LeftButton)
    assert button(dialog, "Pause")
    qtbot.waitUntil(lambda: step(dialog) == 3)
    assert not dialog._clock.isActive()
    qtbot.mouseClick(button(dialog, "Play"), Qt.MouseButton.LeftButton)
    assert step(dialog) < 3
    qtbot.mouseClick(button(dialog, "Pause"), Qt.MouseButton.LeftButton)
    assert not dialog._clock.isActive()


def test_the_clock_stops_when_it_closes(make, qtbot):
    dialog = make()
    qtbot.mouseClick(button(dialog, "Play"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog._clock.isActive()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_sum_is_orange_above_zero_and_blue_below(qtbot, theme):
    view = SumMap()
    qtbot.addWidget(view)
    view.show_theme(theme)
    view.resize(200, 100)
    view.show_sums(np.array([[-3.0, 0.0, 1.5, 3.0]], np.float32), 3.0)
    image = view.grab().toImage()
    seen = [image.pixelColor(place, 20).name().upper() for place in (25, 75, 125, 175)]
    wanted = [coupling_colours.colour(theme, share) for share in (-1, 0, 0.5, 1)]
    for one, other in zip(seen, wanted, strict=True):
        near = QColor(one), QColor(other)
        assert all(abs(a - b) <= 2 for a, b in zip(near[0].getRgb(), near[1].getRgb(), strict=True))


@pytest.mark.parametrize("shape", [(256, 256), (2, 2), (3, 200)])
def test_every_grid_has_its_map(qtbot, shape):
    view = SumMap()
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show_sums(np.ones(shape, np.float32), 1.0)
    assert not view.grab().isNull()
    state = np.ones(shape, np.int8)
    view.show_state(state, state > 0)
    assert not view.grab().isNull()
