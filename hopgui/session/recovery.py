"""What is kept against a crash: a copy of each open document that is not saved."""

import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import atomic, store
from hopgui.session.archive import Archive
from hopgui.session.fields import Unsound
from hopgui.session.lock import Lock
from hopgui.session.session import SUFFIX, Session

LOCK = ".lock"
OLD_DRAFT = 3600.0  # seconds after which nobody is writing a draft any more

_HOME = "saved-as.txt"
_LONGEST_PATH = 16 * 1024


@dataclass(frozen=True, eq=False)
class Unsaved:
    """A document that differs from its file, or has none.

    Attributes
    ----------
    session
        The document.
    home
        The file that it was opened from or saved to, None if there is none.
    """

    session: Session
    home: Path | None = None


@dataclass(frozen=True, eq=False)
class Lost:
    """A document whose window went without closing it.

    Attributes
    ----------
    unsaved
        The document.
    time
        When it was last kept, in seconds since 1970.
    """

    unsaved: Unsaved
    time: float
    copy: Path
    lock: Lock


class Recovery:
    """The copies of one folder: one of this object's own, and those that others lost.

    Every copy has a lock of its own, so that no window treads on another. A copy whose lock nobody
    holds is lost.

    Parameters
    ----------
    folder
        Where the copies are; made when the first one is.

    Attributes
    ----------
    unread
        Why the lost documents that could not be read when they were looked for could not.
    """

    def __init__(self, folder: Path) -> None:
        self.unread: list[Refusal] = []
        self._folder = folder
        self._copy = folder / f"{secrets.token_hex(8)}{SUFFIX}"
        self._lock: Lock | None = None

    def keep(self, unsaved: Unsaved | None) -> None:
        """Keep this document in the place of the last one; None when all is saved.

        Raises
        ------
        Refusal
            If it cannot be written; the copy that was kept before is then still there.
        """
        if unsaved is None:
            with suppress(OSError):
                self._copy.unlink(missing_ok=True)
            return
        home = os.fsencode(unsaved.home) if unsaved.home else b""
        content = store.encode(unsaved.session, {_HOME: home})
        try:
            self._own()
            atomic.write(self._copy, content)
        except (OSError, Refusal) as error:
            reason = error.gaps["reason"] if isinstance(error, Refusal) else error.strerror
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal", "No copy can be kept against a crash: {reason}. Save the session."
                ),
                reason=reason,
            ) from error

    def lost(self) -> Iterator[Lost]:
        """Yield the documents that were lost, the newest first; each is then held by this window.

        One that cannot be read is left where it is, and `unread` says why.
        """
        self.unread = []
        for copy, moment in self._copies():
            lock = self._taken(copy)
            if lock is None:
                continue
            try:
                unsaved = _read(copy)
            except Refusal as refusal:
                self.unread.append(
                    Refusal(
                        QT_TRANSLATE_NOOP(
                            "Refusal",
                            "A document that was lost cannot be read, and stays in {folder}: {why}",
                        ),
                        folder=self._folder,
                        why=refusal,
                    )
                )
                lock.release()
                continue
            yield Lost(unsaved, moment, copy, lock)

    def forget(self, lost: Lost) -> None:
        """Let a lost document go for good."""
        with suppress(OSError):
            lost.copy.unlink(missing_ok=True)
        lost.lock.release()

    def close(self) -> None:
        """Take the copy away: nothing is to be lost any more."""
        if self._lock is not None:
            self.keep(None)
            self._lock.release()
            self._lock = None

    def _own(self) -> None:
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = Lock.take(self._copy.with_suffix(LOCK))

    def _copies(self) -> list[tuple[Path, float]]:
        copies = []
        with suppress(OSError):
            for file in self._folder.iterdir():
                moment = file.stat().st_mtime
                if file.suffix == SUFFIX and file != self._copy:
                    copies.append((file, moment))
                elif file.suffix == ".tmp" and time.time() - moment > OLD_DRAFT:
                    file.unlink()
        return sorted(copies, key=lambda found: found[1], reverse=True)

    def _taken(self, copy: Path) -> Lock | None:
        try:
            lock = Lock.take(copy.with_suffix(LOCK))
        except OSError:
            return None
        if lock is not None and not copy.exists():
            # Its window was closed in order, or another one has just taken it over.
            lock.release()
            return None
        return lock


class Copies:
    """The copies of one window: of each document that it could lose, those taken back by undo too.

    Parameters
    ----------
    folder
        Where the copies are; made when the first one is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recoveries: dict[int, Recovery] = {}
        self._kept: dict[int, Unsaved] = {}

    def keep(self, unsaved: Mapping[int, Unsaved]) -> None:
        """Keep these documents, by their numbers, and let the copies of all others go.

        Raises
        ------
        Refusal
            If one cannot be written; the others are, and what was kept before is still there.
        """
        trouble = None
        for number, document in unsaved.items():
            if self._is_kept(number, document):
                continue
            recovery = self._recoveries.setdefault(number, Recovery(self._folder))
            try:
                recovery.keep(document)
                self._kept[number] = document
            except Refusal as refusal:
                trouble = trouble or refusal
        if trouble is not None:
            raise trouble
        for number in self._recoveries.keys() - unsaved.keys():
            self._kept.pop(number, None)
            self._recoveries.pop(number).close()

    def close(self) -> None:
        """Take all copies away: the window was closed in order."""
        for recovery in self._recoveries.values():
            recovery.close()
        self._recoveries.clear()
        self._kept.clear()

    def _is_kept(self, number: int, document: Unsaved) -> bool:
        kept = self._kept.get(number)
        return kept is not None and (
            kept.session is document.session and kept.home == document.home
        )


def _read(copy: Path) -> Unsaved:
    content = store.bytes_of(copy)
    session = store.decode(content, copy.name)
    home = ""
    with suppress(Unsound):  # a session that somebody put there is as good
        home = os.fsdecode(Archive(content).read(_HOME, _LONGEST_PATH))
    return Unsaved(session, Path(home) if home else None)
