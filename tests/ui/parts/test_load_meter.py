"""The load meter: its words, and colours that never speak alone."""

import pytest
from PySide6.QtGui import QColor

from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.load_meter import LoadMeter

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


def test_without_a_known_capacity_only_the_load_is_said(meter):
    meter.show_load(4, 100, None)
    assert meter.texts() == ("load 4 / 100", "α = 0.04", "")
    assert not meter.beyond
    assert QColor(LIGHT.good) not in colours(meter)


@pytest.mark.parametrize(
    ("capacity", "said"),
    [
        (11.13, "4 of ≈ 1\u2009100"),
        (3e6, "4 of ≈ 10⁸"),
        (float("inf"), "4 of ≈ ∞"),
        (2.0, "α = 0.04 of 2"),
        (0.5196, "α = 0.04 of 0.52"),
    ],
)
def test_large_capacities_count_memories(meter, capacity, said):
    meter.show_load(4, 100, capacity)
    assert meter.texts()[1:] == (said, "within capacity")


def test_what_a_capacity_depends_on_is_said(meter):
    meter.show_load(4, 100, 2.0, "at κ = 0")
    assert meter.texts()[2] == "within capacity · at κ = 0"
    meter.show_load(4, 100, None, "unknown")
    assert meter.texts()[2] == "unknown"


def test_numbers_that_would_meet_stand_without_their_word(meter):
    def empty_columns(columns):
        image = meter.grab().toImage()
        ground = image.pixelColor(0, 0)
        rows = range(meter.fontMetrics().height())
        empty = [x for x in columns if all(image.pixelColor(x, y) == ground for y in rows)]
        return len(empty)

    meter.show_load(12, 65536)
    assert sum(map(meter.fontMetrics().horizontalAdvance, meter.texts()[:2])) > meter.width() - 8
    assert empty_columns(range(60, 160)) > 8

    # Nor does what is left beside the smallest of loads, where the list has its least width.
    right = meter.fontMetrics().horizontalAdvance(meter.texts()[1])
    beside = meter.fontMetrics().horizontalAdvance("12 / 65\u2009536")
    meter.resize(right + beside, meter.height())
    assert empty_columns(range(beside - 8)) > beside // 2
