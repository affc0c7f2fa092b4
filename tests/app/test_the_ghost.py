"""The ghost of three memories: there at order 2, gone at order 3."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QWidget

from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.ui.parts.choice_box import ChoiceBox


def named(hands, name, kind=QWidget):
    boxes = hands.panel("controls").findChildren(kind)
    return next(each for each in boxes if each.accessibleName() == name)


def choose_order(hands, order):
    box = named(hands, "Order n", QSpinBox)
    QTest.keyClick(box, Qt.Key.Key_Up if order > box.value() else Qt.Key.Key_Down)
    assert hands.session.energy.order == order


@pytest.mark.parametrize("conventions", [ARTICLE, TEXTBOOK])
def test_the_hat_stays_off_at_order_two_and_grows_back_at_order_three(hands, conventions):
    hands.window.findChild(QAction, "set_ghost").trigger()
    hands.lab.desk.set_conventions(conventions)
    hat, *others = (memory.picture for memory in hands.session.memories)
    hands.recall()
    assert np.array_equal(hands.shown, hat)

    # Rubbing out five rows, to and fro, takes nothing away but the hat.
    path = [(column, row) for row in range(5) for column in (0, 15)[:: 1 - 2 * (row % 2)]]
    hands.paint(*path, button=Qt.MouseButton.RightButton)
    ghost = np.sign(hat.astype(int) + sum(others))
    assert np.array_equal(hands.shown, ghost)
    hands.recall()
    assert np.array_equal(hands.shown, ghost)

    box = named(hands, "Energy", ChoiceBox)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Qt.Key.Key_Down)
    choose_order(hands, 2)
    hands.recall()
    assert np.array_equal(hands.shown, ghost)
    choose_order(hands, 3)
    hands.recall()
    assert np.array_equal(hands.shown, hat)
