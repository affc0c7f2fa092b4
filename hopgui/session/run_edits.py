"""What a person can do with the runs of a document, as pure functions Session → Session."""

from dataclasses import replace

from hopgui.session.edits import shortened
from hopgui.session.past_run import PastRun, require_room
from hopgui.session.recording import compact
from hopgui.session.session import Session


def keep_run(session: Session, run: PastRun, name: str) -> Session:
    """Keep a run under a name.

    Raises
    ------
    Refusal
        If the document has no room for it.
    """
    kept = replace(run, name=shortened(name), recording=compact(run.recording))
    runs = (*session.runs, kept)
    require_room(runs)
    return replace(session, runs=runs)


def rename_run(session: Session, index: int, name: str) -> Session:
    """Call a kept run something else; an empty name changes nothing."""
    name = shortened(name)
    if not name:
        return session
    runs = list(session.runs)
    runs[index] = replace(runs[index], name=name)
    return replace(session, runs=tuple(runs))


def delete_run(session: Session, index: int) -> Session:
    """Let a kept run go."""
    return replace(session, runs=session.runs[:index] + session.runs[index + 1 :])
