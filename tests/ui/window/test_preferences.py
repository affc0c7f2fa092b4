"""What is remembered of how a person likes the window, and what of it is believed."""

from math import inf

import pytest
from PySide6.QtCore import QByteArray, QSettings

from hopgui.ui.window.preferences import FIRST_PAUSE, FIRST_SPEED, Preferences


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept.ini"


@pytest.fixture
def reopen(file):
    def read():
        settings = QSettings(str(file), QSettings.Format.IniFormat)
        return Preferences(settings)

    return read


def test_the_first_start(reopen):
    kept = reopen()
    assert (kept.theme, kept.speed, kept.pause) == ("system", FIRST_SPEED, FIRST_PAUSE)
    assert kept.geometry.isEmpty()
    assert kept.layout.isEmpty()


@pytest.mark.parametrize("speed", [1.0, 60.0, inf])
def test_what_is_kept_is_found_again(reopen, speed):
    kept = reopen()
    kept.theme, kept.speed, kept.pause = "dark", speed, 0.0
    kept.geometry, kept.layout = QByteArray(b"\x01\x00g"), QByteArray(b"\xffl")
    kept._settings.sync()
    again = reopen()
    assert (again.theme, again.speed, again.pause) == ("dark", speed, 0.0)
    assert again.geometry == QByteArray(b"\x01\x00g")
    assert again.layout == QByteArray(b"\xffl")


@pytest.mark.parametrize(
    "text", ["", "fast", "nan", "-1", "0.5", "1, 2", "@Invalid()", "@ByteArray(x)"]
)
def test_a_damaged_speed_or_pause_is_the_first_one(reopen, file, text):
    file.write_text(f"[General]\nspeed={text}\npause={text.replace('0.5', '99')}\n")
    kept = reopen()
    assert kept.speed == FIRST_SPEED
    assert kept.pause == FIRST_PAUSE


@pytest.mark.parametrize("text", ["rubbish", "1, 2", "@Invalid()", "@Rect(1 2 3 4)"])
def test_a_damaged_layout_is_no_layout(reopen, file, text):
    file.write_text(f"[General]\ngeometry={text}\nlayout={text}\n")
    kept = reopen()
    assert kept.geometry.isEmpty()
    assert kept.layout.isEmpty()


def test_a_file_of_noise_is_the_first_start(reopen, file):
    file.write_bytes(bytes(range(256)) * 4)
    kept = reopen()
    assert kept.theme == "system"
    assert kept.speed == FIRST_SPEED
