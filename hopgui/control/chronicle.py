"""The runs of a window: the present one, and those before it that are not kept yet."""

from dataclasses import replace

from hopgui.session.mailbox import Letter
from hopgui.session.past_run import PastRun, same_run
from hopgui.session.plan import same_choices
from hopgui.session.recording import Recording, compact
from hopgui.session.session import Session, with_pad
from hopgui.session.tape import MOST_FLIPS

MOST_RUNS = 20
MOST_GHOSTS = 5


class Chronicle:
    """Remembers under which document each run went, and lets the oldest go in time.

    Attributes
    ----------
    runs
        Runs that are over and that nobody kept, oldest first.
    """

    def __init__(self) -> None:
        self.runs: tuple[PastRun, ...] = ()
        self._rounds: tuple[PastRun, ...] = ()
        self._session: Session | None = None
        self._driven = False
        self._in_repeat = False

    def begin(self, session: Session, recording: Recording, *, in_repeat: bool) -> None:
        """Note under which document a run began, and whether it is a round of a repeat."""
        start = recording.start.reshape(session.grid.shape)
        self._session = replace(with_pad(session, start), runs=(), kept=())
        self._driven = False
        self._in_repeat = in_repeat

    def drive(self) -> None:
        """Note that order or temperature were changed under the run."""
        self._driven = True

    def present(self, letter: Letter) -> PastRun | None:
        """Return the run under way as it would be remembered now; None before its first update."""
        if self._session is None or not letter.recording.updates:
            return None
        return PastRun("", self._session, letter.recording, letter.settled, self._driven)

    def end(self, letter: Letter, kept: tuple[PastRun, ...]) -> None:
        """Remember the run that is over, unless it is kept already or was only shown again.

        Of the rounds of a repeat the last few are remembered: else they would take the place of all
        that was asked for one by one.
        """
        run = None if letter.recording.run < 0 else self.present(letter)
        if run is None or any(same_run(run, other) for other in (*self.runs, *kept)):
            return
        run = replace(run, recording=compact(run.recording))
        self.runs = (*self.runs, run)[-MOST_RUNS:]
        if self._in_repeat:
            self._rounds = (*self._rounds, run)
            for old in self._rounds[:-MOST_GHOSTS]:
                self.forget(old)
            self._rounds = self._rounds[-MOST_GHOSTS:]
        while len(self.runs) > 1 and sum(each.flips for each in self.runs) > MOST_FLIPS:
            self.runs = self.runs[1:]

    def forget(self, run: PastRun) -> None:
        """Let a run go."""
        self.runs = tuple(each for each in self.runs if each is not run)

    def ghosts(self, session: Session) -> tuple[Recording, ...]:
        """Return the last few runs whose energies say something beside the present one's."""
        runs = (*session.runs, *self.runs)
        return tuple(
            run.recording
            for run in runs
            if run.session.grid == session.grid and same_choices(run.session, session)
        )[-MOST_GHOSTS:]
