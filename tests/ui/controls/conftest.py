"""The controls of one session, and what they say."""

import pytest
from controlling import SESSION

from hopgui.ui.controls.controls import Controls


@pytest.fixture
def controls(qtbot):
    widget = Controls()
    qtbot.addWidget(widget)
    widget.resize(300, 2400)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_session(SESSION)
    return widget


@pytest.fixture
def heard(controls):
    said = []
    for signal in (
        controls.rule_changed,
        controls.energy_changed,
        controls.dynamics_changed,
        controls.conventions_changed,
        controls.trouble_changed,
        controls.repeat_pause_changed,
    ):
        signal.connect(said.append)
    return said
