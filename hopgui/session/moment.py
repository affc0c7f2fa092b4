"""One moment of the pad, with all that the views say about it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.nearest import Nearest, nearest_memory
from hopgui.model.network import Network
from hopgui.model.patterns import Pattern
from hopgui.session.frame import Frame, OverlapTrace, Phase
from hopgui.session.recording import Recording
from hopgui.session.session import Session
from hopgui.session.tape import NO_UNIT

RECENT = 4


@dataclass(frozen=True, eq=False)
class Replayed:
    """Where in which run a moment lies.

    Attributes
    ----------
    recording
        The run.
    update
        The moment: units asked so far.
    trace
        Overlaps over the run.
    cycling
        Whether the run has settled into two states that follow each other for ever.
    temperature
        T of the run now.
    """

    recording: Recording
    update: int
    trace: OverlapTrace
    cycling: bool = False
    temperature: float = 0.0


def moment(
    session: Session,
    network: Network,
    phase: Phase,
    replayed: Replayed | None = None,
    earlier: tuple[Recording, ...] = (),
) -> Frame:
    """Say everything about the pad, or about a moment of a run, that a view may show.

    Parameters
    ----------
    session
        The document: its grid, its pinned units, and its pad when there is no run.
    network
        The network of that document.
    phase
        Where the run stands.
    replayed
        The run and the moment of it, None when the pad is at rest.
    earlier
        Earlier runs, oldest first.
    """
    if replayed is None:
        state, update, flips, recent = session.pad.ravel(), 0, 0, np.empty(0, np.int32)
    else:
        recording, update = replayed.recording, replayed.update
        state = recording.state_at(update)
        recorded = recording.flips_at(update)
        by_hand = recording.forgotten_by_hand + int(np.count_nonzero(recording.by_hand[:recorded]))
        flips = recording.forgotten + recorded - by_hand
        recent = _recent(recording.flip_units[:recorded])
    overlaps = network.overlaps(state)
    fields = network.fields(state, overlaps)
    free = ~session.pinned.ravel()
    descents = network.descents(state, fields)
    picture = state.reshape(session.grid.shape)
    picture.flags.writeable = False
    nearest = nearest_memory(overlaps, network.units)
    return Frame(
        phase=phase,
        state=picture,
        update=update,
        flips=flips,
        energy=network.energy(state) if replayed is None else replayed.recording.energy_at(update),
        overlaps=overlaps / max(network.units, 1),
        unstable=(network.unstable(state, fields) & free).reshape(session.grid.shape),
        descents=int((descents & free).sum()),
        nearest=nearest,
        recent=recent,
        recording=None if replayed is None else replayed.recording,
        trace=None if replayed is None else replayed.trace,
        earlier=earlier,
        cycling=replayed is not None and replayed.cycling,
        temperature=session.dynamics.temperature if replayed is None else replayed.temperature,
        fields=fields.reshape(session.grid.shape),
        different=_different(network, state, nearest, session),
        held=int((descents & ~free).sum()),
    )


def _different(
    network: Network, state: Pattern, nearest: Nearest, session: Session
) -> NDArray[np.bool_] | None:
    if nearest.memory is None:
        return None
    memory = network.patterns[nearest.memory] * np.int8(nearest.sign)
    different: NDArray[np.bool_] = (state != memory).reshape(session.grid.shape)
    return different


def _recent(units: NDArray[np.int32]) -> NDArray[np.int32]:
    last: NDArray[np.int32] = units[-RECENT:][::-1]
    kept: NDArray[np.int32] = last[last != NO_UNIT]
    return kept
