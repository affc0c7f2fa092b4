"""Patterns as rows of numbers: NumPy's files and tables of text, read without trust.

Nothing is loaded before its header is judged, nothing is ever unpickled, and no more is unpacked
than the header says and the bounds allow.
"""

import math
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from typing import IO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.session import LARGEST_SIDE, MOST_MEMORIES, SMALLEST_SIDE

SUFFIXES = {".npy", ".npz", ".csv", ".tsv", ".txt"}
MOST_BYTES = 512 * 2**20  # of a file of numbers
MOST_READ = 256 * 2**20  # of the numbers in it
MOST_TEXT = 64 * 2**20  # of a table of text
MOST_UNITS = LARGEST_SIDE**2
MOST_VALUES = MOST_MEMORIES * MOST_UNITS
MOST_ARRAYS = 64
_LONGEST_HEADER = 10_000
# All that NumPy's reader of headers is known to raise for bytes made in error or in malice.
_UNSOUND = (ValueError, TypeError, SyntaxError, TokenError, MemoryError, RecursionError)
_KINDS = "biuf"
_WIDEST = 8  # bytes of a number

_GAPS = re.compile(r"[,;\t ]+")


@dataclass(frozen=True, eq=False)
class Rows:
    """Patterns that are known as rows of units, perhaps without their shape.

    Attributes
    ----------
    name
        What the file is called, without its suffix.
    units
        The patterns, int8 array of ±1 and shape (patterns, units).
    shape
        (height, width) of each, None if the file does not say.
    left_out
        Patterns of the file beyond the most that a gallery holds.
    """

    name: str
    units: NDArray[np.int8]
    shape: tuple[int, int] | None = None
    left_out: int = 0


def shapes(units: int) -> list[tuple[int, int]]:
    """Return every (height, width) that so many units can have on a pad, squarer ones first."""
    sides = [
        (side, units // side)
        for side in range(SMALLEST_SIDE, LARGEST_SIDE + 1)
        if units % side == 0 and SMALLEST_SIDE <= units // side <= LARGEST_SIDE
    ]
    return sorted(sides, key=lambda shape: (abs(shape[0] - shape[1]), shape))


def read_rows(path: Path) -> Rows:
    """Read patterns from a ``.npy``, ``.npz``, ``.csv``, ``.tsv`` or ``.txt`` file.

    An array of two dimensions has a pattern a row, one of three a picture a layer, one of one
    dimension is one pattern. Of an archive the first array of three dimensions is taken, else the
    first of two. Values are ±1, or 0 and 1, of whatever type; 0 is −1. Of more than 1000 patterns
    the first 1000 are taken.

    Raises
    ------
    Refusal
        If the file cannot be read, is damaged or too large, or holds other values.
    """
    name = path.name
    try:
        if not path.is_file():
            raise _unreadable(name, "it is not a file")
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(name)
        with path.open("rb") as file:
            if path.suffix.lower() == ".npy":
                return _rows_of(_npy(file, name), path.stem, name)
            if path.suffix.lower() == ".npz":
                return _rows_of(_npz(file, name), path.stem, name)
            text = file.read(MOST_TEXT + 1)
    except OSError as error:
        raise _unreadable(name, error.strerror or error) from error
    if len(text) > MOST_TEXT:
        raise _too_large(name)
    return parse_table(text.decode("utf-8-sig", "replace"), name, path.stem)


def parse_table(text: str, file: str, name: str) -> Rows:
    """Return the patterns of a table of text, a pattern a line.

    Numbers stand apart by commas, semicolons, tabs or spaces. Empty lines and lines that begin
    with ``#`` are passed over, and so is a first line of words.

    Parameters
    ----------
    text
        The table.
    file
        What to call it in a refusal.
    name
        What its patterns are called after.
    """
    lines = [line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#"]
    lines = [_GAPS.sub(" ", line.strip().rstrip(",;")) for line in lines]
    if lines and any(part.strip('"')[:1].isalpha() for part in lines[0].split(" ")[:1]):
        lines = lines[1:]
    if not lines:
        raise _without_numbers(file)
    width = lines[0].count(" ") + 1
    for place, line in enumerate(lines[: MOST_MEMORIES + 1]):
        if line.count(" ") + 1 != width:
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal",
                    "{file}: row {row} has {count} numbers, but the first has {first}.",
                ),
                file=file,
                row=place + 1,
                count=line.count(" ") + 1,
                first=width,
            )
    _check_size(len(lines), width, file)
    try:
        table = np.loadtxt(lines, dtype=np.float64, max_rows=MOST_MEMORIES, ndmin=2, comments=None)
    except ValueError as error:
        raise _without_numbers(file) from error
    return Rows(name, _units(table, file), None, max(0, len(lines) - MOST_MEMORIES))


def parse_pictures(text: str) -> list[NDArray[np.int8]]:
    """Return the pictures that a text draws: lines of one sign a unit, an empty line between two.

    The signs ``1 # X x @ * ■ █`` are +1, the signs ``0 . - _ · □ ░`` are −1. A text that is none
    gives an empty list.
    """
    ink, ground = set("1#Xx@*■█"), set("0.-_·□░")
    pictures = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        rows = [line.strip().replace(" ", "") for line in block.splitlines()]
        sides = len(rows), len(rows[0]) if rows else 0
        if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in sides):
            return []
        if any(len(row) != sides[1] or not set(row) <= ink | ground for row in rows):
            return []
        signs = np.array([[sign in ink for sign in row] for row in rows])
        pictures.append(np.where(signs, 1, -1).astype(np.int8))
    return pictures[:MOST_MEMORIES]


def _npz(file: IO[bytes], name: str) -> tuple[NDArray[np.generic], int]:
    """Read the array of an archive that holds the patterns."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [each for each in archive.infolist() if each.filename.endswith(".npy")]
            if len(members) > MOST_ARRAYS:
                raise _too_large(name)
            headers = []
            for member in members:
                # A small archive may unpack to more than any memory holds.
                if member.file_size > MOST_BYTES:
                    raise _too_large(name)
                with archive.open(member) as inside:
                    shape, _, dtype = _header(inside, f"{name}/{member.filename}")
                    numbers = dtype.kind in _KINDS and len(shape) in {2, 3}
                    headers.append((len(shape) if numbers else 0, member))
            best = max((rank for rank, _ in headers), default=0)
            if not best:
                raise _without_numbers(name)
            member = next(each for rank, each in headers if rank == best)
            with archive.open(member) as inside:
                return _npy(inside, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _damaged(name) from error


def _header(file: IO[bytes], name: str) -> tuple[tuple[int, ...], bool, np.dtype]:
    """Return shape, whether columns come first, and type, as a file says them."""
    try:
        version = npy.read_magic(file)
        if version == (1, 0):
            return npy.read_array_header_1_0(file, _LONGEST_HEADER)
        if version in {(2, 0), (3, 0)}:
            return npy.read_array_header_2_0(file, _LONGEST_HEADER)
    except _UNSOUND as error:
        raise _damaged(name) from error
    raise _damaged(name)


def _npy(file: IO[bytes], name: str) -> tuple[NDArray[np.generic], int]:
    """Read an array, no more of it than can be used; return it and how much was left out."""
    shape, columns_first, dtype = _header(file, name)
    if dtype.kind not in _KINDS or dtype.itemsize > _WIDEST or dtype.hasobject:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{file} holds no numbers of ±1, but values of the type {type}."
            ),
            file=name,
            type=dtype,
        )
    if len(shape) not in {1, 2, 3} or any(side < 1 for side in shape):
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} has the shape {shape}: patterns are rows of two dimensions, or pictures "
                "of three.",
            ),
            file=name,
            shape=" × ".join(map(str, shape)) or "0",
        )
    shape = (1, *shape) if len(shape) == 1 else shape
    count, units = shape[0], math.prod(shape[1:])
    _check_size(count, units, name)
    taken = min(count, MOST_MEMORIES)
    # By columns, every row reaches to the end of the file.
    values = (count if columns_first else taken) * units
    if values * dtype.itemsize > MOST_READ:
        raise _too_large(name)
    data = file.read(values * dtype.itemsize)
    if len(data) < values * dtype.itemsize:
        raise _damaged(name)
    array = np.frombuffer(data, dtype)
    if columns_first:
        array = array.reshape(shape[::-1]).T[:taken]
    return array.reshape(taken, *shape[1:]), count - taken


def _rows_of(read: tuple[NDArray[np.generic], int], name: str, file: str) -> Rows:
    array, left_out = read
    shape = None
    if array.ndim == 3:
        shape = (array.shape[1], array.shape[2])
        if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in shape):
            raise _wrong_size(file, f"{shape[1]} × {shape[0]}")
    return Rows(name, _units(array.reshape(len(array), -1), file), shape, left_out)


def _units(values: NDArray[np.generic], file: str) -> NDArray[np.int8]:
    """Return ±1 for values of ±1, or of 0 and 1."""
    units = np.empty(values.shape, np.int8)
    has_zero = has_minus = False
    # Row by row, so that a large array is not held twice in eight bytes a number.
    for row, into in zip(values, units, strict=True):
        ones, zeros = row == 1, row == 0
        minus = np.zeros_like(ones) if row.dtype.kind == "b" else row == -1
        known = ones | zeros | minus
        if not known.all():
            foreign = row[~known][0].item()
            raise _foreign(file, foreign)
        has_zero |= bool(zeros.any())
        has_minus |= bool(minus.any())
        into[:] = np.where(ones, 1, -1)
    if has_zero and has_minus:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} mixes −1, 0 and 1: patterns are written with ±1, or with 0 and 1.",
            ),
            file=file,
        )
    return units


def _check_size(count: int, units: int, file: str) -> None:
    if not 2 <= units <= MOST_UNITS:
        raise _wrong_size(file, str(units))
    if count * units > 16 * MOST_VALUES:
        raise _too_large(file)


def _foreign(file: str, value: float) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP(
            "Refusal", "{file} holds the value {value}: patterns are ±1, or 0 and 1, throughout."
        ),
        file=file,
        value=f"{value:.6g}",
    )


def _wrong_size(file: str, units: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP(
            "Refusal",
            "{file} has patterns of {units} units: a pad has {least} to {most} a side.",
        ),
        file=file,
        units=units,
        least=SMALLEST_SIDE,
        most=LARGEST_SIDE,
    )


def _unreadable(file: str, reason: object) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP("Refusal", "{file} could not be read: {reason}."),
        file=file,
        reason=reason,
    )


def _damaged(file: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP("Refusal", "{file} is damaged, cut short, or no file of NumPy’s."),
        file=file,
    )


def _too_large(file: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP("Refusal", "{file} is too large to be read as patterns."), file=file
    )


def _without_numbers(file: str) -> Refusal:
    return Refusal(QT_TRANSLATE_NOOP("Refusal", "{file} holds no rows of numbers."), file=file)
