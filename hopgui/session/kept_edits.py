"""Edits of the states that a document keeps, as pure functions Session → Session."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.edits import shortened, store_all
from hopgui.session.session import MOST_KEPT, KeptState, Picture, Session, frozen


def keep(session: Session, picture: Picture, name: str) -> Session:
    """Put a state aside under a name.

    Raises
    ------
    Refusal
        If it is kept already, or there is no room for another.
    """
    same = find(session, picture)
    if same is not None:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "This state is kept already, as {name}."),
            name=session.kept[same].name,
        )
    if len(session.kept) >= MOST_KEPT:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "A document keeps at most {most} states: delete some."),
            most=MOST_KEPT,
        )
    return replace(session, kept=(*session.kept, KeptState(shortened(name), frozen(picture))))


def keep_all(session: Session, pictures: Sequence[tuple[str, Picture]]) -> Session:
    """Put several named states aside in one step; those that are kept already stay as they are.

    Raises
    ------
    Refusal
        If all of them are kept already, or there is no room for so many.
    """
    fresh = [(name, picture) for name, picture in pictures if find(session, picture) is None]
    for name, picture in fresh or pictures[:1]:
        session = keep(session, picture, name)
    return session


def find(session: Session, picture: Picture) -> int | None:
    """Return the place of the kept state that is this one, None if it is not kept."""
    places = enumerate(session.kept)
    return next((at for at, each in places if np.array_equal(each.picture, picture)), None)


def rename(session: Session, index: int, name: str) -> Session:
    """Call a kept state something else; an empty name changes nothing."""
    name = shortened(name)
    if not name:
        return session
    kept = list(session.kept)
    kept[index] = replace(kept[index], name=name)
    return replace(session, kept=tuple(kept))


def delete(session: Session, indices: Iterable[int]) -> Session:
    """Let these kept states go."""
    gone = set(indices)
    left = tuple(state for index, state in enumerate(session.kept) if index not in gone)
    return replace(session, kept=left)


def store(session: Session, indices: Iterable[int]) -> Session:
    """Store kept states as memories of the same names; they stay kept.

    Raises
    ------
    Refusal
        If there is no room for so many memories.
    """
    chosen = [session.kept[index] for index in indices]
    return store_all(session, [(state.name, state.picture) for state in chosen])
