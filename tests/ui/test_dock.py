"""Panels that can be moved, let float and brought back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow

from hopgui.ui.dock import GAP, MARGIN, Dock
from hopgui.ui.theme import DARK, LIGHT

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    made.setCentralWidget(QFrame())
    made.resize(600, 400)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dock(window):
    made = Dock("card", "Card", QFrame(), window)
    window.addDockWidget(LEFT, made)
    window.show()
    return made


def margins(dock):
    around = dock.widget().layout().contentsMargins()
    return around.left(), around.right()


def test_the_gap_lies_between_the_card_and_the_edge_of_the_window(dock, window):
    assert margins(dock) == (MARGIN, GAP)
    window.addDockWidget(RIGHT, dock)
    assert margins(dock) == (GAP, MARGIN)


def test_a_double_click_on_the_grip_lets_it_float_and_come_back(dock, qtbot):
    grip = dock.titleBarWidget()
    qtbot.mouseDClick(grip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dock.isFloating)
    qtbot.mouseDClick(grip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dock.isFloating())


def test_it_is_known_by_name_to_layout_and_menu(dock):
    assert dock.objectName() == "card"
    assert dock.toggleViewAction().text() == "Card"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_grip_is_seen_under_the_pointer_only(dock, qtbot, theme):
    dock.show_theme(theme)
    grip = dock.titleBarWidget()
    plain = grip.grab().toImage()
    middle = grip.rect().center().toPointF()
    QApplication.sendEvent(grip, QEnterEvent(middle, middle, middle))
    grip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    qtbot.waitUntil(lambda: grip.grab().toImage() != plain)
    grip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    assert grip.grab().toImage() == plain
