from itertools import pairwise
from math import inf

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QSpinBox, QToolButton, QWidget

from hopgui.model.nearest import nearest_memory
from hopgui.session.frame import Frame, Phase
from hopgui.session.recording import Recording
from hopgui.session.step import Step
from hopgui.ui.look import fonts, style
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.runs import speed
from hopgui.ui.runs.transport import Transport

SIGNALS = (
    "toggled",
    "step_forward",
    "step_back",
    "to_start",
    "to_end",
    "scrubbed",
    "speed_changed",
    "seed_changed",
    "new_seed_requested",
    "repeat_toggled",
)


def make_frame(phase=Phase.REST, update=0, updates=0, first=0) -> Frame:
    recording = None
    if phase is not Phase.REST:
        recording = Recording(
            run=1,
            seed=7,
            start=np.ones(16, np.int8),
            energy_start=-4.0,
            updates=updates,
            flip_updates=np.zeros(0, np.int64),
            flip_units=np.zeros(0, np.int32),
            flip_energies=np.zeros(0),
            by_hand=np.zeros(0, bool),
            first_update=first,
        )
    return Frame(
        phase=phase,
        state=np.ones((4, 4), np.int8),
        update=update,
        flips=0,
        energy=-4.0,
        overlaps=np.zeros(0),
        unstable=np.zeros((4, 4), bool),
        descents=0,
        nearest=nearest_memory(np.zeros(0, np.int64), 16),
        recent=np.zeros(0, np.int32),
        recording=recording,
    )


@pytest.fixture(autouse=True)
def dressed(qapp):
    font, palette, name = qapp.font(), qapp.palette(), qapp.style().objectName()
    fonts.install(qapp)
    style.apply(qapp, LIGHT)
    yield
    qapp.setStyleSheet("")
    qapp.setStyle(name)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def transport(qtbot):
    window = QWidget()
    window.resize(1920, 200)
    qtbot.addWidget(window)
    widget = Transport(window)
    widget.show_theme(LIGHT)
    widget.resize(1280, 82)
    with qtbot.waitExposed(window):
        window.show()
    yield widget
    window.close()


@pytest.fixture
def heard(transport):
    said = []
    for name in SIGNALS:
        getattr(transport, name).connect(
            lambda *values, name=name: said.append((name, *values)),
        )
    return said


def named(transport, name, kind=QToolButton):
    return next(each for each in transport.findChildren(kind) if each.accessibleName() == name)


def primary(transport) -> QPushButton:
    return transport.findChild(QPushButton, "primary")


def texts(transport) -> list[str]:
    return [label.text() for label in transport.findChildren(QLabel)]


def press(qtbot, widget, where=None):
    where = where or widget.rect().center()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)


@pytest.mark.parametrize(
    ("phase", "word"),
    [
        (Phase.REST, "Recall"),
        (Phase.RUNNING, "Pause"),
        (Phase.PAUSED, "Continue"),
        (Phase.SETTLED, "Recall"),
    ],
)
def test_the_great_button_says_what_it_will_do(qtbot, transport, heard, phase, word):
    transport.show_frame(make_frame(phase, 3, 9))
    assert primary(transport).text().strip() == word
    press(qtbot, primary(transport))
    assert heard == [("toggled",)]


def test_the_great_button_never_changes_its_width(qtbot, transport):
    widths = set()
    for phase in Phase:
        transport.show_frame(make_frame(phase, 3, 9))
        qtbot.wait(1)
        widths.add(primary(transport).width())
    assert len(widths) == 1


@pytest.mark.parametrize(("word", "step"), [("update", Step.UPDATE), ("sweep", Step.SWEEP)])
def test_steps_go_as_far_as_chosen(qtbot, transport, heard, word, step):
    transport.show_frame(make_frame(Phase.PAUSED, 3, 9))
    press(qtbot, named(transport, "One step forward"))
    press(qtbot, next(b for b in transport.findChildren(QToolButton) if b.text() == word))
    press(qtbot, named(transport, "One step forward"))
    press(qtbot, named(transport, "One step back"))
    assert heard == [("step_forward", Step.FLIP), ("step_forward", step), ("step_back", step)]
    assert transport.step is step


def test_start_and_end(qtbot, transport, heard):
    transport.show_frame(make_frame(Phase.PAUSED, 3, 9))
    press(qtbot, named(transport, "To the start"))
    press(qtbot, named(transport, "To the end"))
    assert heard == [("to_start",), ("to_end",)]


@pytest.mark.parametrize(
    ("frame", "enabled"),
    [
        (make_frame(), {"One step forward"}),
        (make_frame(Phase.PAUSED, 9, 9), {"To the start", "One step back", "One step forward"}),
        (make_frame(Phase.SETTLED, 9, 9), {"To the start", "One step back"}),
        (make_frame(Phase.SETTLED, 0, 9), {"One step forward", "To the end"}),
        (make_frame(Phase.PAUSED, 5, 9, first=5), {"One step forward", "To the end"}),
    ],
)
def test_buttons_that_lead_nowhere_are_off(transport, frame, enabled):
    transport.show_frame(frame)
    ways = ("To the start", "One step back", "One step forward", "To the end")
    assert {way for way in ways if named(transport, way).isEnabled()} == enabled


def test_showing_says_nothing(transport, heard):
    transport.show_frame(make_frame(Phase.RUNNING, 58, 200))
    transport.show_frame(make_frame(Phase.SETTLED, 20, 90, first=10))
    transport.show_frame(make_frame())
    transport.show_seed(123456)
    transport.show_speed(inf)
    transport.show_repeat(True)
    transport.show_theme(DARK)
    assert heard == []


def test_the_moment_is_written_and_the_scrubber_follows(transport):
    transport.show_frame(make_frame(Phase.RUNNING, 1058, 20000))
    assert "update 1\N{THIN SPACE}058 of 20\N{THIN SPACE}000" in texts(transport)
    scrubber = named(transport, "Moment of the run", QSlider)
    assert scrubber.value() / scrubber.maximum() == pytest.approx(1058 / 20000)


def test_the_label_of_the_moment_stands_still(qtbot, transport):
    def geometry():
        label = next(label for label in transport.findChildren(QLabel) if "of" in label.text())
        return label.geometry()

    transport.show_frame(make_frame(Phase.SETTLED, 1, 2000))
    qtbot.wait(1)
    first = geometry()
    transport.show_frame(make_frame(Phase.SETTLED, 1888, 2000))
    qtbot.wait(1)
    assert geometry() == first


def test_another_moment_has_nothing_laid_out_anew(qtbot, transport):
    class Ear(QObject):
        asked = 0

        def eventFilter(self, _watched, event):
            self.asked += event.type() == QEvent.Type.LayoutRequest
            return False

    transport.show_frame(make_frame(Phase.RUNNING, 1200, 2000))
    qtbot.wait(1)
    ear = Ear()
    transport.installEventFilter(ear)
    transport.show_frame(make_frame(Phase.RUNNING, 1300, 2100))
    qtbot.wait(1)
    assert any("1\N{THIN SPACE}300" in text for text in texts(transport))
    assert ear.asked == 0


def test_a_click_on_the_scrubber_jumps_there(qtbot, transport, heard):
    transport.show_frame(make_frame(Phase.PAUSED, 200, 200))
    scrubber = named(transport, "Moment of the run", QSlider)
    press(qtbot, scrubber, QPoint(scrubber.width() // 4, scrubber.height() // 2))
    (name, update), *others = heard
    assert (name, others) == ("scrubbed", [])
    assert update == pytest.approx(50, abs=2)
    assert f"update {update} of 200" in texts(transport)


def test_the_ends_of_the_scrubber_are_the_ends_of_the_run(qtbot, transport, heard):
    transport.show_frame(make_frame(Phase.PAUSED, 500, 900, first=400))
    scrubber = named(transport, "Moment of the run", QSlider)
    press(qtbot, scrubber, QPoint(1, scrubber.height() // 2))
    press(qtbot, scrubber, QPoint(scrubber.width() - 2, scrubber.height() // 2))
    assert heard == [("scrubbed", 400), ("scrubbed", 900)]


def test_a_frame_does_not_tear_the_scrubber_out_of_the_hand(qtbot, transport, heard):
    transport.show_frame(make_frame(Phase.PAUSED, 200, 200))
    scrubber = named(transport, "Moment of the run", QSlider)
    middle = QPoint(scrubber.width() // 2, scrubber.height() // 2)
    qtbot.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=middle)
    held = heard[-1][1]
    transport.show_frame(make_frame(Phase.PAUSED, 7, 200))
    assert scrubber.value() == held
    qtbot.mouseMove(scrubber, middle + QPoint(60, 0))
    qtbot.mouseRelease(scrubber, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    assert heard[-1][1] > held


def test_a_run_longer_than_a_slider_can_count(qtbot, transport, heard):
    most = 5_000_000_000
    transport.show_frame(make_frame(Phase.PAUSED, 0, most))
    scrubber = named(transport, "Moment of the run", QSlider)
    press(qtbot, scrubber, QPoint(scrubber.width() // 2, scrubber.height() // 2))
    press(qtbot, scrubber, QPoint(scrubber.width() - 2, scrubber.height() // 2))
    assert heard[0][1] == pytest.approx(most / 2, rel=0.01)
    assert heard[1][1] == most


def test_arrow_keys_scrub_by_one_update(qtbot, transport, heard):
    transport.show_frame(make_frame(Phase.PAUSED, 20, 200))
    scrubber = named(transport, "Moment of the run", QSlider)
    scrubber.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(scrubber, Qt.Key.Key_Left)
    qtbot.keyClick(scrubber, Qt.Key.Key_PageUp)
    assert heard == [("scrubbed", 19), ("scrubbed", 35)]


@pytest.mark.parametrize(
    ("rate", "text"),
    [(1.0, "1 / s"), (30.0, "30 / s"), (1000.0, "1\N{THIN SPACE}000 / s"), (inf, "unlimited")],
)
def test_speed_is_written(transport, rate, text):
    transport.show_speed(rate)
    assert text in texts(transport)
    assert speed.rate(named(transport, "Speed", QSlider).value()) == rate


def test_speed_goes_from_slow_to_unlimited(qtbot, transport, heard):
    slider = named(transport, "Speed", QSlider)
    press(qtbot, slider, QPoint(slider.width() - 2, slider.height() // 2))
    press(qtbot, slider, QPoint(1, slider.height() // 2))
    assert heard == [("speed_changed", inf), ("speed_changed", 1.0)]


def test_a_typed_seed_counts_once_it_is_entered(qtbot, transport, heard):
    seed = named(transport, "Seed", QSpinBox)
    seed.setFocus()
    seed.selectAll()
    qtbot.keyClicks(seed, "4711")
    assert heard == []
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert heard == [("seed_changed", 4711)]
    assert not seed.hasFocus()  # so that Space is the window's again


def test_a_long_seed_is_not_cut(qtbot, transport):
    seed = named(transport, "Seed", QSpinBox)
    transport.show_seed(2**31 - 1)
    qtbot.wait(1)
    needed = seed.fontMetrics().horizontalAdvance(seed.text())
    assert needed <= seed.lineEdit().width() - seed.lineEdit().textMargins().left()


def test_the_dice_ask_for_a_seed(qtbot, transport, heard):
    press(qtbot, named(transport, "Another seed"))
    assert heard == [("new_seed_requested",)]


def test_repeat_turns_on_and_off(qtbot, transport, heard):
    button = named(transport, "Repeat")
    press(qtbot, button)
    press(qtbot, button)
    assert heard == [("repeat_toggled", True), ("repeat_toggled", False)]


def test_a_click_takes_no_focus(qtbot, transport):
    transport.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    transport.setFocus()
    transport.show_frame(make_frame(Phase.PAUSED, 20, 200))
    for kind in (QPushButton, QToolButton, QSlider):
        for widget in transport.findChildren(kind):
            press(qtbot, widget)
    assert transport.hasFocus()


@pytest.mark.parametrize("width", [1000, 1100, 1280, 1920])
def test_nothing_is_cut_or_covered(qtbot, transport, width):
    transport.show_frame(make_frame(Phase.PAUSED, 12345, 99999))
    transport.resize(width, transport.height())
    qtbot.wait(1)
    assert transport.width() == width
    row = sorted(
        (
            child
            for child in transport.findChildren(QToolButton)
            + transport.findChildren(QLabel)
            + transport.findChildren(QPushButton)
            + transport.findChildren(QSpinBox)
            if child.isVisible()
        ),
        key=lambda child: child.mapTo(transport, QPoint()).x(),
    )
    ends = [
        (
            child.mapTo(transport, QPoint()).x(),
            child.mapTo(transport, QPoint(child.width(), 0)).x(),
        )
        for child in row
    ]
    assert all(one[1] <= other[0] + 1 for one, other in pairwise(ends))
    assert ends[-1][1] <= width
    cut = [child for child in row if child.width() < child.minimumSizeHint().width()]
    assert [child for child in cut if not isinstance(child, QSpinBox)] == []


def test_it_fits_a_thousand_pixels(qtbot, transport):
    transport.show_frame(make_frame(Phase.PAUSED, 12345, 99999))
    transport.resize(1000, transport.height())
    qtbot.wait(1)
    assert transport.minimumSizeHint().width() <= 1000
    assert "12\N{THIN SPACE}345 of 99\N{THIN SPACE}999" in texts(transport)
    transport.resize(1280, transport.height())
    assert "update 12\N{THIN SPACE}345 of 99\N{THIN SPACE}999" in texts(transport)
