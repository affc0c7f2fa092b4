"""How far one press of a step button goes."""

from enum import StrEnum


class Step(StrEnum):
    """A stretch of a run."""

    UPDATE = "update"  # one unit asked
    FLIP = "flip"  # up to and with the next unit that changes
    SWEEP = "sweep"  # as many updates as there are units
