"""Panels that can be moved, let float and brought back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QTabBar

from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.window.dock import CHART, CHOICES, GAP, MARGIN, Dock, LateDock

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


class Slate(QFrame):
    """A panel that knows when it was made, and in which theme it is."""

    made = 0

    def __init__(self):
        super().__init__()
        Slate.made += 1
        self.theme = None

    def show_theme(self, theme):
        self.theme = theme


@pytest.fixture
def late(dock, window, qtbot):
    Slate.made = 0
    made = LateDock("late", "Late", Slate, dock)
    qtbot.waitExposed(window)
    return made


def tabs(window):
    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible()]
    return [bar.tabText(place) for bar in bars for place in range(bar.count())]


def test_a_late_panel_is_made_when_it_is_first_seen_and_once(late, window, qtbot):
    for theme in (LIGHT, DARK):
        late.show_theme(theme)
    assert late.isHidden()
    assert Slate.made == 0
    late.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: late.panel is not None)
    assert late.panel.isVisible()
    qtbot.waitUntil(lambda: tabs(window) == ["Card", "Late"])
    late.toggleViewAction().trigger()
    late.open()
    qtbot.waitUntil(late.panel.isVisible)
    assert Slate.made == 1


def test_a_late_panel_is_wired_before_it_is_seen(late, qtbot):
    seen = []
    late.when_built(lambda panel: seen.append((panel, panel.isVisible())))
    assert seen == []
    late.open()
    qtbot.waitUntil(lambda: late.panel is not None)
    assert seen == [(late.panel, False)]
    late.when_built(lambda panel: seen.append((panel, panel.isVisible())))
    assert seen[1:] == [(late.panel, True)]


def test_a_late_panel_wears_the_theme_of_now_and_of_later(late, qtbot):
    late.show_theme(DARK)
    late.open()
    qtbot.waitUntil(lambda: late.panel is not None)
    assert late.panel.theme is DARK
    late.show_theme(LIGHT)
    assert late.panel.theme is LIGHT


def test_behind_another_tab_it_is_not_made_until_it_is_turned_to(late, dock, window, qtbot):
    late.show()
    dock.raise_()
    qtbot.wait(50)
    assert Slate.made == 0
    bar = next(bar for bar in window.findChildren(QTabBar) if bar.isVisible())
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    qtbot.waitUntil(lambda: late.panel is not None)
    assert late.panel.isVisible()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    qtbot.waitUntil(lambda: not late.panel.isVisible())
    late.open()
    qtbot.waitUntil(late.panel.isVisible)


def test_turning_to_another_tab_moves_nothing(late, dock, window, qtbot):
    late.open()
    qtbot.waitUntil(lambda: late.panel is not None)
    late.panel.setMinimumWidth(333)
    centre = window.centralWidget()
    qtbot.waitUntil(lambda: late.panel.width() >= 333 and centre.width() < 300)
    width = centre.width()
    dock.raise_()
    qtbot.waitUntil(lambda: not late.panel.isVisible())
    qtbot.wait(50)
    assert centre.width() == width


def test_a_layout_that_does_not_know_it_leaves_it_where_it_opens(dock, window, qtbot):
    window.addDockWidget(LEFT, dock)
    of_old = window.saveState()
    late = LateDock("late", "Late", Slate, dock)
    assert window.restoreState(of_old)
    late.wait_in_place()
    late.open()
    qtbot.waitUntil(lambda: tabs(window) == ["Card", "Late"])


def test_it_opens_alone_where_its_neighbour_is_closed(late, dock, window, qtbot):
    dock.hide()
    late.open()
    qtbot.waitUntil(lambda: late.panel is not None)
    assert late.panel.isVisible()
    assert not late.isFloating()
    assert window.dockWidgetArea(late) == LEFT


def opened(qtbot, late):
    late.open()
    qtbot.wait(50)
    return late.width()


def column(qtbot, size, **kinds):
    """Return a window with a narrow column on the left, and docks that open in it, built late."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QFrame())
    first = Dock("first", "First", QFrame(), window)
    window.addDockWidget(LEFT, first)
    window.resize(*size)
    window.show()
    window.resizeDocks([first], [200], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: first.width() == 200)
    return window, [LateDock(name, name, Slate, first, chart=kinds[name]) for name in kinds]


def test_choices_open_in_a_column_that_is_wide_enough(qtbot):
    _window, (choices,) = column(qtbot, (1920, 800), choices=False)
    assert opened(qtbot, choices) == CHOICES


def test_a_chart_takes_what_a_square_pad_leaves_over_and_no_more(qtbot):
    window, (chart,) = column(qtbot, (1200, 800), chart=True)
    pad = window.centralWidget()
    assert pad.width() > pad.height()
    spare = pad.width() - pad.height()
    assert 200 + spare > CHOICES
    assert opened(qtbot, chart) == 200 + spare
    assert pad.width() == pad.height()


def test_a_chart_does_not_spread_without_end(qtbot):
    _window, (chart,) = column(qtbot, (2400, 600), chart=True)
    assert opened(qtbot, chart) == CHART


def test_a_width_that_a_person_chose_stays(qtbot):
    window, (choices, chart) = column(qtbot, (1920, 800), choices=False, chart=True)
    opened(qtbot, chart)
    window.resizeDocks([chart], [240], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: chart.width() == 240)
    chart.close()
    assert opened(qtbot, chart) == 240
    assert opened(qtbot, choices) == CHOICES
