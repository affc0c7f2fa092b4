"""Memories and a cue for `hopgui recall`, and a look at the trace that it writes."""

import csv
from pathlib import Path

import numpy as np
from cases import random_patterns

from hopgui.session import library, pbm

LETTERS = library.pattern_folder() / "letters-10"
CUE = LETTERS / "01-A.pbm"
KEYS = [
    "width",
    "height",
    "memories",
    "rule",
    "energy_kind",
    "preset",
    "seed",
    "settled",
    "updates",
    "flips",
    "energy_start",
    "energy_end",
    "overlaps",
    "verdict",
]


def folder_of(path: Path, pictures: dict[str, np.ndarray]) -> Path:
    path.mkdir(exist_ok=True)
    for name, picture in pictures.items():
        pbm.write(path / f"{name}.pbm", picture)
    return path


def squares(memories: int, side: int, seed: int) -> list[np.ndarray]:
    return [row.reshape(side, side) for row in random_patterns(memories, side * side, seed)]


def trace_of(path: Path) -> list[tuple[int, int, float]]:
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["update", "unit", "energy"]
    return [(int(update), int(unit), float(energy)) for update, unit, energy in rows[1:]]
