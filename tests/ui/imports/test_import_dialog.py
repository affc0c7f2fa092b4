"""Pictures on their way in, judged by eye: by mouse and key."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QSlider,
)

from hopgui.session.fitting import Fit, otsu, to_units
from hopgui.session.images import GreyPicture, NamedPicture
from hopgui.session.session import Grid
from hopgui.ui.imports.dialog import Destination, ImportDialog
from hopgui.ui.look.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GRID = Grid(8, 8)
RAMP = NamedPicture("ramp", GreyPicture(np.arange(0, 256, 4, dtype=np.uint8).reshape(8, 8)))
DARKER = NamedPicture("darker", GreyPicture(RAMP.grey.luminance // 2))
NONE = np.empty((0, 64), np.int8)


@pytest.fixture
def import_of(qtbot):
    def show(*pictures, patterns=NONE, grid=GRID, theme=LIGHT):
        dialog = ImportDialog(pictures, grid, theme, patterns)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def press(qtbot, dialog, text):
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tick(qtbot, dialog, text):
    box = next(each for each in dialog.findChildren(QCheckBox) if each.text() == text)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() / 4)


def shows(dialog, text):
    return any(text in label.text() for label in dialog.findChildren(QLabel))


def raise_threshold(qtbot, dialog, keys):
    slider = dialog.findChild(QSlider)
    for _ in range(keys):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    return slider.value()


def units_of(picture, threshold, *, invert=False, fit=Fit.CONTAIN, grid=GRID):
    return to_units(picture.grey, grid.shape, threshold=threshold, invert=invert, fit=fit)


def test_it_begins_with_the_best_threshold(import_of):
    dialog = import_of(RAMP)
    best = otsu(RAMP.grey)
    assert dialog.findChild(QSlider).value() == best
    [(name, units)] = dialog.pictures()
    assert name == "ramp"
    assert units.dtype == np.int8
    np.testing.assert_array_equal(units, units_of(RAMP, best))
    assert shows(dialog, f"{round(100 * np.mean(units == 1))} % ink")
    assert not shows(dialog, "overlap")


def test_the_threshold_moves_by_key_and_comes_back_by_auto(import_of, qtbot):
    dialog = import_of(RAMP)
    threshold = raise_threshold(qtbot, dialog, 20)
    assert threshold == otsu(RAMP.grey) + 20
    assert shows(dialog, str(threshold))
    np.testing.assert_array_equal(dialog.pictures()[0][1], units_of(RAMP, threshold))
    press(qtbot, dialog, "Auto")
    np.testing.assert_array_equal(dialog.pictures()[0][1], units_of(RAMP, otsu(RAMP.grey)))


def test_light_can_be_the_ink(import_of, qtbot):
    dialog = import_of(RAMP)
    tick(qtbot, dialog, "Light is ink")
    np.testing.assert_array_equal(
        dialog.pictures()[0][1], units_of(RAMP, otsu(RAMP.grey), invert=True)
    )


@pytest.mark.parametrize(("steps", "fit"), [(0, Fit.CONTAIN), (1, Fit.COVER), (2, Fit.STRETCH)])
def test_the_fit_is_a_choice(import_of, qtbot, steps, fit):
    wide = NamedPicture("wide", GreyPicture(np.tile(RAMP.grey.luminance, (1, 3))))
    dialog = import_of(wide)
    for _ in range(steps):
        qtbot.keyClick(dialog.findChild(QComboBox), Qt.Key.Key_Down)
    threshold = dialog.findChild(QSlider).value()
    np.testing.assert_array_equal(dialog.pictures()[0][1], units_of(wide, threshold, fit=fit))


def test_the_nearest_memory_is_named_by_its_overlap(import_of, qtbot):
    units = units_of(RAMP, otsu(RAMP.grey))
    near = units.copy()
    near[0, :4] *= -1
    far = np.where(np.indices((8, 8)).sum(axis=0) % 2, 1, -1)
    dialog = import_of(RAMP, patterns=np.stack([far.ravel(), near.ravel()]).astype(np.int8))
    overlap = np.mean(near.astype(float) * units)
    assert shows(dialog, f"overlap with the nearest memory +{overlap:.2f}")
    tick(qtbot, dialog, "Light is ink")
    assert shows(dialog, f"overlap with the nearest memory \u2212{overlap:.2f}")


def test_overlaps_are_right_on_a_grid_that_fills_no_whole_bytes(import_of):
    grid = Grid(3, 3)
    tiny = NamedPicture("tiny", GreyPicture(np.zeros((3, 3), np.uint8)))
    pattern = np.array([[1, 1, 1, 1, 1, 1, 1, 1, -1]], np.int8)
    assert shows(import_of(tiny, grid=grid, patterns=pattern), f"memory +{7 / 9:.2f}")


def test_each_picture_has_its_own_threshold(import_of, qtbot):
    dialog = import_of(RAMP, DARKER)
    assert shows(dialog, "1 of 2")
    raised = raise_threshold(qtbot, dialog, 9)
    press(qtbot, dialog, "Next")
    assert shows(dialog, "2 of 2")
    assert dialog.findChild(QSlider).value() == otsu(DARKER.grey)
    press(qtbot, dialog, "Previous")
    assert dialog.findChild(QSlider).value() == raised
    (_, first), (_, second) = dialog.pictures()
    np.testing.assert_array_equal(first, units_of(RAMP, raised))
    np.testing.assert_array_equal(second, units_of(DARKER, otsu(DARKER.grey)))


def test_one_threshold_can_serve_all(import_of, qtbot):
    dialog = import_of(RAMP, DARKER)
    tick(qtbot, dialog, "The same threshold for all pictures")
    raised = raise_threshold(qtbot, dialog, 5)
    chooser = dialog.findChild(QListWidget)
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    assert dialog.findChild(QSlider).value() == raised
    np.testing.assert_array_equal(dialog.pictures()[1][1], units_of(DARKER, raised))


def test_storing_is_the_default(import_of, qtbot):
    dialog = import_of(RAMP, DARKER)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.destination is Destination.MEMORIES
    assert not any(each.text() == "Put on the pad" for each in dialog.findChildren(QPushButton))


def test_one_picture_can_go_on_the_pad(import_of, qtbot):
    dialog = import_of(RAMP)
    press(qtbot, dialog, "Put on the pad")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.destination is Destination.PAD
    dialog = import_of(RAMP)
    press(qtbot, dialog, "Store as memory")
    assert dialog.destination is Destination.MEMORIES
    dialog = import_of(RAMP)
    press(qtbot, dialog, "Cancel")
    assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_preview_wears_the_themes_colours_and_follows_the_slider(import_of, theme):
    dialog = import_of(RAMP, theme=theme)
    slider = dialog.findChild(QSlider)

    def inked_pixels():
        image = dialog._preview.grab().toImage()
        ink = QColor(theme.plus)
        return sum(
            image.pixelColor(x, y) == ink
            for x in range(0, image.width(), 4)
            for y in range(0, image.height(), 4)
        )

    slider.setValue(60)
    few = inked_pixels()
    slider.setValue(200)
    assert 0 < 2 * few < inked_pixels()
