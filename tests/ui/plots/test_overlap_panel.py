import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from hopgui.model.nearest import Nearest
from hopgui.session.frame import Frame, OverlapTrace, Phase
from hopgui.session.recording import Recording
from hopgui.session.session import Memory
from hopgui.ui.look.theme import LIGHT, memory_colour, memory_pen
from hopgui.ui.plots.energy_panel import EnergyPanel
from hopgui.ui.plots.overlap_panel import DEEP, SHALLOW, OverlapPanel

UPDATES = 180


def a_recording(updates=UPDATES):
    nothing = np.empty(0)
    return Recording(
        run=1,
        seed=1,
        start=np.ones(100, np.int8),
        energy_start=-5.0,
        updates=updates,
        flip_updates=nothing.astype(np.int64),
        flip_units=nothing.astype(np.int32),
        flip_energies=nothing,
        by_hand=nothing.astype(bool),
    )


def a_trace(memories=(0, 1, 2), *, lowest=-0.2):
    updates = np.append(np.arange(0, UPDATES, 9), UPDATES)
    rng = np.random.default_rng(3)
    overlaps = rng.uniform(lowest, 0.5, (updates.size, len(memories)))
    overlaps[5, -1] = lowest
    return OverlapTrace(np.array(memories), updates, overlaps)


def a_frame(trace=None, update=UPDATES, *, overlaps=(0.1, 0.6, -0.2), nearest=1):
    return Frame(
        phase=Phase.REST if trace is None else Phase.PAUSED,
        state=np.ones((10, 10), np.int8),
        update=0 if trace is None else update,
        flips=0,
        energy=-5.0,
        overlaps=np.array(overlaps, float),
        unstable=np.zeros((10, 10), bool),
        descents=0,
        nearest=Nearest(nearest, 1, 0, 0.0),
        recent=np.empty(0, np.int32),
        recording=None if trace is None else a_recording(),
        trace=trace,
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
    panel = OverlapPanel(window)
    panel.resize(380, 190)
    panel.show_memories(some_memories(3))
    window.show()
    qtbot.waitExposed(window)
    return panel


def show(panel, frame):
    """Show a frame, and see it drawn even where frames follow each other rapidly."""
    panel.show_frame(frame)
    panel.grab()


def value_at(curve, update):
    ((x, y),) = curve.lines
    return y[np.searchsorted(x, update, side="right") - 1]


@pytest.mark.parametrize("moment", [0, 8, 9, 100, UPDATES])
def test_each_line_gives_its_memorys_overlaps_up_to_the_moment_and_beyond(panel, moment):
    trace = a_trace()
    show(panel, a_frame(trace, moment))
    for column, (ahead, done) in enumerate(panel._lines):
        assert done.lines[0][0][[0, -1]].tolist() == [0, moment]
        if moment < UPDATES:
            assert ahead.lines[0][0][[0, -1]].tolist() == [moment, UPDATES]
        else:
            assert not ahead.lines
        for update in range(UPDATES + 1):
            row = np.searchsorted(trace.updates, update, side="right") - 1
            line = done if update <= moment else ahead
            assert value_at(line, update) == trace.overlaps[row, column]


def test_lines_wear_their_memories_pens_and_the_nearest_stands_out(panel):
    panel.show_memories(some_memories(12))
    trace = a_trace((1, 4, 11))
    show(panel, a_frame(trace, overlaps=np.linspace(0, 0.5, 12), nearest=4))
    pens = [done.pen for _, done in panel._lines]
    assert [pen.color() for pen in pens] == [memory_colour(LIGHT, n) for n in (1, 4, 11)]
    assert [pen.widthF() for pen in pens] == [1, 2, 1]
    assert [pen.style() for pen in pens] == [memory_pen(LIGHT, n).style() for n in (1, 4, 11)]
    assert panel._lines[1][1].depth > panel._lines[0][1].depth


def test_lines_vanish_with_their_run(panel):
    show(panel, a_frame(a_trace()))
    show(panel, a_frame(a_trace((0,))))
    assert [not done.lines for _, done in panel._lines] == [False, True, True]
    show(panel, a_frame())
    assert all(not done.lines for _, done in panel._lines)


def test_at_rest_each_memory_has_a_dot(panel):
    show(panel, a_frame())
    assert {(dot.update, dot.value) for dot in panel._plot.dots} == {(0, 0.1), (0, 0.6), (0, -0.2)}
    assert panel._plot.dots[-1].value == 0.6
    assert panel._plot.moment is None


def test_in_a_run_the_dot_rides_on_the_nearest(panel):
    show(panel, a_frame(a_trace(), 100))
    assert [(dot.update, dot.value) for dot in panel._plot.dots] == [(100, 0.6)]
    assert panel._plot.moment == 100


def test_the_negative_half_is_shown_only_when_something_is_there(panel):
    show(panel, a_frame(a_trace(lowest=-0.34)))
    assert panel._plot.values == SHALLOW
    show(panel, a_frame(a_trace(lowest=-0.36)))
    assert panel._plot.values == DEEP


def test_names_start_with_the_nearest_and_never_meet(panel):
    show(panel, a_frame(a_trace(), 100, overlaps=(0.58, 0.6, -0.2)))
    assert [tag.name for tag in panel._plot.tags] == ["M1", "M0", "M2"]
    panel.grab()
    assert len(panel._plot.names.taken) == 2
    assert not panel._plot.names.taken[0].intersects(panel._plot.names.taken[1])


@pytest.mark.parametrize("height", [104, 140, 190])
def test_no_name_stands_in_the_numbers_under_the_plot(panel, height):
    panel.resize(380, height)
    show(panel, a_frame(a_trace(), 200, overlaps=(-0.05, 0.6, -0.2)))
    panel.grab()
    plot = panel._plot
    assert plot.names.taken
    assert max(room.bottom() for room in plot.names.taken) <= plot.area.bottom() + 7


def test_a_deleted_memory_takes_its_line_with_it(panel):
    show(panel, a_frame(a_trace()))
    panel.show_memories(some_memories(1))
    drawn = [done for _, done in panel._lines if done.lines]
    assert len(drawn) == 1


def test_it_follows_the_energy_panel(panel, qtbot):
    energy = EnergyPanel()
    qtbot.addWidget(energy)
    energy.resize(380, 270)
    energy.show()
    qtbot.waitExposed(energy)
    energy.show_memories(some_memories(1), np.array([-4e8]))
    panel.follow(energy.time_axis)
    frame = a_frame(a_trace(), nearest=0)
    panel.show_frame(frame)
    energy.show_frame(frame)
    assert panel.time_axis is energy.time_axis
    assert panel._plot.area.left() == energy._plot.area.left()
    assert panel._plot.place(100, 0).x() == energy._plot.place(100, 0).x()


def test_dragging_scrubs(panel, qtbot):
    show(panel, a_frame(a_trace()))
    emitted = []
    panel.scrubbed.connect(emitted.append)
    viewport = panel._plot
    x = round(panel._plot.place(90, 0).x())
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(x, 60))
    qtbot.mouseMove(viewport, QPoint(379, 60))
    assert emitted == [pytest.approx(90, abs=1), UPDATES]


def test_an_empty_network_says_what_will_appear(panel):
    panel.show_memories(())
    show(panel, a_frame(overlaps=(), nearest=None))
    assert panel._plot.alone
    assert panel._plot.hint
    QApplication.processEvents()


def test_it_says_in_words_what_it_shows(panel):
    show(panel, a_frame(a_trace(), 100))
    assert panel.accessibleDescription() == "M1: +0.60, M2: \u22120.20, M0: +0.10"
