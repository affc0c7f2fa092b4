"""Any moment of a recording, against replaying its flips one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopgui.session.recording import Recording
from hopgui.session.tape import NO_UNIT

UNITS = 6

# Updates since the flip before, the unit (or none), whether by hand.
EVENTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(NO_UNIT, UNITS - 1), st.booleans()), max_size=20
)


def recording_of(events, *, first: int = 0, after: int = 4) -> Recording:
    updates = first + np.cumsum([gap for gap, _, _ in events], dtype=np.int64)
    units = np.array([unit for _, unit, _ in events], np.int32)
    return Recording(
        run=1,
        seed=2,
        start=np.array([1, -1, 1, 1, -1, -1], np.int8),
        energy_start=10.0,
        updates=int(updates[-1] if events else first) + after,
        flip_updates=updates,
        flip_units=units,
        flip_energies=9.0 - np.arange(len(events)),
        by_hand=np.array([hand for _, _, hand in events], bool),
        first_update=first,
    )


def replayed(recording: Recording, update: int):
    """State, energy and number of flips after every flip up to an update, one by one."""
    state, energy, flips = recording.start.tolist(), recording.energy_start, 0
    for moment, unit, after in zip(
        recording.flip_updates.tolist(),
        recording.flip_units.tolist(),
        recording.flip_energies.tolist(),
        strict=True,
    ):
        if moment > update:
            break
        flips += 1
        energy = after
        if unit != NO_UNIT:
            state[unit] = -state[unit]
    return state, energy, flips


@given(events=EVENTS, first=st.integers(0, 50))
def test_every_moment_is_that_of_a_replay_flip_by_flip(events, first):
    recording = recording_of(events, first=first)
    start = recording.start.tolist()
    for update in range(first, recording.updates + 2):
        state, energy, flips = replayed(recording, update)
        assert recording.state_at(update).tolist() == state
        assert recording.state_at(update).dtype == np.int8
        assert recording.energy_at(update) == energy
        assert recording.flips_at(update) == flips
    assert recording.start.tolist() == start


@given(events=EVENTS, first=st.integers(0, 50))
def test_steps_from_flip_to_flip(events, first):
    recording = recording_of(events, first=first)
    moments = recording.flip_updates.tolist()
    for update in range(first, recording.updates + 1):
        later = [moment for moment in moments if moment > update]
        assert recording.update_of_flip_after(update) == (later or [recording.updates])[0]
        earlier = [moment for moment in moments if moment <= update]
        before = max(first, earlier[-1] - 1) if earlier else first
        assert recording.update_of_flip_before(update) == before


@given(events=EVENTS.filter(bool))
def test_going_back_flip_by_flip_arrives_at_the_start(events):
    recording = recording_of([(gap + 1, unit, hand) for gap, unit, hand in events], first=7)
    moments = [recording.updates]
    while moments[-1] > recording.first_update and len(moments) < 50:
        moments.append(recording.update_of_flip_before(moments[-1]))
    assert moments[-1] == 7
    assert recording.state_at(7).tolist() == recording.start.tolist()


def test_a_stroke_at_the_start_cannot_be_stepped_before_the_start():
    recording = recording_of([(0, 2, True), (0, 3, True)], first=12)
    assert recording.update_of_flip_before(12) == 12
    assert recording.update_of_flip_before(16) == 12


def test_a_state_given_out_is_ones_own():
    recording = recording_of([(1, 0, False)])
    for update in (0, 1):
        state = recording.state_at(update)
        before = state.tolist()
        state[:] = 1
        assert recording.state_at(update).tolist() == before
    assert recording.start.tolist() == [1, -1, 1, 1, -1, -1]


def test_a_recording_without_flips_stands_at_its_start():
    recording = recording_of([])
    for update in (0, 3, 4, 99):
        assert recording.state_at(update).tolist() == recording.start.tolist()
        assert recording.energy_at(update) == 10.0
        assert recording.flips_at(update) == 0
    assert recording.update_of_flip_after(0) == recording.updates
    assert recording.update_of_flip_before(4) == 0


@pytest.mark.parametrize("times", [1, 2, 3, 4])
def test_a_unit_flipped_again_and_again_turns_each_time(times):
    recording = recording_of([(1, 5, False)] * times)
    assert recording.state_at(times)[5] == recording.start[5] * (-1) ** times
