"""Finds out what a picture is, off the window's thread when it takes long."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from hopgui.model.choices import Dynamics
from hopgui.model.mixtures import Mixtures
from hopgui.model.network import Network
from hopgui.model.settling import settler
from hopgui.model.verdict import Verdict
from hopgui.session.draws import Draws, rng_of
from hopgui.session.judged import Judged
from hopgui.session.session import Picture
from hopgui.worker.job import Job

# Memories, and memories times units, up to which nobody notices how long it takes.
FEW, SMALL = 32, 10_000


@dataclass(frozen=True, eq=False)
class Question:
    """A picture of which one wants to know what it is.

    Attributes
    ----------
    picture
        Units ±1, int8 array of shape (height, width).
    stable
        Whether no free unit would flip: only then is it asked whether a mixture falls to it.
    settled, cycle
        Whether its run is at rest at all, and whether in two states that follow each other.
    dynamics, seed
        How mixtures are let fall.
    """

    picture: Picture
    stable: bool
    settled: bool
    cycle: bool
    dynamics: Dynamics
    seed: int


class Namer(QObject):
    """Answers the newest question; one asked before it is forgotten.

    Where there are many memories, what the first answer needs is prepared in the background as
    soon as they are known. Call `close` before the object goes.

    Signals
    -------
    judged(object)
        The picture asked about, `Judged`; more than once while that is not sure yet.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    judged = Signal(object)
    failed = Signal(str, str)

    def __init__(self, network: Network, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = network
        self._mixtures = Mixtures(network.patterns)
        self._question: Question | None = None
        self._job = Job(self)
        self._job.advanced.connect(self._tell)
        self._job.ended.connect(self._tell_at_last)
        self._job.failed.connect(self.failed)
        self.know(network)

    @property
    def mixtures(self) -> Mixtures:
        """The memories of the present network, made ready."""
        return self._mixtures

    def know(self, network: Network) -> None:
        """Answer for this network from now on; a question about another is forgotten."""
        self.forget()
        if network.patterns is not self._network.patterns:
            self._mixtures = Mixtures(network.patterns)
        self._network = network
        if not self._is_quick:
            self._job.begin(self._mixtures.prepare())

    def ask(self, question: Question) -> None:
        """Find out what a picture is."""
        self._question = question
        steps = _naming(self._network, self._mixtures, question)
        if self._is_quick:
            *_, verdict = steps
            self._tell_at_last(verdict)
        else:
            self._job.begin(steps)

    def forget(self) -> None:
        """Let the question go."""
        if self._question is not None:
            self._question = None
            self._job.cancel()

    def close(self) -> None:
        """End the thread and wait for it."""
        self._question = None
        self._job.close()

    @property
    def _is_quick(self) -> bool:
        memories, units = self._network.memories, self._network.units
        return memories <= FEW and memories * units <= SMALL

    @Slot(object)
    def _tell(self, verdict: Verdict | None) -> None:
        if self._question is not None and verdict is not None:
            self.judged.emit(Judged(self._question.picture, verdict, sure=False))

    @Slot(object)
    def _tell_at_last(self, verdict: Verdict | None) -> None:
        question, self._question = self._question, None
        if question is not None and verdict is not None:
            self.judged.emit(Judged(question.picture, verdict))


def _naming(network: Network, mixtures: Mixtures, question: Question) -> Iterator[Verdict | None]:
    """Yield what is known so far: nothing while the memories are made ready."""
    yield from mixtures.prepare()
    state = np.ascontiguousarray(question.picture).ravel()
    settle = settler(network, question.dynamics, lambda: rng_of(Draws.RECALL, question.seed))
    yield from mixtures.naming(
        state,
        settle=settle if question.stable else None,
        settled=question.settled,
        cycle=question.cycle,
        overlaps=network.overlaps(state),
    )
