"""Letters of a font: on one line, of one size, and as the person wants them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QPushButton, QSlider

from hopgui.session.fitting import Fit, to_units
from hopgui.session.session import Grid
from hopgui.ui.imports.letters import LONGEST, draw_letters, letters_of
from hopgui.ui.imports.letters_dialog import LettersDialog
from hopgui.ui.look import fonts
from hopgui.ui.look.theme import DARK, LIGHT

GRID = Grid(20, 24)


@pytest.fixture(autouse=True)
def _fonts(qapp):
    fonts.install(qapp)


def units_of(picture, grid=GRID):
    return to_units(picture.grey, grid.shape, threshold=128, invert=False, fit=Fit.STRETCH)


def drawn(text, size=100, grid=GRID):
    pictures = draw_letters(text, QFont("Inter"), grid, size)
    return {each.name: units_of(each, grid) > 0 for each in pictures}


def reach(ink):
    """First and last row and column with ink."""
    rows, columns = np.nonzero(ink.any(1))[0], np.nonzero(ink.any(0))[0]
    return rows[0], rows[-1], columns[0], columns[-1]


def test_letters_are_each_drawn_once_in_their_order():
    assert letters_of("A b\nA c\tb") == "Abc"
    assert len(letters_of("".join(map(chr, range(200, 900))))) == LONGEST
    assert list(drawn("HAH")) == ["H", "A"]
    assert draw_letters("  ", QFont("Inter"), GRID, 100) == []


def test_they_look_like_letters():
    ink = drawn("IOLT", grid=Grid(30, 30))
    ring = ink["O"]
    assert ring[15].nonzero()[0].size < ring[15].size / 2
    assert not ring[13:17, 13:17].any(), "an O is hollow"
    bar = ink["I"]
    assert bar[:, 13:17].any(axis=1).sum() > 20
    top, bottom, left, _ = reach(ink["L"])
    assert ink["L"][bottom].sum() > ink["L"][top].sum()
    assert ink["L"][top : bottom + 1, left].all()
    assert ink["T"][reach(ink["T"])[0]].sum() > ink["T"][reach(ink["T"])[1]].sum()


def test_they_stand_on_one_line_and_fill_the_grid():
    ink = drawn("HEIxg")
    bottoms = {letter: reach(ink[letter])[1] for letter in "HEIx"}
    assert max(bottoms.values()) - min(bottoms.values()) <= 1
    assert reach(ink["g"])[1] > bottoms["H"] + 2
    assert reach(ink["x"])[0] > reach(ink["H"])[0] + 2
    whole = np.logical_or.reduce(list(ink.values()))
    top, bottom, left, right = reach(whole)
    assert bottom - top >= GRID.height - 3 or right - left >= GRID.width - 3


def test_the_size_is_a_share_of_the_grid():
    heights = [np.ptp(reach(drawn("H", size)["H"])[:2]) for size in (40, 70, 100)]
    assert heights == sorted(heights)
    assert heights[0] == pytest.approx(0.4 * heights[2], abs=2)


@pytest.fixture
def dialog(qtbot):
    made = LettersDialog(GRID, LIGHT)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_what_is_chosen_is_what_comes_out(qtbot, dialog):
    line = dialog.findChild(QLineEdit)
    line.clear()
    qtbot.keyClicks(line, "AHA!")
    bold = [units_of(each) for each in dialog.pictures()]
    assert [each.name for each in dialog.pictures()] == ["A", "H", "!"]
    box = dialog.findChild(QCheckBox)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() / 4)
    thin = [units_of(each) for each in dialog.pictures()]
    assert sum((each > 0).sum() for each in thin) < sum((each > 0).sum() for each in bold)
    slider = dialog.findChild(QSlider)
    slider.setValue(50)
    small = [units_of(each) for each in dialog.pictures()]
    assert sum((each > 0).sum() for each in small) < sum((each > 0).sum() for each in thin)
    families = dialog.findChild(QComboBox)
    other = next(n for n in range(families.count()) if families.itemText(n) != "Inter")
    families.setCurrentIndex(other)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_without_letters_there_is_nothing_to_go_on_with(dialog):
    dialog.findChild(QLineEdit).setText("  ")
    go_on = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Continue")
    assert not go_on.isEnabled()
    dialog.findChild(QLineEdit).setText("Q")
    assert go_on.isEnabled()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_preview_wears_the_theme(qtbot, theme):
    made = LettersDialog(GRID, theme)
    qtbot.addWidget(made)
    made.show()
    image = made._sheet.grab().toImage()
    seen = {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }
    assert {theme.plus, theme.minus, theme.panel} <= seen
