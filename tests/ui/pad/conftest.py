"""A blank pad, and what it says."""

import pytest
from pads import Hearing, blank

from hopgui.ui.pad.pad import PadView


@pytest.fixture
def pad(qtbot):
    view = PadView()
    view.resize(400, 400)
    qtbot.addWidget(view)
    view.show_frame(blank(10, 10))
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


@pytest.fixture
def heard(pad):
    return Hearing(pad)
