"""A picture zoomed and moved behind its window."""

import pytest
from cases import law
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from hopgui.ui.parts.zoom import LARGEST, STEP, WHOLE, moved, zoomed

WINDOW = QSizeF(300, 200)
inside = st.tuples(st.floats(0, 300), st.floats(0, 200))


@law
@given(inside, st.floats(0.1, 8))
def test_the_point_that_is_zoomed_at_stays(point, steps):
    at = QPointF(*point)
    zoom = zoomed(WHOLE, steps, at, WINDOW)
    assert zoom.scale == pytest.approx(min(STEP**steps, LARGEST))
    assert zoom.shown(at).x() == pytest.approx(at.x(), abs=1e-6)
    assert zoom.shown(at).y() == pytest.approx(at.y(), abs=1e-6)


@law
@given(st.lists(st.tuples(st.floats(-5, 5), inside, inside), max_size=8))
def test_the_picture_always_covers_its_window(gestures):
    zoom = WHOLE
    for steps, at, way in gestures:
        zoom = zoomed(zoom, steps, QPointF(*at), WINDOW)
        zoom = moved(zoom, QPointF(*way) - QPointF(150, 100), WINDOW)
        corner, far = zoom.shown(QPointF(0, 0)), zoom.shown(QPointF(300, 200))
        assert corner.x() <= 1e-6
        assert corner.y() <= 1e-6
        assert far.x() >= 300 - 1e-6
        assert far.y() >= 200 - 1e-6


def test_all_the_way_out_is_the_whole():
    zoom = zoomed(zoomed(WHOLE, 6, QPointF(20, 30), WINDOW), -20, QPointF(200, 10), WINDOW)
    assert zoom == WHOLE
