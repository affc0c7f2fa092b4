"""What can be said of one unit: its value, its field, and how each memory votes on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UnitFacts:
    """One unit of the moment shown, in the terms of the network.

    Attributes
    ----------
    column, row
        Where it stands, from 0.
    value
        Its value, +1 or −1.
    pinned
        Whether a recall leaves it alone.
    field
        Its local field h, in the scale of the conventions.
    margin
        h times its value: how firmly the network agrees with it; negative if it does not.
    would_flip
        Whether the network would flip it if asked now.
    votes
        Each memory's name and its vote on the unit, its overlap times its pattern at the unit,
        −1 … 1, in gallery order.
    """

    column: int
    row: int
    value: int
    pinned: bool
    field: float
    margin: float
    would_flip: bool
    votes: tuple[tuple[str, float], ...] = ()
