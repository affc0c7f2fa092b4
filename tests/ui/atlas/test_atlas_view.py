"""The atlas by mouse and key: what it asks for, and what it shows of what was found."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from hopgui.model.attractors import Attractor
from hopgui.model.census import Census
from hopgui.model.enumeration import Enumeration
from hopgui.model.starts import StartKind
from hopgui.model.verdict import Kind, Verdict
from hopgui.session.session import Grid, Memory, blank_session, frozen
from hopgui.ui.atlas.attractor_list import Order
from hopgui.ui.atlas.view import AtlasView
from hopgui.ui.look.numbers import percent
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.verdict.kind_bar import KindBar

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
K = Kind
GRID = Grid(5, 4)


def picture(seed):
    return frozen(np.random.default_rng(seed).choice(np.array([-1, 1], np.int8), GRID.shape))


SESSION = replace(
    blank_session(GRID),
    memories=tuple(Memory(name, picture(seed), seed) for seed, name in enumerate("ACJ")),
)


def attractor(seed, energy, kind, *members):
    return Attractor(picture(seed).ravel(), energy, Verdict(kind, members, 1.0), minimum=True)


FOUND = (
    attractor(0, -40.0, K.MEMORY, (1, 0)),
    attractor(11, -30.5, K.MIXTURE, (1, 0), (1, 1), (-1, 2)),
    attractor(12, -40.0, K.INVERSE, (-1, 1)),
    attractor(13, -10.0, K.OTHER),
)
HITS = np.array([20, 50, 20, 10])
COUNTS = {K.MEMORY: 20, K.MIXTURE: 50, K.INVERSE: 20, K.OTHER: 10}
NAMES = ["A", "+ A + C − J", "Inverse of C", "Close to no memory"]


def snapshot(count=4, done=100, unkept=0):
    return Census(FOUND[:count], HITS[:count], COUNTS, done, 200, unkept)


@pytest.fixture
def atlas(qtbot):
    made = AtlasView()
    qtbot.addWidget(made)
    made.resize(340, 800)
    made.show()
    qtbot.waitExposed(made)
    made.controls.show_units(GRID.units)
    made.begin(SESSION)
    return made


@pytest.fixture
def full(atlas):
    atlas.show_census(snapshot())
    atlas.settle()
    return atlas


def names(atlas):
    model = atlas.view.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def button(atlas, text):
    return next(each for each in atlas.findChildren(QPushButton) if each.text() == text)


def choose(qtbot, box, word):
    row = box.findText(word)
    box.setFocus()
    while box.currentIndex() != row:
        down = box.currentIndex() < row
        qtbot.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def box(atlas, name):
    return next(each for each in atlas.findChildren(ChoiceBox) if each.accessibleName() == name)


def click(qtbot, atlas, row, modifier=PLAIN):
    rect = atlas.view.visualRect(atlas.view.model().index(row))
    qtbot.mouseClick(atlas.view.viewport(), LEFT, modifier, rect.center())


def texts(atlas):
    labels = [each for each in atlas.findChildren(QLabel) if each.isVisible()]
    return [each.whole if isinstance(each, ElidedLabel) else each.text() for each in labels]


def test_an_empty_atlas_says_what_to_do(atlas):
    assert any("Let some thousands go" in text for text in texts(atlas))
    assert not button(atlas, "Store").isEnabled()
    assert not button(atlas, "Export…").isEnabled()


@pytest.mark.parametrize(
    ("word", "kind", "has_percent"),
    [
        ("From random states", StartKind.RANDOM, False),
        ("From damaged memories", StartKind.DAMAGED, True),
        ("From around the pad", StartKind.AROUND, True),
    ],
)
def test_where_falls_begin_is_chosen(qtbot, atlas, word, kind, has_percent):
    choose(qtbot, box(atlas, "Where the falls begin"), word)
    assert atlas.controls.kind is kind
    assert atlas.controls._percent.isVisible() == has_percent
    with qtbot.waitSignal(atlas.controls.census_begun):
        qtbot.mouseClick(atlas.controls.strip.begin_button, LEFT)


def test_how_many_falls_is_chosen(qtbot, atlas):
    assert atlas.controls.falls == 10_000
    choose(qtbot, box(atlas, "How many falls"), "1\u2009000 falls")
    assert atlas.controls.falls == 1000


@pytest.mark.parametrize(
    ("free", "words"), [(9, "512 states"), (16, "65\u2009536 states"), (25, "2²⁵ states")]
)
def test_all_states_of_a_small_grid_are_offered(qtbot, atlas, free, words):
    atlas.controls.show_units(free)
    offered = button(atlas, f"Go through all {words}")
    with qtbot.waitSignal(atlas.controls.enumeration_begun):
        qtbot.mouseClick(offered, LEFT)


def test_all_states_of_a_large_grid_are_not(atlas):
    atlas.controls.show_units(31)
    assert not atlas.controls._all.isVisible()


def test_attractors_are_named_and_sorted(qtbot, full):
    assert names(full) == [NAMES[1], NAMES[0], NAMES[2], NAMES[3]]
    choose(qtbot, box(full, "Sort the attractors"), "Lowest energy first")
    assert names(full) == [NAMES[0], NAMES[2], NAMES[1], NAMES[3]]
    choose(qtbot, box(full, "Sort the attractors"), "By kind")
    assert names(full) == [NAMES[0], NAMES[2], NAMES[1], NAMES[3]]
    choose(qtbot, box(full, "Show only one kind"), "mixtures")
    assert names(full) == [NAMES[1]]


def test_a_row_tells_all_that_is_known(full):
    tip = full.view.model().index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "+ A + C − J · E = −30.5 · 50 hits · 50 % · exact"


def test_a_click_and_a_key_look_at_an_attractor(qtbot, full):
    looked = []
    full.looked_at.connect(looked.append)
    click(qtbot, full, 2)
    assert looked == [2]
    qtbot.keyClick(full.view, Qt.Key.Key_Down)
    assert looked == [2, 3]
    qtbot.keyClick(full.view, Qt.Key.Key_Home)
    qtbot.keyClick(full.view, Qt.Key.Key_Return)
    assert looked == [2, 3, 1, 1]


def test_buttons_act_on_what_is_chosen(qtbot, full):
    click(qtbot, full, 0)
    with qtbot.waitSignal(full.cue_requested) as cue:
        qtbot.mouseClick(button(full, "Set as cue"), LEFT)
    assert cue.args == [1]
    click(qtbot, full, 1, Qt.KeyboardModifier.ControlModifier)
    assert not button(full, "Set as cue").isEnabled()
    for text, signal in (("Store", full.store_requested), ("Unlearn", full.unlearn_requested)):
        with qtbot.waitSignal(signal) as heard:
            qtbot.mouseClick(button(full, text), LEFT)
        assert heard.args == [[1, 0]]


def test_what_is_chosen_stays_chosen_while_more_is_found(qtbot, atlas):
    atlas.show_census(snapshot(2))
    atlas.settle()
    click(qtbot, atlas, 0)
    assert atlas.chosen() == [1]
    atlas.show_census(Census(FOUND, np.array([90, 50, 20, 10]), COUNTS, 170, 200, 0))
    atlas.settle()
    assert names(atlas)[0] == "A"
    assert atlas.chosen() == [1]


def test_a_stream_of_snapshots_does_not_make_the_list_jump(qtbot, atlas):
    resets = []
    atlas.view.model().modelReset.connect(lambda: resets.append(1))
    for done in range(1, 41):
        atlas.show_census(snapshot(1 + done // 14, done))
    assert len(resets) <= 1
    qtbot.waitUntil(lambda: len(names(atlas)) == 3)


def test_the_bar_tells_shares(full):
    (bar,) = full.findChildren(KindBar)
    assert bar.legend() == ["memories 20 %", "inverses 20 %", "mixtures 50 %", "others 10 %"]
    full.show_census(replace(snapshot(), counts={K.MEMORY: 9999, K.CYCLE: 1}))
    assert bar.legend() == [
        "memories 100 %",
        "inverses 0 %",
        "mixtures 0 %",
        "others 0 %",
        "cycles 0.0 %",
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_bar_is_divided_in_proportion(full, theme):
    full.show_theme(theme)
    (bar,) = full.findChildren(KindBar)
    image = bar.grab().toImage()
    middle = 5
    line = [image.pixelColor(x, middle).name() for x in range(image.width())]
    for colour, share in ((theme.act.lower(), 0.2), (theme.text.lower(), 0.5)):
        assert line.count(colour) == pytest.approx(share * image.width(), abs=3)


def test_an_exact_list_tells_numbers(atlas):
    counts = {K.MEMORY: 3, K.OTHER: 12}
    atlas.show_enumeration(Enumeration(FOUND, counts, 15, 9, 4, 2**20, 2**20, 0))
    atlas.settle()
    (bar,) = atlas.findChildren(KindBar)
    assert bar.legend() == ["memories 3", "inverses 0", "mixtures 0", "others 12"]
    assert "9 local minima · 4 states on two-state cycles" in texts(atlas)
    assert "15 attractors" in texts(atlas)
    assert "hits" not in atlas.view.model().index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_what_is_not_kept_is_said(atlas):
    atlas.show_census(snapshot(unkept=77))
    assert any("77 are counted, not shown" in text for text in texts(atlas))


def test_a_new_search_forgets_the_old(full):
    full.begin(SESSION)
    assert names(full) == []
    assert any("Let some thousands go" in text for text in texts(full))


def test_letters_and_space_are_left_to_the_window(qtbot, full):
    heard = []
    full.keyPressEvent = lambda event: heard.append(event.key())
    full.view.setFocus()
    qtbot.keyClick(full.view, Qt.Key.Key_M)
    qtbot.keyClick(full.view, Qt.Key.Key_Space)
    assert heard == [Qt.Key.Key_M, Qt.Key.Key_Space]


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0"), (0.5, "50"), (0.004, "0.4"), (1e-5, "0.0"), (1, "100")]
)
def test_shares_in_percent(share, text):
    assert percent(share) == text


def test_no_word_is_cut_in_a_narrow_dock(qtbot, full):
    full.resize(full.minimumSizeHint().width(), 700)
    qtbot.wait(20)
    for each in full.findChildren(QPushButton):
        if each.isVisible():
            room = each.fontMetrics().horizontalAdvance(each.text())
            assert each.width() >= room + 8, each.text()


def test_every_order_has_its_words(full):
    assert box(full, "Sort the attractors").count() == len(Order)
    assert full.view.viewport().rect().contains(QPoint(1, 1))


def test_an_enumeration_says_what_it_counts_but_does_not_show(atlas):
    counts = dict.fromkeys(K, 0)
    atlas.show_enumeration(
        Enumeration(FOUND, counts, 41000, 41000, cycles=0, done=9, total=9, unkept=40996)
    )
    assert "local minima" in atlas._note.whole
    assert "are counted, not shown" in atlas._note.whole
