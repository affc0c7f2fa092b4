"""A small document with something of everything, and all that a document says."""

from dataclasses import replace

import numpy as np
from cases import bits

from hopgui.model.choices import Rule, RuleKind
from hopgui.session import edits, kept_edits
from hopgui.session.session import Grid, Session, blank_session, frozen

GRID = Grid(5, 4)


def picture(number: int, grid: Grid = GRID) -> np.ndarray:
    return bits(number, grid.units).reshape(grid.shape)


def document(memories: int = 3, grid: Grid = GRID) -> Session:
    session = edits.paint(blank_session(grid), np.array([1, 2, 7]), 1)
    session = edits.pin(session, np.array([0, 3]), pinned=True)
    for number in range(memories):
        session = edits.store(session, picture(1000 + 37 * number, grid), f"m{number}")
    rule = Rule(RuleKind.UNLEARNING, dreams=7)
    session = kept_edits.keep(session, picture(77, grid), "k0")
    session = kept_edits.keep(session, picture(78, grid), "k1")
    return replace(session, rule=rule, unlearnt=(frozen(picture(99, grid)),))


def contents(session: Session):
    """All that a document says, as plain values."""
    return (
        session.grid,
        session.pad.tolist(),
        session.pinned.tolist(),
        [(memory.name, memory.colour, memory.picture.tolist()) for memory in session.memories],
        session.conventions,
        session.seed,
        session.damage.percent,
        session.damage.seed,
        session.title,
        session.rule,
        [picture.tolist() for picture in session.unlearnt],
        [(state.name, state.picture.tolist()) for state in session.kept],
    )
