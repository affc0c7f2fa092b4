"""What can be said of one unit."""

import numpy as np

from hopgui.model.network import Network
from hopgui.session.session import Picture, Session
from hopgui.session.unit_facts import UnitFacts


def unit_facts(session: Session, network: Network, picture: Picture, unit: int) -> UnitFacts:
    """Say of one unit how it stands, and how each memory votes on it.

    Parameters
    ----------
    session
        The document: its pinned units and its memories' names.
    network
        The network of that document.
    picture
        The picture shown, int8 array of shape (height, width).
    unit
        Which unit, counted row by row from the top left.
    """
    state = np.ascontiguousarray(picture).ravel()
    votes = network.explain(state, unit)
    row, column = divmod(unit, session.grid.width)
    return UnitFacts(
        column=column,
        row=row,
        value=int(state[unit]),
        pinned=bool(session.pinned[row, column]),
        field=votes.field,
        margin=votes.margin,
        would_flip=votes.would_flip,
        votes=tuple(
            (memory.name, float(vote))
            for memory, vote in zip(session.memories, votes.by_memory, strict=True)
        ),
    )
