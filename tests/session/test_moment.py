"""Frames: all that is said of one moment fits together."""

import numpy as np
import pytest
import reference
from cases import certain_conventions, law, nets, random_patterns, seeds
from hypothesis import given

from hopgui.model.conventions import ARTICLE
from hopgui.model.flips import Flips
from hopgui.model.network import Network
from hopgui.session import tape as tape_module
from hopgui.session.frame import OverlapTrace, Phase
from hopgui.session.moment import RECENT, Replayed, moment
from hopgui.session.recording import Recording
from hopgui.session.session import Grid, Memory, Session, frozen
from hopgui.session.tape import Tape

NO_TRACE = OverlapTrace(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 0)))


def document(patterns, state, chosen=ARTICLE, pinned=None) -> Session:
    """A document two units high around memories of an even number of units."""
    grid = Grid(state.size // 2, 2)
    pins = np.zeros(state.size, bool) if pinned is None else pinned
    return Session(
        grid,
        pad=frozen(state.reshape(grid.shape)),
        pinned=frozen(pins.reshape(grid.shape)),
        memories=tuple(
            Memory(str(number), frozen(row.reshape(grid.shape)), number)
            for number, row in enumerate(patterns)
        ),
        conventions=chosen,
    )


def taped(session: Session, network: Network, seed: int = 1) -> Recording:
    """A recall with a stroke in the middle and a change of the network after it."""
    run = network.start(
        session.pad.ravel(), rng=np.random.default_rng(seed), pinned=session.pinned.ravel()
    )
    tape = Tape(3, seed, run.state, run.energy)
    tape.append(run.advance(session.grid.units))
    tape.append(run.set_units(np.arange(0, session.grid.units, 3), 1), by_hand=True)
    tape.note_change(run.updates, run.energy)
    while not run.settled:
        tape.append(run.advance(17))
    return tape.recording(run.updates)


even_nets = nets(least=4, most=30, most_memories=6).filter(lambda net: net[1].size % 2 == 0)


@law
@given(net=even_nets, chosen=certain_conventions)
def test_a_pad_at_rest_is_described_as_brute_force_has_it(net, chosen):
    patterns, state = net
    pinned = np.arange(state.size) % 5 == 0
    session = document(patterns, state, chosen, pinned)
    frame = moment(session, Network(session.patterns, chosen), Phase.REST)
    weights = reference.couplings(patterns, chosen)
    fields = reference.fields(weights, state)
    assert frame.phase is Phase.REST
    assert frame.state.tolist() == session.pad.tolist()
    assert (frame.update, frame.flips) == (0, 0)
    assert frame.recent.size == 0
    assert frame.recording is frame.trace is None
    assert frame.energy == pytest.approx(float(reference.energy(patterns, state, chosen)))
    overlaps = [overlap / state.size for overlap in reference.overlaps(patterns, state)]
    assert frame.overlaps.tolist() == pytest.approx(overlaps)
    unstable = [
        not pin and reference.becomes(field, own, chosen) != own
        for pin, field, own in zip(pinned, fields, state.tolist(), strict=True)
    ]
    assert frame.unstable.ravel().tolist() == unstable
    assert frame.unstable.shape == session.grid.shape
    assert frame.fields.ravel().tolist() == fields
    assert frame.fields.shape == session.grid.shape
    here = reference.energy(patterns, state, chosen)
    lower = {False: 0, True: 0}
    for unit, pin in enumerate(pinned.tolist()):
        other = state.copy()
        other[unit] *= -1
        lower[pin] += reference.energy(patterns, other, chosen) < here
    assert (frame.descents, frame.held) == (lower[False], lower[True])
    if len(patterns):
        index, sign, unlike = reference.nearest(patterns, state)
        near = frame.nearest
        assert (near.memory, near.sign, near.distance) == (index, sign, unlike)
        different = [own != sign * there for own, there in zip(state, patterns[index], strict=True)]
        assert frame.different.ravel().tolist() == different
        assert frame.different.sum() == near.distance
    else:
        assert not frame.nearest.near
        assert frame.different is None


@law
@given(net=even_nets, chosen=certain_conventions, seed=seeds)
def test_every_moment_of_a_run_fits_a_pad_at_rest_in_that_state(net, chosen, seed):
    patterns, state = net
    session = document(patterns, state, chosen)
    network = Network(session.patterns, chosen)
    recording = taped(session, network, seed)
    for update in {0, 1, recording.updates // 2, session.grid.units, recording.updates}:
        frame = moment(session, network, Phase.PAUSED, Replayed(recording, update, NO_TRACE))
        there = document(patterns, recording.state_at(update), chosen)
        rest = moment(there, network, Phase.REST)
        assert frame.update == update
        assert frame.state.tolist() == rest.state.tolist()
        assert frame.energy == pytest.approx(rest.energy, rel=1e-14)
        assert frame.overlaps.tolist() == rest.overlaps.tolist()
        assert frame.unstable.tolist() == rest.unstable.tolist()
        assert frame.descents == rest.descents
        assert frame.nearest == rest.nearest
        assert frame.recording is recording
        assert frame.trace is NO_TRACE


def test_flips_count_what_the_network_did_alone_and_recent_ones_come_newest_first():
    patterns = random_patterns(3, 60, seed=1)
    session = document(patterns, random_patterns(1, 60, seed=2)[0])
    network = Network(session.patterns)
    recording = taped(session, network)
    assert recording.by_hand.sum() > 2
    for update in range(recording.updates + 1):
        frame = moment(session, network, Phase.PAUSED, Replayed(recording, update, NO_TRACE))
        happened = recording.flip_updates <= update
        assert frame.flips == int((happened & ~recording.by_hand).sum())
        units = recording.flip_units[happened][-RECENT:][::-1].tolist()
        assert frame.recent.tolist() == [unit for unit in units if unit >= 0]


def test_flips_are_still_counted_when_older_ones_were_forgotten(monkeypatch):
    monkeypatch.setattr(tape_module, "MOST_FLIPS", 20)
    patterns = random_patterns(2, 8, seed=1)
    session = document(patterns, patterns[0])
    network = Network(session.patterns)
    tape, rng = Tape(1, 1, patterns[0], 0.0), np.random.default_rng(0)
    by_the_network = 0
    for update in range(1, 40):
        by_hand = update % 3 == 0
        units = rng.integers(0, 8, 2).astype(np.int32)
        tape.append(Flips(np.full(2, update), units, np.zeros(2)), by_hand=by_hand)
        if update % 7 == 0:
            tape.note_change(update, 0.0)
        by_the_network += 0 if by_hand else 2
        recording = tape.recording(update)
        frame = moment(session, network, Phase.RUNNING, Replayed(recording, update, NO_TRACE))
        assert frame.flips == by_the_network
    assert recording.forgotten > 0


def test_a_frame_cannot_be_written_to_and_carries_the_earlier_runs():
    patterns = random_patterns(2, 8, seed=1)
    session = document(patterns, patterns[0])
    network = Network(session.patterns)
    recording = taped(session, network)
    earlier = (recording, recording)
    for replayed in (None, Replayed(recording, 3, NO_TRACE)):
        frame = moment(session, network, Phase.SETTLED, replayed, earlier)
        assert frame.earlier == earlier
        assert frame.phase is Phase.SETTLED
        with pytest.raises(ValueError, match="read-only"):
            frame.state[0, 0] = 1
    assert recording.start.tolist() == patterns[0].tolist()


def test_a_pad_without_memories_has_nothing_to_be_compared_with():
    session = document(np.empty((0, 8), np.int8), np.ones(8, np.int8))
    frame = moment(session, Network(session.patterns), Phase.REST)
    assert frame.energy == 0
    assert frame.overlaps.size == 0
    assert frame.nearest.memory is None
    assert frame.descents == 0
