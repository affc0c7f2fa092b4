"""A run and the memories as tables (CSV), above them where they come from.

The tables of a run are made in pieces, since a run may have a million flips: each function is an
iterator of how far it is, and its last value holds the whole text.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.session.provenance import Provenance
from hopgui.session.recording import Recording
from hopgui.session.session import Session
from hopgui.session.tape import NO_UNIT

PIECE = 20_000  # cells written in one step
MOST_CELLS = 4_000_000  # of a table of overlaps; longer runs are thinned evenly

Row = tuple[int | float, ...]


@dataclass(frozen=True)
class Made:
    """How far something that is being made has come.

    Attributes
    ----------
    done, total
        Parts made, and how many there are.
    content
        The whole of it, once all is made; None before.
    """

    done: int
    total: int
    content: bytes | None = None


def run_table(recording: Recording, origin: Provenance) -> Iterator[Made]:
    """Write a run as ``update,unit,energy``, a row a flip."""
    flips = recording.flip_units != NO_UNIT
    columns = (
        recording.flip_updates[flips].tolist(),
        recording.flip_units[flips].tolist(),
        recording.flip_energies[flips].tolist(),
    )
    rows: list[Row] = list(zip(*columns, strict=True))
    yield from _in_pieces(origin.comment, ("update", "unit", "energy"), rows)


def overlap_table(session: Session, recording: Recording, origin: Provenance) -> Iterator[Made]:
    """Write the overlap m with every memory over a run: the start, then a row a flip.

    A run of so many flips and memories that the table would have more than four million cells is
    thinned to every so many flips, the last one included; a note above the table says so.

    Parameters
    ----------
    session
        The document whose memories are meant.
    recording
        The run.
    origin
        Where it comes from.
    """
    names = [memory.name for memory in session.memories]
    flips = np.flatnonzero(recording.flip_units != NO_UNIT)
    stride = max(1, -(-flips.size * (len(names) + 1) // MOST_CELLS))
    last = flips[-1:] if flips.size % stride else flips[:0]
    kept = np.concatenate([flips[stride - 1 :: stride], last])
    note = f"# Thinned: every {stride} flips\n" if stride > 1 else ""
    overlaps = np.empty((kept.size + 1, len(names)))
    for column, values in enumerate(_overlaps(session.patterns, recording, kept)):
        yield Made(0, kept.size + 1)
        overlaps[:, column] = values
    updates = [recording.first_update, *recording.flip_updates[kept].tolist()]
    yield from _in_pieces(origin.comment + note, ("update", *names), _Rows(updates, overlaps))


def memory_table(
    session: Session,
    energies: NDArray[np.float64] | None,
    stable: NDArray[np.bool_] | None,
    overlaps: NDArray[np.float64],
    origin: Provenance,
) -> str:
    """Return the memories as a table: name, weight, ink, energy, stability, overlap with the pad.

    Parameters
    ----------
    session
        The document.
    energies, stable
        Of each memory, None where that is not known yet: the column is then empty.
    overlaps
        m of the pad with each memory.
    origin
        Where they come from.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("number", "name", "weight", "plus_units", "energy", "stable", "overlap"))
    for place, memory in enumerate(session.memories):
        table.writerow(
            (
                place + 1,
                memory.name,
                memory.weight,
                int((memory.picture > 0).sum()),
                "" if energies is None else float(energies[place]),
                "" if stable is None else ("yes" if stable[place] else "no"),
                float(overlaps[place]),
            )
        )
    return origin.comment + text.getvalue()


class _Rows:
    """Rows of a table of overlaps, made only when they are written."""

    def __init__(self, updates: list[int], overlaps: NDArray[np.float64]) -> None:
        self._updates, self._overlaps = updates, overlaps

    def __len__(self) -> int:
        return len(self._updates)

    def __getitem__(self, piece: slice) -> list[Row]:
        values = self._overlaps[piece].tolist()
        pairs = zip(self._updates[piece], values, strict=True)
        return [(update, *row) for update, row in pairs]


def _overlaps(
    patterns: NDArray[np.int8], recording: Recording, kept: NDArray[np.intp]
) -> Iterator[NDArray[np.float64]]:
    """Give, memory by memory, m at the start and after each flip kept."""
    units = recording.flip_units
    real = units != NO_UNIT
    turned = np.zeros(units.size, np.int8)
    turned[real] = _turned_to(recording.start, units[real])
    for pattern in patterns:
        start = int(pattern.astype(np.int64) @ recording.start)
        after = start + np.cumsum(2 * pattern[units] * turned, dtype=np.int64)
        yield np.concatenate([[start], after[kept]]) / recording.start.size


def _turned_to(start: NDArray[np.int8], units: NDArray[np.int32]) -> NDArray[np.int8]:
    """Return what each flip turned its unit to, int8 array of shape (flips,)."""
    order = np.argsort(units, kind="stable")
    ordered = units[order]
    firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
    before = np.arange(units.size) - np.repeat(firsts, np.diff(np.append(firsts, units.size)))
    turned = np.empty(units.size, np.int8)
    turned[order] = np.where(before % 2 == 0, -1, 1) * start[ordered]
    return turned


def _in_pieces(comment: str, heading: tuple[str, ...], rows: list[Row] | _Rows) -> Iterator[Made]:
    text = io.StringIO()
    text.write(comment)
    table = csv.writer(text, lineterminator="\n")
    table.writerow(heading)
    step = max(1, PIECE // len(heading))
    for start in range(0, len(rows), step):
        yield Made(start, len(rows))
        table.writerows(rows[start : start + step])
    yield Made(len(rows), len(rows), text.getvalue().encode())
