"""The card around the pad: the pad passes through, the line beneath says what it should."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hopgui.model.nearest import Nearest
from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Memory
from hopgui.session.unit_facts import UnitFacts
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.pad.pad import Overlay
from hopgui.ui.pad.panel import NARROWEST_LINE, PadPanel

FACTS = UnitFacts(
    column=4,
    row=7,
    value=1,
    pinned=False,
    field=31.0,
    margin=31.0,
    would_flip=False,
    votes=(("A", 0.72), ("C", 0.1), ("H", -0.12), ("Y", 0.2)),
)


def a_frame(unstable, phase=Phase.RUNNING, shape=(10, 10)):
    mask = np.zeros(shape, bool)
    mask.flat[:unstable] = True
    return Frame(
        phase,
        np.ones(shape, np.int8),
        update=0,
        flips=0,
        energy=0.0,
        overlaps=np.empty(0),
        unstable=mask,
        descents=0,
        nearest=Nearest(None, 1, 0, 0.0),
        recent=np.empty(0, np.int32),
    )


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    widget.resize(720, 700)
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def panel(qtbot, window):
    card = PadPanel(window)
    card.setGeometry(window.rect())
    window.show()
    qtbot.waitExposed(window)
    return card


def counted(panel):
    return panel.flip_count.text


def test_a_frame_reaches_the_pad(panel):
    panel.show_frame(a_frame(0, shape=(3, 5)))
    assert panel.view.picture_rect().width() * 3 == panel.view.picture_rect().height() * 5


@pytest.mark.parametrize(
    ("unstable", "phase", "words"),
    [
        (13, Phase.RUNNING, "13 units want to flip"),
        (1, Phase.REST, "1 unit wants to flip"),
        (0, Phase.RUNNING, ""),
        (0, Phase.REST, ""),
        (0, Phase.SETTLED, "no unit wants to flip"),
    ],
)
def test_the_units_that_want_to_flip_are_counted(panel, unstable, phase, words):
    panel.show_frame(a_frame(unstable, phase))
    assert counted(panel) == words
    assert panel.flip_count.accessibleName() == words


def test_large_counts_have_thin_spaces(panel):
    panel.show_frame(a_frame(40_000, shape=(256, 256)))
    assert counted(panel) == "40\u2009000 units want to flip"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_count_has_the_dot_of_the_pad(panel, theme):
    panel.show_theme(theme)

    def dotted():
        image = panel.flip_count.grab().toImage()
        accent = QColor(theme.accent).rgb()
        pixels = [
            image.pixel(x, y) == accent for x in range(image.width()) for y in range(image.height())
        ]
        return sum(pixels) > 40

    panel.show_frame(a_frame(13))
    assert dotted()
    panel.show_frame(a_frame(0, Phase.SETTLED))
    assert not dotted()


def test_the_line_beneath_never_moves_the_pad(qtbot, panel):
    panel.show_frame(a_frame(0))
    qtbot.wait(1)
    place, count_place = panel.view.geometry(), panel.flip_count.geometry()
    for unstable, facts in ((100, FACTS), (1, None), (0, FACTS)):
        panel.show_frame(a_frame(unstable))
        panel.show_unit(facts)
        qtbot.wait(1)
        assert panel.view.geometry() == place
        assert panel.flip_count.geometry() == count_place


def test_a_unit_is_said_in_one_line(panel):
    panel.show_frame(a_frame(0))
    panel.show_unit(FACTS)
    expected = "unit (4, 7): field +31 · margin +31 · A +0.7  C +0.1  H −0.1  Y +0.2"
    assert panel.unit_text == expected
    panel.show_unit(None)
    assert panel.unit_text == ""


def test_a_pinned_unit_and_fractions_are_said(panel):
    panel.show_unit(UnitFacts(0, 1, -1, True, -0.25, 0.25, False, ()))
    assert panel.unit_text == "unit (0, 1): field −0.25 · margin +0.25 · pinned"


def test_the_six_strongest_votes_are_said_in_the_gallerys_order(panel):
    votes = tuple((name, weight) for name, weight in zip("ABCDEFGH", range(8), strict=True))
    panel.show_unit(UnitFacts(0, 0, 1, False, 0.0, 0.0, False, votes))
    assert panel.unit_text.endswith("C +2.0  D +3.0  E +4.0  F +5.0  G +6.0  H +7.0")


def test_a_long_line_is_cut_and_leaves_the_count_whole(qtbot, panel):
    panel.show_frame(a_frame(13))
    votes = tuple((name * 40, 1.0) for name in "ABCDEF")
    panel.show_unit(UnitFacts(0, 0, 1, False, 1.0, 1.0, False, votes))
    qtbot.wait(1)
    assert panel.width() == 720
    line_end = panel.flip_count.geometry()
    assert line_end.width() >= panel.flip_count.sizeHint().width()
    assert line_end.right() < panel.width()


def place_of(panel, widget):
    return widget.rect().translated(widget.mapTo(panel, QPoint(0, 0)))


@pytest.mark.parametrize("shape", [(10, 10), (10, 40), (40, 10)])
def test_the_line_stands_under_the_picture_and_ends_with_it(qtbot, panel, shape):
    panel.show_frame(a_frame(13, shape=shape))
    qtbot.wait(1)
    picture = panel.view.picture_rect().translated(panel.view.pos())
    count = place_of(panel, panel.flip_count)
    assert count.right() >= picture.right() - 1
    assert abs(count.right() - picture.right()) <= 1 or picture.width() < NARROWEST_LINE
    assert 8 <= count.top() - picture.bottom() <= 24
    assert panel.rect().contains(count)


def test_zoomed_in_the_line_stands_under_the_pad(qtbot, panel):
    panel.show_frame(a_frame(13))
    panel.view.zoom_in()
    panel.resize(600, 500)
    qtbot.wait(1)
    count = place_of(panel, panel.flip_count)
    assert count.top() > panel.view.geometry().bottom()
    assert panel.rect().contains(count)


def test_the_line_lets_the_pointer_through_to_the_pad(qtbot, panel):
    panel.show_frame(a_frame(13, shape=(10, 40)))
    qtbot.wait(1)
    middle = place_of(panel, panel.flip_count).center()
    assert panel.childAt(middle) is panel.view


def test_overlays_have_a_legend_where_nothing_is_pointed_at(panel):
    picture = np.ones((10, 10), np.int8)
    panel.show_memories([Memory("A", picture, 0), Memory("C", picture, 1)])
    frame = replace(a_frame(3), nearest=Nearest(1, 1, 7, 0.86))
    panel.show_frame(frame)
    assert panel.unit_text == ""
    panel.view.set_overlay(Overlay.FIELD, True)
    assert panel.unit_text == "field: blue to −1, orange to +1"
    panel.view.set_overlay(Overlay.DIFFERENCE, True)
    assert panel.unit_text.endswith("slash: not as in C")
    panel.show_frame(replace(frame, nearest=Nearest(0, -1, 7, -0.86)))
    assert panel.unit_text.endswith("slash: not as in the inverse of A")
    panel.show_unit(FACTS)
    assert panel.unit_text.startswith("unit (4, 7)")
    panel.show_unit(None)
    panel.show_memories([])
    assert panel.unit_text == "field: blue to −1, orange to +1"
    for overlay in (Overlay.FIELD, Overlay.DIFFERENCE):
        panel.view.set_overlay(overlay, False)
    assert panel.unit_text == ""
