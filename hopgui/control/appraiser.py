"""Finds out what the kept states are under the present network, off the window's thread."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from hopgui.model.appraisal import Appraisal, appraised
from hopgui.model.choices import Dynamics
from hopgui.model.mixtures import Mixtures
from hopgui.model.network import Network
from hopgui.session.draws import Draws, rng_of
from hopgui.session.session import Picture
from hopgui.worker.job import Job


class Appraiser(QObject):
    """Knows of each picture asked about what it is; one that was told once is not computed again.

    Call `close` before the object goes.

    Signals
    -------
    found()
        More is known than before.
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    found = Signal()
    failed = Signal(str, str)

    def __init__(self, network: Network, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = network
        self._mixtures = Mixtures(network.patterns)
        # Kept by what was asked about, so that no other array takes its identity.
        self._known: dict[int, tuple[Picture, Appraisal]] = {}
        self._asked: list[Picture] = []
        self._job = Job(self)
        self._job.advanced.connect(self._take)
        self._job.failed.connect(self.failed)

    def know(self, network: Network) -> None:
        """Answer for this network from now on; all that was known of another is forgotten."""
        self._job.cancel()
        if network.patterns is not self._network.patterns:
            self._mixtures = Mixtures(network.patterns)
        self._network = network
        self._known.clear()

    def ask(self, pictures: Sequence[Picture], dynamics: Dynamics, seed: int) -> None:
        """Find out what these pictures are, as far as that is not known, and forget all others."""
        known = {id(each): self._known[id(each)] for each in pictures if id(each) in self._known}
        self._known = known
        units = self._network.units
        # A network of another size is on its way out.
        fits = [each for each in pictures if each.size == units]
        self._asked = [each for each in fits if id(each) not in known]
        if not self._asked:
            self._job.cancel()
            return
        states = [np.ascontiguousarray(each).ravel() for each in self._asked]
        rng = partial(rng_of, Draws.RECALL, seed)
        self._job.begin(appraised(self._network, self._mixtures, states, dynamics, rng))

    def of(self, picture: Picture) -> Appraisal | None:
        """Return what is known of a picture that was asked about, None if nothing is yet."""
        known = self._known.get(id(picture))
        return None if known is None else known[1]

    def close(self) -> None:
        """End the thread and wait for it."""
        self._job.close()

    @Slot(object)
    def _take(self, appraisals: tuple[Appraisal, ...]) -> None:
        for picture, appraisal in zip(self._asked, appraisals, strict=False):
            self._known[id(picture)] = picture, appraisal
        if appraisals:
            self.found.emit()
