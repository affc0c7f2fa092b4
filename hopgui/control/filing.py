"""Where each document is kept, and whether anything of it is not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from hopgui.control.document import Document
from hopgui.session.recovery import Unsaved
from hopgui.session.session import Session


@dataclass(frozen=True, eq=False)
class _Home:
    """Where a document is kept, and the sessions of it that nobody need save.

    Those are the one in the file, or the one it began as, and what recalls alone made of it: the
    seed tells these again.
    """

    path: Path | None
    sound: tuple[Session, ...]


class Filing(QObject):
    """Follows the document, and the documents that it took the place of.

    Parameters
    ----------
    document
        The document.

    Signals
    -------
    changed()
        Another document is present, or it has another file, or the same one and differs from it
        now as it did not before.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._homes = {document.number: _Home(None, (document.session,))}
        self._told = self._state()
        document.changed.connect(self._follow)

    @property
    def path(self) -> Path | None:
        """The file of the present document."""
        return self._homes[self._document.number].path

    @property
    def dirty(self) -> bool:
        """Whether something of the present document is not saved."""
        return self._differs(self._document.number, self._document.session)

    @property
    def unsaved(self) -> dict[int, Unsaved]:
        """What a crash would take: every document that closing would lose, by its number."""
        return {
            number: Unsaved(session, self.path_of(number)) for number, session in self.at_stake()
        }

    def at_stake(self) -> Iterator[tuple[int, Session]]:
        """Yield the number and the last state of every document that closing would lose."""
        if self.dirty:
            yield self._document.number, self._document.session
        for number, session in self._document.replaced.items():
            if self._differs(number, session):
                yield number, session

    def path_of(self, number: int) -> Path | None:
        """Return the file of a document."""
        return self._homes[number].path

    def keep(self, path: Path, number: int, session: Session) -> None:
        """Note that this session of a document is what the file holds now."""
        self._homes[number] = _Home(path, (session,))
        self._tell()

    def keep_unsaved(self, path: Path | None) -> None:
        """Note that nothing of the present document is saved, and where it would be."""
        self._homes[self._document.number] = _Home(path, ())
        self._tell()

    def _differs(self, number: int, session: Session) -> bool:
        return not any(session is sound for sound in self._homes[number].sound)

    @Slot(object, object)
    def _follow(self, session: Session, before: Session) -> None:
        number = self._document.number
        home = self._homes.get(number)
        if home is None:
            self._homes[number] = _Home(None, (session,))
        elif not self._document.by_hand and not self._differs(number, before):
            self._homes[number] = replace(home, sound=(*home.sound, session))
        self._tell()

    def _tell(self) -> None:
        state = self._state()
        if state != self._told:
            self._told = state
            self.changed.emit()

    def _state(self) -> tuple[int, Path | None, bool]:
        return self._document.number, self.path, self.dirty
