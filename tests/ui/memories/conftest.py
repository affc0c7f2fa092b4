"""A gallery of four memories."""

import pytest
from galleries import ENERGIES, MEMORIES, STABLE, view_of
from PySide6.QtWidgets import QMainWindow

from hopgui.ui.memories.gallery import Gallery


@pytest.fixture
def gallery(qtbot):
    widget = Gallery()
    widget.resize(260, 620)
    qtbot.addWidget(widget)
    widget.show_memories(MEMORIES, ENERGIES, STABLE)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def window(gallery, qtbot):
    window = QMainWindow()
    window.setCentralWidget(gallery)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    view_of(gallery).setFocus()
    return window
