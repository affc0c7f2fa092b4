"""Rows of the gallery dragged, files dropped on it, and a memory copied out of it."""

from pathlib import Path

import numpy as np
import pytest
from galleries import LEFT, click, middle, view_of
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from hopgui.session import pbm
from hopgui.ui.memories.gallery import Gallery


def drop(target, position, data):
    action = Qt.DropAction.CopyAction if data.hasUrls() else Qt.DropAction.MoveAction
    options = (action, data, LEFT)
    enter = QDragEnterEvent(position, *options, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, enter)
    event = QDropEvent(QPointF(position), *options, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


@pytest.mark.parametrize(
    ("start", "row", "down", "expected"),
    [(0, 2, 0.9, [0, 2]), (0, 2, 0.1, [0, 1]), (3, 0, 0.1, [3, 0]), (3, 0, 0.9, [3, 1])],
)
def test_a_row_dropped_in_a_gap_moves_there(gallery, qtbot, start, row, down, expected):
    click(qtbot, gallery, start)
    view = view_of(gallery)
    data = view.model().mimeData([])
    with qtbot.waitSignal(gallery.move_requested) as moved:
        assert drop(view.viewport(), middle(gallery, row, down), data)
    assert moved.args == expected


@pytest.mark.parametrize("down", [0.1, 0.9])
def test_a_row_dropped_where_it_was_stays(gallery, qtbot, down):
    click(qtbot, gallery, 1)
    view = view_of(gallery)
    with qtbot.assertNotEmitted(gallery.move_requested):
        drop(view.viewport(), middle(gallery, 1, down), view.model().mimeData([]))


def test_a_row_of_another_list_is_no_move(gallery, qtbot):
    other = Gallery()
    qtbot.addWidget(other)
    click(qtbot, gallery, 1)
    with qtbot.assertNotEmitted(gallery.move_requested):
        drop(
            view_of(gallery).viewport(),
            middle(gallery, 3),
            view_of(other).model().mimeData([]),
        )


@pytest.mark.parametrize("filled", [True, False])
def test_files_can_be_dropped_anywhere_on_the_gallery(gallery, qtbot, filled):
    if not filled:
        gallery.show_memories((), None, None)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/some/a b.png"), QUrl("https://example.org/c.png")])
    targets = [gallery, view_of(gallery).viewport()] if filled else [gallery]
    for target in targets:
        with qtbot.waitSignal(gallery.files_dropped) as dropped:
            drop(target, QPoint(60, 60), data)
        assert dropped.args == [[Path("/some/a b.png")]]


def test_what_is_no_file_is_not_taken(gallery, qtbot):
    data = QMimeData()
    data.setText("hello")
    with qtbot.assertNotEmitted(gallery.files_dropped):
        drop(gallery, QPoint(5, 5), data)


def black(image):
    """Which of ten by ten places of a picture are black."""
    step = image.width() / 10
    return np.array(
        [
            [
                image.pixelColor(int((x + 0.5) * step), int((y + 0.5) * step)).black() > 128
                for x in range(10)
            ]
            for y in range(10)
        ]
    )


def test_a_row_that_is_dragged_is_a_picture_to_others(gallery):
    view = view_of(gallery)
    rows = [view.model().index(row) for row in (2, 0)]
    data = view.model().mimeData(rows)
    pictures = [view.model().memories[row].picture for row in (0, 2)]
    assert np.array_equal(
        black(data.imageData().convertToFormat(QImage.Format.Format_RGB32)), pictures[0] > 0
    )
    first, second = data.text().split("P1")[1:]
    for text, picture in ((first, pictures[0]), (second, pictures[1])):
        assert np.array_equal(pbm.parse(f"P1{text}".encode(), "dragged"), picture)


def test_a_memory_is_copied_from_the_menu(gallery, qtbot, qapp):
    click(qtbot, gallery, 1)
    menu = view_of(gallery).menu()
    copy = next(action for action in menu.actions() if action.text() == "Copy as a picture")
    copy.trigger()
    image = qapp.clipboard().image().convertToFormat(QImage.Format.Format_RGB32)
    assert np.array_equal(black(image), view_of(gallery).model().memories[1].picture > 0)
    qapp.clipboard().clear()
    menu.deleteLater()
