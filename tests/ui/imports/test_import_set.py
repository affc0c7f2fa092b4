"""A set on its way in: which are taken, what they would be together, and onto which grid."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QPushButton

from hopgui.session import edits
from hopgui.session.fitting import Fit, fitted, inked
from hopgui.session.images import NamedPicture
from hopgui.session.reading import grey_of
from hopgui.session.session import MOST_MEMORIES, Grid, blank_session
from hopgui.ui.imports.dialog import Destination, ImportDialog
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.parts.progress_dialog import ProgressDialog

GRID = Grid(7, 6)
RNG = np.random.default_rng(8)
PICTURES = RNG.choice(np.array([-1, 1], np.int8), (4, 6, 7))
NAMED = [NamedPicture(name, grey_of(each)) for name, each in zip("KLMN", PICTURES, strict=True)]


@pytest.fixture
def import_of(qtbot):
    def show(pictures=NAMED, grid=GRID, session=None, theme=LIGHT):
        session = session or blank_session(grid)
        dialog = ImportDialog(pictures, grid, theme, session.patterns, session=session)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def press(qtbot, dialog, text):
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def toggle(qtbot, dialog, row):
    """Click the box of a row."""
    listed = dialog.findChild(QListWidget)
    box = listed.visualItemRect(listed.item(row))
    qtbot.mouseClick(
        listed.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(box.left() + 8, box.center().y()),
    )


def compared(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._soon.isActive())
    return dialog._set


def test_more_than_the_gallery_has_room_for_cannot_be_stored(qtbot, import_of):
    picture = PICTURES[0]
    memories = [(f"m{number}", picture) for number in range(MOST_MEMORIES - 3)]
    session = edits.store_all(blank_session(GRID), memories)
    dialog = import_of(session=session)
    assert dialog._store.text() == "There is room for 3"
    assert not dialog._store.isEnabled()
    toggle(qtbot, dialog, 1)
    assert dialog._store.text() == "Store 3 memories"
    assert dialog._store.isEnabled()


def test_only_those_that_are_ticked_are_taken(qtbot, import_of):
    dialog = import_of()
    assert [name for name, _ in dialog.pictures()] == list("KLMN")
    listed = dialog.findChild(QListWidget)
    listed.setCurrentRow(1)
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert [name for name, _ in dialog.pictures()] == list("KMN")
    assert any(b.text() == "Store 3 memories" for b in dialog.findChildren(QPushButton))
    press(qtbot, dialog, "None")
    assert dialog.pictures() == []
    assert not dialog._store.isEnabled()
    press(qtbot, dialog, "All")
    toggle(qtbot, dialog, 2)
    assert [name for name, _ in dialog.pictures()] == list("KLN")
    for (name, units), place in zip(dialog.pictures(), (0, 1, 3), strict=True):
        assert name == "KLMN"[place]
        assert np.array_equal(units, PICTURES[place])


def test_the_overlaps_that_the_set_would_have_are_shown(qtbot, import_of):
    dialog = import_of()
    card = compared(qtbot, dialog)
    flat = PICTURES.reshape(4, -1).astype(int)
    overlaps = flat @ flat.T / 42
    apart = np.abs(overlaps) - 2 * np.eye(4)
    one, other = divmod(int(apart.argmax()), 4)
    assert np.allclose(card._facts.overlaps, overlaps)
    sign = "+" if overlaps[one, other] > 0 else "−"
    expected = f"largest {sign}{abs(overlaps[one, other]):.2f}: {'KLMN'[one]} and {'KLMN'[other]}"
    assert card.text == expected
    assert card.load.load == pytest.approx(4 / 42)
    for row in (one, other):
        toggle(qtbot, dialog, row)
    card = compared(qtbot, dialog)
    rest = [row for row in range(4) if row not in {one, other}]
    assert np.allclose(card._facts.overlaps, overlaps[np.ix_(rest, rest)])


def test_the_pointer_names_a_pair(qtbot, import_of):
    card = compared(qtbot, import_of())
    card._map.pointed.emit(0, 3)
    overlap = PICTURES[0].ravel().astype(int) @ PICTURES[3].ravel() / 42
    assert card.text == f"K and N: {'+' if overlap > 0 else '−'}{abs(overlap):.2f}"
    card._map.pointed.emit(-1, -1)
    assert card.text.startswith("largest")


def test_memories_that_stay_are_part_of_the_set(qtbot, import_of):
    session = edits.store(blank_session(Grid(7, 6)), PICTURES[2], "old")
    card = compared(qtbot, import_of(session=session))
    assert card._facts.overlaps.shape == (5, 5)
    assert card.text == "largest +1.00: old and M"
    assert card.load.load == pytest.approx(5 / 42)


def test_a_set_beyond_capacity_says_so(qtbot, import_of):
    many = [NAMED[n % 4] for n in range(12)]
    card = compared(qtbot, import_of(many))
    assert card.load.beyond
    assert "beyond capacity" in card.load.texts()[2]
    assert not compared(qtbot, import_of()).load.beyond


def test_pictures_of_another_size_can_open_a_document_of_theirs(qtbot, import_of):
    dialog = import_of(grid=Grid(10, 10))
    grids = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Grid")
    assert grids.isVisible()
    qtbot.keyClick(grids, Qt.Key.Key_Down)
    assert dialog.grid() == Grid(7, 6)
    assert dialog.destination is Destination.DOCUMENT
    assert all(np.array_equal(u, p) for (_, u), p in zip(dialog.pictures(), PICTURES, strict=True))
    assert compared(qtbot, dialog).load.load == pytest.approx(4 / 42)
    press(qtbot, dialog, "Open with 4 memories")
    assert dialog.result()
    same = import_of(grid=Grid(7, 6))
    grids = next(b for b in same.findChildren(QComboBox) if b.accessibleName() == "Grid")
    assert not grids.isVisible(), "there is nothing to choose"


def test_one_picture_of_another_size_does_not_go_on_the_pad_with_it(qtbot, import_of):
    dialog = import_of(NAMED[:1], grid=Grid(10, 10))
    pad = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Put on the pad")
    assert pad.isEnabled()
    grids = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Grid")
    qtbot.keyClick(grids, Qt.Key.Key_Down)
    assert not pad.isEnabled()


def test_greys_can_become_patterns(qtbot, import_of):
    ramp = np.tile(np.linspace(0, 255, 32).astype(np.uint8), (32, 1))
    grey = NamedPicture("ramp", type(NAMED[0].grey)(ramp))
    dialog = import_of([grey], grid=Grid(32, 32))
    plain = dialog.pictures()[0][1]
    box = next(b for b in dialog.findChildren(QCheckBox) if b.text().startswith("Greys"))
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() / 4)
    threshold = dialog._thresholds[0]
    expected = inked(fitted(grey.grey, (32, 32), Fit.CONTAIN), threshold, invert=False, dither=True)
    assert np.array_equal(dialog.pictures()[0][1], expected)
    assert not np.array_equal(plain, expected)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_heat_map_wears_the_theme(qtbot, import_of, theme):
    dialog = import_of(theme=theme)
    card = compared(qtbot, dialog)
    image = card._map.grab().toImage()
    assert image.pixelColor(4, 4).name().upper() == theme.memories[1], "its diagonal is 1"


def test_a_thousand_pictures_are_compared_and_listed(qtbot, import_of):
    many = [
        NamedPicture(str(n), grey_of(RNG.choice(np.array([-1, 1], np.int8), (64, 64))))
        for n in range(1000)
    ]
    dialog = import_of(many, grid=Grid(64, 64))
    card = compared(qtbot, dialog)
    assert card._facts.overlaps.shape[0] > 400
    assert len(dialog.pictures()) == 1000
    assert card.load.load == pytest.approx(1000 / 4096)


def test_progress_is_seen_only_when_it_takes_a_while(qtbot):
    quick, slow = ProgressDialog("Reading"), ProgressDialog("Reading")
    for dialog in (quick, slow):
        qtbot.addWidget(dialog)
        dialog.show_progress(3, 12)
    quick.accept()
    assert not quick.isVisible()
    qtbot.waitUntil(slow.isVisible)
    assert not quick.isVisible()
    with qtbot.waitSignal(slow.rejected):
        press(qtbot, slow, "Cancel")
    assert not slow.isVisible()
