"""Files that are dropped or pasted."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_files(data: QMimeData) -> list[Path]:
    """Return the files of this machine that a drag or the clipboard brings."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
