"""What the window remembers of how a person likes it; nothing of the document."""

import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FIRST_SPEED = 60.0
FIRST_PAUSE = 1.5
MOST_RECENT = 8


class Preferences:
    """Theme, speed, repeat's pause, recent files, and where window and docks stand.

    What is read is checked: a damaged file gives the first start's values.

    Parameters
    ----------
    settings
        Where they are kept.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return str(self._settings.value("theme", "system"))

    @theme.setter
    def theme(self, choice: str) -> None:
        self._settings.setValue("theme", choice)

    @property
    def speed(self) -> float:
        """Updates per second, infinity for unlimited."""
        kept = self._number("speed", FIRST_SPEED)
        return kept if kept >= 1 else FIRST_SPEED

    @speed.setter
    def speed(self, updates_per_second: float) -> None:
        self._settings.setValue("speed", str(updates_per_second))

    @property
    def pause(self) -> float:
        """Seconds that a repeat rests on a settled state, 0 … 10."""
        kept = self._number("pause", FIRST_PAUSE)
        return kept if 0 <= kept <= 10 else FIRST_PAUSE

    @pause.setter
    def pause(self, seconds: float) -> None:
        self._settings.setValue("pause", str(seconds))

    @property
    def recent(self) -> list[Path]:
        """The session files used last, the very last one first."""
        kept = self._settings.value("recent", [])
        names = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [Path(name) for name in names if isinstance(name, str) and name][:MOST_RECENT]

    @recent.setter
    def recent(self, files: Sequence[Path]) -> None:
        self._settings.setValue("recent", [str(file) for file in files[:MOST_RECENT]])

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty at the first start."""
        return self._bytes("geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    @property
    def layout(self) -> QByteArray:
        """Where the docks stood; empty at the first start."""
        return self._bytes("layout")

    @layout.setter
    def layout(self, layout: QByteArray) -> None:
        self._settings.setValue("layout", layout)

    def _number(self, name: str, first: float) -> float:
        try:
            kept = float(str(self._settings.value(name, first)))
        except ValueError:
            return first
        return first if math.isnan(kept) else kept

    def _bytes(self, name: str) -> QByteArray:
        kept = self._settings.value(name)
        return kept if isinstance(kept, QByteArray) else QByteArray()
