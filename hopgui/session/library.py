"""The pattern sets that come with the program, and what the first start shows."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from hopgui.model.patterns import damaged
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import pbm
from hopgui.session.session import (
    LARGEST_SIDE,
    MOST_MEMORIES,
    SMALLEST_SIDE,
    Damage,
    Grid,
    Memory,
    Picture,
    Session,
    blank_session,
    with_pad,
)

FIRST_SET = "letters-10"
FIRST_SEED = 7
LONGEST_README = 64 * 1024

_DIGITS = re.compile(r"(\d+)")
_NUMBERED = re.compile(r"^\d+[-_ .]+(?=\S)")
_RULE = re.compile(r"^Rule:\s*(\S+)", re.MULTILINE)


class Rule(StrEnum):
    """The learning rule that a pattern set is meant for."""

    HEBB = "hebb"
    PROJECTION = "projection"


@dataclass(frozen=True, eq=False)
class PatternSet:
    """A folder of pictures of one size, meant to be stored together.

    Attributes
    ----------
    name
        Name of the folder.
    title
        What the set is called.
    description
        What the set shows, one paragraph of plain text; may be empty.
    rule
        The learning rule that it is meant for.
    grid
        Size of every picture.
    pictures
        Name and units ±1 of each, int8 arrays of shape (height, width), read-only.
    """

    name: str
    title: str
    description: str
    rule: Rule
    grid: Grid
    pictures: tuple[tuple[str, Picture], ...]


def pattern_folder() -> Path:
    """Return the folder that holds the sets: inside an installed package, beside it in a clone."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "patterns"
    return inside if inside.is_dir() else package.parent / "patterns"


def set_names() -> list[str]:
    """Return the folder names of the sets that come with the program, in natural order."""
    folder = pattern_folder()
    if not folder.is_dir():
        return []
    return sorted((entry.name for entry in folder.iterdir() if _files(entry)), key=natural_key)


def set_title(name: str) -> str:
    """Return what one of the program's own sets is called."""
    title, _ = _heading(_readme(pattern_folder() / name))
    return title or name


def natural_key(name: str) -> tuple[list[str | int], str]:
    """Return a sort key that puts "2-B" before "10-J", and does not mind capitals."""
    parts = _DIGITS.split(name.casefold())
    return [int(part) if part.isdecimal() else part for part in parts], name


def read_set(folder: Path) -> PatternSet:
    """Read a pattern set.

    The set is every ``.pbm`` file of the folder in natural order; a number before a name, as in
    ``01-A.pbm``, is there for the order alone. A ``README.md``, where there is one, gives the title
    (its first heading), the description (its first paragraph) and a line ``Rule: hebb`` or
    ``Rule: projection``.

    Raises
    ------
    Refusal
        If the folder holds no pictures, more than 1000, pictures of unequal sizes or of a size
        that no pad can have, a file that is no sound PBM, or a rule that nobody knows.
    """
    try:
        files = _files(folder)
        readme = _readme(folder)
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{folder} could not be read: {reason}."),
            folder=folder.name,
            reason=error.strerror or error,
        ) from error
    if not files:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{folder} holds no PBM pictures."), folder=folder.name
        )
    if len(files) > MOST_MEMORIES:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{folder} holds {count} pictures: a set may have {most} at most."
            ),
            folder=folder.name,
            count=len(files),
            most=MOST_MEMORIES,
        )
    grid, pictures = _pictures(files)
    title, description = _heading(readme)
    return PatternSet(
        folder.name, title or folder.name, description, _rule(readme, folder.name), grid, pictures
    )


def session_of(pattern_set: PatternSet) -> Session:
    """Return a document with the set's pictures as memories and an empty pad."""
    memories = tuple(
        Memory(name, picture, colour) for colour, (name, picture) in enumerate(pattern_set.pictures)
    )
    blank = blank_session(pattern_set.grid, title=pattern_set.title)
    return replace(blank, memories=memories)


def first_session(seed: int = FIRST_SEED) -> Session:
    """Return what the first start shows: four letters, and the first of them damaged.

    Parameters
    ----------
    seed
        Seed of the damage and of the recall.
    """
    letters = read_set(pattern_folder() / FIRST_SET)
    session = replace(session_of(letters), seed=seed, damage=Damage(seed=seed))
    rng = np.random.default_rng(seed)
    return with_pad(session, damaged(session.memories[0].picture, session.damage.percent, rng))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    # Some systems leave files beside others' whose names start with a dot.
    files = [
        entry
        for entry in folder.iterdir()
        if entry.suffix.lower() == ".pbm" and not entry.name.startswith(".")
    ]
    return sorted(files, key=lambda file: natural_key(file.name))


def _readme(folder: Path) -> str:
    path = folder / "README.md"
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        data = file.read(LONGEST_README)
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _heading(readme: str) -> tuple[str, str]:
    """Return title and first paragraph of a README."""
    first, _, rest = readme.strip().partition("\n")
    if not first.startswith("# "):
        return "", ""
    paragraph = rest.strip().split("\n\n", 1)[0]
    return first.removeprefix("# ").strip(), " ".join(paragraph.split())


def _rule(readme: str, folder: str) -> Rule:
    named = _RULE.search(readme)
    if named is None:
        return Rule.HEBB
    try:
        return Rule(named[1].lower())
    except ValueError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{folder} is meant for the rule “{rule}”, which HopGUI does not know."
            ),
            folder=folder,
            rule=named[1],
        ) from error


def _pictures(files: list[Path]) -> tuple[Grid, tuple[tuple[str, Picture], ...]]:
    """Read pictures that must share one size; the first misfit ends the reading."""
    pictures: list[tuple[str, Picture]] = []
    for file in files:
        picture = pbm.read(file)
        _check_side(file, picture)
        if pictures and picture.shape != pictures[0][1].shape:
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal",
                    "{file} is {width} × {height}, but {first} is {first_width} × {first_height}: "
                    "the pictures of a set have one size.",
                ),
                file=file.name,
                width=picture.shape[1],
                height=picture.shape[0],
                first=files[0].name,
                first_width=pictures[0][1].shape[1],
                first_height=pictures[0][1].shape[0],
            )
        pictures.append((_NUMBERED.sub("", file.stem), picture))
    height, width = pictures[0][1].shape
    return Grid(width, height), tuple(pictures)


def _check_side(file: Path, picture: Picture) -> None:
    height, width = picture.shape
    if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (height, width)):
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} is {width} × {height}: a picture for the pad has {least} to {most} a side.",
            ),
            file=file.name,
            width=width,
            height=height,
            least=SMALLEST_SIDE,
            most=LARGEST_SIDE,
        )
