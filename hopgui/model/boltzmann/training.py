"""Training: the machine climbs the log-likelihood of its pictures, and says how far it is.

A training is a generator of snapshots. Each `next` makes as many gradients as take a few hundredths
of a second; not to call it is to pause, and any snapshot's state can be gone on from later, draw
for draw.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann import gibbs
from hopgui.model.boltzmann.likelihood import is_exact, log_partition, log_partition_steps
from hopgui.model.boltzmann.machine import Machine, bits_of, pattern_of
from hopgui.model.boltzmann.measures import Measures, is_quickly_exact, measure
from hopgui.model.boltzmann.settings import Method, Settings
from hopgui.model.boltzmann.state import Change, State, require_pictures
from hopgui.model.boltzmann.tempering import inverse_temperatures, tempered_step
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# What a gradient costs, in nanoseconds on a slow machine: for itself, a drawn number, a product.
COST, COST_DRAWN, COST_PRODUCT = 150_000, 12, 0.2
SLICE = 20_000_000
# The hidden units' running mean takes so much of each batch's.
NEW = 0.01
DREAMS = 64
# Weights beyond this make every unit certain: they come of a rate that is too high alone.
LARGEST_WEIGHT = 1e4

DIVERGED = QT_TRANSLATE_NOOP(
    "Refusal",
    "Training diverged in epoch {epoch}: the learning rate {rate} is too high. The last good"
    " weights are kept.",
)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A training as far as it has come.

    Attributes
    ----------
    epoch
        Epochs completed.
    done, total
        Gradients made, and in all.
    machine
        The machine; the last good one where training diverged.
    measures
        The newest point of the learning curve: it changes when its epoch does, and once more at
        the end of training where ln Z took long to sum.
    dreams
        Visible states of the chains at β = 1, at most 64; units ±1, int8 array of shape (chains,
        visible). Under CD those that the last batch has become.
    rate
        The learning rate of the last gradient.
    state
        What training can be gone on from.
    trouble
        Why training has stopped before its end; None while all is well.
    """

    epoch: int
    done: int
    total: int
    machine: Machine
    measures: Measures
    dreams: NDArray[np.int8]
    rate: float
    state: State
    trouble: Refusal | None = None


def train(
    patterns: NDArray[np.int8],
    settings: Settings,
    state: State,
    *,
    held: NDArray[np.int8] | None = None,
) -> Iterator[Snapshot]:
    """Train a machine, from its beginning (`state.begin`) or from any snapshot's state on.

    The first snapshot is of the machine as it is; the last has `done` equal to `total`, or says
    what the trouble is.

    Parameters
    ----------
    patterns
        The pictures, units ±1, int8 array of shape (pictures, visible).
    settings
        The schedule.
    state
        Where to begin.
    held
        Pictures kept apart, to compare free energies with; same shape.

    Raises
    ------
    Refusal
        If there are not two different pictures.
    ValueError
        If the pictures are not those that the state was begun with.
    """
    require_pictures(patterns)
    if (len(patterns), patterns.shape[1]) != (state.order.size, state.machine.visible):
        message = f"pictures of shape {patterns.shape} do not belong to this training"
        raise ValueError(message)
    return _snapshots(Trainer(patterns, settings, state), held)


def _snapshots(trainer: "Trainer", held: NDArray[np.int8] | None) -> Iterator[Snapshot]:
    patterns = trainer.patterns
    apart = patterns[:0] if held is None else held
    settings, machine = trainer.settings, trainer.machine()

    def measured(log_z: float | None) -> Measures:
        quick = log_z is None and is_quickly_exact(machine)
        log_z = log_partition(machine) if quick else log_z
        return measure(machine, patterns, apart, trainer.epoch, log_z, trainer.exchange_rates())

    newest = measured(None)
    state = trainer.state(machine)
    yield trainer.snapshot(newest, state)
    while trainer.done < trainer.total:
        report = (trainer.epoch // settings.every + 1) * settings.every * trainer.batches
        if not trainer.advance(min(report, trainer.total)):
            good = trainer.state(trainer.machine())
            yield trainer.snapshot(newest, good, trainer.trouble())
            return
        machine = trainer.machine()
        state = trainer.state(machine)
        if trainer.done in {report, trainer.total}:
            newest = measured(None)
        if trainer.done < trainer.total or not _is_slowly_exact(machine):
            yield trainer.snapshot(newest, state)
    if _is_slowly_exact(machine):
        for log_z, block, blocks in log_partition_steps(machine):
            if block == blocks:
                newest = measured(log_z)
            yield trainer.snapshot(newest, state)


def _is_slowly_exact(machine: Machine) -> bool:
    return is_exact(machine) and not is_quickly_exact(machine)


class Trainer:
    """A training in motion, between two snapshots.

    Parameters
    ----------
    patterns
        The pictures, units ±1, int8 array of shape (pictures, visible).
    settings
        The schedule.
    state
        Where to begin.

    Attributes
    ----------
    done
        Gradients made so far.
    """

    def __init__(self, patterns: NDArray[np.int8], settings: Settings, state: State) -> None:
        self.patterns = patterns
        self.settings = settings
        self.done = state.step
        self._data = bits_of(patterns)
        self._mean = self._data.mean(axis=0, dtype=np.float64)
        # Two machines and two changes, so that the last good ones are never lost.
        rows = [_in_a_row(of) for of in (state.machine, state.velocity)]
        self._numbers, self._now = np.repeat(rows, 2, axis=0), 0
        self._single = gibbs.single_of(state.machine)
        self._offset = state.hidden_offset.copy()
        self._chains = state.chains.astype(np.float32)
        self._order = state.order.copy()
        self._rng = np.random.default_rng()
        self._rng.bit_generator.state = state.rng
        self._betas = inverse_temperatures(settings.temperatures)
        self._ones = np.ones(max(len(patterns), settings.chains), np.float32)
        self._made = np.zeros(max(settings.temperatures - 1, 0), np.int64)
        self._offered = 0

    @property
    def batches(self) -> int:
        """Gradients in an epoch."""
        return self.settings.batches(len(self.patterns))

    @property
    def total(self) -> int:
        """Gradients in all."""
        return self.settings.epochs * self.batches

    @property
    def epoch(self) -> int:
        """Epochs completed."""
        return self.done // self.batches

    def advance(self, end: int) -> bool:
        """Make gradients up to so many in all, or as many as fit into a slice of time.

        Returns
        -------
        bool
            False if one of them was no good: it has not been followed.
        """
        stop = min(end, self.done + self._at_once())
        while self.done < stop:
            if not self._step():
                return False
        return True

    def machine(self) -> Machine:
        """Return the machine as it is now."""
        return Machine(*self._parts_of(self._now))

    def state(self, machine: Machine) -> State:
        """Return all that this training needs to go on; its machine is the one given."""
        return State(
            machine,
            Change(*self._parts_of(2 + self._now)),
            self._offset.copy(),
            self._chains.astype(np.uint8),
            self._order.copy(),
            self.done,
            dict(self._rng.bit_generator.state),
        )

    def snapshot(
        self, measures: Measures, state: State, trouble: Refusal | None = None
    ) -> Snapshot:
        """Return this moment as a value."""
        return Snapshot(
            self.epoch,
            self.done,
            self.total,
            state.machine,
            measures,
            pattern_of(self._chains[-1][:DREAMS]),
            self.settings.rate_at(max(self.done - 1, 0), self.total),
            state,
            trouble,
        )

    def exchange_rates(self) -> tuple[float, ...] | None:
        """Return what share of the offered exchanges was made since this was asked last."""
        if not self._offered:
            return None
        rates = self._made / self._offered
        self._made[:], self._offered = 0, 0
        return tuple(rates.tolist())

    def trouble(self) -> Refusal:
        """Return the sentence that says that training has diverged."""
        rate = self.settings.rate_at(self.done, self.total)
        return Refusal(DIVERGED, epoch=self.epoch + 1, rate=f"{rate:.3g}")

    def _at_once(self) -> int:
        settings = self.settings
        visible, hidden = self._mean.size, self._offset.size
        batch = min(settings.batch, len(self.patterns))
        rows = batch if settings.method is Method.CD else self._chains.shape[0] * settings.chains
        drawn = settings.k * rows * (visible + hidden)
        products = (2 * settings.k * rows + 3 * batch + 2 * rows) * visible * hidden
        cost = COST + COST_DRAWN * drawn + COST_PRODUCT * products
        return max(1, int(SLICE / cost))

    def _parts_of(self, row: int) -> list[NDArray[np.float64]]:
        """Copy weights, visible and hidden biases out of a row."""
        visible, hidden = self._mean.size, self._offset.size
        weights, *biases = np.split(self._numbers[row], [visible * hidden, visible * (hidden + 1)])
        return [weights.reshape(visible, hidden).copy(), *(bias.copy() for bias in biases)]

    def _step(self) -> bool:
        """Follow one gradient; say whether all that comes of it is finite."""
        settings, place = self.settings, self.done % self.batches
        if not place:
            self._rng.shuffle(self._order)
        first = place * settings.batch
        v = self._data[self._order[first : first + settings.batch]]
        ends = self._moved_chains(v)
        pace = gibbs.kernels().Pace(
            settings.rate_at(self.done, self.total),
            settings.momentum,
            settings.decay,
            LARGEST_WEIGHT,
            NEW,
        )
        offsets = (self._mean, self._offset)
        samples = (v, ends)
        learn = gibbs.kernels().learn
        if not learn(self._numbers, self._now, samples, offsets, pace, self._single):
            return False
        self._now = 1 - self._now
        self.done += 1
        return True

    def _moved_chains(self, v: gibbs.Floats) -> gibbs.Floats:
        """Move the chains, and return those at β = 1."""
        at = self._single
        if self.settings.method is Method.PT:
            for _ in range(self.settings.k):
                self._chains, made = tempered_step(at, self._chains, self._betas, self._rng)
                self._made += made
            self._offered += self.settings.k * self.settings.chains
            return np.asarray(self._chains[-1])
        ends = v if self.settings.method is Method.CD else self._chains[0]
        for _ in range(self.settings.k):
            ends, _, _ = gibbs.step(at, ends, self._ones[: len(ends)], self._rng)
        self._chains = ends[None]
        return ends


def _in_a_row(of: Machine | Change) -> NDArray[np.float64]:
    return np.concatenate([of.weights.ravel(), of.visible_bias, of.hidden_bias])
