"""The wires between the player, who finds out what a state is, and the card that says it."""

import numpy as np
from PySide6.QtCore import QObject, Signal

from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.namer import Namer, Question
from hopgui.control.player import Player
from hopgui.model.network import Network
from hopgui.model.rebuilding import mixture_weights, own_weights, rebuild
from hopgui.model.verdict import Kind
from hopgui.session.frame import Frame, Phase
from hopgui.session.judged import Judged
from hopgui.session.session import Picture
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.verdict.rebuilding_dialog import RebuildingDialog, Recipe
from hopgui.ui.window.main_window import MainWindow


class Verdicts(QObject):
    """Has every state judged that a run settles in, and any other when somebody asks.

    A verdict is shown for as long as that state is on the pad under that network.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Signals
    -------
    failed(str, str)
        It went wrong inside: what, and the details.
    """

    failed = Signal(str, str)

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        document: Document,
        desk: Desk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._player = player
        self._document = document
        self._desk = desk
        self._theme = LIGHT
        self._asked: Picture | None = None
        self._waits = False  # for a run to stand still
        self._judged: Judged | None = None
        self.namer = Namer(player.network, self)
        self.namer.judged.connect(self._show)
        self.namer.failed.connect(self.failed)
        player.network_changed.connect(self._know)
        player.frame_changed.connect(self._follow)
        player.came_to_rest.connect(self._ask_at_rest)
        window.actions_by_name["identify"].triggered.connect(self._ask_now)
        buttons = window.status.buttons
        buttons.verdict_requested.connect(self._ask_now)
        buttons.store_requested.connect(desk.store)
        buttons.unlearn_requested.connect(desk.unlearn)
        buttons.rebuilding_requested.connect(self._show_rebuilding)

    def show_theme(self, theme: Theme) -> None:
        """Draw what is opened from now on in these colours."""
        self._theme = theme

    def close(self) -> None:
        """End the thread."""
        self.namer.close()

    def _know(self, network: Network) -> None:
        self._forget()
        self.namer.know(network)

    def _follow(self, frame: Frame) -> None:
        """Let a verdict go that is not of this state; ask about a state that a run settled in."""
        if self._asked is not None and not np.array_equal(self._asked, frame.state):
            self._forget()
        if frame.phase is Phase.SETTLED and self._asked is None:
            self._ask(frame)

    def _ask_now(self) -> None:
        """Ask about the state on the pad; a run that goes on is stopped first."""
        player = self._player
        if not player.network.memories:
            self._desk.recall()  # says that there is nothing to recall yet
        elif player.running or player.repeating:
            self._waits = True
            player.pause()
        else:
            self._ask(player.frame)

    def _ask_at_rest(self) -> None:
        if self._waits:
            self._waits = False
            self._ask(self._player.frame)

    def _ask(self, frame: Frame) -> None:
        session = self._document.session
        settled = frame.phase is Phase.SETTLED
        self._asked = frame.state
        self.namer.ask(
            Question(
                frame.state,
                stable=not frame.unstable.any(),
                settled=settled or frame.recording is None or frame.temperature == 0,
                cycle=settled and frame.cycling,
                dynamics=session.dynamics,
                seed=session.seed,
            )
        )

    def _forget(self) -> None:
        self._asked = None
        self.namer.forget()
        self._show(None)

    def _show(self, judged: Judged | None) -> None:
        self._judged = judged
        self._window.status.show_verdict(judged)

    def _show_rebuilding(self) -> None:
        """Show how the state is built: of a mixture's members, and of all the overlaps."""
        judged, session, network = self._judged, self._document.session, self._player.network
        if judged is None or not network.memories:
            return
        state = np.ascontiguousarray(judged.picture).ravel()
        recipes = {}
        if judged.verdict.kind is Kind.MIXTURE:
            weights = mixture_weights(judged.verdict, network.memories)
            recipes[Recipe.MEMBERS] = rebuild(network.patterns, state, weights)
        own = own_weights(network, state)
        if own is None:
            dual = self.namer.mixtures.dual_overlaps(network.overlaps(state))
            recipes[Recipe.DUAL_OVERLAPS] = rebuild(network.patterns, state, dual)
        else:
            recipes[Recipe.OVERLAPS] = rebuild(network.patterns, state, own)
        dialog = RebuildingDialog(
            recipes, session.memories, session.grid, self._theme, parent=self._window
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
