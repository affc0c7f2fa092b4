"""Kept states as fields of a session file, and back again."""

from collections.abc import Sequence

from hopgui.session.edits import LONGEST_NAME
from hopgui.session.fields import Fields
from hopgui.session.session import Grid, KeptState
from hopgui.session.stored_pictures import PicturesIn, PicturesOut


def write(kept: Sequence[KeptState], pictures: PicturesOut) -> list[dict[str, object]]:
    """Return kept states as plain values; their pictures go to `pictures`."""
    return [
        {"name": state.name, "picture": pictures.add(state.picture, f"kept/{place:04}.pbm")}
        for place, state in enumerate(kept, 1)
    ]


def read(rows: Sequence[Fields], grid: Grid, pictures: PicturesIn) -> tuple[KeptState, ...]:
    """Return the kept states that these fields are.

    Raises
    ------
    Unsound
        Naming what is missing or is not what it should be.
    """
    return tuple(
        KeptState(row.text("name", LONGEST_NAME), pictures.get(row.text("picture", 200), grid))
        for row in rows
    )
