"""Whether a window can be opened here, and what is missing if not."""

import ctypes
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

# The library without which Qt's X11 plugin ends the program, and the Debian package that has it.
CURSOR_LIBRARY = "libxcb-cursor.so.0"
CURSOR_PACKAGE = "libxcb-cursor0"
PATIENCE = 2.0  # seconds to wait for a display on another machine

_DISPLAY = re.compile(r"^(?:unix|(?P<host>[^:/]*))?:(?P<number>\d+)(?:\.\d+)?$")


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether a window can be opened.

    Windows and macOS always have a screen; elsewhere a display server must answer, or the person
    must have chosen another platform of Qt's.
    """
    if sys.platform in {"win32", "darwin"} or environment.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(environment) or _x11_answers(environment.get("DISPLAY", ""))


def missing_library(environment: Mapping[str, str] = os.environ) -> str | None:
    """Name the Debian package without which no window opens under X11, None if it is there."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    if _wayland_answers(environment) or _loads(CURSOR_LIBRARY):
        return None
    return CURSOR_PACKAGE


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(environment.get("XDG_RUNTIME_DIR", "/")) / name
    return _answers(socket.AF_UNIX, str(path))


def _x11_answers(display: str) -> bool:
    match = _DISPLAY.match(display)
    if match is None:
        return False
    number = int(match["number"])
    if match["host"]:
        return _answers(socket.AF_INET, (match["host"], 6000 + number))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X11 puts its sockets
    # Linux offers the same socket under an abstract name too, which begins with a zero byte.
    return _answers(socket.AF_UNIX, path) or _answers(socket.AF_UNIX, "\0" + path)


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(PATIENCE)
            probe.connect(address)
    except (OSError, OverflowError):  # a display number may be beyond any port
        return False
    return True
