"""Lines against a count, read off the picture that is drawn."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.plots.series_plot import Level, Series, SeriesPlot

EPOCHS = np.arange(11.0)


@pytest.fixture
def plot(qtbot):
    made = SeriesPlot("nothing yet")
    qtbot.addWidget(made)
    made.resize(300, 180)
    made.show()
    qtbot.waitExposed(made)
    return made


def pixels(plot, colour):
    """Where a colour is seen: rows and columns."""
    image = plot.grab().toImage()
    wanted = QColor(colour).rgb()
    found = [
        (y, x)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixel(x, y) == wanted
    ]
    return np.array(found).reshape(-1, 2)


def test_without_lines_a_hint_stands_there(plot):
    assert not pixels(plot, LIGHT.act).size
    assert pixels(plot, LIGHT.muted).size
    plot.show_series([Series("none", EPOCHS, np.full(11, np.nan))])
    assert not pixels(plot, LIGHT.act).size


def test_a_rising_line_rises_from_left_to_right(plot):
    plot.show_series([Series("up", EPOCHS, EPOCHS)], last=10)
    seen = pixels(plot, LIGHT.act)
    left, right = seen[seen[:, 1].argmin()], seen[seen[:, 1].argmax()]
    assert right[0] < left[0] - 80
    assert right[1] > left[1] + 200


def test_points_that_are_missing_are_left_out(plot):
    values = np.where(EPOCHS < 5, EPOCHS, np.nan)
    plot.show_series([Series("half", EPOCHS, values)], last=10)
    assert pixels(plot, LIGHT.act)[:, 1].max() < 190


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_level_lies_within_the_range_and_has_its_name(plot, theme):
    plot.show_theme(theme)
    plot.show_series([Series("up", EPOCHS, EPOCHS / 10)], [Level("best", 3.0)], last=10)
    assert pixels(plot, theme.text).size
    assert pixels(plot, theme.act)[:, 0].min() > pixels(plot, theme.text)[:, 0].min()


def test_error_bars_are_drawn_through_the_points(plot):
    values = np.zeros(11)
    plot.show_series([Series("flat", EPOCHS, values)], [Level("low", -5.0)], last=10)
    thin = pixels(plot, LIGHT.act)[:, 0]
    plot.show_series(
        [Series("flat", EPOCHS, values, errors=np.full(11, 2.0))], [Level("low", -5.0)], last=10
    )
    thick = pixels(plot, LIGHT.act)[:, 0]
    assert np.ptp(thick) > np.ptp(thin) + 15


def test_a_single_point_is_a_dot(plot):
    plot.show_series([Series("one", np.array([0.0]), np.array([-11.0]))], last=100)
    assert pixels(plot, LIGHT.act).size
