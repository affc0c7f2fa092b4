"""The mathematics once more, slow and plain: what the tests hold the program against.

Everything is computed anew for every question, in Python's own unbounded whole numbers and exact
fractions, from the definitions alone. Nothing here calls the program: of the conventions only the
values of their fields are read.
"""

from fractions import Fraction
from itertools import islice

MASK = 2**64 - 1


def couplings(patterns, conventions) -> list[list[int]]:
    """w_ij before the scale, Σ_μ ξ_i^μ ξ_j^μ, as rows of whole numbers."""
    rows = patterns.tolist()
    units = range(patterns.shape[1])
    return [
        [
            sum(row[i] * row[j] for row in rows) if i != j or conventions.self_connections else 0
            for j in units
        ]
        for i in units
    ]


def factor(patterns, conventions) -> Fraction:
    """The scale, 1/P or 1/N; without memories there is nothing to scale."""
    memories, units = patterns.shape
    return Fraction(1, max(1, memories if conventions.scale == "memories" else units))


def overlaps(patterns, state) -> list[int]:
    values = state.tolist()
    return [sum(a * b for a, b in zip(row, values, strict=True)) for row in patterns.tolist()]


def fields(weights: list[list[int]], state) -> list[int]:
    values = state.tolist()
    return [sum(w * value for w, value in zip(row, values, strict=True)) for row in weights]


def energy(patterns, state, conventions) -> Fraction:
    """E = −Σ_ij w_ij x_i x_j over all pairs, half of it where the conventions say ½."""
    values = state.tolist()
    total = sum(
        own * field
        for own, field in zip(values, fields(couplings(patterns, conventions), state), strict=True)
    )
    return -Fraction(1, 2 if conventions.half else 1) * total * factor(patterns, conventions)


def becomes(field: int, current: int, conventions) -> int:
    """What a unit becomes; 0 stands for a coin's throw."""
    if field:
        return 1 if field > 0 else -1
    return {"minus": -1, "keep": current, "random": 0}[str(conventions.ties)]


def splitmix64(state: int):
    """The published generator (Steele, Lea, Flood 2014)."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        bits = state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
        yield bits ^ (bits >> 31)


def below(stream, bound: int) -> int:
    """Multiply and reject (Lemire 2019)."""
    least = 2**32 % bound
    while True:
        product = (next(stream) >> 32) * bound
        if product % 2**32 >= least:
            return product >> 32


def shuffle(order: list[int], stream) -> None:
    """Fisher and Yates, from the end down (Durstenfeld 1964)."""
    for last in range(len(order) - 1, 0, -1):
        other = below(stream, last + 1)
        order[last], order[other] = order[other], order[last]


def fresh_orders(units, stream):
    """The order of each sweep: one list, shuffled again and again."""
    order = list(units)
    while True:
        shuffle(order, stream)
        yield list(order)


def stream_seed(rng) -> int:
    """The seed of a run's own random stream: the first 64 bits drawn from its generator."""
    return int(rng.integers(0, 2**64, 1, dtype="uint64")[0])


class Recall:
    """A recall, one unit at a time: what a run from the same seed must do, flip for flip.

    `flips` holds every flip made by the network as (update, unit).
    """

    def __init__(self, patterns, state, conventions, seed: int, pinned=None) -> None:
        self.state = state.copy()
        self.updates = 0
        self.flips: list[tuple[int, int]] = []
        self._stream = splitmix64(seed)
        self.change(patterns, conventions, pinned)

    def change(self, patterns, conventions, pinned=None) -> None:
        """Go on under another network: the sweep under way is given up."""
        self._weights = couplings(patterns, conventions)
        self._conventions = conventions
        self._order = [
            unit for unit in range(self.state.size) if pinned is None or not pinned[unit]
        ]
        self._left: list[int] = []
        self._quiet = True
        self.settled = False

    def paint(self, units, value: int) -> None:
        """Set units by hand. The sweep under way goes on, but can no longer be a quiet one."""
        for unit in units:
            if self.state[unit] != value:
                self.state[unit] = value
                self._quiet = self.settled = False

    def advance(self, most_updates: int, most_flips: int | None = None) -> None:
        """Ask units until so many were asked, or flipped, or a whole sweep was quiet."""
        if not self._order:
            self.settled = True
        before = len(self.flips)
        for _ in range(most_updates):
            if self.settled or (most_flips is not None and len(self.flips) - before >= most_flips):
                return
            self._ask()

    def _ask(self) -> None:
        if not self._left:
            shuffle(self._order, self._stream)
            self._left = list(self._order)
            self._quiet = True
        unit = self._left.pop(0)
        self.updates += 1
        own = int(self.state[unit])
        row = self._weights[unit]
        field = sum(w * value for w, value in zip(row, self.state.tolist(), strict=True))
        value = becomes(field, own, self._conventions)
        if value == 0:
            value = 1 if next(self._stream) >> 63 else -1
        if value != own:
            self.state[unit] = value
            self.flips.append((self.updates, unit))
            self._quiet = False
        self.settled = not self._left and self._quiet


def recall(patterns, state, conventions, orders):
    """Ask units in the given orders, one a sweep, until a sweep is quiet."""
    weights = couplings(patterns, conventions)
    state = state.copy()
    flips, updates = [], 0
    for order in orders:
        quiet = True
        for unit in order:
            updates += 1
            field = sum(w * int(value) for w, value in zip(weights[unit], state, strict=True))
            value = becomes(field, int(state[unit]), conventions)
            if value != state[unit]:
                state[unit] = value
                flips.append((updates, int(unit)))
                quiet = False
        if quiet:
            break
    return state, flips, updates


def settled_by(patterns, state, conventions, seed: int, sweeps: int = 1000):
    """Where a recall from this seed ends: the state, its flips, the number of updates."""
    orders = islice(fresh_orders(range(state.size), splitmix64(seed)), sweeps)
    return recall(patterns, state, conventions, orders)


def nearest(patterns, state) -> tuple[int, int, int]:
    """The memory with the fewest units, or all but the fewest, unlike the state.

    Returns its index, +1 or −1 for itself or its inverse, and the number of unlike units; of
    equals a memory before an inverse, then the first.
    """
    best = None
    for index, row in enumerate(patterns.tolist()):
        unlike = sum(a != b for a, b in zip(row, state.tolist(), strict=True))
        like = len(row) - unlike
        found = (min(unlike, like), index, 1 if unlike <= like else -1)
        if best is None or (found[0], unlike >= like) < best[0]:
            best = (found[0], unlike >= like), found
    unlike, index, sign = best[1]
    return index, sign, unlike
