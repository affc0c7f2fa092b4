"""Patterns and cues from files, of any size: what the commands without a window work on.

A pad has at most 256 units a side; these pictures may have millions.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import fitting, images, pbm
from hopgui.session.library import natural_key
from hopgui.session.session import MOST_MEMORIES, Picture

# Memories times units: a network keeps them as rows of memories and as rows of units.
MOST_IN_ALL = 300_000_000
SUFFIXES = {".pbm", ".png"}

_NUMBERED = re.compile(r"^\d+[-_ .]+(?=\S)")
_PBM = (b"P1", b"P4")
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, eq=False)
class Patterns:
    """Pictures of one size, to be stored together.

    Attributes
    ----------
    names
        What each is called; no two alike.
    units
        The pictures as rows of ±1, int8 array of shape (memories, units).
    shape
        (height, width) of each picture.
    """

    names: tuple[str, ...]
    units: NDArray[np.int8]
    shape: tuple[int, int]


def read_picture(path: Path) -> Picture:
    """Read a picture from a PBM or a PNG file; its content tells which.

    Dark is +1. A PNG of two colours is taken exactly; one of more is cut where dark and light part
    best (Otsu 1979).

    Returns
    -------
    Picture
        Units ±1, int8 array of shape (height, width).

    Raises
    ------
    Refusal
        If the file cannot be read, is damaged, is neither PBM nor PNG, or has more than 4 million
        pixels or a side longer than 8192.
    """
    start = _start_of(path)
    if start.startswith(_PBM):
        return pbm.read(path)
    if start != _PNG:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} is neither a PBM nor a PNG picture."),
            file=_called(path),
        )
    grey = images.read_grey(path)
    height, width = grey.luminance.shape
    if max(height, width) > pbm.LONGEST_SIDE or height * width > pbm.MOST_UNITS:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} is {width} × {height}: a picture may have {side} a side and {most} million "
                "in all.",
            ),
            file=_called(path),
            width=width,
            height=height,
            side=pbm.LONGEST_SIDE,
            most=pbm.MOST_UNITS // 1_000_000,
        )
    return np.where(grey.luminance < fitting.otsu(grey), 1, -1).astype(np.int8)


def read_patterns(folder: Path) -> Patterns:
    """Read every PBM and PNG picture of a folder, in natural order.

    A picture is called what its file is, without suffix and without a number that is there for the
    order alone, as in ``01-A.pbm``. Where that makes two names alike, number or suffix stay.

    Raises
    ------
    Refusal
        If the folder holds no pictures, too many, pictures of unequal sizes or too large together,
        or one that cannot be read.
    """
    files = _files(folder)
    if not files:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{folder} holds no PBM or PNG pictures."),
            folder=_called(folder),
        )
    if len(files) > MOST_MEMORIES:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{folder} holds {count} pictures: a set may have {most} at most."
            ),
            folder=_called(folder),
            count=len(files),
            most=MOST_MEMORIES,
        )
    first = read_picture(files[0])
    if len(files) * first.size > MOST_IN_ALL:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{count} pictures of {width} × {height} are too large together: they may have "
                "{most} million units in all.",
            ),
            count=len(files),
            width=first.shape[1],
            height=first.shape[0],
            most=MOST_IN_ALL // 1_000_000,
        )
    units = np.empty((len(files), first.size), np.int8)
    units[0] = first.ravel()
    for place, file in enumerate(files[1:], 1):
        units[place] = read_like(file, first.shape, _called(files[0])).ravel()
    return Patterns(_names(files), units, (first.shape[0], first.shape[1]))


def read_like(path: Path, shape: tuple[int, ...], other: str) -> Picture:
    """Read a picture that must have the size of another one.

    Raises
    ------
    Refusal
        If it has another size, or cannot be read.
    """
    picture = read_picture(path)
    if picture.shape != shape:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{file} is {width} × {height}, but {other} is {wide} × {high}."
            ),
            file=_called(path),
            width=picture.shape[1],
            height=picture.shape[0],
            other=other,
            wide=shape[1],
            high=shape[0],
        )
    return picture


def _start_of(path: Path) -> bytes:
    try:
        # A pipe would be waited for, and a device may never end.
        if path.exists() and not path.is_file():
            raise Refusal(QT_TRANSLATE_NOOP("Refusal", "{file} is not a file."), file=_called(path))
        with path.open("rb") as file:
            return file.read(len(_PNG))
    except (OSError, ValueError) as error:
        if isinstance(error, Refusal):
            raise
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be read: {reason}."),
            file=_called(path),
            reason=getattr(error, "strerror", None) or error,
        ) from error


def _files(folder: Path) -> list[Path]:
    try:
        # Some systems leave files beside others' whose names start with a dot.
        files = [
            entry
            for entry in folder.iterdir()
            if entry.suffix.lower() in SUFFIXES and not entry.name.startswith(".")
        ]
    except (OSError, ValueError) as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{folder} could not be read: {reason}."),
            folder=_called(folder),
            reason=getattr(error, "strerror", None) or error,
        ) from error
    return sorted(files, key=lambda file: natural_key(file.name))


def _names(files: list[Path]) -> tuple[str, ...]:
    """Name the pictures as shortly as can be without two names alike."""
    choices = [
        [_shown(text) for text in (_NUMBERED.sub("", file.stem), file.stem, file.name)]
        for file in files
    ]
    names = [choice.pop(0) for choice in choices]
    while (twice := {name for name, times in Counter(names).items() if times > 1}) and any(choices):
        for place, choice in enumerate(choices):
            if names[place] in twice and choice:
                names[place] = choice.pop(0)
    return tuple(names)


def _called(path: Path) -> str:
    return _shown(path.name or str(path))


def _shown(name: str) -> str:
    """Return a file's name as text that can be printed, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
