"""A tape that grows, shows what stays true, and forgets in time."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from cases import random_patterns
from hypothesis import given, settings
from hypothesis import strategies as st

from hopgui.model.flips import Flips
from hopgui.model.network import Network
from hopgui.session import recording as recording_module
from hopgui.session import tape as tape_module
from hopgui.session.overlap_trace import OverlapTracer
from hopgui.session.tape import NO_UNIT, Tape

UNITS = 10


def some_flips(rng, count: int, after: int) -> Flips:
    """Flips at updates that never fall, some several at one update."""
    return Flips(
        after + np.cumsum(rng.integers(0, 3, count)),
        rng.integers(0, UNITS, count).astype(np.int32),
        rng.normal(size=count),
    )


def contents(recording):
    return (
        recording.run,
        recording.seed,
        recording.start.tolist(),
        recording.energy_start,
        recording.updates,
        recording.flip_updates.tolist(),
        recording.flip_units.tolist(),
        recording.flip_energies.tolist(),
        recording.by_hand.tolist(),
        recording.forgotten,
        recording.forgotten_by_hand,
        recording.first_update,
    )


class Plain:
    """All that ever happened, in lists."""

    def __init__(self, start, energy: float) -> None:
        self.start, self.energy = start.copy(), energy
        self.events: list[tuple[int, int, float, bool]] = []

    def append(self, flips: Flips, *, by_hand: bool = False) -> None:
        self.events += [
            (int(update), int(unit), float(energy), by_hand)
            for update, unit, energy in zip(flips.updates, flips.units, flips.energies, strict=True)
        ]

    def at(self, update: int):
        state, energy, own = self.start.copy(), self.energy, 0
        for moment, unit, after, by_hand in self.events:
            if moment > update:
                break
            energy = after
            own += not by_hand
            if unit != NO_UNIT:
                state[unit] *= -1
        return state.tolist(), energy, own


def own_flips(recording, update: int) -> int:
    recorded = recording.flips_at(update)
    own = recording.forgotten - recording.forgotten_by_hand
    return own + recorded - int(recording.by_hand[:recorded].sum())


@settings(max_examples=30, deadline=None)
@given(
    parts=st.lists(
        # Now and then more at once than is kept: a step of a large network is not cut in two.
        st.one_of(st.tuples(st.integers(0, 8) | st.just(40), st.booleans()), st.just("change")),
        max_size=30,
    ),
    seed=st.integers(0, 999),
    most=st.sampled_from([16, 40, 10**6]),
)
def test_any_remaining_moment_is_that_of_a_replay_however_much_was_forgotten(parts, seed, most):
    rng = np.random.default_rng(seed)
    start = rng.choice(np.array([-1, 1], np.int8), UNITS)
    plain, latest = Plain(start, 3.5), 0
    snapshots = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tape_module, "MOST_FLIPS", most)
        patch.setattr(tape_module, "ROOM", 4)
        tape = Tape(7, 8, start, 3.5)
        for part in parts:
            if part == "change":
                tape.note_change(latest, -float(latest))
                plain.append(
                    Flips(np.array([latest]), np.array([NO_UNIT], np.int32), -np.array([latest])),
                    by_hand=True,
                )
            else:
                count, by_hand = part
                flips = some_flips(rng, count, latest)
                tape.append(flips, by_hand=by_hand)
                plain.append(flips, by_hand=by_hand)
                latest = int(flips.updates[-1]) if count else latest
            recording = tape.recording(latest)
            snapshots.append((recording, contents(recording)))
    for recording, noted in snapshots:
        assert contents(recording) == noted, "a snapshot changed while the tape grew"
    recording = tape.recording(latest + 3)
    assert recording.flip_units.size <= max(most, 40)
    assert recording.forgotten + recording.flip_units.size == len(plain.events)
    assert recording.updates == latest + 3
    for update in range(recording.first_update, recording.updates + 1):
        state, energy, own = plain.at(update)
        assert recording.state_at(update).tolist() == state
        assert recording.energy_at(update) == energy
        assert own_flips(recording, update) == own


def test_nothing_is_forgotten_before_the_limit():
    tape, plain = Tape(1, 1, np.ones(UNITS, np.int8), 0.0), Plain(np.ones(UNITS, np.int8), 0.0)
    rng, latest = np.random.default_rng(1), 0
    for _ in range(30):
        flips = some_flips(rng, 100, latest)
        latest = int(flips.updates[-1])
        tape.append(flips)
        plain.append(flips)
    recording = tape.recording(latest)
    assert recording.forgotten == recording.forgotten_by_hand == recording.first_update == 0
    assert recording.flip_units.tolist() == [unit for _, unit, _, _ in plain.events]
    assert recording.flip_updates.tolist() == [update for update, _, _, _ in plain.events]
    assert recording.flip_energies.tolist() == [energy for _, _, energy, _ in plain.events]


def test_a_run_that_never_settles_takes_bounded_memory():
    tape = Tape(1, 1, np.ones(UNITS, np.int8), 0.0)
    rng, latest, chunk = np.random.default_rng(3), 0, 65_536
    for _ in range(3 * tape_module.MOST_FLIPS // chunk):
        flips = some_flips(rng, chunk, latest)
        latest = int(flips.updates[-1])
        tape.append(flips)
        recording = tape.recording(latest)
        arrays = (
            recording.flip_updates,
            recording.flip_units,
            recording.flip_energies,
            recording.by_hand,
        )
        assert recording.flip_units.size <= tape_module.MOST_FLIPS
        for array in arrays:
            room = array.size if array.base is None else array.base.size
            assert room <= 2 * tape_module.MOST_FLIPS
    assert recording.forgotten > tape_module.MOST_FLIPS
    assert recording.flip_units.size >= tape_module.MOST_FLIPS // 4
    assert recording.first_update > 0


def test_recordings_cannot_be_written_to():
    tape = Tape(1, 1, np.ones(UNITS, np.int8), 0.0)
    tape.append(some_flips(np.random.default_rng(0), 5, 0))
    recording = tape.recording(20)
    for array in (
        recording.start,
        recording.flip_updates,
        recording.flip_units,
        recording.flip_energies,
        recording.by_hand,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    tape.append(some_flips(np.random.default_rng(1), 5, 20))  # the tape itself goes on
    assert tape.recording(40).flip_units.size == 10


def test_the_start_is_a_copy():
    start = np.ones(UNITS, np.int8)
    tape = Tape(1, 1, start, 0.0)
    start[:] = -1
    assert (tape.recording(0).start == 1).all()


def test_a_change_of_the_network_is_kept_as_a_flip_of_no_unit():
    tape = Tape(1, 1, np.ones(UNITS, np.int8), 5.0)
    tape.append(Flips(np.array([4]), np.array([2], np.int32), np.array([1.0])))
    tape.note_change(9, -3.25)
    recording = tape.recording(12)
    assert recording.flip_units.tolist() == [2, NO_UNIT]
    assert recording.by_hand.tolist() == [False, True]
    assert recording.energy_at(8) == 1.0
    assert recording.energy_at(9) == -3.25
    assert recording.state_at(8).tolist() == recording.state_at(9).tolist()


def test_a_real_run_taped_in_slices_can_be_gone_back_through():
    patterns = random_patterns(4, 90, seed=1)
    state = random_patterns(1, 90, seed=2)[0]
    run = Network(patterns).start(state, rng=np.random.default_rng(1))
    tape = Tape(1, 1, run.state, run.energy)
    states = [run.state.copy()]
    while not run.settled:
        tape.append(run.advance(1))
        states.append(run.state.copy())
    recording = tape.recording(run.updates)
    network = Network(patterns)
    assert recording.flip_units.size > 10
    for update, expected in enumerate(states):
        assert recording.state_at(update).tolist() == expected.tolist()
        assert recording.energy_at(update) == network.energy(expected)


def slow_state(recording, update):
    state = recording.start.copy()
    for moment, unit in zip(recording.flip_updates, recording.flip_units, strict=True):
        if moment <= update and unit != NO_UNIT:
            state[unit] *= -1
    return state.tolist()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 999), stride=st.integers(1, 9), most=st.sampled_from([40, 10**6]))
def test_any_moment_is_found_from_the_nearest_key_frame(seed, stride, most):
    rng, latest = np.random.default_rng(seed), 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording_module, "STRIDE", stride)
        patch.setattr(tape_module, "MOST_FLIPS", most)
        tape = Tape(1, 1, rng.choice(np.array([-1, 1], np.int8), UNITS), 0.0)
        for _ in range(8):
            flips = some_flips(rng, int(rng.integers(1, 15)), latest)
            latest = int(flips.updates[-1])
            tape.append(flips)
            tape.note_change(latest, 0.0)
        recording = tape.recording(latest)
        assert len(recording.keys) == recording.flip_units.size // stride
        for update in range(recording.first_update, latest + 1):
            assert recording.state_at(update).tolist() == slow_state(recording, update)


HOUR = 12 * 2**20  # flips; past the first forgetting every stretch is like the one before
MOST_BYTES = 128 * 2**20


def test_the_flips_of_an_hour_take_bounded_memory():
    """Tape, letters under way, key frames and the overlaps over the run, all together."""
    units, chunk = 2**16, 2**16
    rng = np.random.default_rng(1)
    patterns = random_patterns(20, units, seed=1)
    parts = [
        Flips(
            np.arange(1, chunk + 1),
            rng.integers(0, units, chunk).astype(np.int32),
            rng.normal(size=chunk),
        )
        for _ in range(4)
    ]
    tape, tracer = Tape(1, 1, patterns[0], 0.0), OverlapTracer(patterns)
    letter = before = tape.recording(0)
    tracemalloc.start()
    try:
        for place in range(HOUR // chunk):
            part = parts[place % 4]
            tape.append(Flips(part.updates + place * chunk, part.units, part.energies))
            before, letter = letter, tape.recording((place + 1) * chunk)
            if place % 4 == 0:
                tracer.trace(letter, None)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert letter.forgotten > before.forgotten - 1 > 0
    assert peak < MOST_BYTES, f"{peak / 2**20:.0f} MB"
    # Any moment that is left is there at once, and right.
    middle = (letter.first_update + letter.updates) // 2
    without = replace(letter, keys=())
    assert np.array_equal(letter.state_at(middle), without.state_at(middle))
