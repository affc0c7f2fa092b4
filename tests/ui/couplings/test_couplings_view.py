"""The couplings as colours: what is shown, asked for and pointed at."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from hopgui.ui.couplings.heat_map import HeatMap
from hopgui.ui.couplings.matrix_map import MatrixMap
from hopgui.ui.couplings.strength_scale import StrengthScale, strength_text
from hopgui.ui.couplings.view import CouplingsView, Page
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.segmented import Segmented

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot):
    widget = CouplingsView()
    qtbot.addWidget(widget)
    widget.resize(320, 480)
    widget.show_shape(4, 3)
    return widget


@pytest.fixture
def shown(view, qtbot):
    with qtbot.waitExposed(view):
        view.show()
    return view


def couplings(side=12):
    rng = np.random.default_rng(3)
    half = rng.integers(-4, 5, (side, side)).astype(np.float32)
    matrix = (half + half.T) / 8
    np.fill_diagonal(matrix, 1)
    return matrix


def map_of(view):
    return next(each for each in view.findChildren(HeatMap) if each.isVisible())


def turn(view, page, qtbot):
    qtbot.mouseClick(view.findChild(Segmented).button(page), LEFT)


def line(view):
    return view.findChild(ElidedLabel).whole


def texts(view):
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def place(heat_map, row, column):
    """Where in the widget the middle of a cell is."""
    seen, ratio = heat_map.viewport, heat_map.ratio
    x = (seen.left + (column + 0.5) * seen.cell) / ratio + heat_map.area().left()
    y = (seen.top + (row + 0.5) * seen.cell) / ratio + heat_map.area().top()
    return QPoint(int(x), int(y))


def colour(heat_map, row, column):
    image = heat_map.grab().toImage()
    return image.pixelColor(place(heat_map, row, column))


def scroll(heat_map, at, notches=1):
    event = QWheelEvent(
        QPointF(at),
        QPointF(heat_map.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(heat_map, event)


# Asking


def test_the_matrix_is_asked_for_once_when_it_would_be_seen(view, qtbot):
    asked = []
    view.matrix_wanted.connect(lambda: asked.append(1))
    view.show_matrix(None)
    assert asked == []
    with qtbot.waitExposed(view):
        view.show()
    assert asked == [1]
    assert "The matrix is being made…" in texts(view)
    view.hide()
    view.show()
    turn(view, Page.UNIT, qtbot)
    turn(view, Page.MATRIX, qtbot)
    assert asked == [1]
    view.show_matrix(couplings())
    view.show_matrix(None)
    assert asked == [1, 1]


def test_while_one_unit_is_seen_no_matrix_is_asked_for(shown, qtbot):
    turn(shown, Page.UNIT, qtbot)
    with qtbot.assertNotEmitted(shown.matrix_wanted):
        shown.show_matrix(None)
    with qtbot.waitSignal(shown.matrix_wanted):
        turn(shown, Page.MATRIX, qtbot)


def test_where_there_is_none_the_reason_is_said_and_nothing_asked(shown, qtbot):
    with qtbot.assertNotEmitted(shown.matrix_wanted):
        shown.show_matrix(None, "Too large.")
    assert "Too large." in texts(shown)
    assert not shown.findChild(StrengthScale).isVisible()


def test_another_pad_drops_what_was_there(shown, qtbot):
    shown.show_matrix(couplings())
    shown.show_unit(3, couplings()[3].astype(float))
    with qtbot.waitSignal(shown.matrix_wanted):
        shown.show_shape(5, 5)
    turn(shown, Page.UNIT, qtbot)
    assert "Point at a unit on the pad." in texts(shown)


# The matrix


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_couplings_wear_their_colours(shown, theme):
    matrix = np.zeros((12, 12), np.float32)
    matrix[2, 5], matrix[5, 2] = 1, -1
    shown.show_theme(theme)
    shown.show_matrix(matrix)
    heat_map = map_of(shown)
    assert colour(heat_map, 2, 5) == QColor(theme.memories[1])
    assert colour(heat_map, 5, 2) == QColor(theme.memories[0])
    assert colour(heat_map, 5, 5) == QColor(theme.panel)


def test_pointing_says_the_coupling_and_the_unit_of_the_row(shown, qtbot):
    shown.show_matrix(couplings())
    heat_map = map_of(shown)
    with qtbot.waitSignal(shown.unit_hovered) as hovered:
        qtbot.mouseMove(heat_map, place(heat_map, 7, 2))
    assert hovered.args == [7]
    assert line(shown) == f"(2, 0) → (3, 1): w = {strength_text(couplings()[7, 2])}"
    with qtbot.waitSignal(shown.unit_hovered) as hovered:
        qtbot.mouseMove(heat_map, QPoint(1, 1))
    assert hovered.args == [-1]
    assert "Wheel zooms" in line(shown)


def test_the_wheel_zooms_a_drag_moves_a_double_click_fits(shown, qtbot):
    shown.show_matrix(couplings())
    heat_map = map_of(shown)
    whole = heat_map.viewport
    at = place(heat_map, 6, 6)
    for _ in range(5):
        scroll(heat_map, at)
    near = heat_map.viewport
    assert near.cell > 1.5 * whole.cell
    qtbot.mousePress(heat_map, LEFT, pos=at)
    qtbot.mouseMove(heat_map, at + QPoint(9, 14))
    qtbot.mouseRelease(heat_map, LEFT, pos=at + QPoint(9, 14))
    assert heat_map.viewport.left - near.left == 9 * heat_map.ratio
    assert heat_map.viewport.top - near.top == 14 * heat_map.ratio
    qtbot.mouseMove(heat_map, at)
    assert heat_map.viewport.left - near.left == 9 * heat_map.ratio
    qtbot.mouseDClick(heat_map, LEFT, pos=at)
    assert heat_map.viewport == whole


def test_the_keyboard_does_it_too(shown, qtbot):
    shown.show_matrix(couplings())
    heat_map = map_of(shown)
    whole = heat_map.viewport
    heat_map.setFocus()
    for _ in range(4):
        qtbot.keyClick(heat_map, Qt.Key.Key_Plus)
    near = heat_map.viewport
    assert near.cell > whole.cell
    qtbot.keyClick(heat_map, Qt.Key.Key_Right)
    assert heat_map.viewport.left < near.left
    qtbot.keyClick(heat_map, Qt.Key.Key_Minus)
    assert heat_map.viewport.cell < near.cell
    qtbot.keyClick(heat_map, Qt.Key.Key_0)
    assert heat_map.viewport == whole


def test_a_new_matrix_of_the_same_network_is_seen_from_where_one_was(shown):
    shown.show_matrix(couplings())
    heat_map = map_of(shown)
    scroll(heat_map, place(heat_map, 3, 3), 4)
    near = heat_map.viewport
    shown.show_matrix(None)
    shown.show_matrix(-couplings())
    assert heat_map.viewport == near


def test_from_afar_a_pixel_is_said_to_be_a_mean(shown):
    shown.show_shape(32, 32)
    matrix = np.ones((1024, 1024), np.float32)
    shown.show_matrix(matrix)
    assert "mean of about" in line(shown)
    heat_map = map_of(shown)
    assert colour(heat_map, 500, 500) == QColor(LIGHT.memories[1])
    assert isinstance(heat_map, MatrixMap)


def test_the_largest_matrix_is_drawn(shown):
    shown.show_shape(64, 64)
    shown.show_matrix(np.ones((4096, 4096), np.float32))
    assert colour(map_of(shown), 2000, 2000) == QColor(LIGHT.memories[1])


# One unit


def test_one_units_couplings_lie_on_the_pads_shape(shown, qtbot):
    turn(shown, Page.UNIT, qtbot)
    assert "Point at a unit on the pad." in texts(shown)
    row = np.zeros(12)
    row[9] = -0.25
    shown.show_unit(6, row)
    heat_map = map_of(shown)
    assert (heat_map.viewport.rows, heat_map.viewport.columns) == (3, 4)
    assert colour(heat_map, 2, 1) == QColor(LIGHT.memories[0])
    assert line(shown) == "What every unit says to (2, 1)"
    with qtbot.waitSignal(shown.unit_hovered) as hovered:
        qtbot.mouseMove(heat_map, place(heat_map, 2, 1))
    assert hovered.args == [9]
    assert line(shown) == "(1, 2) → (2, 1): w = −0.25"


def test_a_unit_without_couplings_has_a_reason(shown, qtbot):
    turn(shown, Page.UNIT, qtbot)
    shown.show_unit(3, None)
    assert "There are no couplings between pairs of units." in texts(shown)
    shown.show_matrix(None, "A dense energy has none.")
    assert "A dense energy has none." in texts(shown)


def test_no_memories_no_couplings_and_no_harm(shown, qtbot):
    shown.show_matrix(np.zeros((12, 12), np.float32))
    assert not shown.grab().isNull()
    turn(shown, Page.UNIT, qtbot)
    shown.show_unit(0, np.zeros(12))
    assert not shown.grab().isNull()


# The scale


def test_the_histogram_is_described(shown):
    shown.show_matrix(couplings())
    scale = shown.findChild(StrengthScale)
    assert scale.accessibleDescription() == "132 couplings between −1 and +1"


def test_the_histogram_marks_what_is_pointed_at(shown, qtbot):
    shown.show_matrix(couplings())
    scale, heat_map = shown.findChild(StrengthScale), map_of(shown)
    plain = scale.grab().toImage()
    qtbot.mouseMove(heat_map, place(heat_map, 0, 0))
    assert scale.grab().toImage() != plain
    qtbot.mouseMove(heat_map, QPoint(1, 1))
    assert scale.grab().toImage() == plain


@pytest.mark.parametrize(
    ("strength", "text"),
    [
        (0, "0"),
        (1, "+1"),
        (-0.25, "−0.25"),
        (0.0089285, "+0.00893"),
        (-123.4, "−123"),
        (20, "+20"),
    ],
)
def test_strengths_are_written_in_three_digits(strength, text):
    assert strength_text(strength) == text


def test_a_map_that_is_hidden_says_nothing(shown, qtbot):
    shown.show_matrix(couplings())
    matrix = map_of(shown)
    turn(shown, Page.UNIT, qtbot)
    shown.show_unit(5, np.arange(12.0))
    said = []
    shown.unit_hovered.connect(said.append)
    # The wheel was turned over the matrix when it was last seen: it still knows of a pointer.
    matrix._pointer = QPointF(place(matrix, 11, 10))
    shown.show_matrix(couplings().T.copy())
    matrix._point()
    assert said == []
    unit = map_of(shown)
    assert unit is not matrix
    qtbot.mouseMove(unit, place(unit, 1, 2))
    assert said[-1] == 6
