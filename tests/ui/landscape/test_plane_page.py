"""The plane of two overlaps: what is drawn where, and what is said of it."""

from dataclasses import replace

import numpy as np
import pytest
from cases import random_patterns
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from hopgui.model.landscape import Basis, bands, lattice_of, plane_point
from hopgui.model.network import Network
from hopgui.model.verdict import Kind
from hopgui.session.frame import OverlapTrace
from hopgui.session.session import Memory
from hopgui.ui.landscape.energy_shades import SHADES, EnergyScale, shade, shades
from hopgui.ui.landscape.plane_chart import Flag, PlaneChart, Show, Trail, band_range
from hopgui.ui.landscape.plane_page import Axis, PlanePage
from hopgui.ui.landscape.state_chart import StateMark
from hopgui.ui.look.numbers import count, energy
from hopgui.ui.look.theme import DARK, LIGHT, memory_colour
from hopgui.ui.parts.segmented import Segmented

SIDE = 4


def some_memories(count, seed=3):
    pictures = random_patterns(count, SIDE * SIDE, seed).reshape(count, SIDE, SIDE)
    return tuple(Memory(chr(65 + n), picture, n) for n, picture in enumerate(pictures))


def patterns_of(memories):
    return np.stack([memory.picture.ravel() for memory in memories])


def a_band(memories, axes=(0, 1), **more):
    patterns = patterns_of(memories)
    lattice = lattice_of(patterns[axes[0]], patterns[axes[1]])
    *_, band = bands(Network(patterns), lattice, np.random.default_rng(0), **more)
    return band


def flags_of(memories, axes=(0, 1)):
    pair = patterns_of(memories)[list(axes)]
    return [Flag(memory, plane_point(memory.picture.ravel(), *pair)) for memory in memories]


def a_trail(here=(0.5, 0.25)):
    updates = np.array([0, 3, 8, 20])
    overlaps = np.array([[0.0, 0.0], [0.25, 0.25], here, here])
    return Trail(OverlapTrace(np.array([0, 1]), updates, overlaps), 8, here)


@pytest.fixture
def page(qtbot):
    page = PlanePage()
    page.resize(340, 560)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def filled(page):
    memories = some_memories(3)
    page.show_memories(memories, (0, 1))
    page.show_plane(flags_of(memories))
    page.show_band(a_band(memories))
    return page


def plane_of(page):
    return page.findChild(PlaneChart)


def pixel(chart, overlaps):
    at = chart.at(overlaps)
    return chart.grab().toImage().pixelColor(at.toPoint())


def bluest(chart, overlaps):
    """The most coloured pixel beside a place: a thin line may lie between two."""
    at, image = chart.at(overlaps).toPoint(), chart.grab().toImage()
    beside = [image.pixelColor(at + QPoint(x, y)) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    return min(beside, key=lambda colour: colour.red() - colour.blue())


def is_line(colour):
    """Whether a pixel is of a drawn line, whose edges are blended with the ground."""
    act, panel = QColor(LIGHT.act), QColor(LIGHT.panel)
    return abs(colour.red() - act.red()) < abs(colour.red() - panel.red()) / 2


def test_every_point_of_the_lattice_wears_the_shade_of_its_energy(page):
    memories = some_memories(2)
    page.show_memories(memories, (0, 1))
    page.show_plane([])
    band = a_band(memories)
    page.show_band(band)
    chart = plane_of(page)
    image = chart.grab().toImage()
    steps = shades(band.mean, band_range(band))
    for place in np.ndindex(band.lattice.shape):
        overlaps = tuple((band.lattice.overlaps[place] / band.lattice.units).tolist())
        seen = image.pixelColor(chart.at(overlaps).toPoint()).name().upper()
        assert seen == shade(LIGHT, int(steps[place])).upper()
    assert {0, SHADES - 1} <= set(steps.ravel().tolist())


def test_axes_point_right_and_up(filled):
    chart = plane_of(filled)
    assert chart.at((1, 0)).x() > chart.at((-1, 0)).x()
    assert chart.at((0, 1)).y() < chart.at((0, -1)).y()
    across = chart.at((1, 0)).x() - chart.at((0, 0)).x()
    up = chart.at((0, 0)).y() - chart.at((0, 1)).y()
    assert across == pytest.approx(up)


def test_axes_and_flags_wear_their_memories_colours(filled):
    image = plane_of(filled).grab().toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    for number in range(3):
        assert memory_colour(LIGHT, number).name() in seen


def test_least_and_most_are_chosen_and_have_one_scale(filled, qtbot):
    which = filled.findChild(Segmented)
    assert which.isVisible()
    chart = plane_of(filled)
    ranges = filled.findChild(EnergyScale)._range
    pictures = []
    for show in Show:
        qtbot.mouseClick(which.button(show), Qt.MouseButton.LeftButton)
        assert chart._show is show
        pictures.append(chart.grab().toImage())
        assert filled.findChild(EnergyScale)._range == ranges
    assert pictures[0] != pictures[2]


def test_what_is_exact_and_what_is_not_is_said(filled, page):
    three, two = some_memories(3), some_memories(2)
    assert "65\N{THIN SPACE}536 states" in filled.note.text()
    page.show_memories(two, (0, 1))
    page.show_plane(flags_of(two))
    page.show_band(a_band(two))
    assert "depends on these two overlaps alone" in page.note.text()
    assert not page.findChild(Segmented).isVisible()
    large = random_patterns(3, 10_000, 1)
    lattice = lattice_of(large[0], large[1])
    band = next(bands(Network(large), lattice, np.random.default_rng(0)))
    assert band.basis is Basis.SAMPLE
    page.show_memories(three, (0, 1))
    page.show_plane(flags_of(three))
    page.show_band(band)
    assert page.note.text().startswith("A projection: 0 states drawn")
    assert "points" in page.note.text()
    assert page._bar.isVisible()


def test_pointing_reads_the_energies_of_a_point(filled, qtbot):
    chart, band = plane_of(filled), filled._band
    row, column = 3, 2
    overlaps = band.lattice.overlaps[row, column] / band.lattice.units
    qtbot.mouseMove(chart, chart.at(tuple(overlaps.tolist())).toPoint())
    assert filled._where.whole.endswith(f"{count(band.lattice.states_at(row, column))} states")
    least, most = float(band.least[row, column]), float(band.most[row, column])
    assert filled._energies.whole.startswith(f"energy {energy(least)} to {energy(most)}")
    qtbot.mouseMove(chart, QPoint(2, 2))
    assert filled._where.whole == "Point at the plane (or Shift and arrows) to read energies"
    assert filled._energies.whole == ""


@pytest.mark.parametrize(
    ("key", "across", "up"),
    [
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Up, 0, 1),
        (Qt.Key.Key_Down, 0, -1),
    ],
)
def test_shift_and_the_arrows_walk_over_the_lattice(filled, qtbot, key, across, up):
    chart, band = plane_of(filled), filled._band
    chart.setFocus()
    plain = chart.grab().toImage()
    qtbot.keyClick(chart, key, Qt.KeyboardModifier.ShiftModifier)
    before = band.lattice.overlaps[chart.spot].astype(float)
    assert chart.grab().toImage() != plain
    assert filled._energies.whole.startswith("energy")
    qtbot.keyClick(chart, key, Qt.KeyboardModifier.ShiftModifier)
    moved = band.lattice.overlaps[chart.spot] - before
    assert moved @ [across, up] > 0.5 * np.hypot(*moved)
    for _ in range(200):
        qtbot.keyClick(chart, key, Qt.KeyboardModifier.ShiftModifier)
    row, column = chart.spot
    assert 0 <= row < band.mean.shape[0]
    assert 0 <= column < band.mean.shape[1]
    told = filled._where.whole
    filled.show_band(replace(band))
    assert filled._where.whole == told, "news of the energies does not move the hand"


def test_the_run_is_drawn_to_where_it_is(filled):
    chart = plane_of(filled)
    before = chart.grab().toImage()
    filled.show_trail(a_trail())
    assert pixel(chart, (0.5, 0.25)) == QColor(LIGHT.act)
    middle = (0.125, 0.125)
    assert chart.grab().toImage() != before
    assert is_line(bluest(chart, middle))
    filled.show_trail(Trail(None, 0, (0.0, -0.5)))
    assert pixel(chart, (0.0, -0.5)) == QColor(LIGHT.act)
    assert not is_line(bluest(chart, middle))


def test_what_lies_ahead_is_paler(filled):
    chart = plane_of(filled)
    trail = a_trail((0.5, 0.5))
    filled.show_trail(Trail(trail.trace, 3, (0.25, 0.25)))
    ahead = bluest(chart, (0.4, 0.4))
    done = bluest(chart, (0.12, 0.12))
    assert is_line(done)
    assert ahead.red() > done.red() + 40
    assert ahead.red() < ahead.blue() - 20, "it is blue nonetheless"


def test_attractors_stand_at_their_overlaps_and_can_be_put(filled, qtbot):
    chart = plane_of(filled)
    mark = StateMark(np.ones((SIDE, SIDE), np.int8), Kind.OTHER, "Close to no memory")
    filled.show_attractors([mark], np.array([[-0.5, 0.5]]))
    assert chart.seen(0) == chart.at((-0.5, 0.5))
    with qtbot.waitSignal(chart.put_requested) as asked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.seen(0).toPoint())
    assert asked.args[0] is mark.state


def test_one_memory_is_no_plane(page):
    page.show_memories(some_memories(1), (0, 1))
    assert plane_of(page)._hint == "Store two memories to see the plane between them."
    assert not any(page._boxes[axis].isEnabled() for axis in Axis)
    assert not page.findChild(EnergyScale).isVisible()


def choose(box, row):
    """Choose a row as a person does."""
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_axes_are_chosen_and_never_the_same_twice(filled):
    asked = []
    filled.axes_chosen.connect(lambda *axes: asked.append(axes))
    choose(filled._boxes[Axis.UP], 2)
    assert asked == [(0, 2)]
    filled.show_memories(some_memories(3), (0, 2))
    choose(filled._boxes[Axis.ACROSS], 2)
    assert asked[-1] == (2, 0)


def test_shades_run_from_strong_to_pale_in_both_themes():
    for theme in (LIGHT, DARK):
        ground, full = QColor(theme.panel).lightness(), QColor(theme.plus).lightness()
        steps = [QColor(shade(theme, step)).lightness() for step in range(SHADES)]
        assert steps == sorted(steps, reverse=full > ground)
        assert abs(steps[-1] - ground) > 8, "the highest energy must be seen too"


def test_unknown_energies_have_no_shade_and_a_flat_range_has_one():
    energies = np.array([[1.0, np.nan, 3.0]])
    assert shades(energies, (1.0, 3.0)).tolist() == [[0, -1, SHADES - 1]]
    assert shades(energies, (1.0, 1.0)).tolist() == [[0, -1, 0]]
