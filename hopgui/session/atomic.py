"""Files written whole or not at all."""

import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal


def write(path: Path, content: bytes) -> None:
    """Write a file so that at every moment the old one or the new one is there, whole.

    A pipe or a device is written to as it is.

    Raises
    ------
    Refusal
        If the file cannot be written; one that was there before is then as it was.
    """
    with filling(path) as file:
        file.write(content)


def make_folder(folder: Path) -> None:
    """Make a folder to write into, and those around it; one that is there is left as it is.

    Raises
    ------
    Refusal
        If it cannot be made, or something else has its name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "The folder {folder} could not be made: {reason}."),
            folder=folder.name or folder,
            reason=error.strerror or error,
        ) from error


@contextmanager
def growing(path: Path) -> Iterator[TextIO]:
    """Open a file for text that takes its name only when all is written; else as `write`."""
    with filling(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True)
        yield text
        text.detach()


@contextmanager
def filling(path: Path) -> Iterator[BinaryIO]:
    """Open a file for bytes that takes its name only when all is written; else as `write`."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            # So that a link goes on pointing to its file.
            with _draft(Path(os.path.realpath(path))) as file:
                yield file
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be written: {reason}."),
            file=path.name or path,
            reason=error.strerror or error,
        ) from error


@contextmanager
def _draft(target: Path) -> Iterator[BinaryIO]:
    # The draft lies in the same folder: a file is renamed in one step only within one file system.
    draft = target.with_name(f".hopgui-{secrets.token_hex(6)}.tmp")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        _keep_name(target.parent)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _keep_name(folder: Path) -> None:
    """Have the new name outlast a power cut, where a folder can be asked for that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
