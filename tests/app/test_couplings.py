"""The couplings beside the pad: the matrix of now, a unit's row, and why there is none."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from hopgui.model.choices import Energy, EnergyKind, Rule, RuleKind
from hopgui.session.session import Grid
from hopgui.ui.couplings.view import Page
from hopgui.ui.parts.segmented import Segmented


def said(view):
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def turn_to_unit(hands, view):
    hands.click(view.findChild(Segmented).button(Page.UNIT))


def pattern(side):
    return np.where(np.indices((side, side)).sum(axis=0) % 3 == 0, 1, -1).astype(np.int8)


def test_a_dense_energy_has_none_and_says_so(hands):
    view = hands.panel("couplings")
    hands.wait(lambda: view._matrix is not None)
    hands.lab.desk.set_energy(Energy(EnergyKind.EXPONENTIAL))
    hands.wait(lambda: view._matrix is None)
    assert "A dense energy has no couplings" in said(view)
    hands.choose("undo")
    hands.wait(lambda: view._matrix is not None)


def test_more_than_a_screen_can_show_is_not_computed(open_lab, document):
    hands = open_lab(document(pattern(65), grid=Grid(65, 65)))
    view = hands.panel("couplings")
    assert "look at one unit's" in said(view)
    assert view._matrix is None
    turn_to_unit(hands, view)
    hands.move((3, 2))
    unit = 2 * 65 + 3
    hands.wait(lambda: view._unit == unit)
    row = hands.lab.player.network.couplings_of(unit)
    assert np.allclose(view._row.values.ravel(), row)


def test_the_row_is_that_of_the_unit_under_the_pointer(hands):
    view = hands.panel("couplings")
    assert "Point at a unit" not in said(view)
    turn_to_unit(hands, view)
    assert "Point at a unit on the pad" in said(view)
    for cell in ((4, 7), (0, 0)):
        hands.move(cell)
        unit = cell[1] * 10 + cell[0]
        hands.wait(lambda unit=unit: view._unit == unit)
        row = hands.lab.player.network.matrix()[unit]
        assert np.allclose(view._row.values.ravel(), row)


def test_a_panel_out_of_sight_asks_for_nothing(hands, monkeypatch):
    view = hands.panel("couplings")
    hands.wait(lambda: view._matrix is not None)
    hands.window.docks.controls.open()
    hands.wait(lambda: not view.isVisible())
    asked = []
    monkeypatch.setattr(hands.lab._couplings.errand, "ask", asked.append)
    hands.choose("store")
    hands.move((5, 5))
    assert asked == []
    assert view._unit == -1
    hands.window.docks.couplings.open()
    hands.wait(view.isVisible)
    assert asked == [hands.lab.player.network]


@pytest.mark.parametrize("kind", [RuleKind.PROJECTION, RuleKind.STORKEY])
def test_another_rule_has_another_matrix(hands, kind):
    view = hands.panel("couplings")
    hands.wait(lambda: view._matrix is not None)
    before = view._matrix.values.copy()
    hands.lab.desk.set_rule(Rule(kind))
    hands.wait(lambda: view._matrix is not None)
    assert np.array_equal(view._matrix.values, hands.lab.player.network.matrix())
    assert not np.array_equal(view._matrix.values, before)
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    hands.settle()
    assert np.array_equal(view._matrix.values, hands.lab.player.network.matrix())


def test_a_units_row_is_that_of_the_network_of_now(hands):
    view = hands.panel("couplings")
    turn_to_unit(hands, view)
    hands.move((4, 4))
    hands.wait(lambda: view._unit == 44)
    before = view._row.values.copy()
    hands.lab.desk.set_rule(Rule(RuleKind.PROJECTION))
    hands.wait(lambda: view._row is not None and not np.array_equal(view._row.values, before))
    assert np.allclose(view._row.values.ravel(), hands.lab.player.network.couplings_of(44))
    hands.lab.desk.set_rule(Rule())
    hands.lab.desk.set_energy(Energy(EnergyKind.EXPONENTIAL))
    hands.wait(lambda: view._row is None)
    hands.move((5, 5))
    hands.wait(lambda: view._unit == 55)
    assert view._row is None
    hands.lab.desk.set_energy(Energy())
    hands.wait(lambda: view._row is not None)
    assert np.allclose(view._row.values.ravel(), hands.lab.player.network.couplings_of(55))
