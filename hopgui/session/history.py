"""Undo and redo: the document as it was, step by step."""

from dataclasses import dataclass, replace

from hopgui.session.session import Session

# Far more than a person goes back; it bounds the memory at 256×256 to some hundred megabytes.
MOST_STEPS = 2000


@dataclass(frozen=True, eq=False)
class Entry:
    """A document as it stood before an edit, and what the edit is called."""

    label: str
    session: Session


@dataclass(frozen=True, eq=False)
class History:
    """The present document between what can be undone and what can be redone.

    Attributes
    ----------
    present
        The document.
    past
        Entries that undo goes back to, the newest last.
    future
        Entries that redo goes forward to, the newest undone last.
    """

    present: Session
    past: tuple[Entry, ...] = ()
    future: tuple[Entry, ...] = ()

    def edited(self, session: Session, label: str) -> "History":
        """Return the history after one more edit; what could be redone is gone."""
        past = (*self.past, Entry(label, self.present))[-MOST_STEPS:]
        return History(session, past)

    def slipped_in(self, session: Session, label: str) -> "History":
        """Return the history after one more step, before what can be redone."""
        return replace(self.edited(session, label), future=self.future)

    def amended(self, session: Session) -> "History":
        """Return the history with the present replaced and no step added."""
        return replace(self, present=session)

    def undone(self) -> "History":
        """Return the history one step back; itself when there is none."""
        if not self.past:
            return self
        step = self.past[-1]
        return History(
            step.session, self.past[:-1], (*self.future, Entry(step.label, self.present))
        )

    def redone(self) -> "History":
        """Return the history one undone step forward again; itself when there is none."""
        if not self.future:
            return self
        step = self.future[-1]
        return History(
            step.session, (*self.past, Entry(step.label, self.present)), self.future[:-1]
        )
