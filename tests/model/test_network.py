"""Fields, energies and margins against brute force in whole numbers."""

from itertools import product

import numpy as np
import pytest
import reference
from cases import ALL_CONVENTIONS, bits, conventions, law, nets, random_patterns, states
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale, Ties
from hopgui.model.network import Network

# Plain numpy serves small networks, compiled loops those of more than so many numbers.
LARGE = 60_000


def copies(patterns, size):
    """How often the memories must be stored for the network to be small, or large."""
    return 1 if size == "small" or not patterns.size else LARGE // patterns.size + 1


both_sizes = pytest.mark.parametrize("size", ["small", "large"])


def flipped(state, unit):
    other = state.copy()
    other[unit] *= -1
    return other


def unstable_by_hand(patterns, state, chosen):
    """A unit is unstable if what it would become, or might become, is not what it is."""
    fields = reference.fields(reference.couplings(patterns, chosen), state)
    own = state.tolist()
    return [
        reference.becomes(field, value, chosen) != value
        for field, value in zip(fields, own, strict=True)
    ]


@both_sizes
@law
@given(net=nets(), chosen=conventions)
def test_overlaps_fields_and_margins_are_those_of_brute_force(size, net, chosen):
    patterns, state = net
    times = copies(patterns, size)
    network = Network(np.tile(patterns, (times, 1)), chosen)
    assert (network.memories, network.units) == (times * len(patterns), state.size)
    overlaps = network.overlaps(state)
    assert overlaps.dtype == np.int32
    assert overlaps.tolist() == reference.overlaps(patterns, state) * times
    fields = network.fields(state)
    assert np.issubdtype(fields.dtype, np.signedinteger)
    weights = reference.couplings(patterns, chosen)
    assert fields.tolist() == [times * field for field in reference.fields(weights, state)]
    unstable = network.unstable(state)
    assert unstable.dtype == bool
    assert unstable.tolist() == unstable_by_hand(patterns, state, chosen)
    assert network.unstable(state, fields).tolist() == unstable.tolist()


@both_sizes
@law
@given(net=nets(), chosen=conventions)
def test_the_energy_is_that_of_brute_force(size, net, chosen):
    patterns, state = net
    times = copies(patterns, size)
    exact = reference.energy(patterns, state, chosen)
    if chosen.scale is Scale.UNITS:
        exact *= times
    energy = Network(np.tile(patterns, (times, 1)), chosen).energy(state)
    assert energy == pytest.approx(float(exact), rel=1e-14)


@law
@given(net=nets(), chosen=conventions)
def test_energies_come_from_the_squares_of_the_overlaps(net, chosen):
    patterns, state = net
    squares = [
        sum(overlap**2 for overlap in reference.overlaps(patterns, one)) for one in (state, -state)
    ]
    energies = Network(patterns, chosen).energies_of(np.array(squares, np.int64))
    expected = [float(reference.energy(patterns, one, chosen)) for one in (state, -state)]
    assert energies.dtype == np.float64
    np.testing.assert_allclose(energies, expected, rtol=1e-14, atol=1e-12)


@law
@given(net=nets(most=16), chosen=conventions)
def test_a_flip_changes_the_energy_by_twice_two_fields_and_no_diagonal(net, chosen):
    # Law 1: ΔE = (4/P) x_i h̃_i, half of it with ½; w_ii never enters.
    patterns, state = net
    network = Network(patterns, chosen)
    bare = Network(patterns, Conventions(chosen.scale, self_connections=False))
    fields = bare.fields(state).tolist()
    share = 2 if chosen.half else 4
    before = network.energy(state)
    for unit, (value, field) in enumerate(zip(state.tolist(), fields, strict=True)):
        change = float(share * value * field * reference.factor(patterns, chosen))
        after = network.energy(flipped(state, unit))
        assert after - before == pytest.approx(change, rel=1e-9, abs=1e-9)


@law
@given(net=nets(most=14), chosen=conventions)
def test_descents_are_the_flips_that_lower_the_energy(net, chosen):
    patterns, state = net
    network = Network(patterns, chosen)
    here = reference.energy(patterns, state, chosen)
    lower = [
        reference.energy(patterns, flipped(state, unit), chosen) < here
        for unit in range(state.size)
    ]
    assert network.descents(state).tolist() == lower
    assert network.descents(state, network.fields(state)).tolist() == lower


@law
@given(net=nets(), chosen=conventions, data=st.data())
def test_the_votes_of_the_memories_explain_the_field(net, chosen, data):
    patterns, state = net
    network = Network(patterns, chosen)
    unit = data.draw(st.integers(0, state.size - 1))
    votes = network.explain(state, unit)
    field = reference.fields(reference.couplings(patterns, chosen), state)[unit]
    scaled = float(field * reference.factor(patterns, chosen))
    own = int(state[unit])
    assert votes.field == pytest.approx(scaled, rel=1e-14)
    assert votes.margin == pytest.approx(own * scaled, rel=1e-14)
    assert votes.would_flip == unstable_by_hand(patterns, state, chosen)[unit]
    assert isinstance(votes.would_flip, bool)
    expected = [
        int(memory[unit]) * overlap / state.size
        for memory, overlap in zip(patterns, reference.overlaps(patterns, state), strict=True)
    ]
    np.testing.assert_allclose(votes.by_memory, expected, rtol=1e-14)
    assert votes.by_memory.shape == (network.memories,)
    assert (np.abs(votes.by_memory) <= 1).all()


@law
@given(net=nets(), chosen=conventions)
def test_a_state_and_its_inverse_have_one_energy_and_opposite_fields(net, chosen):
    patterns, state = net
    network = Network(patterns, chosen)
    assert network.energy(state) == network.energy(-state)
    assert network.fields(-state).tolist() == (-network.fields(state)).tolist()


@law
@given(net=nets(), chosen=conventions)
def test_fields_have_the_parity_that_decides_whether_ties_can_be(net, chosen):
    # Law 6: without self-connections a tie needs P(N−1) even, with them PN even.
    patterns, state = net
    memories, units = patterns.shape
    odd = memories * (units if chosen.self_connections else units - 1) % 2
    assert (Network(patterns, chosen).fields(state) % 2 == odd).all()


@law
@given(net=nets(), order=st.randoms(use_true_random=False))
def test_the_order_of_the_memories_changes_nothing(net, order):
    patterns, state = net
    places = list(range(len(patterns)))
    order.shuffle(places)
    one, other = Network(patterns), Network(patterns[places])
    assert one.fields(state).tolist() == other.fields(state).tolist()
    assert one.energy(state) == other.energy(state)


@law
@given(net=nets())
def test_a_copy_of_a_memory_pulls_twice_and_its_inverse_pulls_the_same_way(net):
    patterns, state = net
    twice = Network(np.concatenate([patterns, patterns]))
    mirrored = Network(np.concatenate([patterns, -patterns]))
    once = Network(patterns).fields(state)
    assert twice.fields(state).tolist() == (2 * once).tolist()
    assert mirrored.fields(state).tolist() == (2 * once).tolist()


def test_ties_of_three_memories_and_fifteen_units_are_never_decided_wrong():
    # The published trap: thirds added in floating point make fields of many exact ties.
    patterns = random_patterns(3, 15, seed=11)
    chosen = Conventions(Scale.MEMORIES, self_connections=False, ties=Ties.MINUS)
    weights = np.array(reference.couplings(patterns, chosen))
    every = np.array([bits(number, 15) for number in range(2**15)])
    exact = every.astype(np.int64) @ weights.T
    ties = exact == 0
    thirds = np.zeros(every.shape)
    for unit in range(15):  # added one by one, as a plain loop would
        thirds += (weights[:, unit] / 3.0)[None, :] * every[:, unit, None]
    wrong = (thirds > 0) & ties
    assert wrong.sum() > 1000, "the trap is none here: choose other memories"

    expected = np.where(exact == 0, every > 0, exact * every < 0)
    trapped = np.flatnonzero(wrong.any(axis=1))[:: max(1, wrong.any(axis=1).sum() // 3000)]
    network = Network(patterns, chosen)
    for number in trapped:
        assert (network.unstable(every[number]) == expected[number]).all()


@pytest.mark.parametrize("chosen", ALL_CONVENTIONS, ids=str)
def test_every_tie_of_a_small_network_is_decided_as_the_conventions_say(chosen):
    patterns = random_patterns(3, 8, seed=4) if chosen.self_connections else bits(0, 9)[None]
    patterns = np.concatenate([patterns, -patterns[:1]])
    network = Network(patterns, chosen)
    ties = 0
    for number in range(2 ** patterns.shape[1]):
        state = bits(number, patterns.shape[1])
        fields = network.fields(state)
        unstable = network.unstable(state)
        for unit in np.flatnonzero(fields == 0):
            ties += 1
            flips = {Ties.MINUS: state[unit] > 0, Ties.KEEP: False, Ties.RANDOM: True}
            assert unstable[unit] == flips[chosen.ties]
    assert ties > 10


def test_a_stable_state_need_not_be_a_local_minimum_with_self_connections():
    patterns = np.array([[1, -1, 1, 1], [-1, -1, -1, -1], [1, -1, -1, -1]], np.int8)
    network = Network(patterns)
    held = []
    for number in range(16):
        state = bits(number, 4)
        here = reference.energy(patterns, state, ARTICLE)
        lower = [
            reference.energy(patterns, flipped(state, unit), ARTICLE) < here for unit in range(4)
        ]
        if any(unstable_by_hand(patterns, state, ARTICLE)) or not any(lower):
            continue
        held.append(number)
        assert not network.unstable(state).any()
        assert network.descents(state).tolist() == lower
        unit = lower.index(True)
        assert network.energy(flipped(state, unit)) < network.energy(state)
        run = network.start(state, rng=np.random.default_rng(0))
        assert run.advance(100).units.size == 0
        assert run.settled
    # The first memory itself, 1101 with the lowest unit last, is one of them.
    assert 0b1101 in held
    assert len(held) == 5


@law
@given(net=nets(), ties=st.sampled_from([Ties.MINUS, Ties.KEEP]))
def test_what_is_stable_without_self_connections_is_stable_with_them(net, ties):
    patterns, state = net
    without = Network(patterns, Conventions(self_connections=False, ties=ties)).unstable(state)
    with_them = Network(patterns, Conventions(self_connections=True, ties=ties)).unstable(state)
    if len(patterns):  # without memories there are no self-connections
        assert not (with_them & ~without).any()


@law
@given(net=nets())
def test_without_self_connections_a_stable_state_is_a_local_minimum(net):
    patterns, state = net
    network = Network(patterns, TEXTBOOK)
    assert network.descents(state).tolist() == network.unstable(state).tolist()


@pytest.mark.parametrize("units", range(1, 13))
def test_one_memory_without_self_connections_has_two_stable_states(units):
    memory = bits(0b101100111010 % 2**units, units)
    network = Network(memory[None], Conventions(self_connections=False, ties=Ties.KEEP))
    stable = {
        number for number in range(2**units) if not network.unstable(bits(number, units)).any()
    }
    opposite = {number for number in range(2**units) if (bits(number, units) == -memory).all()}
    itself = {number for number in range(2**units) if (bits(number, units) == memory).all()}
    assert stable == itself | opposite
    assert len(stable) == 2


@law
@given(state=st.integers(1, 40).flatmap(states), chosen=conventions)
def test_without_memories_every_field_and_energy_is_zero(state, chosen):
    network = Network(np.empty((0, state.size), np.int8), chosen)
    assert network.memories == 0
    assert not network.fields(state).any()
    assert network.energy(state) == 0
    assert not network.descents(state).any()
    assert network.overlaps(state).shape == (0,)
    assert network.explain(state, 0).by_memory.size == 0


@pytest.mark.parametrize("shape", [(60, 1000), (3, 20_000), (700, 90)])
@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK])
def test_large_networks_count_as_small_ones_do(shape, chosen):
    patterns = random_patterns(*shape, seed=sum(shape))
    assert patterns.size >= LARGE
    state = random_patterns(1, shape[1], seed=1)[0]
    network = Network(patterns, chosen)
    wide = patterns.astype(np.int64)
    overlaps = wide @ state
    fields = wide.T @ overlaps - (
        0 if chosen.self_connections else shape[0] * state.astype(np.int64)
    )
    np.testing.assert_array_equal(network.overlaps(state), overlaps)
    np.testing.assert_array_equal(network.fields(state), fields)
    margins = fields * state
    ties = (fields == 0) & (state > 0) if chosen.ties is Ties.MINUS else False
    np.testing.assert_array_equal(network.unstable(state), (margins < 0) | ties)


@both_sizes
def test_any_layout_of_the_state_in_memory_will_do(size):
    patterns = random_patterns(5, 24, seed=9)
    times = copies(patterns, size)
    network = Network(np.tile(patterns, (times, 1)))
    weights = reference.couplings(patterns, ARTICLE)
    picture = random_patterns(8, 6, seed=2)
    picture.flags.writeable = False
    for state in (picture.ravel()[:24], picture.ravel()[::2], picture.T.ravel()[23::-1]):
        assert network.overlaps(state).tolist() == reference.overlaps(patterns, state) * times
        exact = [times * field for field in reference.fields(weights, state)]
        assert network.fields(state).tolist() == exact


@pytest.mark.parametrize("memories", [127, 128, 129, 256, 300])
@pytest.mark.parametrize("units", [130, 600])
def test_like_memories_in_any_number_never_wrap_around(memories, units):
    network = Network(np.ones((memories, units), np.int8))
    state = np.ones(units, np.int8)
    assert network.overlaps(state).tolist() == [units] * memories
    assert network.fields(state).tolist() == [memories * units] * units
    assert network.fields(-state).tolist() == [-memories * units] * units
    assert not network.unstable(state).any()


@pytest.mark.parametrize(("memories", "units"), [(100, 10_000), (3, 65_536)])
def test_sums_of_squares_beyond_32_bits_stay_exact(memories, units):
    network = Network(np.ones((memories, units), np.int8), Conventions(Scale.UNITS))
    state = np.ones(units, np.int8)
    assert memories * units**2 > 2**32
    assert network.energy(state) == pytest.approx(-memories * units, rel=1e-15)
    state[0] = -1
    assert network.energy(state) == pytest.approx(-memories * (units - 2) ** 2 / units, rel=1e-15)


@pytest.mark.parametrize(
    ("shape", "refused"),
    [
        ((2**15, 2**16), True),
        ((2**31, 1), True),
        ((1, 2**31), True),
        ((2**15, 2**16 - 1), False),
        ((2**31 - 1, 1), False),
    ],
)
def test_more_memories_than_32_bits_can_count_are_refused_before_any_memory_is_taken(
    shape, refused
):
    # A view of a single byte: any copy of it would be of two gigabytes.
    patterns = np.broadcast_to(np.int8(1), shape)
    if refused:
        with pytest.raises(ValueError, match="too many"):
            Network(patterns)
    else:
        assert Network(patterns).units == shape[1]


def test_the_scale_is_one_over_memories_or_units():
    patterns = random_patterns(7, 30, seed=3)
    for scale, own in product(Scale, (True, False)):
        chosen = Conventions(scale, self_connections=own)
        network = Network(patterns, chosen)
        votes = network.explain(patterns[0], 4)
        divisor = 7 if scale is Scale.MEMORIES else 30
        assert votes.field == pytest.approx(network.fields(patterns[0])[4] / divisor)


def test_self_connections_are_worth_the_number_of_units():
    # Article: removing w_ii adds the constant N to the energy.
    patterns = random_patterns(4, 50, seed=8)
    kept, removed = Network(patterns), Network(patterns, Conventions(self_connections=False))
    for state in random_patterns(20, 50, seed=9):
        assert removed.energy(state) - kept.energy(state) == pytest.approx(50)
