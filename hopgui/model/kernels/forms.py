"""What the loops work on: how a network keeps what its fields need, and how a unit decides."""

from typing import Any, NamedTuple

# Where a run stands, in one int64 array: loops read and write these places.
POSITION, CHANGED, UPDATES, SETTLED, PLACES = range(5)

# What a unit becomes when its field is exactly zero.
TIE_MINUS, TIE_KEEP, TIE_RANDOM = range(3)

# In which order a sweep asks the units.
SHUFFLED, RASTER = range(2)


class LowRank(NamedTuple):
    """Couplings Σ_r rows_i^r carry_j^r, kept as the sums that a field is read from.

    Attributes
    ----------
    rows, carry
        ±1 as int8, and integers; a row a unit, shape (units, rank).
    sums
        Σ_j carry_j^r x_j, carried along at each flip, shape (rank,); int16 or int32 only where
        those of any state fit, and all together stay within 32 bits.
    diagonal
        Each unit's coupling to itself, int64, to be left out of what the others say.
    own
        What of it counts when the unit decides, int64.
    mask
        0 where one number in `diagonal` serves for every unit, else −1: a unit looks it up at
        ``unit & mask``, and what it need not fetch costs nothing.
    """

    rows: Any
    carry: Any
    sums: Any
    diagonal: Any
    own: Any
    mask: Any


class Matrix(NamedTuple):
    """A whole matrix of couplings, with every unit's field carried along.

    Attributes
    ----------
    columns
        Row j holds w_ij for all i, int32, diagonal 0, shape (units, units).
    fields
        Σ_j w_ij x_j and the unit's bias, int64.
    even_columns, even_fields
        The same of the symmetric part, (w_ij + w_ji)/2, from which the energy is read; of size 0
        where the couplings are symmetric.
    own
        What a unit's coupling to itself adds when it decides, int64.
    biases
        What each field begins with whatever the state is, int64.
    """

    columns: Any
    fields: Any
    even_columns: Any
    even_fields: Any
    own: Any
    biases: Any


class Dense(NamedTuple):
    """An energy −Σ_μ F(M_μ), read from a table.

    Attributes
    ----------
    rows
        The memories, ±1 as int8, a row a unit.
    overlaps
        M_μ, int32, carried along.
    gains
        F(m + 1) − F(m − 1) at place m + N, int64 where it fits, else float64.
    own
        Zeros: a dense energy has no self-connections.
    """

    rows: Any
    overlaps: Any
    gains: Any
    own: Any


class Exponential(NamedTuple):
    """The energy −ln Σ_μ exp(M_μ); attributes as in `Dense`."""

    rows: Any
    overlaps: Any
    own: Any


class Hidden(NamedTuple):
    """The free energy of a restricted Boltzmann machine, its hidden units summed out.

    Attributes
    ----------
    rows
        Weights, float64, a row a visible unit.
    inputs
        What reaches each hidden unit, c_j + Σ_i v_i w_ij, float64, carried along.
    biases
        Biases of the visible units, float64.
    own
        Zeros: no unit is coupled to itself.
    offsets
        Biases c_j of the hidden units, float64.
    """

    rows: Any
    inputs: Any
    biases: Any
    own: Any
    offsets: Any


class Ways(NamedTuple):
    """How a unit decides.

    Attributes
    ----------
    order
        `SHUFFLED` or `RASTER`.
    ties
        `TIE_MINUS`, `TIE_KEEP` or `TIE_RANDOM`.
    slack
        Fields no larger than this count as zero: the rounding of the couplings.
    weight
        By what a unit's pull is multiplied in the score: 4 for pairwise forms, 1 for dense ones.
    beta
        What the score is multiplied by over the temperature; negative at temperature 0.
    mask
        0 where one number in the form's `own` serves for every unit, else −1.
    """

    order: Any
    ties: Any
    slack: Any
    weight: Any
    beta: Any
    mask: Any


class Log(NamedTuple):
    """Buffers that take each flip: its update, its unit, the score after it."""

    updates: Any
    units: Any
    scores: Any
