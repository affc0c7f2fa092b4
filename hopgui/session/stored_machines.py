"""Trainings in a session file: the document's own, and those that only its kept runs still have."""

from collections.abc import Sequence

from hopgui.session import stored_training, stored_visible
from hopgui.session.any_training import AnyTraining
from hopgui.session.archive import Archive
from hopgui.session.fields import Fields
from hopgui.session.visible_training import VisibleTraining


class MachinesOut:
    """Trainings on their way into a file, each of them once.

    Parameters
    ----------
    own
        The document's own, in the first place; None if it has none.
    """

    def __init__(self, own: AnyTraining | None) -> None:
        self._trainings: list[AnyTraining | None] = [own]

    def place(self, training: AnyTraining) -> int:
        """Take a training in, and return the place where it is found."""
        for place, known in enumerate(self._trainings):
            if known is training:
                return place
        self._trainings.append(training)
        return len(self._trainings) - 1

    def write(
        self,
    ) -> tuple[dict[str, object] | None, list[dict[str, object]], dict[str, bytes]]:
        """Return the document's training and the others as plain values, and all their arrays."""
        rows: list[dict[str, object] | None] = []
        arrays: dict[str, bytes] = {}
        for place, training in enumerate(self._trainings):
            row = None
            if training is not None:
                row, members = _out(training, _folder(place))
                arrays |= members
            rows.append(row)
        return rows[0], [row for row in rows[1:] if row is not None], arrays


def read(
    own: Fields | None, others: Sequence[Fields], archive: Archive
) -> tuple[AnyTraining | None, ...]:
    """Return the document's training, None if it has none, and after it the others.

    Raises
    ------
    Unsound
        Naming what is missing or is not what it should be.
    """
    return (
        None if own is None else _in(own, archive, _folder(0)),
        *(_in(fields, archive, _folder(place)) for place, fields in enumerate(others, 1)),
    )


def _folder(place: int) -> str:
    return f"machines/{place:02}/" if place else "training/"


def _out(training: AnyTraining, folder: str) -> tuple[dict[str, object], dict[str, bytes]]:
    if isinstance(training, VisibleTraining):
        return stored_visible.write(training, folder)
    return stored_training.write(training, folder)


def _in(fields: Fields, archive: Archive, folder: str) -> AnyTraining:
    # Of a restricted machine the kind was never written down.
    if "kind" in fields:
        return stored_visible.read(fields, archive, folder)
    return stored_training.read(fields, archive, folder)
