"""The loops of Boltzmann machines.

Units are 0 or 1, and most are 0: what reaches the other side is a sum of the rows of those that are
1, which takes less time than the BLAS's product of matrices. Chains are drawn in single precision,
machines are kept in double. Every loop works in place on the arrays it is given, draws from the
seed it is given, and releases the interpreter lock.
"""

from typing import Any, NamedTuple

import numpy as np

from hopgui.model.kernels.compiled import compiled

_ONE, _HALF = np.float32(1.0), np.float32(0.5)
_LOWEST, _HIGHEST = np.float32(-126.0), np.float32(126.0)
_LOG2_E = np.float32(1.4426950408889634)
# (ln 2)ⁿ/n!
_T1, _T2, _T3 = np.float32(0.6931471806), np.float32(0.2402265070), np.float32(0.0555041087)
_T4, _T5, _T6 = np.float32(9.6181291e-3), np.float32(1.3333558e-3), np.float32(1.5403530e-4)
_FRACTION = np.float32(2.0**-24)
_LOW = np.uint64(0xFFFFFF)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


class Parts(NamedTuple):
    """The numbers of a machine, or of a change of one, float64.

    Attributes
    ----------
    weights
        Shape (visible, hidden).
    visible_bias, hidden_bias
        Shapes (visible,) and (hidden,).
    """

    weights: Any
    visible_bias: Any
    hidden_bias: Any


class Lack(NamedTuple):
    """Means over the pictures less those over the chains: what the model lacks; float32.

    Attributes
    ----------
    products
        ⟨v hᵀ⟩_data − ⟨v hᵀ⟩_model, shape (visible, hidden).
    v, h
        The same of ⟨v⟩ and ⟨h⟩, shapes (visible,) and (hidden,).
    """

    products: Any
    v: Any
    h: Any


class Single(NamedTuple):
    """A machine in single precision: what chains are drawn from.

    Attributes
    ----------
    weights, back
        W and its transpose, float32, each contiguous.
    visible_bias, hidden_bias
        b and c, float32.
    """

    weights: Any
    back: Any
    visible_bias: Any
    hidden_bias: Any


class Pace(NamedTuple):
    """How far a gradient is followed.

    Attributes
    ----------
    rate, momentum, decay
        As in the settings.
    largest
        A machine with a number as large as this is no good.
    forget
        How much of λ, the running mean of the hidden units, gives way to each batch's.
    """

    rate: Any
    momentum: Any
    decay: Any
    largest: Any
    forget: Any


@compiled
def exp2(power: Any) -> Any:
    """Return 2 to a power between −126 and 126, to 3 parts in 10⁷.

    The whole part goes into the exponent's bits and the rest into Taylor's polynomial; there is no
    call in it, so that loops work on as many numbers at once as the machine can.
    """
    power = min(max(power, _LOWEST), _HIGHEST)
    whole = np.floor(power + _HALF)
    x = power - whole
    rest = _ONE + x * (_T1 + x * (_T2 + x * (_T3 + x * (_T4 + x * (_T5 + x * _T6)))))
    bits = np.int32((np.int32(whole) + 127) << 23)
    return rest * bits.view(np.float32)


@compiled
def reach(rows: Any, bias: Any, bits: Any, inputs: Any, on: Any) -> Any:
    """Write the bias and the rows of all units that are 1, added up, to `inputs`.

    The units that are 1 are listed in `on`, int32 with room for all; their number is returned.
    """
    count = 0
    for unit in range(bits.size):
        on[count] = unit
        count += bits[unit] > 0
    for other in range(inputs.size):
        inputs[other] = bias[other]
    # Four rows at a time: the memory is what it waits for.
    fours = count // 4 * 4
    for first in range(0, fours, 4):
        a, b = rows[on[first]], rows[on[first + 1]]
        c, d = rows[on[first + 2]], rows[on[first + 3]]
        for other in range(inputs.size):
            inputs[other] += (a[other] + b[other]) + (c[other] + d[other])
    for place in range(fours, count):
        row = rows[on[place]]
        for other in range(inputs.size):
            inputs[other] += row[other]
    return count


@compiled
def draw_side(
    rows: Any, bias: Any, bits: Any, betas: Any, seed: Any, inputs: Any, out: Any
) -> None:
    """Draw one side of every chain given the other: 1 with chance 1/(1 + e^−βy), to 2⁻²⁴.

    Parameters
    ----------
    rows
        Weights with a row a unit of the given side, float32, shape (given, drawn).
    bias
        Biases of the drawn side, float32.
    bits
        The given side, float32, shape (chains, given).
    betas
        β of each chain, float32.
    seed
        Of the noise, uint64: SplitMix64 (Steele, Lea, Flood 2014), a number for two units.
    inputs, out
        Take y and what is drawn, float32, shape (chains, drawn).
    """
    on = np.empty(bits.shape[1] + 1, np.int32)
    half = (bias.size + 1) // 2
    noise = np.empty(2 * half, np.float32)
    for chain in range(bits.shape[0]):
        reached, result = inputs[chain], out[chain]
        reach(rows, bias, bits[chain], reached, on)
        steep = -betas[chain] * _LOG2_E
        start = seed + np.uint64(chain) * np.uint64(half) * _GOLDEN
        for unit in range(half):
            mixed = start + np.uint64(unit) * _GOLDEN
            mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
            mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
            mixed ^= mixed >> np.uint64(31)
            noise[unit] = np.float32(np.int32(mixed >> np.uint64(40))) * _FRACTION
            low = np.int32((mixed >> np.uint64(8)) & _LOW)
            noise[half + unit] = np.float32(low) * _FRACTION
        for unit in range(reached.size):
            result[unit] = np.float32(noise[unit] * (_ONE + exp2(steep * reached[unit])) < _ONE)


@compiled
def step(single: Single, v: Any, betas: Any, seed: Any, new: Any, h: Any, inputs: Any) -> None:
    """Draw the hidden units given v, then the visible ones given those.

    Parameters
    ----------
    single
        The machine.
    v
        Visible units, float32, shape (chains, visible).
    betas
        β of each chain, float32.
    seed
        Of the noise, uint64, shape (2,).
    new, h, inputs
        Take the new v, the h between, and what reached the new v; float32.
    """
    reached = np.empty(h.shape, np.float32)
    draw_side(single.weights, single.hidden_bias, v, betas, seed[0], reached, h)
    draw_side(single.back, single.visible_bias, h, betas, seed[1], inputs, new)


@compiled
def add_means(single: Single, samples: Any, share: Any, lack: Lack) -> None:
    """Add every sample, and the hidden means given it, times a share, to what is lacking.

    Parameters
    ----------
    single
        The machine.
    samples
        Visible units 0 or 1, float32, shape (samples, visible).
    share
        What each sample counts, float32.
    lack
        What is added to.
    """
    on = np.empty(samples.shape[1] + 1, np.int32)
    means = np.empty(single.hidden_bias.size, np.float32)
    h, products = lack.h, lack.products
    for sample in range(samples.shape[0]):
        count = reach(single.weights, single.hidden_bias, samples[sample], means, on)
        for unit in range(means.size):
            # The division proper would first look for a zero, one number at a time.
            means[unit] = share * np.reciprocal(_ONE + exp2(-_LOG2_E * means[unit]))
            h[unit] += means[unit]
        for place in range(count):
            product = products[on[place]]
            lack.v[on[place]] += share
            for unit in range(means.size):
                product[unit] += means[unit]


@compiled
def follow(
    old: Parts,
    velocity: Parts,
    lack: Lack,
    offsets: Any,
    pace: Pace,
    new: Parts,
    moved: Parts,
    single: Single,
) -> Any:
    """Follow the centred gradient of the log-likelihood (Melchior, Fischer, Wiskott 2016).

    ∇W = ⟨(v − μ)(h − λ)ᵀ⟩_data − ⟨(v − μ)(h − λ)ᵀ⟩_model, and of the biases what is left when ∇W
    is read as a change of the centred machine: ∇b = ⟨v⟩_data − ⟨v⟩_model − ∇W λ and ∇c = ⟨h⟩_data
    − ⟨h⟩_model − ∇Wᵀ μ. With μ = λ = 0 it is the plain gradient; unlike that it does not care
    which of its two values a unit calls 1.

    Parameters
    ----------
    old, velocity
        The machine and its last change.
    lack
        What the model's means lack.
    offsets
        μ and λ, float64, shapes (visible,) and (hidden,).
    pace
        How far the gradient is followed.
    new, moved
        Take the next machine and the change that led there.
    single
        Takes the next machine in single precision.

    Returns
    -------
    bool
        Whether every number of the next machine is good.
    """
    mean, running = offsets
    slopes = lack.h.astype(np.float64)
    bad = 0
    for unit in range(mean.size):
        middle, slope = mean[unit], np.float64(lack.v[unit])
        products, weights = lack.products[unit], old.weights[unit]
        last, moves, news = velocity.weights[unit], moved.weights[unit], new.weights[unit]
        for other in range(slopes.size):
            # The centred products multiplied out; μλᵀ goes away.
            gradient = products[other] - middle * lack.h[other] - lack.v[unit] * running[other]
            moves[other] = gradient
            slopes[other] -= gradient * middle
        for other in range(slopes.size):
            slope -= moves[other] * running[other]
        singles = single.weights[unit]
        for other in range(slopes.size):
            by = pace.momentum * last[other]
            by += pace.rate * (moves[other] - pace.decay * weights[other])
            moves[other] = by
            news[other] = weights[other] + by
            singles[other] = news[other]
            # A number that is none is not smaller either.
            bad |= not abs(news[other]) < pace.largest
        for other in range(slopes.size):
            single.back[other, unit] = singles[other]
        by = pace.momentum * velocity.visible_bias[unit] + pace.rate * slope
        moved.visible_bias[unit] = by
        new.visible_bias[unit] = old.visible_bias[unit] + by
        single.visible_bias[unit] = new.visible_bias[unit]
        bad |= not abs(new.visible_bias[unit]) < pace.largest
    for other in range(slopes.size):
        by = pace.momentum * velocity.hidden_bias[other] + pace.rate * slopes[other]
        moved.hidden_bias[other] = by
        new.hidden_bias[other] = old.hidden_bias[other] + by
        single.hidden_bias[other] = new.hidden_bias[other]
        bad |= not abs(new.hidden_bias[other]) < pace.largest
    return not bad


@compiled
def in_parts(numbers: Any, visible: Any, hidden: Any) -> Any:
    """Return weights, visible and hidden biases that stand in one row behind each other."""
    weights = numbers[: visible * hidden].reshape(visible, hidden)
    biases = numbers[visible * hidden :]
    return Parts(weights, biases[:visible], biases[visible:])


@compiled
def learn(numbers: Any, now: Any, samples: Any, offsets: Any, pace: Pace, single: Single) -> Any:
    """Follow the gradient that pictures and chains make, and carry the hidden mean along.

    Parameters
    ----------
    numbers
        Two machines and two changes, float64, a row each (`in_parts`), so that the last good one
        is never lost.
    now
        0 or 1: in which of the first two rows the machine stands, and two rows further its last
        change. The next ones are written to the others.
    samples
        The pictures and the chains, float32, shapes (samples, visible).
    offsets
        μ and λ, float64; λ is changed in place where the next machine is good.
    pace
        How far the gradient is followed.
    single
        The machine in single precision; takes the next one.

    Returns
    -------
    bool
        Whether every number of the next machine is good.
    """
    pictures, chains = samples
    mean, running = offsets
    visible, hidden = mean.size, running.size
    lack = Lack(
        np.zeros((visible, hidden), np.float32),
        np.zeros(visible, np.float32),
        np.zeros(hidden, np.float32),
    )
    add_means(single, pictures, _ONE / np.float32(pictures.shape[0]), lack)
    of_data = lack.h.copy()
    add_means(single, chains, -_ONE / np.float32(chains.shape[0]), lack)
    good = follow(
        in_parts(numbers[now], visible, hidden),
        in_parts(numbers[2 + now], visible, hidden),
        lack,
        offsets,
        pace,
        in_parts(numbers[1 - now], visible, hidden),
        in_parts(numbers[3 - now], visible, hidden),
        single,
    )
    if good:
        for unit in range(hidden):
            running[unit] += pace.forget * (of_data[unit] - running[unit])
    return good
