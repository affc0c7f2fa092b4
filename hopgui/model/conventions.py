"""The choices that textbooks make differently, and two named sets of them."""

from dataclasses import dataclass
from enum import StrEnum


class Scale(StrEnum):
    """What the Hebbian sum is divided by."""

    MEMORIES = "memories"
    UNITS = "units"


class Ties(StrEnum):
    """What a unit becomes when its local field is exactly zero."""

    MINUS = "minus"
    KEEP = "keep"
    RANDOM = "random"


@dataclass(frozen=True)
class Conventions:
    """How couplings are scaled, how energy is counted, how ties are broken.

    Attributes
    ----------
    scale
        Couplings divided by the number of memories P, or of units N.
    self_connections
        Whether a unit's own coupling w_ii is kept in its field and in the energy.
    half
        Whether the energy carries the factor ½ that counts each pair once.
    ties
        What becomes of a unit whose field is exactly zero.
    """

    scale: Scale = Scale.MEMORIES
    self_connections: bool = True
    half: bool = False
    ties: Ties = Ties.MINUS


ARTICLE = Conventions()
TEXTBOOK = Conventions(Scale.UNITS, self_connections=False, half=True, ties=Ties.KEEP)
PRESETS = {"article": ARTICLE, "textbook": TEXTBOOK}


def preset_name(conventions: Conventions) -> str | None:
    """Name of the preset that these conventions are, or None if they are of one's own making."""
    for name, preset in PRESETS.items():
        if preset == conventions:
            return name
    return None
