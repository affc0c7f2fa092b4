"""The load meter: its words, and colours that never speak alone."""

import pytest
from PySide6.QtGui import QColor

from hopgui.ui.load_meter import LoadMeter
from hopgui.ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def meter(qtbot):
    widget = LoadMeter()
    qtbot.addWidget(widget)
    widget.resize(220, widget.sizeHint().height())
    widget.show()
    return widget


def colours(meter):
    image = meter.grab().toImage()
    return [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]


def test_the_words_within_capacity(meter):
    meter.show_load(4, 100)
    assert meter.texts() == ("load 4 / 100", "α = 0.04 of 0.138", "within capacity")
    assert meter.accessibleName() == "load 4 / 100, α = 0.04 of 0.138, within capacity"
    meter.show_load(1, 65536)
    assert meter.texts()[:2] == ("load 1 / 65\u2009536", "α = 0.0000 of 0.138")


def test_beyond_capacity_it_is_said_in_words(meter):
    meter.show_load(14, 100)
    assert meter.texts()[1:] == ("α = 0.14 of 0.138", "beyond capacity")
    meter.show_load(3, 10, capacity=0.3)
    assert not meter.beyond


def test_without_a_grid_there_is_no_load(meter):
    assert meter.load == 0.0
    assert not meter.beyond


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_green_means_within_capacity_and_the_flips_colour_is_never_used(meter, theme):
    meter.show_theme(theme)
    good, accent = QColor(theme.good), QColor(theme.accent)
    meter.show_load(0, 100)
    assert good not in colours(meter)
    meter.show_load(4, 100)
    few = colours(meter).count(good)
    meter.show_load(12, 100)
    many = colours(meter).count(good)
    assert 0 < 2 * few < many
    meter.show_load(20, 100)
    seen = colours(meter)
    assert good not in seen
    assert accent not in seen
    assert seen.count(QColor(theme.muted)) > 200
