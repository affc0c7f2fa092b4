"""Pattern files: portable bitmaps, plain (P1) and raw (P4). A 1, black, is the unit +1.

Nothing a file says is believed before it is checked: sizes before memory is taken, lengths before
bytes are read.
"""

import re
import textwrap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import atomic
from hopgui.session.session import Picture, frozen

LONGEST_SIDE = 8192
MOST_UNITS = 4_000_000
MOST_BYTES = 32 * 2**20
LINE = 70  # the longest line that the format allows in its plain variant

_SPACE = rb"[ \t\n\v\f\r]"
_GAP = rb"(?:" + _SPACE + rb"|#[^\n\r]*[\n\r])+"
_SIZE = re.compile(rb"P[14]" + _GAP + rb"0*([0-9]{1,18})" + _GAP + rb"0*([0-9]{1,18})(?![0-9])")
_END_OF_HEADER = re.compile(rb"(?:#[^\n\r]*)?" + _SPACE)
_COMMENT = re.compile(rb"#[^\n\r]*")
_WHITE = b" \t\n\v\f\r"


def read(path: Path) -> Picture:
    """Read a picture from a PBM file.

    Returns
    -------
    Picture
        Units ±1, int8 array of shape (height, width), read-only; black is +1.

    Raises
    ------
    Refusal
        If the file cannot be read or is no sound PBM picture.
    """
    name = path.name
    try:
        data = _bytes_of(path)
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be read: {reason}."),
            file=name,
            reason=error.strerror or error,
        ) from error
    if len(data) > MOST_BYTES:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} is too large: a PBM file may have {most} MB."),
            file=name,
            most=MOST_BYTES // 2**20,
        )
    return parse(data, name)


def _bytes_of(path: Path) -> bytes:
    # Not every name is a file: a pipe would be waited for, and a device may never end.
    if not path.is_file():
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be read: there is no such file."),
            file=path.name,
        )
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def parse(
    data: bytes, name: str, *, longest_side: int = LONGEST_SIDE, most_units: int = MOST_UNITS
) -> Picture:
    """Return the picture in the bytes of a PBM file.

    Parameters
    ----------
    data
        The whole file.
    name
        What to call it in a refusal.
    longest_side, most_units
        How large the picture may be.

    Returns
    -------
    Picture
        Units ±1, int8 array of shape (height, width), read-only; black is +1.

    Raises
    ------
    Refusal
        If the bytes are no sound PBM picture of 1 … `longest_side` units a side and at most
        `most_units` in all.
    """
    if data[:2] not in {b"P1", b"P4"}:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{file} is no PBM picture: such a file starts with P1 or P4."
            ),
            file=name,
        )
    width, height, end = _size(data, name, longest_side, most_units)
    bits = (_plain if data[:2] == b"P1" else _raw)(data, end, (height, width), name)
    return frozen(np.where(bits, np.int8(1), np.int8(-1)))


def _size(data: bytes, name: str, longest_side: int, most_units: int) -> tuple[int, int, int]:
    """Return width, height and where the header's numbers end."""
    header = _SIZE.match(data)
    if header is None:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{file} is damaged: its header names no width and height."
            ),
            file=name,
        )
    width, height = int(header[1]), int(header[2])
    sides_fit = all(1 <= side <= longest_side for side in (width, height))
    if not sides_fit or width * height > most_units:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} says it is {width} × {height} pixels: a picture may have 1 to {side} a "
                "side and {most} million in all.",
            ),
            file=name,
            width=width,
            height=height,
            side=longest_side,
            most=most_units // 1_000_000,
        )
    return width, height, header.end()


def _plain(data: bytes, end: int, shape: tuple[int, int], name: str) -> NDArray[np.bool_]:
    body = data[end:]
    digits = (_COMMENT.sub(b"", body) if b"#" in body else body).translate(None, _WHITE)
    if digits.translate(None, b"01"):
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{file} is damaged: among its pixels stands something other than 0 or 1."
            ),
            file=name,
        )
    units = shape[0] * shape[1]
    if len(digits) < units:
        raise _too_short(name)
    if len(digits) > units:
        raise _too_long(name)
    blacks: NDArray[np.bool_] = np.frombuffer(digits, np.uint8) == ord("1")
    return blacks.reshape(shape)


def _raw(data: bytes, end: int, shape: tuple[int, int], name: str) -> NDArray[np.bool_]:
    gap = _END_OF_HEADER.match(data, end)
    if gap is None:
        raise _too_short(name)
    height, width = shape
    row_bytes = (width + 7) // 8
    raster = data[gap.end() : gap.end() + height * row_bytes]
    if len(raster) < height * row_bytes:
        raise _too_short(name)
    if data[gap.end() + height * row_bytes :].strip(_WHITE):
        raise _too_long(name)
    rows = np.frombuffer(raster, np.uint8).reshape(height, row_bytes)
    return np.unpackbits(rows, axis=1, count=width).astype(bool)


def _too_short(name: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP(
            "Refusal", "{file} is cut short: it holds fewer pixels than its header says."
        ),
        file=name,
    )


def _too_long(name: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP(
            "Refusal", "{file} is damaged: it goes on after the last pixel that its header says."
        ),
        file=name,
    )


def text(picture: Picture, comment: str = "") -> str:
    """Return a picture as plain PBM, with no line longer than 70 characters.

    Parameters
    ----------
    picture
        Units ±1, int8 array of shape (height, width).
    comment
        Lines to put under the first one.
    """
    height, width = picture.shape
    remarks = [
        f"# {line}".rstrip()
        for paragraph in comment.splitlines()
        for line in textwrap.wrap(paragraph, LINE - 2) or [""]
    ]
    head = "\n".join(["P1", *remarks, f"{width} {height}\n"])
    return head + _rows(picture).tobytes().decode("ascii")


def _rows(picture: Picture) -> NDArray[np.uint8]:
    """Return the digits of a picture with all that parts them, as ASCII."""
    height, width = picture.shape
    digits = np.where(picture > 0, np.uint8(ord("1")), np.uint8(ord("0")))
    # Apart, the digits look like the picture; a wide picture has no room for that.
    if 2 * width - 1 <= LINE:
        apart = np.full((height, 2 * width), ord(" "), np.uint8)
        apart[:, ::2] = digits
        apart[:, -1] = ord("\n")
        return apart
    places = np.arange(width)
    rows = np.full((height, width + -(-width // LINE)), ord("\n"), np.uint8)
    rows[:, places + places // LINE] = digits
    return rows


def write(path: Path, picture: Picture, comment: str = "") -> None:
    """Write a picture to a plain PBM file, whole or not at all.

    Raises
    ------
    Refusal
        If the file cannot be written; one that was there before is then as it was.
    """
    atomic.write(path, text(picture, comment).encode("utf-8", "replace"))
