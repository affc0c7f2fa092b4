"""Session files: the whole document in one archive of plain things.

What is in one, name by name, is told in docs/session-format.md.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hopgui.model.choices import EnergyKind
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import (
    archive,
    atomic,
    stored_document,
    stored_kept,
    stored_machines,
    stored_runs,
)
from hopgui.session.archive import Archive
from hopgui.session.fields import MOST_BYTES as MOST_DOCUMENT_BYTES
from hopgui.session.fields import Fields, Unsound, parse
from hopgui.session.past_run import MOST_RUNS
from hopgui.session.session import MOST_KEPT, Session
from hopgui.session.stored_pictures import PicturesIn, PicturesOut
from hopgui.session.training import DataKind
from hopgui.session.visible_training import VisibleTraining

MEDIA_TYPE = "application/x-hopgui-session"
FORMAT = "HopGUI session"
SCHEMA = 3
# When a file was written, how long it is, and where it lies on the disk.
Stamp = tuple[int, int, int]
MOST_BYTES = 96 * 2**20
LARGEST_SCHEMA = 1_000_000

_TYPE, _DOCUMENT = "mimetype", "session.json"


def write(path: Path, session: Session) -> None:
    """Write a document to a file, whole or not at all.

    Raises
    ------
    Refusal
        If the file cannot be written, or could not be opened again; one that was there before is
        then as it was.
    """
    atomic.write(path, encode(session))


def read(path: Path) -> Session:
    """Read a document from a file.

    Raises
    ------
    Refusal
        If the file cannot be read, is no sound session, or was written by a newer version.
    """
    return decode(bytes_of(path), path.name)


def stamp_of(path: Path) -> Stamp | None:
    """Return what another writing of a file would change; None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def encode(session: Session, beside: Mapping[str, bytes] | None = None) -> bytes:
    """Return a document as the bytes of a session file: the same document is the same bytes.

    Parameters
    ----------
    session
        The document.
    beside
        What else is to be in the archive, name by name.

    Raises
    ------
    Refusal
        If it is so large that the file could not be opened again.
    """
    pictures = PicturesOut()
    document = stored_document.write(session, pictures)
    kept = stored_kept.write(session.kept, pictures)
    machines = stored_machines.MachinesOut(session.training)
    runs, arrays = stored_runs.write(session.runs, pictures, machines)
    training, others, numbers = machines.write()
    arrays |= numbers
    whole: dict[str, object] = {
        "format": FORMAT,
        "schema": _schema_of(session),
        "document": document,
    }
    if kept:  # so that a file without them is byte for byte what it was before there were any
        whole["kept"] = kept
    whole |= {"runs": runs, "training": training}
    if others:
        whole["machines"] = others
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    members = {
        _TYPE: MEDIA_TYPE.encode(),
        _DOCUMENT: text.encode("utf-8", "replace"),
        **pictures.members,
        **arrays,
        **(beside or {}),
    }
    readable = archive.is_readable(members) and len(members[_DOCUMENT]) <= MOST_DOCUMENT_BYTES
    content = archive.pack(members) if readable else None
    if content is None or len(content) > MOST_BYTES:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "This session is too large for a file, which may have {most} MB: delete some"
                " memories or runs, or train a smaller machine.",
            ),
            most=MOST_BYTES // 2**20,
        )
    return content


def decode(content: bytes, name: str) -> Session:
    """Return the document in the bytes of a session file.

    Nothing that the bytes say is believed before it is checked.

    Parameters
    ----------
    content
        The whole file.
    name
        What to call it in a refusal.

    Raises
    ------
    Refusal
        If the bytes are no sound session, or were written by a newer version.
    """
    try:
        members, fields = _opened(content)
    except Unsound as unsound:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} is no HopGUI session, or it is damaged."),
            file=name,
        ) from unsound
    try:
        _check_schema(fields, name)
        return _document(fields, members)
    except Unsound as unsound:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal", "{file} is damaged: “{part}” is missing, or is not what it should be."
            ),
            file=name,
            part=unsound.part.removeprefix(f"{_DOCUMENT}."),
        ) from unsound


def _schema_of(session: Session) -> int:
    """Return the oldest schema that can say all of a document, so that older versions read it."""
    if any(map(stored_runs.has_machine, session.runs)):
        return 3
    training = session.training
    later = training is not None and (
        isinstance(training, VisibleTraining) or training.course.data is DataKind.FOLDER
    )
    return 2 if session.kept or later else 1


def _opened(content: bytes) -> tuple[Archive, Fields]:
    members = Archive(content)
    fields = parse(members.read(_DOCUMENT, MOST_DOCUMENT_BYTES), _DOCUMENT)
    if fields.text("format", len(FORMAT)) != FORMAT:
        raise Unsound(fields.where("format"))
    return members, fields


def _document(fields: Fields, members: Archive) -> Session:
    pictures = PicturesIn(members)
    session = stored_document.read(fields.inner("document"), pictures)
    kept = fields.rows("kept", MOST_KEPT) if "kept" in fields else []
    given = "training" in fields and not fields.is_nothing("training")
    own = fields.inner("training") if given else None
    others = fields.rows("machines", MOST_RUNS) if "machines" in fields else []
    machines = stored_machines.read(own, others, members)
    training = machines[0]
    runs = stored_runs.read(fields.rows("runs", MOST_RUNS), members, pictures, machines)
    machine = session.energy.kind is EnergyKind.BOLTZMANN
    if machine and (training is None or training.pictures.shape != session.grid.shape):
        raise Unsound(fields.where("training"))
    return replace(
        session,
        kept=stored_kept.read(kept, session.grid, pictures),
        runs=runs,
        training=training,
    )


def _check_schema(fields: Fields, name: str) -> None:
    schema = fields.whole("schema", 1, LARGEST_SCHEMA)
    if schema > SCHEMA:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} was written by a newer HopGUI (format {schema}; this one reads up to"
                " {most}): a newer version opens it.",
            ),
            file=name,
            schema=schema,
            most=SCHEMA,
        )


def bytes_of(path: Path) -> bytes:
    """Return what a file holds, if it may be a session.

    Raises
    ------
    Refusal
        If the file cannot be read, is none, or is too large.
    """
    try:
        # A pipe would be waited for, and a device may never end.
        if path.exists() and not path.is_file():
            raise Refusal(QT_TRANSLATE_NOOP("Refusal", "{file} is not a file."), file=path.name)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be read: {reason}."),
            file=path.name or path,
            reason=error.strerror or error,
        ) from error
    if len(content) > MOST_BYTES:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} is too large: a session may have {most} MB."),
            file=path.name,
            most=MOST_BYTES // 2**20,
        )
    return content
