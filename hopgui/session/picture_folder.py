"""Memories as a folder of pictures, PBM or PNG, one file a memory."""

import re
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hopgui.session import atomic, pbm
from hopgui.session.provenance import Provenance
from hopgui.session.session import Memory, Picture
from hopgui.session.tables import Made

_UNSAFE = re.compile(r"[^\w ()+=-]+")
_LONGEST = 60
# Names that one system or another keeps for its devices.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)$")


class Kind(StrEnum):
    """What kind of picture file."""

    PBM = "pbm"
    PNG = "png"


def file_names(memories: tuple[Memory, ...], kind: Kind) -> list[str]:
    """Return what each memory's file is called: its number, so that the order stays, and its name.

    Whatever could not be in a file's name on some system is replaced.
    """
    digits = max(2, len(str(len(memories))))
    return [
        f"{place:0{digits}d}-{safe_name(memory.name)}.{kind}"
        for place, memory in enumerate(memories, 1)
    ]


def safe_name(name: str) -> str:
    """Return a name that every system takes for a file."""
    safe = _UNSAFE.sub("_", name).strip(" _")[:_LONGEST].strip()
    return "memory" if not safe or _DEVICES.match(safe) else safe


def picture_bytes(picture: Picture, kind: Kind, origin: Provenance) -> bytes:
    """Return a picture as a file: black is +1, a pixel a unit, its origin as a comment in it."""
    if kind is Kind.PBM:
        return pbm.text(picture, origin.text).encode("ascii", "replace")
    notes = PngInfo()
    for name, value in origin.notes:
        notes.add_text(name, value)
    buffer = BytesIO()
    Image.fromarray(np.asarray(picture) < 0).save(buffer, "PNG", pnginfo=notes)
    return buffer.getvalue()


def write_memories(
    folder: Path, memories: tuple[Memory, ...], kind: Kind, origin: Provenance
) -> Iterator[Made]:
    """Write each memory into a folder, a file a step; the folder is made if need be.

    Raises
    ------
    Refusal
        If something cannot be written; the files before it stay.
    """
    atomic.make_folder(folder)
    for place, (memory, name) in enumerate(zip(memories, file_names(memories, kind), strict=True)):
        yield Made(place, len(memories))
        atomic.write(folder / name, picture_bytes(memory.picture, kind, origin))
    yield Made(len(memories), len(memories), b"")
