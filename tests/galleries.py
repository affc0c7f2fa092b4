"""Memories for a gallery, and hands that click its rows and press its keys."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from hopgui.session.session import Memory, frozen
from hopgui.ui.memories.memory_view import MemoryView

LEFT = Qt.MouseButton.LeftButton


def memory(name, seed=0, side=10):
    units = np.where(np.random.default_rng(seed).random((side, side)) < 0.5, 1, -1)
    return Memory(name, frozen(units.astype(np.int8)), seed)


MEMORIES = tuple(memory(name, seed) for seed, name in enumerate("ACHY"))
ENERGIES = np.array([-2557.0, -2533.0, -2557.25, 12.0])
STABLE = np.array([True, False, True, True])


def view_of(gallery):
    return gallery.findChild(MemoryView)


def middle(gallery, row, down=0.5):
    view = view_of(gallery)
    rect = view.visualRect(view.model().index(row))
    return QPoint(rect.center().x(), rect.top() + round(rect.height() * down))


def click(qtbot, gallery, row, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(view_of(gallery).viewport(), LEFT, modifier, middle(gallery, row))


def editor_of(gallery):
    return gallery.findChild(QLineEdit)


def key(qtbot, gallery, code, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view_of(gallery), code, modifier)
