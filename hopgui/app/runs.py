"""The wires between the runs and their list."""

from PySide6.QtCore import QObject, Signal, Slot

from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.frame import Frame
from hopgui.session.past_run import PastRun, same_run
from hopgui.session.proof import Proof, prove
from hopgui.session.run_facts import Keeping, RunFacts, run_facts
from hopgui.ui.parts.pace import Pace
from hopgui.ui.runs.runs_panel import RunsPanel
from hopgui.ui.window.banner import translated
from hopgui.ui.window.main_window import MainWindow
from hopgui.worker.job import Job

PERIOD = 200  # milliseconds between two looks at which runs there are


class Runs(QObject):
    """Lists the runs, keeps and proves them, and says when a recording lets its oldest part go.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Attributes
    ----------
    job
        Makes a run again.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    """

    refused = Signal(object)

    def __init__(
        self, window: MainWindow, player: Player, document: Document, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._player = player
        self._document = document
        self._desk = desk
        self._facts: tuple[RunFacts, ...] = ()
        self._told: int | None = None
        self.job = Job(self)
        player.frame_changed.connect(self._tell_forgetting)
        window.actions_by_name["runs"].triggered.connect(lambda _on: window.docks.runs.open())
        window.docks.runs.when_built(self._connect)

    def close(self) -> None:
        """End the job's thread."""
        self.job.close()

    def _connect(self, panel: RunsPanel) -> None:
        self._panel = panel
        panel.retold.connect(self._retell)
        panel.kept.connect(self._keep)
        panel.deleted.connect(self._delete)
        panel.proved.connect(self._prove)
        panel.renamed.connect(self._rename)
        self.job.advanced.connect(panel.show_proof)
        self.job.ended.connect(panel.show_proof)
        self.job.refused.connect(self._show_refusal)
        # Rounds of a repeat may end at every frame.
        self._pace = Pace(PERIOD, panel)
        self._pace.due.connect(self._follow)
        self._document.changed.connect(self._pace.ask)
        self._player.frame_changed.connect(self._pace.ask)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """List the runs anew if they are other ones; one under way is listed when it stands."""
        runs = self._listed()
        if [(each, keeping) for each, keeping in runs] == [
            (facts.run, facts.keeping) for facts in self._facts
        ]:
            return
        known = {(facts.run, facts.keeping): facts for facts in self._facts}
        self._facts = tuple(known.get(row) or run_facts(*row) for row in runs)
        self._panel.show_runs(self._facts)

    def _listed(self) -> list[tuple[PastRun, Keeping]]:
        session = self._document.session
        runs = [
            *((run, Keeping.KEPT) for run in session.runs),
            *((run, Keeping.PASSING) for run in self._player.past),
        ]
        moving = self._player.running or self._player.repeating
        present = None if moving else self._player.present
        if present is not None and not any(same_run(present, run) for run, _ in runs):
            runs.append((self._as_listed(present), Keeping.PRESENT))
        return runs[::-1]

    def _as_listed(self, present: PastRun) -> PastRun:
        """Return the same value for the same run, however often it is asked for."""
        for facts in self._facts:
            if facts.run.recording is present.recording:
                return facts.run
        return present

    @Slot(int)
    def _retell(self, row: int) -> None:
        run = self._facts[row].run
        if run.session.grid != self._document.session.grid:
            grid = run.session.grid
            self.refused.emit(
                Refusal(
                    QT_TRANSLATE_NOOP("Refusal", "This run went on a grid of {width} × {height}."),
                    width=grid.width,
                    height=grid.height,
                )
            )
        elif self._facts[row].keeping is not Keeping.PRESENT:
            self._player.retell(run)

    @Slot(int)
    def _keep(self, row: int) -> None:
        run = self._facts[row].run
        self._desk.keep_run(run)
        self._player.forget(run)

    @Slot(int)
    def _delete(self, row: int) -> None:
        run, kept = self._facts[row].run, self._document.session.runs
        if run in kept:
            self._desk.delete_run(kept.index(run))
        else:
            self._player.forget(run)

    @Slot(int, str)
    def _rename(self, row: int, name: str) -> None:
        run, kept = self._facts[row].run, self._document.session.runs
        if run in kept:
            self._desk.rename_run(kept.index(run), name)

    @Slot(int)
    def _prove(self, row: int) -> None:
        self._panel.show_proof(Proof(0, 0, 1))
        self.job.begin(prove(self._facts[row].run))

    @Slot(object)
    def _show_refusal(self, refusal: Refusal) -> None:
        self._panel.show_note(translated(refusal))

    @Slot(object)
    def _tell_forgetting(self, frame: Frame) -> None:
        """Say it once a run, when its recording begins to let its oldest part go."""
        recording = frame.recording
        if recording is None or not recording.forgotten or recording.run == self._told:
            return
        self._told = recording.run
        self._window.banner.show_text(
            self.tr("This run is longer than is recorded: its oldest part is let go.")
        )
