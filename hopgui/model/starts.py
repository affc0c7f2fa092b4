"""Where the falls of a census begin."""

from dataclasses import dataclass
from enum import StrEnum

from hopgui.model.patterns import Pattern


class StartKind(StrEnum):
    """What a start is made from."""

    RANDOM = "random"  # every free unit +1 or −1 with equal chance
    DAMAGED = "damaged"  # each memory in turn, a share of its free units flipped
    AROUND = "around"  # one state, a share of its free units flipped


@dataclass(frozen=True, eq=False)
class Starts:
    """Where the falls of a census begin.

    Attributes
    ----------
    kind
        What a start is made from.
    percent
        How many percent of the free units are flipped, to the nearest unit; no more and no fewer.
    state
        Units ±1, int8 array of shape (units,): what starts lie around; and how pinned units stand
        in every start, whatever its kind. Without it they stand as they come.

    Raises
    ------
    ValueError
        Unless 0 ≤ percent ≤ 100.
    """

    kind: StartKind = StartKind.RANDOM
    percent: float = 0.0
    state: Pattern | None = None

    def __post_init__(self) -> None:
        require_percent(self.percent)


def require_percent(percent: float) -> None:
    """Refuse a share that is none.

    Raises
    ------
    ValueError
        Unless 0 ≤ percent ≤ 100.
    """
    if not 0 <= percent <= 100:
        message = f"a percentage is a number from 0 to 100, not {percent}"
        raise ValueError(message)
