"""The training of a Boltzmann machine as a value: what it learns, how far it is, how it went."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann import state as states
from hopgui.model.boltzmann.ais import anneal, base_bias
from hopgui.model.boltzmann.datasets import (
    MOST_IN_ALL,
    Pictures,
    bars_and_stripes,
    noisy_copies,
    shifted_copies,
    split,
)
from hopgui.model.boltzmann.likelihood import is_exact, log_likelihood
from hopgui.model.boltzmann.machine import Machine
from hopgui.model.boltzmann.measures import Measures
from hopgui.model.boltzmann.settings import Settings
from hopgui.model.boltzmann.training import train
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.draws import Draws, rng_of

# Estimates of the likelihood in the course of one training, where it cannot be summed.
ESTIMATES = 10
# Temperatures of one that is made in passing: its error is shown.
TEMPERATURES = 300
# Weights of a machine that a session file still has room for, with the last change of each.
MOST_WEIGHTS = 2**22


class DataKind(StrEnum):
    """What a machine is trained on."""

    MEMORIES = "memories"
    SHIFTED = "shifted"  # every memory moved by up to one row and column each way
    NOISY = "noisy"  # many copies of every memory, a tenth of the units flipped
    BARS_AND_STRIPES = "bars-and-stripes"
    DIGITS = "digits"
    FOLDER = "folder"  # pictures from outside, fitted to the grid


@dataclass(frozen=True)
class Course:
    """How a machine is to be trained.

    Attributes
    ----------
    data
        On what.
    hidden
        Number of hidden units.
    settings
        The schedule.
    held_percent
        How many percent of the pictures are kept apart, to compare with.
    seed
        Seed of all that training draws.
    """

    data: DataKind
    hidden: int
    settings: Settings
    held_percent: int = 0
    seed: int = 1


@dataclass(frozen=True)
class Estimated:
    """A log-likelihood that was estimated: its epoch, its mean a picture, its standard error."""

    epoch: int
    log_likelihood: float
    error: float


@dataclass(frozen=True, eq=False)
class Training:
    """A training as far as it has come; it can be gone on with from here, draw for draw.

    Attributes
    ----------
    course
        How it was asked for.
    pictures, held
        What it learns, and what is kept apart.
    state
        What training needs to go on, the machine among it.
    done, total
        Gradients made, and in all.
    epoch
        Epochs completed.
    curve
        Points of the learning curve, the first first.
    estimates
        Likelihoods estimated where they cannot be summed.
    dreams
        Visible states of the chains, units ±1, int8 array of shape (chains, visible).
    trouble
        Why training has stopped before its end; None while all is well.
    """

    course: Course
    pictures: Pictures
    held: NDArray[np.int8]
    state: states.State
    done: int = 0
    total: int = 1
    epoch: int = 0
    curve: tuple[Measures, ...] = ()
    estimates: tuple[Estimated, ...] = ()
    dreams: NDArray[np.int8] = field(default_factory=lambda: np.empty((0, 0), np.int8))
    trouble: Refusal | None = None

    @property
    def machine(self) -> Machine:
        """The machine as it is now."""
        return self.state.machine

    @property
    def finished(self) -> bool:
        """Whether all gradients are made."""
        return self.done >= self.total

    @property
    def best(self) -> float:
        """The largest mean log-likelihood that any machine can reach, in nats a picture."""
        return self.pictures.best


def pictures_of(kind: DataKind, memories: Pictures, given: Pictures | None, seed: int) -> Pictures:
    """Return the pictures of a kind.

    Parameters
    ----------
    kind
        What is asked for.
    memories
        The document's memories; bars and stripes are made of their size.
    given
        The handwritten digits or the folder's pictures, for `DataKind.DIGITS` and
        `DataKind.FOLDER` alone.
    seed
        Seed of the noise.

    Raises
    ------
    Refusal
        If they are too many.
    ValueError
        If such pictures are asked for and not given.
    """
    match kind:
        case DataKind.MEMORIES:
            return memories
        case DataKind.SHIFTED:
            return shifted_copies(memories, 1)
        case DataKind.NOISY:
            return noisy_copies(memories, 20, 10.0, rng_of(Draws.NOISY_PICTURES, seed))
        case DataKind.BARS_AND_STRIPES:
            return bars_and_stripes(*memories.shape)
        case DataKind.DIGITS | DataKind.FOLDER:
            if given is None:
                message = f"the pictures of {kind} are not at hand"
                raise ValueError(message)
            return given


def begin(course: Course, pictures: Pictures) -> Training:
    """Return the start of a training.

    Raises
    ------
    Refusal
        If there are not two different pictures, or the machine would not fit into memory or into a
        session file.
    """
    require_storable(pictures, course.hidden)
    rng = rng_of(Draws.TRAINING, course.seed)
    count = len(pictures.units)
    apart = min(round(course.held_percent * count / 100), max(count - 2, 0))
    rest, held = split(pictures, apart, rng)
    settings = course.settings
    state = states.begin(rest.units, course.hidden, settings, rng)
    total = settings.epochs * settings.batches(len(rest.units))
    return Training(course, rest, held.units, state, total=total)


def require_storable(pictures: Pictures, hidden: int = 0) -> None:
    """Refuse what could be trained, but not be kept in a session file.

    Raises
    ------
    Refusal
        If there are too many pictures, or too many weights.
    """
    count, visible = pictures.units.shape
    if count * visible > MOST_IN_ALL:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{count} pictures of {units} units are too many to be learnt: {most} million units"
                " are the most.",
            ),
            count=count,
            units=visible,
            most=MOST_IN_ALL // 1_000_000,
        )
    if visible * hidden > MOST_WEIGHTS:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "A machine of {visible} visible and {hidden} hidden units is too large for a"
                " session file: choose at most {most} hidden units.",
            ),
            visible=visible,
            hidden=hidden,
            most=MOST_WEIGHTS // visible,
        )


def steps(training: Training) -> Iterator[Training]:
    """Go on with a training to its end; each value tells all that is known so far."""
    settings = training.course.settings
    units, held = training.pictures.units, training.held
    every = max(1, settings.epochs // ESTIMATES)
    for snapshot in train(units, settings, training.state, held=held if len(held) else None):
        curve = training.curve
        if not curve or snapshot.measures is not curve[-1]:
            kept = curve[:-1] if curve and curve[-1].epoch == snapshot.measures.epoch else curve
            curve = (*kept, snapshot.measures)
        training = replace(
            training,
            state=snapshot.state,
            done=snapshot.done,
            total=snapshot.total,
            epoch=snapshot.epoch,
            curve=curve,
            dreams=snapshot.dreams,
            trouble=snapshot.trouble,
        )
        yield training
        if not is_exact(snapshot.machine) and _is_due(training, every):
            trained = training
            for training in _estimates(trained):
                yield training


def _is_due(training: Training, every: int) -> bool:
    """Say whether the likelihood is to be estimated now."""
    last = training.estimates[-1].epoch if training.estimates else -every
    return training.finished or training.epoch >= last + every


def _estimates(training: Training) -> Iterator[Training]:
    """Estimate the likelihood by annealed importance sampling; the last value has it."""
    units, machine = training.pictures.units, training.machine
    rng = rng_of(Draws.LIKELIHOOD, training.course.seed, training.done)
    for estimate in anneal(machine, rng, base=base_bias(units), temperatures=TEMPERATURES):
        if estimate.done == estimate.total:
            mean = log_likelihood(machine, units, estimate.log_partition)
            point = Estimated(training.epoch, mean, estimate.error)
            training = replace(training, estimates=(*training.estimates, point))
        yield training
