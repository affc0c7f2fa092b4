"""The list of kept states: what it says of each, and what keys and buttons ask for."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from hopgui.model.appraisal import Appraisal
from hopgui.model.verdict import Kind, Verdict
from hopgui.session.session import KeptState, Memory, frozen
from hopgui.ui.kept.kept_row import KeptRow
from hopgui.ui.kept.panel import KeptPanel
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.row_painting import ROW

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PICTURE = frozen(np.where(np.eye(10) > 0, 1, -1).astype(np.int8))
MEMORIES = tuple(Memory(name, frozen(PICTURE), row) for row, name in enumerate("ACH"))
STATES = tuple(KeptState(f"State {at}", frozen(PICTURE)) for at in range(1, 5))
APPRAISALS = (
    Appraisal(-1652.0, True, Verdict(Kind.MIXTURE, ((1, 0), (1, 1), (-1, 2)), 1.0)),
    Appraisal(-2000.0, True, Verdict(Kind.INVERSE, ((-1, 1),), 1.0)),
    Appraisal(12.0, False, Verdict(Kind.OTHER)),
    None,
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot):
    widget = KeptPanel()
    widget.resize(260, 620)
    qtbot.addWidget(widget)
    widget.show_kept(STATES, APPRAISALS, MEMORIES)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def button(panel, text):
    return next(each for each in panel.findChildren(QPushButton) if each.text() == text)


def spoken(panel, row):
    return panel.view.model().index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def click(qtbot, panel, row, twice=False):
    middle = panel.view.visualRect(panel.view.model().index(row)).center()
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=middle)
    if twice:
        qtbot.mouseDClick(panel.view.viewport(), LEFT, pos=middle)


def test_every_row_says_what_the_state_is(panel):
    assert spoken(panel, 0) == "State 1, Mixture + A + C − H, energy −1\u2009652, stable"
    assert spoken(panel, 1) == "State 2, Inverse of C, energy −2\u2009000, stable"
    assert spoken(panel, 2) == "State 3, Close to no memory, energy 12, unstable"
    assert spoken(panel, 3) == "State 4, …"


def test_without_memories_there_is_nothing_to_be_like(panel):
    panel.show_kept(STATES, APPRAISALS, ())
    assert spoken(panel, 0) == "State 1, Nothing stored yet, energy −1\u2009652, stable"


def test_a_state_of_one_memory_wears_its_colour(panel):
    rows = [panel.view.model().index(row).data(ROW) for row in range(4)]
    assert [row.colour for row in rows] == [None, MEMORIES[1].colour, None, None]


def test_what_is_said_in_few_words_does_not_call_a_state_exact_that_is_not(panel):
    near = Appraisal(0.0, True, Verdict(Kind.MEMORY, ((1, 0),), 0.94))
    panel.show_kept(STATES[:1], (near,), MEMORIES)
    told = panel.view.model().index(0).data(ROW).told
    assert all("3 units away" in words for words in told)


def test_keys_ask_for_what_they_mean(panel, qtbot):
    view = panel.view
    click(qtbot, panel, 1)
    with qtbot.waitSignal(panel.put_requested) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [1]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.delete_requested) as told:
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert told.args == [[2]]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(panel.delete_requested) as told:
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert told.args == [[0, 1, 2, 3]]


def test_a_double_click_puts_a_state_on_the_pad(panel, qtbot):
    with qtbot.waitSignal(panel.put_requested) as told:
        click(qtbot, panel, 2, twice=True)
    assert told.args == [2]


def test_a_name_is_edited_in_its_row(panel, qtbot):
    click(qtbot, panel, 0)
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    editor = panel.view.findChild(QLineEdit)
    assert editor.text() == "State 1"
    assert editor.accessibleName() == "Name of the kept state"
    editor.selectAll()
    qtbot.keyClicks(editor, "an R")
    with qtbot.waitSignal(panel.rename_requested) as told:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == [0, "an R"]
    qtbot.waitUntil(lambda: panel.view.findChild(QLineEdit) is None)


def test_buttons_are_there_for_what_is_chosen(panel, qtbot):
    def allowed():
        return {each.text() for each in panel.findChildren(QPushButton) if each.isEnabled()}

    assert allowed() == {"Keep the pad"}
    click(qtbot, panel, 0)
    assert allowed() == {"Keep the pad", "Load", "Store", "Delete"}
    panel.view.selectAll()
    assert allowed() == {"Keep the pad", "Store", "Delete"}
    for text, signal in (
        ("Store", panel.store_requested),
        ("Delete", panel.delete_requested),
        ("Keep the pad", panel.keep_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button(panel, text), LEFT)


def test_the_menu_says_the_same(panel, qtbot):
    click(qtbot, panel, 3)
    entries = {each.text(): each for each in panel.view.menu().actions() if each.text()}
    assert all(each.isEnabled() for each in entries.values())
    with qtbot.waitSignal(panel.store_requested) as told:
        entries["Store as a memory"].trigger()
    assert told.args == [[3]]
    panel.view.select([])
    assert not any(each.isEnabled() for each in panel.view.menu().actions() if each.text())


def test_what_is_chosen_stays_so_wherever_it_moves(panel, qtbot):
    click(qtbot, panel, 2)
    panel.show_kept(STATES[1:], APPRAISALS[1:], MEMORIES)
    assert panel.view.selected() == [1]
    renamed = (STATES[1], replace(STATES[2], name="other"), STATES[3])
    panel.show_kept(renamed, APPRAISALS[1:], MEMORIES)
    assert panel.view.selected() == [1]
    panel.show_kept((STATES[1], STATES[3]), (None, None), MEMORIES)
    assert panel.view.selected() == []


def test_an_empty_list_says_what_to_do(panel):
    panel.show_kept((), (), MEMORIES)
    assert not panel.view.isVisible()
    panel.show_kept(STATES, APPRAISALS, MEMORIES)
    assert panel.view.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_rows_are_drawn_apart_by_what_is_known(panel, theme):
    """A row that says more has more ink, and nothing is drawn outside of it."""
    panel.show_theme(theme)

    def image(row):
        return panel.view.viewport().grab(panel.view.visualRect(panel.view.model().index(row)))

    unknown = image(3).toImage()
    assert all(image(row).toImage() != unknown for row in range(3))
    assert isinstance(panel.view.itemDelegate(), KeptRow)
