"""Stories of the landscape: what a person sees there, and how it follows what they do."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from hopgui.model.choices import Dynamics, Update
from hopgui.model.landscape import Basis
from hopgui.session.carry import Carry
from hopgui.session.frame import Phase
from hopgui.session.library import first_session
from hopgui.session.session import Grid, blank_session
from hopgui.ui.landscape.view import Page
from hopgui.ui.parts.segmented import Segmented

LEFT = Qt.MouseButton.LeftButton


def small_pictures(count=3, seed=1, side=4):
    return np.random.default_rng(seed).choice(np.array([-1, 1], np.int8), (count, side, side))


@pytest.fixture
def small(open_lab, document):
    return open_lab(document(*small_pictures()))


def turn(hands, view, page):
    hands.click(view.findChild(Segmented).button(page))


def band_of(view):
    return view.plane._band


def whole(view):
    band = band_of(view)
    return band is not None and band.done == band.total


def test_the_menu_opens_the_plane_of_the_first_two_memories(hands):
    hands.choose("landscape")
    view = hands.panel("landscape")
    hands.wait(lambda: whole(view))
    band = band_of(view)
    letters = hands.session.memories
    assert np.array_equal(band.lattice.first, letters[0].picture.ravel())
    assert np.array_equal(band.lattice.second, letters[1].picture.ravel())
    assert band.basis is Basis.SAMPLE
    network = hands.lab.player.network
    assert band.least[0, 0] == network.energy(letters[0].picture.ravel())
    assert view.plane.note.text().startswith("A projection")


def test_a_recall_is_drawn_on_the_plane_as_it_falls(open_lab):
    hands = open_lab(speed=60)
    view = hands.panel("landscape")
    chart = view.plane.chart
    places = []
    hands.lab.player.frame_changed.connect(lambda _frame: places.append(chart.trail.here))
    hands.recall()
    assert len(set(places)) > 3
    trail = chart.trail
    assert trail.here == pytest.approx(tuple(hands.frame.overlaps[:2]))
    recording = hands.frame.recording
    pair = hands.session.patterns[:2].astype(int)
    for moment, overlaps in zip(trail.trace.updates, trail.trace.overlaps, strict=True):
        expected = pair @ recording.state_at(int(moment)) / 100
        assert overlaps == pytest.approx(expected)
    hands.key(Qt.Key.Key_Home)
    assert chart.trail.update == 0
    assert chart.trail.here == pytest.approx(tuple(trail.trace.overlaps[0]))


def test_other_axes_are_another_plane(hands):
    view = hands.panel("landscape")
    view.plane.axes_chosen.emit(2, 3)
    hands.wait(lambda: whole(view))
    letters = hands.session.memories
    assert np.array_equal(band_of(view).lattice.first, letters[2].picture.ravel())
    hands.wait(lambda: view.plane.chart.trail is not None)
    assert view.plane.chart.trail.here == pytest.approx(tuple(hands.frame.overlaps[2:4]))


def test_a_renamed_memory_keeps_its_plane_and_a_new_one_makes_another(small):
    hands = small
    view = hands.panel("landscape")
    hands.wait(lambda: whole(view))
    band = band_of(view)
    assert band.basis is Basis.ALL
    hands.lab.desk.rename(0, "Anna")
    assert band_of(view) is band
    assert view.plane._boxes[next(iter(view.plane._boxes))].currentText() == "Anna"
    hands.choose("random")
    hands.choose("store")
    hands.wait(lambda: whole(view) and band_of(view) is not band)
    hands.lab.desk.delete([2, 3])
    hands.wait(lambda: whole(view))
    assert band_of(view).basis is Basis.FUNCTION


def test_with_one_memory_there_is_no_plane_and_it_says_so(open_lab, document):
    hands = open_lab(document(small_pictures(1)[0]))
    view = hands.panel("landscape")
    assert view.plane.chart._hint.startswith("Store two memories")
    hands.choose("random")
    hands.choose("store")
    hands.wait(lambda: whole(view))
    assert view.plane.chart._hint == ""
    hands.choose("undo")
    assert view.plane.chart._hint.startswith("Store two memories")


def test_attractors_are_found_mapped_and_put_on_the_pad(small):
    hands = small
    view = hands.panel("landscape")
    turn(hands, view, Page.MAP)
    hands.click(view.map.strip.begin_button)
    hands.wait(lambda: "2\N{THIN SPACE}000 of 2\N{THIN SPACE}000 in" in view.map.strip._words.whole)
    chart = view.map.chart
    network = hands.lab.player.network
    assert len(chart.marks) > 2
    for mark in chart.marks:
        assert not network.unstable(mark.state.ravel()).any()
    assert (
        any(mark.title == "A" for mark in chart.marks)
        != network.unstable(hands.session.memories[0].picture.ravel()).any()
    )
    hands.click(chart, chart.seen(1).toPoint())
    assert np.array_equal(hands.shown, chart.marks[1].state)
    turn(hands, view, Page.PLANE)
    plane = view.plane.chart
    assert len(plane.marks) == len(chart.marks)
    pair = hands.session.patterns[:2].astype(int)
    for index, mark in enumerate(plane.marks):
        across, up = (pair @ mark.state.ravel() / 16).tolist()
        assert (plane.seen(index) - plane.at((across, up))).manhattanLength() < 1e-6


def test_a_search_pauses_goes_on_and_is_called_off(hands, monkeypatch):
    monkeypatch.setattr("hopgui.app.attractors.FALLS", 1_000_000)  # it must not end by itself
    view = hands.panel("landscape")
    turn(hands, view, Page.MAP)
    strip = view.map.strip
    hands.click(strip.begin_button)
    job = hands.lab._landscape._attractors._job
    hands.wait(lambda: len(view.map.chart.marks) > 0)
    hands.click(strip.begin_button)
    assert job.paused
    assert strip.begin_button.text() == "Go on"
    hands.click(strip.begin_button)
    assert not job.paused
    hands.click(strip._cancel)
    assert not job.active
    assert strip.begin_button.text() == "Find attractors"
    assert view.map.chart.marks
    hands.choose("random")
    hands.choose("store")
    assert not view.map.chart.marks, "those were another network's"


def test_barriers_and_kicks_of_a_small_grid(open_lab, document):
    hands = open_lab(document(*small_pictures(4, side=3)))
    view = hands.panel("landscape")
    turn(hands, view, Page.BARRIERS)
    hands.wait(lambda: len(view.barriers.chart.marks) > 1)
    network = hands.lab.player.network
    for mark in view.barriers.chart.marks:
        assert not network.descents(mark.state.ravel()).any()
    turn(hands, view, Page.KICKS)
    hands.wait(lambda: len(view.kicks.chart.marks) > 1)
    chart = view.kicks.chart
    for mark in chart.marks:
        assert not network.unstable(mark.state.ravel()).any()
    assert chart._chances.sum(axis=1) == pytest.approx(np.ones(len(chart.marks)))
    chart.setFocus()
    hands.key(Qt.Key.Key_Right, on=chart)
    hands.key(Qt.Key.Key_Return, on=chart)
    assert np.array_equal(hands.shown, chart.marks[0].state)


def test_where_the_pad_falls_is_said_exactly_and_follows_the_pad(open_lab, document):
    hands = open_lab(document(*small_pictures(2, side=3)))
    view = hands.panel("landscape")
    turn(hands, view, Page.KICKS)
    fates = view.kicks._fates
    hands.wait(lambda: bool(fates.whole))
    hands.lab.desk.load(0)
    hands.wait(lambda: fates.whole == "The pad falls to: 100 % A")
    hands.choose("random")
    hands.wait(lambda: "100 % A" not in fates.whole)
    chances = falls_of(hands.lab.player.network, hands.shown.ravel(), trials=400)
    said = [float(each) / 100 for each in re.findall(r"([\d.]+) %", fates.whole)]
    assert sum(said) == pytest.approx(1, abs=0.02)
    # Four standard errors of 400 falls; what falls there most rarely may not have been met.
    assert said[: len(chances)] == pytest.approx(chances, abs=0.1)


def falls_of(network, state, trials):
    """Return how the falls from a state divide, the likeliest end first."""
    ends = Counter()
    for seed in range(trials):
        run = network.start(
            state, rng=np.random.default_rng(seed), dynamics=Dynamics(Update.REPLACEMENT)
        )
        while not run.settled:
            run.advance(1000)
        ends[run.state.tobytes()] += 1
    return [count / trials for _, count in ends.most_common()]


def test_a_large_grid_says_why_it_has_no_tree(hands):
    view = hands.panel("landscape")
    for page, chart in ((Page.BARRIERS, view.barriers.chart), (Page.KICKS, view.kicks.chart)):
        turn(hands, view, page)
        assert "this pad has 100" in chart._hint


def test_what_cannot_be_known_is_refused_on_the_page(open_lab, document):
    session = document(*small_pictures(2))
    forgotten = tuple(replace(memory, weight=0) for memory in session.memories)
    hands = open_lab(replace(session, memories=forgotten))
    hands.lab.desk.set_rule(replace(session.rule, margin=0.1))
    view = hands.panel("landscape")
    turn(hands, view, Page.BARRIERS)
    chart = view.barriers.chart
    hands.wait(lambda: "flat" in chart._hint)
    hands.lab.desk.weigh([0], 1)
    hands.wait(lambda: len(chart.marks) == 2 and not chart._hint)


def test_a_tree_follows_its_network(small):
    hands = small
    view = hands.panel("landscape")
    turn(hands, view, Page.BARRIERS)
    chart = view.barriers.chart
    hands.wait(lambda: len(chart.marks) > 1)
    before = chart.marks
    hands.lab.desk.delete([1, 2])
    hands.wait(lambda: chart.marks not in {before, ()} and not chart._hint)
    assert len(chart.marks) == 2, "one memory has two minima"


def test_nothing_is_computed_out_of_sight(hands):
    view = hands.panel("landscape")
    plane = hands.lab._landscape._plane
    hands.window.docks.landscape.close()
    hands.wait(lambda: not view.isVisible())
    assert not plane._job.active or plane._job.paused
    hands.choose("random")
    hands.choose("store")
    assert not plane._job.active
    hands.window.docks.landscape.open()
    hands.wait(lambda: whole(view))


def test_it_closes_while_it_computes(open_lab):
    rng = np.random.default_rng(3)
    pictures = rng.choice(np.array([-1, 1], np.int8), (8, 40, 40))
    session = first_session()
    session = replace(
        blank_session(Grid(40, 40)),
        memories=tuple(
            replace(session.memories[0], name=str(n), picture=picture, colour=n)
            for n, picture in enumerate(pictures)
        ),
    )
    hands = open_lab(session)
    view = hands.panel("landscape")
    turn(hands, view, Page.MAP)
    hands.click(view.map.strip.begin_button)
    turn(hands, view, Page.PLANE)
    hands.wait(lambda: band_of(view) is not None)
    hands.window.close()
    assert not hands.lab._landscape._plane._job.active


def test_attractors_found_elsewhere_are_shown_too(small):
    hands = small
    view = hands.panel("landscape")
    turn(hands, view, Page.MAP)
    hands.click(view.map.strip.begin_button)
    hands.wait(lambda: not hands.lab._landscape._attractors._job.active)
    found = hands.lab._landscape._attractors._map.attractors
    hands.lab._landscape.take(found[:3])
    assert len(view.map.chart.marks) == 3
    assert "of falls" not in " ".join(view.map.chart.marks[0].facts)


def test_in_the_middle_of_a_run_an_attractor_is_put_and_the_run_goes(open_lab, document):
    hands = open_lab(document(*small_pictures()), speed=5)
    view = hands.panel("landscape")
    turn(hands, view, Page.BARRIERS)
    chart = view.barriers.chart
    hands.wait(lambda: len(chart.marks) > 1)
    hands.choose("random")
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    hands.wait_for(Phase.RUNNING)
    hands.click(chart, chart.seen(1).toPoint())
    hands.wait(lambda: np.array_equal(hands.lab.player.shown, chart.marks[1].state))


def test_of_many_memories_the_two_of_the_axes_are_on_the_plane(open_lab, document):
    hands = open_lab(document(*small_pictures(60)))
    view = hands.panel("landscape")
    view.plane.axes_chosen.emit(58, 59)
    hands.wait(lambda: whole(view))
    flags = view.plane.chart._flags
    names = [memory.name for memory in hands.session.memories]
    assert [flag.memory.name for flag in flags[:2]] == [names[58], names[59]]
    assert len(flags) == 24
    alone = np.array([flag.overlaps for flag in flags[:2]])
    assert np.array_equal(alone.diagonal(), [1, 1])


def test_a_memory_and_its_copy_span_a_line(open_lab, document):
    picture = small_pictures(1)[0]
    hands = open_lab(document(picture, picture, -picture))
    view = hands.panel("landscape")
    hands.wait(lambda: whole(view))
    assert band_of(view).lattice.shape == (17, 1)
    view.plane.axes_chosen.emit(0, 2)
    hands.wait(lambda: whole(view) and band_of(view).lattice.shape == (1, 17))
    assert band_of(view).basis is Basis.FUNCTION
    view.grab()


def test_attractors_of_another_grid_are_not_mapped(small, document):
    hands = small
    view = hands.panel("landscape")
    turn(hands, view, Page.MAP)
    hands.click(view.map.strip.begin_button)
    attractors = hands.lab._landscape._attractors
    hands.wait(lambda: attractors._map is not None and not attractors._job.active)
    late = attractors._map
    hands.lab.desk.open(document(*small_pictures(side=5)))
    assert not view.map.chart.marks
    hands.lab._landscape.take(late.attractors)  # from the atlas
    attractors._show(late)  # from its own search
    assert attractors._map is None
    assert not view.map.chart.marks


def test_a_run_of_another_grid_is_not_drawn_on_the_plane(hands):
    view = hands.panel("landscape")
    hands.recall()
    hands.wait(lambda: view.plane.chart.trail is not None)
    hands.lab.desk.resize(Grid(12, 9), Carry.CROP)
    hands.choose("undo")
    assert hands.session.grid == Grid(10, 10)
    assert hands.window.banner.isHidden()


def test_a_map_on_the_plane_goes_with_the_memories_it_was_named_by(small):
    hands = small
    view = hands.panel("landscape")
    turn(hands, view, Page.MAP)
    hands.click(view.map.strip.begin_button)
    hands.wait(lambda: not hands.lab._landscape._attractors._job.active)
    turn(hands, view, Page.PLANE)
    assert view.plane.chart.marks
    hands.lab.desk.delete([2])
    assert not view.plane.chart.marks
