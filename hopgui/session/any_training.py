"""The training of either machine: restricted, or fully visible."""

from collections.abc import Iterator
from enum import StrEnum

from hopgui.model.boltzmann.datasets import Pictures
from hopgui.model.learning import Plan
from hopgui.session import training as restricted
from hopgui.session import visible_training as visible
from hopgui.session.training import Course, Training
from hopgui.session.visible_training import Start, VisibleCourse, VisibleTraining

AnyTraining = Training | VisibleTraining
AnyCourse = Course | VisibleCourse


class MachineKind(StrEnum):
    """Which machine."""

    RESTRICTED = "restricted"  # visible units are coupled through hidden ones alone
    VISIBLE = "visible"  # a Hopfield network that learns: no hidden units


def begin(course: AnyCourse, pictures: Pictures) -> AnyTraining:
    """Return the start of a training; for refusals see that of either machine."""
    if isinstance(course, VisibleCourse):
        return visible.begin(course, pictures)
    return restricted.begin(course, pictures)


def first_steps(training: AnyTraining, plan: Plan) -> Iterator[AnyTraining]:
    """Go through a training that has just begun; a plan tells what network it may start as."""
    if isinstance(training, VisibleTraining) and training.course.start is Start.HOPFIELD:
        return visible.steps_from(training, plan)
    return steps(training)


def steps(training: AnyTraining) -> Iterator[AnyTraining]:
    """Go on with a training to its end; each value tells all that is known so far."""
    if isinstance(training, VisibleTraining):
        return visible.steps(training)
    return restricted.steps(training)
