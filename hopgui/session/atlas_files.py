"""An atlas as files: a table of its attractors, and a picture of each."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hopgui.model.attractors import Attractor
from hopgui.session import atomic
from hopgui.session.picture_folder import Kind, file_names, write_memories
from hopgui.session.provenance import provenance
from hopgui.session.session import Memory, Session
from hopgui.session.tables import Made

TABLE = "attractors.csv"
HEADING = ("file", "name", "kind", "energy", "agreement", "hits", "local_minimum")


def write_atlas(
    folder: Path,
    session: Session,
    attractors: Sequence[Attractor],
    hits: NDArray[np.int64] | None,
    names: Sequence[str],
) -> Iterator[Made]:
    """Write attractors into a folder, a file a step: pictures first, and last the table of them.

    Parameters
    ----------
    folder
        Where to; it is made if need be.
    session
        The document that they were found in.
    attractors
        The attractors.
    hits
        How many falls ended in each, int64 array of the same length; None where nothing fell.
    names
        What each is called.

    Raises
    ------
    Refusal
        If something cannot be written; the files before it stay.
    """
    origin = provenance(session)
    pictures = tuple(
        Memory(name, each.state.reshape(session.grid.shape), 0)
        for name, each in zip(names, attractors, strict=True)
    )
    yield from write_memories(folder, pictures, Kind.PBM, origin)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEADING)
    files = file_names(pictures, Kind.PBM)
    for place, (file, name, each) in enumerate(zip(files, names, attractors, strict=True)):
        table.writerow(
            (
                file,
                name,
                each.verdict.kind,
                each.energy,
                each.verdict.agreement,
                "" if hits is None else int(hits[place]),
                "yes" if each.minimum else "no",
            )
        )
    atomic.write(folder / TABLE, (origin.comment + text.getvalue()).encode())
    yield Made(len(pictures), len(pictures), b"")
