"""The orders that begin a run, as the document has it."""

from hopgui.model.network import Network
from hopgui.session.session import Picture, Session
from hopgui.worker.orders import Repeat, Start


def start_of(
    session: Session, network: Network, state: Picture, order: int, *, running: bool
) -> Start:
    """Return the order to let a state fall; it goes on by itself at once if `running`."""
    pinned = session.pinned.ravel()
    return Start(order, network, state, pinned, session.seed, running, session.dynamics)


def repeat_of(session: Session, network: Network, order: int, pause: float) -> Repeat:
    """Return the order to damage and recall memory after memory, with a pause between."""
    return Repeat(
        order,
        network,
        session.pinned.ravel(),
        session.damage.percent,
        session.damage.seed,
        session.seed,
        pause,
        session.dynamics,
    )
