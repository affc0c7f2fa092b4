"""The training of a fully visible machine as a value: what it learns, and how far it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann import matching
from hopgui.model.boltzmann.datasets import Pictures
from hopgui.model.boltzmann.matching import Schedule, State
from hopgui.model.boltzmann.visible import (
    Moments,
    VisibleMachine,
    blank_machine,
    exact_law,
    exact_moments,
    from_network,
    moments_of,
)
from hopgui.model.learning import Plan, learn
from hopgui.refusal import Refusal
from hopgui.session.training import DataKind, require_storable

# Points of a whole learning curve.
POINTS = 100


class Start(StrEnum):
    """What a machine knows before it learns."""

    HOPFIELD = "hopfield"  # the couplings that the learning rule makes of the memories
    NOTHING = "nothing"  # all couplings and biases 0


@dataclass(frozen=True)
class VisibleCourse:
    """How a fully visible machine is to be trained.

    Attributes
    ----------
    data
        On what.
    start
        From what.
    temperature
        The temperature of the Hopfield network that it starts as, in units of that network's
        energy.
    schedule
        How moments are matched.
    seed
        Seed of all that training draws.
    """

    data: DataKind
    start: Start
    temperature: float
    schedule: Schedule
    seed: int = 1


@dataclass(frozen=True)
class Match:
    """A point of the learning curve.

    Attributes
    ----------
    step
        When it was taken.
    mismatch
        The largest difference between two moments, of the pictures and of the machine.
    log_likelihood
        Mean of ln p over the pictures, exactly, in nats; None where moments are sampled.
    """

    step: int
    mismatch: float
    log_likelihood: float | None


@dataclass(frozen=True, eq=False)
class VisibleTraining:
    """A training as far as it has come; it can be gone on with from here, draw for draw.

    Attributes
    ----------
    course
        How it was asked for.
    pictures
        What it learns.
    wanted
        The pictures' moments.
    state
        What training needs to go on, the machine among it.
    curve
        Points of the learning curve, the first first.
    dreams
        States that the machine drew, units ±1, int8 array of shape (dreams, units).
    measured
        The machine's moments, where they are at hand.
    trouble
        Why training has stopped before its end; None while all is well.
    """

    course: VisibleCourse
    pictures: Pictures
    wanted: Moments
    state: State
    curve: tuple[Match, ...] = ()
    dreams: NDArray[np.int8] = field(default_factory=lambda: np.empty((0, 0), np.int8))
    measured: Moments | None = None
    trouble: Refusal | None = None

    @property
    def machine(self) -> VisibleMachine:
        """The machine as it is now."""
        return self.state.machine

    @property
    def done(self) -> int:
        """Steps made."""
        return self.state.step

    @property
    def total(self) -> int:
        """Steps in all."""
        return self.course.schedule.steps

    @property
    def finished(self) -> bool:
        """Whether all steps are made."""
        return self.done >= self.total

    @property
    def best(self) -> float:
        """The largest mean log-likelihood that any law can reach, in nats a picture."""
        return self.pictures.best

    @cached_property
    def moments(self) -> Moments:
        """The machine's moments, exact or of its chains."""
        if self.measured is not None:
            return self.measured
        if not self.course.schedule.exact:
            return moments_of(self.state.chains)
        return exact_moments(exact_law(self.machine)[0])


def begin(course: VisibleCourse, pictures: Pictures) -> VisibleTraining:
    """Return a training of a machine that knows nothing yet, whatever it is to start from.

    Raises
    ------
    Refusal
        If there are not two different pictures, too many pictures for a session file, or too many
        units to learn in this way.
    """
    require_storable(pictures)
    rng = np.random.default_rng((course.seed, 7))
    units = pictures.units.shape[1]
    matching.require_units(units, course.schedule)  # before a matrix is made of them
    state = matching.begin(pictures.units, blank_machine(units), course.schedule, rng)
    return VisibleTraining(course, pictures, moments_of(pictures.units), state)


def steps_from(training: VisibleTraining, plan: Plan) -> Iterator[VisibleTraining]:
    """Let a training that has just begun start from the network of a plan, and go on to its end.

    Raises
    ------
    Refusal
        If the plan cannot be learnt, or its couplings are not symmetric and pairwise.
    """
    start = from_network(learn(plan).network, training.course.temperature)
    state = matching.began_from(training.state, start)
    yield from steps(replace(training, state=state, measured=None))


def steps(training: VisibleTraining) -> Iterator[VisibleTraining]:
    """Go on with a training to its end; each value tells all that is known so far."""
    schedule = training.course.schedule
    every = max(1, schedule.steps // POINTS)
    for snapshot in matching.match(training.pictures.units, schedule, training.state):
        step, curve, dreams = snapshot.state.step, training.curve, training.dreams
        is_last = step >= schedule.steps or snapshot.trouble is not None
        if (step % every == 0 or is_last) and (not curve or curve[-1].step < step):
            curve = (*curve, Match(step, snapshot.mismatch, snapshot.log_likelihood))
            dreams = matching.dreams(snapshot)
        training = replace(
            training,
            state=snapshot.state,
            curve=curve,
            dreams=dreams,
            measured=snapshot.moments,
            trouble=snapshot.trouble,
        )
        yield training
