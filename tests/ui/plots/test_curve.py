import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from hopgui.ui.plots.curve import Curve, Mapping

MAPPING = Mapping(0.0, 20.0, -10.0, 10.0, 5.0, 5.0, 40.0, 20.0)
INK = QColor("#102030")


def drawn(*lines, mapping=MAPPING):
    curve = Curve(0)
    curve.set_lines([(np.array(x, float), np.array(y, float)) for x, y in lines], QPen(INK))
    return painted(curve, mapping)


def painted(curve, mapping=MAPPING):
    image = QImage(50, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    curve.paint(painter, mapping)
    painter.end()
    places = ((x, y) for x in range(50) for y in range(30))
    return {(x, y) for x, y in places if image.pixelColor(x, y) == INK}


@given(st.floats(-1e6, 1e6), st.floats(1, 1e6), st.floats(-1e6, 1e6), st.floats(1, 1e6))
def test_edges_lie_on_edges(start, span, low, height):
    mapping = Mapping(start, start + span, low, low + height, 44.0, 18.0, 300.0, 200.0)
    assert mapping.x(start) == pytest.approx(44)
    assert mapping.x(start + span) == pytest.approx(344)
    assert mapping.y(low) == pytest.approx(218)
    assert mapping.y(low + height) == pytest.approx(18)
    assert mapping.update_at(44) == pytest.approx(start)
    assert mapping.update_at(mapping.x(start + span / 3)) == pytest.approx(start + span / 3)


def test_a_level_line_is_drawn_at_its_value_over_its_updates():
    pixels = drawn(([0, 10], [0, 0]))
    assert {y for _, y in pixels} == {15}
    assert {x for x, _ in pixels} == set(range(5, 26))


def test_lines_of_one_curve_are_not_joined():
    assert drawn(([0, 2], [5, 5]), ([6, 8], [-5, -5])) == drawn(([0, 2], [5, 5])) | drawn(
        ([6, 8], [-5, -5])
    )


def test_a_curve_without_points_draws_nothing():
    assert drawn() == drawn(([], [])) == set()


def test_another_mapping_and_other_lines_move_the_curve():
    curve = Curve(0)
    curve.set_lines([(np.array([0.0, 10.0]), np.zeros(2))], QPen(INK))
    before = painted(curve)
    lower = Mapping(0.0, 20.0, -5.0, 15.0, 5.0, 5.0, 40.0, 20.0)
    assert painted(curve, lower) == {(x, y + 5) for x, y in before}
    assert painted(curve) == before
    curve.set_lines([], QPen(INK))
    assert painted(curve) == set()


def test_many_points_keep_their_order():
    updates = np.linspace(0, 20, 5000)
    pixels = drawn((updates, np.where(np.arange(5000) % 2, 9.0, -9.0)))
    assert {x for x, _ in pixels} >= set(range(5, 45))
