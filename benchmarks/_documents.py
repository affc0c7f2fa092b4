"""Documents large enough to measure with."""

import numpy as np

from hopgui.session import edits
from hopgui.session.session import Grid, Session, blank_session

SEED = 1


def random_document(side: int, memories: int) -> Session:
    """Return a square document of random memories, the first of them damaged on the pad."""
    rng = np.random.default_rng(SEED)
    grid = Grid(side, side)
    pictures = [
        (str(number), np.where(rng.random(grid.shape) < 0.5, 1, -1).astype(np.int8))
        for number in range(1, memories + 1)
    ]
    session = edits.store_all(blank_session(grid), pictures)
    return edits.damage(edits.load(edits.set_damage(session, percent=20, seed=SEED), 0))
