"""Undo and redo: the document as it was, step by step."""

from dataclasses import dataclass, replace

from hopgui.session.session import Session

# Far more than a person goes back; it bounds the memory at 256×256 to some hundred megabytes.
MOST_STEPS = 2000


@dataclass(frozen=True, eq=False)
class Entry:
    """A document as it stood before an edit, what the edit is called, and which document it is."""

    label: str
    session: Session
    number: int = 0


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
    number
        Which document the present one is: opening another is a step too, and gives another number.
    """

    present: Session
    past: tuple[Entry, ...] = ()
    future: tuple[Entry, ...] = ()
    number: int = 0

    def edited(self, session: Session, label: str, number: int | None = None) -> "History":
        """Return the history after one more edit; what could be redone is gone.

        Parameters
        ----------
        session
            The document from now on.
        label
            What the edit is called.
        number
            Which document that is, if it is another one.
        """
        past = (*self.past, Entry(label, self.present, self.number))[-MOST_STEPS:]
        return History(session, past, number=self.number if number is None else number)

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
        here = Entry(step.label, self.present, self.number)
        return History(step.session, self.past[:-1], (*self.future, here), step.number)

    def redone(self) -> "History":
        """Return the history one undone step forward again; itself when there is none."""
        if not self.future:
            return self
        step = self.future[-1]
        here = Entry(step.label, self.present, self.number)
        return History(step.session, (*self.past, here), self.future[:-1], step.number)
