"""The wires between the document, the training of a Boltzmann machine, and its panel."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.model.boltzmann import visible
from hopgui.model.boltzmann.datasets import Pictures
from hopgui.model.boltzmann.gibbs import mean_field
from hopgui.model.boltzmann.machine import Machine, bits_of, pattern_of
from hopgui.model.boltzmann.network import RbmNetwork
from hopgui.model.boltzmann.visible import melting_temperature
from hopgui.model.boltzmann.visible_network import VisibleNetwork
from hopgui.model.choices import Energy, EnergyKind, RuleKind
from hopgui.model.patterns import Pattern
from hopgui.refusal import Refusal
from hopgui.session import any_training, edits
from hopgui.session.any_training import AnyTraining
from hopgui.session.handwritten import handwritten_digits
from hopgui.session.plan import plan_of, same_choices
from hopgui.session.session import Grid, Picture, Session, blank_session
from hopgui.session.training import DataKind, Training, pictures_of
from hopgui.ui.boltzmann.view import BoltzmannView
from hopgui.ui.controls.values import values_of
from hopgui.ui.look.numbers import energy, number
from hopgui.ui.parts.job_strip import taken
from hopgui.ui.parts.pace import Pace
from hopgui.ui.window.banner import translated
from hopgui.ui.window.main_window import MainWindow
from hopgui.worker.job import Job

PERIOD = 60  # milliseconds between two readings of the hidden units
# Modes of the couplings, and units of all memories, up to which the strongest is looked for.
MOST_MODES, MOST_COMPARED = 200, 1_000_000
MEMORIES_MADE = 10  # of a pad that is opened for pictures of another size


class Boltzmann(QObject):
    """Has machines trained, shows how they learn, and lets them work on the pad.

    Parameters
    ----------
    window, player, document, desk
        The parts to connect.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    failed(str, str)
        Training went wrong inside: what, and the details.
    folder_wanted()
        A folder of pictures is to be asked for; `take_folder` takes them.
    """

    refused = Signal(object)
    failed = Signal(str, str)
    folder_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        document: Document,
        desk: Desk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._player = window, player
        self._document, self._desk = document, desk
        self._training: AnyTraining | None = None
        # Steps and epochs that the present training had behind it when it was last begun.
        self._before = (0, 0)
        self._folder: Pictures | None = None  # the pictures of the folder that was chosen last
        self._trained_in = document.number
        self._job = Job(self)
        self._pace = Pace(PERIOD, self)
        self._pace.due.connect(self._show_hidden)
        player.frame_changed.connect(self._pace.ask)
        window.actions_by_name["boltzmann"].triggered.connect(
            lambda _on: window.docks.boltzmann.open()
        )
        window.docks.boltzmann.when_built(self._connect)

    def close(self) -> None:
        """End the training's thread."""
        self._job.close()
        self._pace.stop()

    def _connect(self, view: BoltzmannView) -> None:
        self._view = view
        view.controls.data_chosen.connect(self._show_pictures)
        view.controls.folder_wanted.connect(self.folder_wanted)
        view.strip.begun.connect(self._begin)
        view.strip.paused.connect(self._pause)
        view.strip.cancelled.connect(self._job.cancel)
        view.train_on_requested.connect(self._go_on)
        view.dream_requested.connect(self._desk.dream)
        view.dream_chosen.connect(self._put)
        view.mean_field_requested.connect(self._recall_by_means)
        view.hidden_set.connect(self._turn_hidden)
        self._job.advanced.connect(self._show)
        self._job.ended.connect(self._end)
        self._job.cancelled.connect(self._end)
        self._job.refused.connect(self._refuse)
        self._job.failed.connect(self._fail)
        self._document.changed.connect(self._follow)
        self._follow(self._document.session)

    # Training

    def take_folder(self, pictures: Sequence[tuple[str, Picture]]) -> None:
        """Train on these named pictures of one size from now on."""
        units = np.stack([picture.ravel() for _, picture in pictures])
        height, width = pictures[0][1].shape
        self._folder = Pictures(units, (height, width))
        self._view.controls.choose_folder()

    def _pictures(self) -> Pictures:
        """Return the pictures that are chosen to train on."""
        session, kind = self._document.session, self._view.controls.kind
        given = handwritten_digits()[0] if kind is DataKind.DIGITS else self._folder
        memories = Pictures(session.patterns, session.grid.shape)
        return pictures_of(kind, memories, given, session.seed)

    @Slot()
    def _show_pictures(self) -> None:
        try:
            pictures = self._pictures()
        except Refusal as refusal:
            # Whoever stores a memory did not ask for these: it is said here, and when they are.
            self._view.controls.show_no_pictures(translated(refusal))
            return
        count, (height, width) = len(pictures.units), pictures.shape
        words = self.tr("{count} pictures of {width} × {height}").format(
            count=number(count), width=width, height=height
        )
        if self._view.controls.kind is DataKind.BARS_AND_STRIPES:
            words = self.tr("{pictures}, as large as the pad").format(pictures=words)
        self._view.controls.show_pictures(count, pictures.units.shape[1], words)
        self._show_span()

    def _show_span(self) -> None:
        """Propose the temperature at which the network of the memories melts."""
        session = self._document.session
        span = values_of(_as_network(session)).span
        hebbian = session.rule.kind in {RuleKind.HEBB, RuleKind.UNLEARNING}
        count, units = len(session.memories), session.grid.units
        # Of more, finding it would be noticed; other rules make unlike memories of all.
        if hebbian and min(count, units) <= MOST_MODES and count * units <= MOST_COMPARED:
            span *= melting_temperature(session.patterns)
        self._view.controls.visible.show_span(span)

    def _begin(self) -> None:
        course = self._view.controls.course(self._document.session.seed)
        try:
            begun = any_training.begin(course, self._pictures())
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        self._fit_pad(begun.pictures)
        self._training = None  # the former one is not to be kept in its name
        plan = plan_of(_as_network(self._document.session))
        self._take_on(begun, any_training.first_steps(begun, plan))

    def _go_on(self) -> None:
        if self._training is not None:
            self._take_on(self._training, any_training.steps(self._training))

    def _take_on(self, begun: AnyTraining, steps: Iterator[AnyTraining]) -> None:
        self._trained_in = self._document.number
        self._before = (begun.done, _epochs(begun))
        self._view.strip.show_progress(begun.done, begun.total, 0.0)
        self._view.show_training(begun, active=True)
        self._job.begin(steps)

    def _fit_pad(self, pictures: Pictures) -> None:
        """Open a pad of the pictures' size where the present one has another."""
        height, width = pictures.shape
        if self._document.session.grid.shape == pictures.shape:
            return
        digits = self._view.controls.kind is DataKind.DIGITS
        title = self.tr("Digits") if digits else self.tr("Pictures")
        blank = blank_session(Grid(width, height), title=title)
        some = pictures.units[:MEMORIES_MADE].reshape(-1, height, width)
        shown = edits.store_all(
            blank, [(number(place), picture) for place, picture in enumerate(some)]
        )
        self._desk.open(edits.load(shown, 0))

    def _pause(self, on: bool) -> None:
        self._job.pause() if on else self._job.go_on()
        self._show_progress()
        if on:
            self._keep()

    def _show(self, newest: AnyTraining) -> None:
        self._training = newest
        self._view.show_training(newest, active=True)
        self._show_progress()

    def _show_progress(self) -> None:
        newest = self._training
        if self._job.active and newest is not None:
            self._view.strip.show_progress(
                newest.done,
                newest.total,
                self._job.seconds,
                paused=self._job.paused,
                before=self._before[0],
            )

    def _end(self, _last: object = None) -> None:
        self._keep()
        newest = self._training
        if newest is None:
            self._view.strip.show_idle("")
            self._training = self._document.session.training
            self._view.show_training(self._training)
            return
        self._view.strip.show_idle(self._made(newest))
        self._view.show_training(newest)
        if newest.trouble is not None:
            self.refused.emit(newest.trouble)

    def _made(self, newest: AnyTraining) -> str:
        """Say how much was made since the training was begun or gone on with."""
        steps, epochs = self._before
        time = taken(self._job.seconds)
        if isinstance(newest, Training):
            made = number(newest.epoch - epochs)
            return self.tr("{epochs} epochs in {time}").format(epochs=made, time=time)
        made = number(newest.done - steps)
        return self.tr("{steps} steps in {time}").format(steps=made, time=time)

    def _keep(self) -> None:
        """Take what was learnt into the document that it was learnt for, and use it on the pad."""
        newest, document = self._training, self._document
        if newest is None or document.number != self._trained_in:
            return
        if newest.pictures.shape == document.session.grid.shape:
            self._desk.keep_training(newest)

    def _refuse(self, refusal: Refusal) -> None:
        self._end()
        self.refused.emit(refusal)

    def _fail(self, what: str, details: str) -> None:
        self._end()
        self.failed.emit(what, details)

    # The pad

    def _follow(self, session: Session, before: Session | None = None) -> None:
        """Show the document's training, unless one is under way."""
        grid = None if before is None else before.grid
        if before is None or session.memories is not before.memories or session.grid != grid:
            self._show_pictures()
        elif not same_choices(session, before):
            self._show_span()
        if not self._job.active and session.training is not self._training:
            self._training = session.training
            self._view.show_training(session.training)
            if session.training is not None:
                self._take_course(session.training)
        used = session.energy.kind is EnergyKind.BOLTZMANN
        self._view.show_state(
            ""
            if used or session.training is None
            else self.tr("Controls ▸ Energy ▸ Boltzmann machine puts this machine on the pad.")
        )
        self._pace.ask()

    def _take_course(self, training: AnyTraining) -> None:
        """Show what a training was asked for; its pictures stand for those of a folder."""
        course = training.course
        if course.data is DataKind.FOLDER:
            units = training.pictures.units
            if isinstance(training, Training) and len(training.held):
                units = np.concatenate([units, training.held])
            self._folder = Pictures(units, training.pictures.shape)
        self._view.controls.show_data(course.data)
        # Other pictures propose another schedule: what was asked for is shown after them.
        self._show_pictures()
        self._view.controls.show_course(course)

    @property
    def _machine(self) -> Machine | None:
        """The machine on the pad, None while another network is there."""
        network = self._player.network
        return network.rbm if isinstance(network, RbmNetwork) else None

    def _is_on_pad(self) -> bool:
        """Say whether a machine is on the pad, of either kind."""
        return isinstance(self._player.network, RbmNetwork | VisibleNetwork)

    @Slot()
    def _show_hidden(self) -> None:
        if self._window.docks.boltzmann.panel is None:
            return
        machine, state = self._machine, self._state()
        self._view.show_dreamer(there=self._is_on_pad())
        if machine is None or machine.visible != state.size:
            self._view.show_hidden(None)
            return
        v = bits_of(state)
        means = machine.hidden_mean(v)
        likeliest = (means > 0.5).astype(float)
        free = self.tr("F(v) = {energy}, all h together").format(
            energy=energy(float(machine.free_energy(v)))
        )
        both = self.tr("E(v, h) = {energy} at the likeliest h").format(
            energy=energy(float(machine.energy(v, likeliest)))
        )
        self._view.show_hidden(means, free, both)

    def _turn_hidden(self, unit: int) -> None:
        """Show what the machine expects with one hidden unit turned over."""
        machine = self._machine
        if machine is None:
            return
        h = (machine.hidden_mean(bits_of(self._state())) > 0.5).astype(float)
        h[unit] = 1 - h[unit]
        self._put(pattern_of(machine.visible_mean(h) > 0.5))

    def _recall_by_means(self) -> None:
        """Recall without chance: means given means, until nothing changes."""
        network, state = self._player.network, self._state()
        pinned = self._document.session.pinned.ravel()
        if isinstance(network, VisibleNetwork) and network.machine is not None:
            means = visible.mean_field(network.machine, state, pinned)
            self._put(pattern_of(means > 0))
        elif isinstance(network, RbmNetwork):
            means = mean_field(network.rbm, bits_of(state), pinned=pinned)
            self._put(pattern_of(means > 0.5))

    def _put(self, state: Pattern) -> None:
        """Put a state on the pad; pinned units stay as they are."""
        session = self._document.session
        if state.size == session.grid.units:
            kept = np.where(session.pinned.ravel(), self._state(), state)
            self._desk.look_at(kept.astype(np.int8).reshape(session.grid.shape))

    def _state(self) -> Pattern:
        return np.ascontiguousarray(self._player.shown).ravel()


def _epochs(training: AnyTraining) -> int:
    """Return how many epochs are completed; a fully visible machine has none."""
    return training.epoch if isinstance(training, Training) else 0


def _as_network(session: Session) -> Session:
    """Return the document with the Hopfield network of its memories, whatever is on the pad."""
    return replace(session, energy=Energy())
