"""The card of four letters."""

import pytest
from cards import LETTERS

from hopgui.ui.verdict.status_card import StatusCard


@pytest.fixture
def card(qtbot):
    widget = StatusCard()
    qtbot.addWidget(widget)
    widget.resize(380, 260)
    widget.show_memories(LETTERS)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget
