"""Whatever patterns come from outside, read one by one: files, folders, films, rows of numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import arrays, pbm
from hopgui.session.arrays import Rows
from hopgui.session.images import GreyPicture, NamedPicture, read_frames
from hopgui.session.library import natural_key
from hopgui.session.session import MOST_MEMORIES, Picture

PICTURE_SUFFIXES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".pbm", ".pgm", ".ppm"}
MOST_PIXELS = 400_000_000  # of all pictures of one import together


@dataclass(frozen=True, eq=False)
class Reading:
    """How far a reading has come.

    Attributes
    ----------
    done, total
        Files read, and how many there are.
    pictures
        What was read so far; filled in at the end.
    rows
        Patterns whose shape is to be asked for, in the order of the files; filled in at the end.
    refusals
        Why files could not be read; filled in at the end.
    left_out
        Pictures beyond the most that a gallery holds.
    """

    done: int
    total: int
    pictures: tuple[NamedPicture, ...] = ()
    rows: tuple[Rows, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    left_out: int = 0


def read_all(paths: Sequence[Path]) -> Iterator[Reading]:
    """Read files and folders of files, a file a step.

    Of a folder every file of a known kind is read, in natural order and not the folders in it. Of
    a file named itself, a kind that nobody knows is refused.

    Parameters
    ----------
    paths
        Files and folders.
    """
    refusals: list[Refusal] = []
    files = _files(paths, refusals)
    pictures: list[NamedPicture] = []
    rows: list[Rows] = []
    left_out, pixels = 0, 0
    for done, file in enumerate(files):
        yield Reading(done, len(files))
        if len(pictures) >= MOST_MEMORIES or pixels >= MOST_PIXELS:
            left_out += len(files) - done
            break
        before = len(pictures)
        try:
            if file.suffix.lower() in arrays.SUFFIXES:
                found = arrays.read_rows(file)
                left_out += found.left_out
                if found.shape is None:
                    rows.append(found)
                else:
                    pictures += pictures_of(found, found.shape)
            else:
                pictures += _frames(file)
        except Refusal as refusal:
            refusals.append(refusal)
        pixels += sum(each.grey.luminance.size for each in pictures[before:])
    left_out += max(0, len(pictures) - MOST_MEMORIES)
    yield Reading(
        len(files),
        len(files),
        tuple(pictures[:MOST_MEMORIES]),
        tuple(rows),
        tuple(refusals),
        left_out,
    )


def read_text(text: str, name: str) -> Reading:
    """Read the patterns of a text: a plain PBM, a drawing in signs, or rows of numbers.

    Raises
    ------
    Refusal
        If it is none of these, or no sound one.
    """
    if text.lstrip().startswith("P1"):
        picture = pbm.parse(text.lstrip().encode("ascii", "replace"), name)
        return Reading(1, 1, (NamedPicture(name, grey_of(picture)),))
    drawn = arrays.parse_pictures(text)
    if drawn:
        names = _numbered(name, len(drawn))
        named = zip(names, drawn, strict=True)
        return Reading(1, 1, tuple(NamedPicture(each, grey_of(one)) for each, one in named))
    rows = arrays.parse_table(text, name, name)
    return Reading(1, 1, rows=(rows,), left_out=rows.left_out)


def pictures_of(rows: Rows, shape: tuple[int, int]) -> list[NamedPicture]:
    """Return rows of units as pictures of a shape, named by their number."""
    names = _numbered(rows.name, len(rows.units))
    named = zip(names, rows.units, strict=True)
    return [NamedPicture(name, grey_of(units.reshape(shape))) for name, units in named]


def grey_of(picture: Picture) -> GreyPicture:
    """Return ±1 units as a picture: +1 is black, −1 is white."""
    luminance = np.where(picture > 0, 0, 255).astype(np.uint8)
    luminance.flags.writeable = False
    return GreyPicture(luminance)


def _frames(file: Path) -> list[NamedPicture]:
    frames = read_frames(file)
    names = [file.stem] if len(frames) == 1 else _numbered(file.stem, len(frames))
    return [NamedPicture(name, frame) for name, frame in zip(names, frames, strict=True)]


def _numbered(name: str, count: int) -> list[str]:
    return [name] if count == 1 else [f"{name} {number}" for number in range(1, count + 1)]


def _files(paths: Sequence[Path], refusals: list[Refusal]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        try:
            inside = [each for each in path.iterdir() if _is_known(each)]
        except OSError as error:
            refusals.append(
                Refusal(
                    QT_TRANSLATE_NOOP("Refusal", "{folder} could not be read: {reason}."),
                    folder=path.name,
                    reason=error.strerror or error,
                )
            )
            continue
        if not inside:
            refusals.append(
                Refusal(
                    QT_TRANSLATE_NOOP("Refusal", "{folder} holds no pictures that can be read."),
                    folder=path.name or path,
                )
            )
        files += sorted(inside, key=lambda file: natural_key(file.name))
    return files


def _is_known(path: Path) -> bool:
    # Some systems leave files beside others' whose names start with a dot; texts may be anything.
    suffixes = PICTURE_SUFFIXES | (arrays.SUFFIXES - {".txt"})
    known = path.suffix.lower() in suffixes and not path.name.startswith(".")
    return known and path.is_file()
