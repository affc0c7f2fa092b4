"""The map of attractors, the tree of barriers and the graph of kicks."""

from itertools import combinations

import numpy as np
import pytest
from cases import random_patterns
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor

from hopgui.model.barriers import barriers
from hopgui.model.basins import exact_basins
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.model.scaling import Scaling
from hopgui.model.transitions import transitions
from hopgui.model.verdict import Kind
from hopgui.session.session import Memory
from hopgui.ui.landscape.attractor_map import AttractorMap
from hopgui.ui.landscape.attractor_marks import LARGEST, SMALLEST, marks_of
from hopgui.ui.landscape.barrier_chart import BarrierChart, columns
from hopgui.ui.landscape.kick_chart import KickChart
from hopgui.ui.landscape.map_page import MapPage
from hopgui.ui.landscape.small_grid_pages import BarrierPage, KickPage
from hopgui.ui.landscape.state_chart import StateMark
from hopgui.ui.look.theme import LIGHT
from hopgui.ui.parts.zoom import WHOLE, zoomed
from hopgui.ui.verdict.kind_bar import KindBar

RNG = np.random.default_rng(0)


def memories_of(patterns):
    side = int(patterns.shape[1] ** 0.5)
    return tuple(Memory(chr(65 + n), row.reshape(side, side), n) for n, row in enumerate(patterns))


@pytest.fixture(scope="module")
def patterns():
    return random_patterns(4, 9, 5)


@pytest.fixture(scope="module")
def tree(patterns):
    *_, last = barriers(Network(patterns, TEXTBOOK), RNG)
    return last.tree


@pytest.fixture(scope="module")
def kicks(patterns):
    return transitions(exact_basins(Network(patterns, ARTICLE), rng=RNG))


@pytest.fixture
def shown(qtbot):
    def show(widget, width=340, height=400):
        widget.resize(width, height)
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show


def some_marks(count, kind=Kind.OTHER):
    states = random_patterns(count, 9, 1).reshape(count, 3, 3)
    return [StateMark(state, kind, f"S{n}") for n, state in enumerate(states)]


# What marks say


def test_marks_name_their_attractors_and_grow_with_their_shares(patterns, kicks):
    shares = np.linspace(0, 0.6, len(kicks.attractors))
    marks = marks_of(kicks.attractors, memories_of(patterns), (3, 3), shares)
    radii = [mark.radius for mark in marks]
    assert radii == sorted(radii)
    assert radii[0] == SMALLEST
    assert radii[-1] == LARGEST
    for mark, attractor in zip(marks, kicks.attractors, strict=True):
        assert mark.kind is attractor.verdict.kind
        assert np.array_equal(mark.state.ravel(), attractor.state)
        assert any("no local minimum" in fact for fact in mark.facts) != attractor.minimum
    named = {mark.title for mark in marks if mark.kind is Kind.MEMORY}
    assert named
    assert named <= set("ABCD")


# The map


def test_the_map_keeps_the_shape_of_its_points(shown):
    chart = shown(AttractorMap())
    points = np.array([[0.0, 0.0], [6.0, 0.0], [6.0, 3.0], [-2.0, -5.0]])
    chart.show_points(points)
    chart.show_marks(some_marks(4))
    seen = [chart.seen(n) for n in range(4)]
    for one, other in combinations(range(4), 2):
        way = seen[one] - seen[other]
        length = (way.x() ** 2 + way.y() ** 2) ** 0.5
        assert length == pytest.approx(np.linalg.norm(points[one] - points[other]) * chart.pixels)
    assert seen[2].y() < seen[1].y(), "up is up"
    assert all(chart.rect().contains(at.toPoint()) for at in seen)


def test_one_attractor_stands_in_the_middle(shown):
    chart = shown(AttractorMap())
    chart.show_points(np.zeros((1, 2)))
    chart.show_marks(some_marks(1))
    assert chart.seen(0) == QPointF(170, 200)


def test_names_of_memories_do_not_meet(shown):
    chart = shown(AttractorMap())
    chart.show_points(np.random.default_rng(1).normal(size=(12, 2)))
    chart.show_marks(some_marks(12, Kind.MEMORY))
    chart.grab()
    assert len(chart._names.taken) > 4
    for one, other in combinations(chart._names.taken, 2):
        assert not one.intersects(other)


def test_the_page_says_how_much_the_map_keeps(shown):
    page = shown(MapPage(), 340, 560)
    assert "Find attractors" in page.chart._hint
    marks = some_marks(3) + some_marks(2, Kind.MEMORY)
    page.show_attractors(marks, Scaling(np.eye(5)[:, :2], 0.637), 9)
    assert page.chart._hint == ""
    assert "keep 64 % of the distances between 5 attractors" in page.note.text()
    assert "most often found of 9" in page.note.text()
    bar = page.findChild(KindBar)
    assert bar.isVisible()
    assert any("others 3" in words for words in bar.legend())
    page.show_attractors((), None, 0)
    assert not bar.isVisible()


# The tree


def crossings(tree, across):
    """Pairs of branches that cross: a level bar over another's foot."""
    found = 0
    for saddle in range(tree.minima, tree.parents.size):
        below = [node for node in range(saddle) if is_under(tree, node, saddle)]
        leaves = sorted(across[node] for node in below if node < tree.minima)
        others = [
            across[node]
            for node in range(tree.minima)
            if not is_under(tree, node, saddle) and leaves[0] < across[node] < leaves[-1]
        ]
        found += len(others)
    return found


def is_under(tree, node, saddle):
    while node not in {saddle, -1}:
        node = tree.parents[node]
    return node == saddle


def test_branches_do_not_cross_and_the_lowest_hangs_leftmost(tree):
    across = columns(tree)
    assert tree.minima > 3
    assert len(set(across[: tree.minima].tolist())) == tree.minima
    assert crossings(tree, across) == 0
    assert across.argmin() == int(np.argmin(tree.energies))


def test_minima_hang_at_their_energies(tree, patterns, shown):
    chart = shown(BarrierChart())
    chart.show_marks(marks_of(tree.attractors, memories_of(patterns), (3, 3)))
    chart.show_tree(tree)
    heights = [-chart.node(node).y() for node in range(tree.parents.size)]
    slope, start = np.polyfit(tree.energies, heights, 1)
    assert slope > 0
    assert heights == pytest.approx((slope * tree.energies + start).tolist())
    for minimum in range(tree.minima):
        assert chart.seen(minimum).x() == pytest.approx(chart.node(minimum).x())
        assert chart.seen(minimum).y() > chart.node(minimum).y()
        box = chart.rect().adjusted(1, 1, -1, -1)
        assert box.contains((chart.seen(minimum) + QPointF(0, chart.tile / 2)).toPoint())


def test_thumbnails_keep_their_size_while_the_tree_is_zoomed(tree, patterns, shown):
    chart = shown(BarrierChart(), 340, 400)
    chart.show_marks(marks_of(tree.attractors, memories_of(patterns), (3, 3)))
    chart.show_tree(tree)
    small = chart.tile
    chart.look(zoomed(WHOLE, 6, chart.seen(0), QSizeF(chart.size())))
    assert small <= chart.tile <= 44
    gap = chart.seen(0).y() - chart.zoom.shown(chart.node(0)).y()
    assert gap == pytest.approx(chart.tile / 2 + 1)
    assert chart.mark_at(chart.seen(0)) == 0


def test_the_page_of_barriers_says_that_it_is_exact(tree, patterns, shown):
    page = shown(BarrierPage())
    page.show_absence("Looking at all states …")
    assert page.chart._hint
    page.show_tree(marks_of(tree.attractors, memories_of(patterns), (3, 3)), tree)
    assert page.chart._hint == ""
    assert page.note.text().startswith("Exact")


# The kicks


def kick_chart(shown, kicks, patterns):
    chart = shown(KickChart())
    chart.show_marks(marks_of(kicks.attractors, memories_of(patterns), (3, 3), kicks.sizes))
    chart.show_chances(kicks.chances)
    return chart


def test_states_stand_in_a_ring_and_do_not_meet(kicks, patterns, shown):
    chart = kick_chart(shown, kicks, patterns)
    assert len(kicks.attractors) > 4
    for one, other in combinations(range(len(kicks.attractors)), 2):
        way = chart.seen(one) - chart.seen(other)
        assert (way.x() ** 2 + way.y() ** 2) ** 0.5 > chart.tile
    room = chart.tip_room()
    for index in range(len(kicks.attractors)):
        at = chart.seen(index)
        assert chart.rect().contains(at.toPoint())
        assert not room.contains(at)


def test_pointing_brings_the_ways_from_there_forward(kicks, patterns, shown, qtbot):
    chart = kick_chart(shown, kicks, patterns)
    row = int(np.argmin(kicks.chances.diagonal()))
    away = [end for end in np.flatnonzero(kicks.chances[row] > 0.01) if end != row]
    assert away

    def blue():
        image = chart.grab().toImage()
        act = QColor(LIGHT.act)
        cells = ((x, y) for x in range(0, 340, 2) for y in range(0, 300, 2))
        return sum(image.pixelColor(x, y) == act for x, y in cells)

    chart.clearFocus()
    before = blue()
    qtbot.mouseMove(chart, chart.seen(row).toPoint())
    assert chart.marked == row
    assert blue() > before


def test_a_click_on_a_state_asks_for_the_pad(kicks, patterns, shown, qtbot):
    chart = kick_chart(shown, kicks, patterns)
    with qtbot.waitSignal(chart.put_requested) as asked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.seen(2).toPoint())
    assert np.array_equal(asked.args[0].ravel(), kicks.attractors[2].state)


def test_the_page_of_kicks_says_what_is_left_out(kicks, patterns, shown):
    page = shown(KickPage())
    marks = marks_of(kicks.attractors, memories_of(patterns), (3, 3))
    page.show_kicks(marks, kicks.chances, len(marks))
    assert "Shown" not in page.note.text()
    page.show_kicks(marks[:3], kicks.chances[:3, :3], len(marks))
    assert f"3 largest basins of {len(marks)}" in page.note.text()
