"""Overlaps over a run, against computing each from the state of its moment."""

import numpy as np
import pytest
from cases import law, random_patterns, seeds
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.flips import Flips
from hopgui.model.network import Network
from hopgui.session import tape as tape_module
from hopgui.session.overlap_trace import MOST_LINES, MOST_POINTS, OverlapTracer
from hopgui.session.tape import NO_UNIT, Tape

UNITS = 9


def flips_of(events, after: int) -> Flips:
    """One update a flip, so that every moment has one state."""
    return Flips(
        after + 1 + np.arange(len(events)),
        np.array(events, np.int32),
        np.zeros(len(events)),
    )


def agrees(trace, recording, patterns):
    """Hold each moment of a trace against the state of that moment."""
    assert trace.updates.size == trace.overlaps.shape[0] <= MOST_POINTS + 1
    assert trace.overlaps.shape[1] == trace.memories.size
    assert trace.updates[0] == recording.first_update
    assert trace.updates[-1] == recording.updates
    assert (np.diff(trace.updates) >= 0).all()
    assert trace.memories.tolist() == sorted(set(trace.memories.tolist()))
    for update, overlaps in zip(trace.updates.tolist(), trace.overlaps, strict=True):
        state = recording.state_at(update).astype(np.int64)
        exact = patterns[trace.memories].astype(np.int64) @ state / state.size
        assert overlaps.tolist() == pytest.approx(exact.tolist(), abs=1e-12)


@law
@given(
    count=st.integers(0, 12),
    parts=st.lists(st.lists(st.integers(NO_UNIT, UNITS - 1), max_size=12), max_size=8),
    seed=seeds,
    most=st.sampled_from([24, 10**6]),
)
def test_a_trace_followed_part_by_part_is_right_at_each_of_its_moments(count, parts, seed, most):
    # Few units, so that many flip again and again, within one part and across parts.
    patterns = random_patterns(count, UNITS, seed=seed)
    start = random_patterns(1, UNITS, seed=seed + 1)[0]
    follower, latest = OverlapTracer(patterns), 0
    nearest = seed % count if count else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tape_module, "MOST_FLIPS", most)
        tape = Tape(1, 1, start, 0.0)
        for part in parts:
            tape.append(flips_of(part, latest))
            latest += len(part)
            recording = tape.recording(latest + 2)
            followed = follower.trace(recording, nearest)
            agrees(followed, recording, patterns)
            afresh = OverlapTracer(patterns).trace(recording, nearest)
            assert followed.memories.tolist() == afresh.memories.tolist()
            assert followed.updates.tolist() == afresh.updates.tolist()
            assert followed.overlaps.tolist() == afresh.overlaps.tolist()


def test_few_memories_are_all_drawn_and_of_many_the_largest_at_the_start():
    start = random_patterns(1, 50, seed=9)[0]
    recording = Tape(1, 1, start, 0.0).recording(0)
    few = random_patterns(MOST_LINES, 50, seed=1)
    assert OverlapTracer(few).trace(recording, 3).memories.tolist() == list(range(MOST_LINES))
    many = random_patterns(40, 50, seed=2)
    chosen = OverlapTracer(many).trace(recording, None).memories
    sizes = np.abs(many.astype(int) @ start)
    assert chosen.size == MOST_LINES
    left_out = np.setdiff1d(np.arange(40), chosen)
    assert sizes[chosen].min() >= sizes[left_out].max()


def test_the_nearest_memory_is_always_among_the_lines():
    start = random_patterns(1, 50, seed=9)[0]
    patterns = random_patterns(40, 50, seed=2)
    tape = Tape(1, 1, start, 0.0)
    tape.append(flips_of([3, 4, 3, 7], 0))
    recording = tape.recording(8)
    tracer = OverlapTracer(patterns)
    last = int(np.argmin(np.abs(patterns.astype(int) @ start)))
    for nearest in (None, last, (last + 1) % 40, None, last):
        trace = tracer.trace(recording, nearest)
        assert nearest is None or nearest in trace.memories
        assert trace.memories.size == MOST_LINES
        agrees(trace, recording, patterns)


def test_a_new_run_begins_a_new_trace():
    patterns = random_patterns(3, UNITS, seed=2)
    tracer = OverlapTracer(patterns)
    for run, start in enumerate(random_patterns(4, UNITS, seed=5)):
        tape = Tape(run, 1, start, 0.0)
        tape.append(flips_of([run, run + 1, run], 0))
        recording = tape.recording(5)
        agrees(tracer.trace(recording, None), recording, patterns)


def test_an_earlier_recording_of_the_run_can_be_traced_again():
    patterns = random_patterns(3, UNITS, seed=2)
    tape = Tape(1, 1, random_patterns(1, UNITS, seed=5)[0], 0.0)
    tape.append(flips_of([1, 2, 1], 0))
    early = tape.recording(4)
    tape.append(flips_of([2, 5, 5, 1], 3))
    tracer = OverlapTracer(patterns)
    agrees(tracer.trace(tape.recording(7), None), tape.recording(7), patterns)
    agrees(tracer.trace(early, None), early, patterns)
    agrees(tracer.trace(tape.recording(7), None), tape.recording(7), patterns)


def test_a_long_run_is_thinned_and_keeps_both_ends():
    patterns = random_patterns(4, 400, seed=2)
    start = random_patterns(1, 400, seed=3)[0]
    tape, tracer, rng = Tape(1, 1, start, 0.0), OverlapTracer(patterns), np.random.default_rng(1)
    for part in range(10):
        tape.append(flips_of(rng.integers(0, 400, 900).tolist(), 900 * part))
        recording = tape.recording(900 * (part + 1))
        trace = tracer.trace(recording, None)
    assert trace.updates.size <= MOST_POINTS + 1
    assert np.diff(trace.updates).max() <= 3 * 9000 / MOST_POINTS
    agrees(trace, recording, patterns)


def test_the_trace_of_a_real_recall_ends_at_the_memory():
    patterns = random_patterns(3, 100, seed=1)
    cue = patterns[2].copy()
    cue[:20] *= -1
    run = Network(patterns).start(cue, rng=np.random.default_rng(0))
    tape = Tape(1, 1, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(10))
    recording = tape.recording(run.updates)
    trace = OverlapTracer(patterns).trace(recording, 2)
    agrees(trace, recording, patterns)
    assert trace.overlaps[0, 2] == pytest.approx(0.6)
    assert trace.overlaps[-1, 2] == 1
    assert trace.overlaps[-1].tolist() == (run.overlaps / 100).tolist()


def test_no_memories_draw_no_lines():
    recording = Tape(1, 1, np.ones(UNITS, np.int8), 0.0).recording(6)
    trace = OverlapTracer(np.empty((0, UNITS), np.int8)).trace(recording, None)
    assert trace.memories.size == 0
    assert trace.overlaps.shape == (2, 0)
    assert trace.updates.tolist() == [0, 6]
