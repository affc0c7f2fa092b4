"""The wires between a small grid and all that can be known of it: barriers and kicks."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, Signal

from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model import all_states, basins
from hopgui.model.barriers import Barriers, BarrierTree, barriers
from hopgui.model.network import Network
from hopgui.model.scaling import ring_order, stacked
from hopgui.model.transitions import Transitions, transitions
from hopgui.refusal import Refusal
from hopgui.session.draws import Draws, rng_of
from hopgui.ui.landscape.attractor_marks import marks_of
from hopgui.ui.landscape.small_grid_pages import climb_text, stay_text
from hopgui.ui.landscape.view import LandscapeView, Page
from hopgui.ui.look.numbers import number
from hopgui.ui.verdict.verdict_text import title
from hopgui.ui.window.banner import translated
from hopgui.worker.job import Job

MOST_FATES = 8
KEPT = 256 * 2**20  # bytes of chances that are held on to, to say where the pad falls
MOST_KICKED = 36  # states on the ring; more could not be told apart


class SmallGrids(QObject):
    """Computes the tree of barriers and the graph of transitions when they are looked at.

    Parameters
    ----------
    view, player, document
        The parts to connect.

    Signals
    -------
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    failed = Signal(str, str)

    def __init__(
        self, view: LandscapeView, player: Player, document: Document, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._player, self._document = view, player, document
        self._pages = {Page.BARRIERS: view.barriers, Page.KICKS: view.kicks}
        self._limits = {Page.BARRIERS: all_states.MOST_UNITS, Page.KICKS: basins.MOST_UNITS}
        self._page: Page | None = None
        self._computing: Page | None = None
        self._known: set[Page] = set()
        self._basins: basins.Basins | None = None
        self._job = Job(self)
        self._job.advanced.connect(self._take)
        self._job.ended.connect(self._end)
        self._job.refused.connect(self._refuse)
        self._job.failed.connect(self._fail)
        player.network_changed.connect(self._forget)
        player.frame_changed.connect(self._show_fates)
        self._forget()

    def close(self) -> None:
        """End the computation and its thread."""
        self._job.close()

    def look(self, page: Page | None) -> None:
        """Note which page is to be seen, and find out what is missing there."""
        self._page = page if page in self._pages else None
        if self._page is None or self._page is self._computing or self._page in self._known:
            return
        self._begin(self._page)

    def _begin(self, page: Page) -> None:
        network = self._player.network
        limit = self._limits[page]
        if not network.memories:
            self._pages[page].show_absence(self.tr("Store a memory to give the pad an energy."))
        elif network.units > limit:
            text = self.tr(
                "Here all states of the grid are looked at: possible up to {most} units, and this"
                " pad has {n}. File ▸ New grid makes a smaller one."
            )
            words = text.format(most=number(limit), n=number(network.units))
            self._pages[page].show_absence(words)
        else:
            self._computing = page
            self._pages[page].show_absence(self.tr("Looking at all states …"))
            rng = rng_of(Draws.SMALL_GRID, self._document.session.seed)
            steps = barriers(network, rng) if page is Page.BARRIERS else _kicks(network, rng)
            self._job.begin(steps)

    def _forget(self) -> None:
        self._job.cancel()
        self._computing = self._basins = None
        self._known.clear()
        for page in self._pages.values():
            page.show_absence("")
            page.chart.show_marks(())
        if self._page is not None:
            self._begin(self._page)

    def _take(self, found: Barriers | basins.Basins) -> None:
        if isinstance(found, basins.Basins):
            self._basins = found if found.shares.nbytes <= KEPT else None
            self._show_kicks(transitions(found))
            self._show_fates()
        elif found.tree is None:
            self._view.barriers.show_progress(found.done, found.total)
        else:
            self._show_tree(found.tree)

    def _end(self, _last: object) -> None:
        assert self._computing is not None  # noqa: S101 - something has ended
        self._known.add(self._computing)
        self._computing = None
        self.look(self._page)

    def _refuse(self, refusal: Refusal) -> None:
        page, self._computing = self._computing, None
        if page is not None:
            self._known.add(page)
            self._pages[page].show_absence(translated(refusal))

    def _fail(self, what: str, details: str) -> None:
        self._computing = None
        self.failed.emit(what, details)

    def _show_tree(self, tree: BarrierTree) -> None:
        session = self._document.session
        facts = [
            climb_text(tree.climb(minimum), int(tree.sizes[minimum]))
            for minimum in range(tree.minima)
        ]
        marks = marks_of(tree.attractors, session.memories, session.grid.shape, facts=facts)
        self._view.barriers.show_tree(marks, tree)

    def _show_kicks(self, found: Transitions) -> None:
        session = self._document.session
        largest = np.argsort(-found.sizes, kind="stable")[:MOST_KICKED]
        states = stacked([found.attractors[which].state for which in largest], session.grid.units)
        shown = largest[ring_order(states)].tolist()
        marks = marks_of(
            [found.attractors[which] for which in shown],
            session.memories,
            session.grid.shape,
            [float(found.sizes[which]) for which in shown],
            [stay_text(float(found.chances[which, which])) for which in shown],
        )
        chances = found.chances[np.ix_(shown, shown)]
        self._view.kicks.show_kicks(marks, chances, len(found.attractors))

    def _show_fates(self) -> None:
        """Say to which attractors the state on the pad falls, and with what chance."""
        found, state = self._basins, self._player.frame.state
        if found is None or self._page is not Page.KICKS or state.size != found.free.size:
            return
        shares = found.shares[found.number(state.ravel())]
        likeliest = np.argsort(-shares, kind="stable")[:MOST_FATES]
        memories = self._document.session.memories
        self._view.kicks.show_fates(
            [
                (title(found.attractors[which].verdict, memories), float(shares[which]))
                for which in likeliest.tolist()
                if shares[which] > 0
            ]
        )


def _kicks(network: Network, rng: np.random.Generator) -> Iterator[basins.Basins]:
    yield basins.exact_basins(network, rng=rng)
