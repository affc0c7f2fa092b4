"""How each thing to be exported is made: files of pictures, films and tables."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from PySide6.QtCore import QCoreApplication

from hopgui.session import film, pbm, tables
from hopgui.session.picture_folder import Kind, file_names
from hopgui.session.plan import same_network
from hopgui.session.provenance import Provenance, provenance
from hopgui.session.recording import Recording
from hopgui.session.tables import Made
from hopgui.ui.exports import picture_files
from hopgui.ui.exports.drawings import Subject
from hopgui.ui.exports.order import OF_A_RUN, OF_THE_DOCUMENT, Format, Order, What, drawing_of
from hopgui.ui.look import fonts
from hopgui.ui.look.theme import Theme

PREVIEWED_FLIPS = 40
PREVIEWED_FILES = 200

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def origin_of(order: Order, subject: Subject) -> Provenance:
    """Return what it takes to make it again: of memories the document, of a run its beginning."""
    frame = subject.frame
    if order.what in OF_THE_DOCUMENT:
        return provenance(subject.session)
    update = None if order.what in OF_A_RUN else frame.update
    run = subject.run
    if run is None:
        return provenance(subject.session, frame.recording, update)
    beside = None if same_network(run.session, subject.session) else subject.session
    return provenance(run.session, frame.recording, update, driven=run.driven, beside=beside)


def picture_file(order: Order, subject: Subject, title: str) -> bytes:
    """Return a picture as the bytes of a file."""
    drawing = drawing_of(order, subject)
    assert drawing is not None  # noqa: S101 - only pictures are asked for
    origin = origin_of(order, subject)
    return picture_files.to_bytes(drawing, order.format, order.width, title, origin)


def film_of(order: Order, subject: Subject, width: int) -> film.Film:
    """Return the film of the run, of this width."""
    recording = _recording(subject)
    shape = film.Shape(width, order.rate)
    words = translate("Film", "update {update} · {flips} flips · E = {energy}")
    return film.Film(recording, subject.session.grid, shape, look_of(order.theme), words)


def steps(order: Order, subject: Subject) -> Iterator[Made]:
    """Return how a film or a table is made, step by step."""
    origin = origin_of(order, subject)
    match order.what:
        case What.FILM:
            made = film_of(order, subject, order.width)
            return film.mp4(made, origin) if order.format is Format.MP4 else film.gif(made, origin)
        case What.RUN_TABLE:
            return tables.run_table(_recording(subject), origin)
        case What.OVERLAP_TABLE:
            return tables.overlap_table(subject.session, _recording(subject), origin)
        case What.MEMORY_TABLE:
            return iter((_memory_table(subject, origin),))
        case _:
            message = f"{order.what} is not made in steps"
            raise ValueError(message)


def text_of_memories(subject: Subject) -> str:
    """Return all memories as plain PBM, one after the other."""
    return "".join(pbm.text(memory.picture, memory.name) for memory in subject.session.memories)


def preview_text(order: Order, subject: Subject) -> str:
    """Return the beginning of a table, or the names of the files that a folder will hold."""
    if order.what is What.MEMORIES:
        kind = Kind.PBM if order.format is Format.PBM else Kind.PNG
        return "\n".join(islice(file_names(subject.session.memories, kind), PREVIEWED_FILES))
    recording = subject.frame.recording
    if recording is not None:
        frame = replace(subject.frame, recording=_beginning(recording))
        short = replace(subject, frame=frame)
        # The notes are of the whole run, the rows only of its beginning.
        whole = origin_of(order, subject).comment
        *_, made = steps(order, short)
        text = (made.content or b"").decode()
        return text.replace(origin_of(order, short).comment, whole, 1)
    *_, made = steps(order, subject)
    return (made.content or b"").decode()


def _recording(subject: Subject) -> Recording:
    recording = subject.frame.recording
    assert recording is not None  # noqa: S101 - nothing of a run is offered without one
    return recording


def _beginning(recording: Recording) -> Recording:
    first = slice(0, PREVIEWED_FLIPS)
    return replace(
        recording,
        flip_updates=recording.flip_updates[first],
        flip_units=recording.flip_units[first],
        flip_energies=recording.flip_energies[first],
        by_hand=recording.by_hand[first],
    )


def _memory_table(subject: Subject, origin: Provenance) -> Made:
    text = tables.memory_table(
        subject.session, subject.energies, subject.stable, subject.frame.overlaps, origin
    )
    return Made(1, 1, text.encode())


def look_of(theme: Theme) -> film.Look:
    """Return the colours and the type of a film in a theme."""
    return film.Look(
        panel=theme.panel,
        plus=theme.plus,
        minus=theme.minus,
        line=theme.line,
        text=theme.text,
        muted=theme.muted,
        act=theme.act,
        accent=theme.accent,
        font=fonts.REGULAR if fonts.REGULAR.is_file() else None,
    )
