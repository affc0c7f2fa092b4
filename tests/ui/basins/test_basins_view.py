"""The card of basins: the curve with its bands, what is said of it, and what is asked for."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox

from hopgui.model.recovery import Recovery, Turning
from hopgui.ui.basins.recovery_plot import RecoveryPlot
from hopgui.ui.basins.view import BasinsView, Source
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.segmented import Segmented

LEFT = Qt.MouseButton.LeftButton


def a_recovery(tries=40, done=1):
    flips = np.array([0, 10, 20, 30, 40, 50])
    shares = np.array([1.0, 1.0, 0.9, 0.5, 0.1, 0.0])
    all_tries = np.full(6, tries)
    exact = np.round(shares * tries).astype(np.int64)
    near = np.minimum(exact + tries // 10, tries)
    percents = flips.astype(float)
    return Recovery(flips, percents, exact, near, all_tries, done, 5)


@pytest.fixture
def view(qtbot):
    view = BasinsView()
    view.resize(360, 560)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.show_subject("Memory A")
    view.show_possible(True)
    return view


def plot_of(view):
    return view.findChild(RecoveryPlot)


def test_the_curve_passes_through_its_points(view):
    plot, known = plot_of(view), a_recovery()
    view.show_recovery(known)
    image = plot.grab().toImage()
    act = QColor(LIGHT.act)
    for percent, share in zip(known.percents[1:], known.exact_share[1:], strict=True):
        at = plot.place(float(percent) - 0.3, float(share)).toPoint()
        near = [image.pixelColor(at + QPoint(dx, dy)) for dx in (-2, 0, 2) for dy in range(-3, 4)]
        assert any(abs(c.red() - act.red()) < 40 and c.blue() > 180 for c in near), percent


def test_a_band_is_as_wide_as_the_confidence(view):
    plot = plot_of(view)
    widths = []
    for tries in (20, 2000):
        known = a_recovery(tries)
        view.show_recovery(known)
        image = plot.grab().toImage()
        x = round(plot.place(30, 0).x())
        column = [image.pixelColor(x, y) for y in range(12, plot.height() - 44)]
        tinted = sum(colour.blue() > colour.red() + 16 for colour in column)
        widths.append(tinted)
        low, high = known.exact_interval[:, 3]
        expected = plot.place(0, low).y() - plot.place(0, high).y()
        assert abs(tinted - expected) < 0.5 * expected + 14
    assert widths[0] > 2 * widths[1]


def test_pointing_reads_share_and_confidence(view, qtbot):
    view.show_recovery(a_recovery())
    plot = plot_of(view)
    qtbot.mouseMove(plot, plot.place(30.4, 0.5).toPoint())
    low, high = a_recovery().exact_interval[:, 3] * 100
    assert view._damage.whole == "30 units flipped · 40 falls"
    assert view._share.whole == f"back from 50 % ({low:.0f} to {high:.0f} %)"


def test_what_was_not_tried_yet_is_not_drawn(view, qtbot):
    known = a_recovery()
    half = Recovery(
        known.flips,
        known.percents,
        known.exact * (known.flips < 25),
        known.near * (known.flips < 25),
        known.tries * (known.flips < 25),
        3,
        5,
    )
    view.show_recovery(half)
    plot = plot_of(view)
    image = plot.grab().toImage()
    x = round(plot.place(40, 0).x())
    colours = {image.pixelColor(x, y).name() for y in range(12, plot.height() - 44)}
    assert QColor(LIGHT.act).name() not in colours
    qtbot.mouseMove(plot, plot.place(40, 0.5).toPoint())
    assert view._damage.whole == "Bands: 95 % confidence"
    assert view._share.whole == ""


def test_source_and_marks_are_asked_for(view, qtbot):
    with qtbot.waitSignal(view.source_chosen) as chosen:
        qtbot.mouseClick(view.findChild(Segmented).button(Source.PAD), LEFT)
    assert chosen.args == [Source.PAD]
    assert view.source is Source.PAD
    box = view.findChild(QCheckBox)
    with qtbot.waitSignal(view.marks_wanted) as wanted:
        qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert wanted.args == [True]
    assert view.marks


def test_everything_is_reached_by_tab(view, qtbot):
    box = view.findChild(QCheckBox)
    view.activateWindow()
    view.findChild(Segmented).button(Source.MEMORY).setFocus()
    seen = set()
    for _ in range(12):
        focus = view.focusWidget()
        seen.add(type(focus))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert {type(box), RecoveryPlot, type(view.strip.begin_button)} <= seen


def test_the_marks_are_counted(view):
    turns, known = np.arange(9) < 3, np.arange(9) < 6
    view.show_turning(Turning(np.ones(9, np.int8), turns, known, 6, 9))
    assert view._note.text().startswith("3 of 6 units tried so far")
    view.show_turning(Turning(np.ones(9, np.int8), turns, known | True, 9, 9))
    assert view._note.text() == "3 of 9 units change it: underlined on the pad."
    view.show_turning(Turning(np.ones(9, np.int8), turns & False, known | True, 9, 9))
    assert view._note.text() == "No single flip changes where it falls."
    view.show_turning(None)
    assert not view._note.isVisible()


def test_without_memories_it_says_what_to_do(view):
    view.show_possible(False)
    assert not view.strip.begin_button.isEnabled()
    assert plot_of(view)._hint.startswith("Store a memory")
    view.show_possible(True)
    view.show_recovery(None)
    assert plot_of(view)._hint.startswith("Flip more and more")


def test_a_caution_is_seen_only_where_there_is_one(view):
    assert not view._caution.isVisible()
    view.show_subject("The state on the pad", "It is not stable.")
    assert view._caution.isVisible()


def test_it_wears_the_theme(view):
    view.show_theme(DARK)
    view.show_recovery(a_recovery())
    image = plot_of(view).grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 320, 2) for y in range(200)}
    assert QColor(DARK.act).name() in seen
    assert QColor(LIGHT.act).name() not in seen


def test_keys_walk_from_damage_to_damage(view, qtbot):
    view.show_recovery(a_recovery())
    plot = plot_of(view)
    walked = []
    plot.pointed.connect(walked.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    assert walked == [0, 1, 0]
    for _ in range(9):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.marked == 5
