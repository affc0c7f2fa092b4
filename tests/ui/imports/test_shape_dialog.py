"""The question of a shape: what is offered, what is shown, what comes out."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget

from hopgui.session.arrays import Rows
from hopgui.ui.imports.shape_dialog import ShapeDialog, is_askable
from hopgui.ui.look.theme import LIGHT

RNG = np.random.default_rng(1)


def rows(count, units):
    return Rows("set", RNG.choice(np.array([-1, 1], np.int8), (count, units)))


@pytest.fixture
def ask(qtbot):
    def show(given):
        dialog = ShapeDialog(given, LIGHT)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def offered(dialog):
    found = dialog.findChild(QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def test_784_units_are_offered_as_28_by_28(qtbot, ask):
    dialog = ask(rows(40, 784))
    assert offered(dialog)[0] == "28 × 28"
    assert "49 × 16" in offered(dialog)
    assert dialog.shape_chosen() == (28, 28)
    qtbot.keyClick(dialog.findChild(QListWidget), Qt.Key.Key_Down)
    height, width = dialog.shape_chosen()
    assert {height, width} == {16, 49}
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.rows().units.shape == (40, 784)


def test_a_table_can_be_one_picture(ask):
    given = rows(10, 14)
    dialog = ask(given)
    assert offered(dialog)[0] == "One picture, 14 × 10"
    assert dialog.shape_chosen() == (10, 14)
    assert np.array_equal(dialog.rows().units.reshape(10, 14), given.units)
    assert "7 × 2" in offered(dialog)


def test_a_prime_number_of_units_is_a_side_of_one_picture_or_none(ask):
    assert is_askable(rows(13, 13))
    assert offered(ask(rows(13, 13))) == ["One picture, 13 × 13"]
    assert not is_askable(rows(300, 13))
    assert not is_askable(rows(1, 13))


def test_the_first_pattern_is_seen_in_its_shape(ask):
    given = rows(3, 12)
    dialog = ask(given)
    dialog.findChild(QListWidget).setCurrentRow(offered(dialog).index("4 × 3"))
    image = dialog._view._image
    assert (image.width(), image.height()) == (4, 3)
    plus = [image.pixelColor(x, y).name().upper() == LIGHT.plus for y in range(3) for x in range(4)]
    assert plus == (given.units[0] > 0).tolist()
