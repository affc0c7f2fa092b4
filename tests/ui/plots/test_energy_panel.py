from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from hopgui.model.nearest import Nearest
from hopgui.session.frame import Frame, Phase
from hopgui.session.recording import Recording
from hopgui.session.session import Memory
from hopgui.ui.look.theme import DARK, LIGHT, memory_colour
from hopgui.ui.plots.energy_panel import MOST_LEVELS, EnergyPanel

UNITS = 100


def a_run(flips=30, updates=180, seed=1, *, start=-500.0, end=-2500.0, **changes):
    rng = np.random.default_rng(seed)
    moments = np.sort(rng.choice(np.arange(1, updates), flips, replace=False))
    energies = start + (end - start) * np.sort(rng.random(flips))
    if flips:
        energies[-1] = end
    recording = Recording(
        run=seed,
        seed=seed,
        start=np.ones(UNITS, np.int8),
        energy_start=start,
        updates=updates,
        flip_updates=moments.astype(np.int64),
        flip_units=rng.integers(0, UNITS, flips).astype(np.int32),
        flip_energies=energies,
        by_hand=np.zeros(flips, bool),
    )
    return replace(recording, **changes)


def a_frame(recording=None, update=None, *, energy=-500.0, nearest=0, earlier=()):
    if recording is None:
        phase, moment, flips = Phase.REST, 0, 0
    else:
        moment = recording.updates if update is None else update
        phase, flips = Phase.PAUSED, recording.flips_at(moment)
        energy = recording.energy_at(moment)
    return Frame(
        phase=phase,
        state=np.ones((10, 10), np.int8),
        update=moment,
        flips=flips,
        energy=energy,
        overlaps=np.zeros(4),
        unstable=np.zeros((10, 10), bool),
        descents=0,
        nearest=Nearest(nearest, 1, 0, 0.0),
        recent=np.empty(0, np.int32),
        recording=recording,
        earlier=earlier,
    )


def some_memories(count):
    return tuple(Memory(f"M{n}", np.ones((10, 10), np.int8), n) for n in range(count))


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 300)
    return window


@pytest.fixture
def panel(qtbot, window):
    panel = EnergyPanel(window)
    panel.resize(380, 270)
    panel.show_memories(some_memories(4), np.array([-2500.0, -2450.0, -2300.0, -2500.0]))
    window.show()
    qtbot.waitExposed(window)
    return panel


def pixel(panel, x, y):
    image = panel._plot.grab().toImage()
    return image.pixelColor(round(x), round(y))


def show(panel, frame):
    """Show a frame, and see it drawn even where frames follow each other rapidly."""
    panel.show_frame(frame)
    panel.grab()


def value_at(curve, update):
    ((x, y),) = curve.lines
    return y[np.searchsorted(x, update, side="right") - 1]


@pytest.mark.parametrize("moment", [0, 1, 90, 179, 180])
def test_the_curves_give_the_recorded_energy_at_every_update(panel, moment):
    recording = a_run()
    show(panel, a_frame(recording, moment))
    for update in range(moment + 1):
        assert value_at(panel._done, update) == recording.energy_at(update)
    for update in range(moment, 181 if moment < 180 else 0):
        assert value_at(panel._ahead, update) == recording.energy_at(update)


def test_no_stretch_is_drawn_twice(panel):
    recording = a_run()
    show(panel, a_frame(recording, 90))
    assert panel._done.lines[0][0][[0, -1]].tolist() == [0, 90]
    assert panel._ahead.lines[0][0][[0, -1]].tolist() == [90, 180]
    show(panel, a_frame(recording, earlier=(recording,)))
    assert panel._done.lines[0][0][[0, -1]].tolist() == [0, 180]
    assert not panel._ahead.lines
    assert not panel._ghosts.lines


def test_many_flips_are_thinned_without_losing_the_lowest_or_the_highest(panel):
    recording = a_run(flips=50_000, updates=60_000)
    show(panel, a_frame(recording))
    ((x, y),) = panel._done.lines
    assert x.size < 2000
    assert y.min() == recording.flip_energies.min()
    assert y.max() == recording.energy_start
    assert x[[0, -1]].tolist() == [0, 60_000]


def test_a_run_without_flips_is_a_level_line(panel):
    show(panel, a_frame(a_run(flips=0)))
    assert panel._done.lines[0][1].tolist() == [-500, -500]


def test_at_rest_there_is_a_dot_and_a_hint_and_no_curve(panel):
    show(panel, a_frame(a_run()))
    show(panel, a_frame(energy=-640.0))
    assert not panel._done.lines
    assert [(dot.update, dot.value) for dot in panel._plot.dots] == [(0, -640)]
    assert panel._plot.moment is None
    assert panel._plot.hint
    point = panel._plot.place(0, -640.0)
    assert pixel(panel, point.x(), point.y()) == QColor(LIGHT.act)


def test_the_dot_and_the_line_stand_at_the_moment_shown(panel):
    recording = a_run()
    show(panel, a_frame(recording, 77))
    assert panel._plot.moment == 77
    assert (panel._plot.dots[-1].update, panel._plot.dots[-1].value) == (
        77,
        recording.energy_at(77),
    )


def test_earlier_runs_are_drawn_whole_and_each_once(panel):
    ghosts = tuple(a_run(seed=seed) for seed in (5, 6, 7))
    show(panel, a_frame(a_run(), earlier=ghosts))
    for ghost, (x, y) in zip(ghosts, panel._ghosts.lines, strict=True):
        for update in range(181):
            assert y[np.searchsorted(x, update, side="right") - 1] == ghost.energy_at(update)
    show(panel, a_frame(a_run()))
    assert not panel._ghosts.lines


def test_levels_lie_at_the_memories_energies_the_nearest_first(panel):
    show(panel, a_frame(a_run(), nearest=2))
    levels = panel._plot.levels
    assert [level.energy for level in levels] == [-2300, -2500, -2500, -2450]
    assert levels[0].name == "memory M2"
    assert levels[0].colour == memory_colour(LIGHT, 2)
    y = panel._plot.place(0, -2300.0).y()
    right = panel._plot.area.right()
    rows = [pixel(panel, right - back, y + up) for back in range(12) for up in (-1, 0)]
    assert memory_colour(LIGHT, 2) in rows


def test_of_many_memories_a_dozen_are_drawn_and_no_two_names_meet(panel):
    energies = -2500.0 - np.arange(300) / 5
    panel.show_memories(some_memories(300), energies)
    show(panel, a_frame(a_run(), nearest=250))
    assert len(panel._plot.levels) == MOST_LEVELS
    assert panel._plot.levels[0].name == "memory M250"
    assert {level.energy for level in panel._plot.levels[1:]} == set(energies[: MOST_LEVELS - 1])
    panel.grab()
    names = panel._plot.names.taken
    assert names
    for number, room in enumerate(names):
        assert not any(room.intersects(other) for other in names[:number])


def test_the_range_holds_the_curve_the_ghosts_and_the_nearest_memory(panel):
    panel.show_memories(some_memories(2), np.array([-9000.0, -4000.0]))
    ghost = a_run(seed=8, start=300.0)
    show(panel, a_frame(a_run(), nearest=1, earlier=(ghost,)))
    low, high = panel._plot.values
    assert -5000 < low < -4000
    assert 300 < high <= 600


def test_the_ranges_hold_while_a_run_falls(panel):
    recording = a_run(updates=180)
    ranges = set()
    for updates in range(1, 181):
        flips = recording.flips_at(updates)
        sofar = replace(
            recording,
            updates=updates,
            flip_updates=recording.flip_updates[:flips],
            flip_units=recording.flip_units[:flips],
            flip_energies=recording.flip_energies[:flips],
            by_hand=recording.by_hand[:flips],
        )
        show(panel, a_frame(sofar))
        ranges.add((panel._plot.values, panel.time_axis.start, panel.time_axis.end))
    assert len(ranges) == 1


@pytest.mark.parametrize(
    ("updates", "first", "span"),
    [(143, 0, (0, 200)), (201, 0, (0, 500)), (1000, 0, (0, 1000)), (49_152, 0, (0, 50_000))],
)
def test_the_time_axis_ends_at_a_round_number(panel, updates, first, span):
    show(panel, a_frame(a_run(updates=updates, first_update=first)))
    assert (panel.time_axis.start, panel.time_axis.end) == span


def test_the_time_axis_leaves_out_what_was_forgotten(panel):
    recording = a_run()
    moved = replace(
        recording,
        first_update=1_000_000,
        updates=1_000_180,
        flip_updates=recording.flip_updates + 1_000_000,
    )
    show(panel, a_frame(moved))
    assert panel.time_axis.start <= 1_000_000
    assert panel.time_axis.end >= 1_000_180
    assert panel.time_axis.end - panel.time_axis.start <= 500


def test_flips_by_hand_are_marked_once_a_moment(panel):
    recording = a_run()
    by_hand = np.zeros(30, bool)
    by_hand[[4, 10, 11]] = True
    moments = recording.flip_updates.copy()
    moments[11] = moments[10]
    recording = replace(recording, by_hand=by_hand, flip_updates=moments)
    show(panel, a_frame(recording))
    marks = [(dot.update, dot.value) for dot in panel._plot.dots if dot.hollow]
    assert marks == [
        (moments[4], recording.flip_energies[4]),
        (moments[11], recording.flip_energies[11]),
    ]


def at(panel, update):
    return QPoint(round(panel._plot.place(update, 0).x()), 100)


def test_pressing_and_dragging_scrubs_and_stays_within_the_run(panel, qtbot):
    show(panel, a_frame(a_run(updates=180)))
    emitted = []
    panel.scrubbed.connect(emitted.append)
    viewport = panel._plot
    resolution = 200 / panel._plot.area.width()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at(panel, 60))
    assert emitted == [pytest.approx(60, abs=resolution)]
    qtbot.mouseMove(viewport, at(panel, 120))
    assert emitted[-1] == pytest.approx(120, abs=resolution)
    qtbot.mouseMove(viewport, at(panel, 199))
    assert emitted[-1] == 180
    qtbot.mouseMove(viewport, QPoint(1, 50))
    assert emitted[-1] == 0
    count = len(emitted)
    qtbot.mouseMove(viewport, QPoint(2, 50))
    assert len(emitted) == count
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(2, 50))
    qtbot.mouseMove(viewport, at(panel, 60))
    assert len(emitted) == count


def test_other_buttons_the_wheel_and_a_pad_at_rest_scrub_nothing(panel, qtbot):
    emitted = []
    panel.scrubbed.connect(emitted.append)
    viewport = panel._plot
    show(panel, a_frame())
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    show(panel, a_frame(a_run()))
    held = (panel._plot.values, panel._plot.axis.end)
    qtbot.mouseClick(viewport, Qt.MouseButton.RightButton, pos=QPoint(200, 100))
    wheel = QWheelEvent(
        QPointF(200, 100),
        viewport.mapToGlobal(QPointF(200, 100)),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, wheel)
    assert emitted == []
    assert (panel._plot.values, panel._plot.axis.end) == held


def test_a_click_leaves_the_focus_where_it_was(panel, qtbot):
    show(panel, a_frame(a_run()))
    panel.clearFocus()
    qtbot.mouseClick(panel._plot, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    assert QApplication.focusWidget() is not panel._plot
    assert not panel.hasFocus()


def test_an_empty_network_says_what_will_appear(panel):
    panel.show_memories((), None)
    show(panel, a_frame(nearest=None))
    assert panel._plot.alone
    assert "memory" in panel._plot.hint


def test_it_says_in_words_what_it_shows(panel):
    show(panel, a_frame(a_run(), 180))
    assert panel.accessibleName() == "Energy"
    assert "\u22122\u2009500" in panel.accessibleDescription()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_wears_the_theme(panel, theme):
    panel.show_theme(theme)
    show(panel, a_frame(a_run()))
    assert pixel(panel, 2, 2) == QColor(theme.panel)
    assert panel._done.pen.color() == QColor(theme.act)


def test_a_new_size_thins_anew(panel):
    show(panel, a_frame(a_run(flips=20_000, updates=30_000)))
    before = panel._done.lines[0][0].size
    panel.resize(900, 270)
    QApplication.processEvents()
    assert panel._done.lines[0][0].size > 1.5 * before


# While a run goes at full rate


def energies_drawn(panel):
    """Return the moments that the panel draws of a run whose frames follow each other rapidly."""
    recording, drawn = a_run(), []
    panel.show_frame(a_frame(recording, 0))
    for moment in range(10, 80, 10):
        panel.show_frame(a_frame(replace(recording, updates=moment), moment))
        drawn.append(panel._plot.moment)
    return drawn


def test_of_rapid_frames_every_second_is_drawn_and_the_last_always(panel, qtbot):
    assert energies_drawn(panel) == [0, 20, 20, 40, 40, 60, 60]
    qtbot.waitUntil(lambda: panel._plot.moment == 70)


def test_the_panel_that_follows_draws_the_others(panel, qtbot):
    other = EnergyPanel()
    qtbot.addWidget(other)
    panel.follow(other.time_axis)
    assert energies_drawn(panel) == [10, 10, 30, 30, 50, 50, 70]


def test_moments_of_one_recording_are_drawn_at_once(panel):
    recording = a_run()
    for moment in (0, 30, 60, 90):
        panel.show_frame(a_frame(recording, moment))
        assert panel._plot.moment == moment
