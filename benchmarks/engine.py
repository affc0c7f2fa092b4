"""The engine against others, side by side in one run.

Every row is the same recall for all: same memories, same cue (20 % flipped), same visiting order,
and the same final state, asserted. Times are medians; the ratios are of runs that follow each
other. The table is printed and written to RESULTS.md.
"""

import ctypes
import hashlib
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

from hopgui import __version__
from hopgui.model import kernels
from hopgui.model.choices import Dynamics, Update
from hopgui.model.conventions import Conventions, Ties
from hopgui.model.matrices import from_factors
from hopgui.model.network import Network
from hopgui.session import pbm

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
PEERS = ("hopfieldnetwork==1.0.1", "dhnn==0.1.12")
SIZES = ((784, 10), (784, 100), (2500, 10), (2500, 100), (10_000, 10), (10_000, 100), (65_536, 100))
PEERS_UP_TO = 10_000  # units: their matrices would not fit beyond
ROUNDS = 15
PLAIN_ROUNDS = 5
AGAINST_ROUNDS = 61  # of what takes less than a tenth of a millisecond
SEED = 5
# Peers have no self-connections and make a tie +1; at these loads no tie comes up.
CONVENTIONS = Conventions(self_connections=False, ties=Ties.MINUS)


class Case:
    """One recall, with everything that decides it."""

    def __init__(self, units: int, memories: int) -> None:
        rng = np.random.default_rng(units + memories)
        self.units, self.memories = units, memories
        self.patterns = (2 * rng.integers(0, 2, (memories, units)) - 1).astype(np.int8)
        self.cue = self.patterns[0].copy()
        self.cue[rng.permutation(units)[: units // 5]] *= -1
        self.network = Network(self.patterns, CONVENTIONS)
        self.ours()
        self.end = self.last.state
        self.sweeps = self.last.updates // units

    def ours(self) -> float:
        """Recall by this program, from the cue to the settled state."""
        self.last = self.network.start(self.cue, rng=np.random.default_rng(SEED))
        begun = time.perf_counter()
        while not self.last.settled:
            self.last.advance(10**12)
        return time.perf_counter() - begun

    def in_c(self, library: ctypes.CDLL) -> float:
        """Recall by the loop in C, which draws the same orders from the same stream."""
        state, order = self.cue.copy(), np.arange(self.units, dtype=np.int32)
        overlaps = (self.patterns.astype(np.int32) @ state).astype(np.int32)
        stream = np.random.default_rng(SEED).integers(0, 2**64, 1, dtype=np.uint64)
        score = int(np.sum(overlaps.astype(np.int64) ** 2))
        scores, flips = np.empty(65_536 * 4, np.int64), np.zeros(1, np.int64)
        begun = time.perf_counter()
        library.recall(
            _at(state),
            _at(overlaps),
            _at(self.network.by_unit),
            _at(order),
            ctypes.c_int64(self.units),
            ctypes.c_int64(self.memories),
            _at(stream),
            ctypes.c_int64(score),
            _at(scores),
            _at(flips),
        )
        seconds = time.perf_counter() - begun
        assert np.array_equal(state, self.end)
        assert flips[0] == self.last.flips
        return seconds

    def orders(self) -> np.ndarray:
        """Return the order of every sweep of the recall, shape (sweeps, units)."""
        order = np.arange(self.units, dtype=np.int32)
        stream = np.random.default_rng(SEED).integers(0, 2**64, 1, dtype=np.uint64)
        kept = np.empty((self.sweeps, self.units), np.int32)
        for sweep in kept:
            kernels.shuffle(order, stream)
            sweep[:] = order
        return kept

    def in_numpy(self) -> float:
        """Recall by a careful loop in plain numpy: overlaps carried along, no matrix."""
        state, by_unit = self.cue.copy(), self.network.by_unit.astype(np.int32)
        overlaps = self.patterns.astype(np.int32) @ state
        memories = self.memories
        orders = self.orders().tolist()
        begun = time.perf_counter()
        for order in orders:
            for unit in order:
                row = by_unit[unit]
                wanted = 1 if row @ overlaps - memories * state[unit] > 0 else -1
                if wanted != state[unit]:
                    state[unit] = wanted
                    overlaps += 2 * wanted * row
        seconds = time.perf_counter() - begun
        assert np.array_equal(state, self.end)
        return seconds

    def by_peer(self, python: Path, name: str, folder: Path) -> float:
        """Recall by another package, in its own environment: the median of some rounds."""
        path = folder / f"{self.units}-{self.memories}.npz"
        if not path.exists():
            np.savez(path, patterns=self.patterns, cue=self.cue, orders=self.orders())
        told = subprocess.run(
            [python, HERE / "_peers.py", path, name], capture_output=True, text=True, check=True
        ).stdout.split()
        assert told[1] == hashlib.sha256(self.end.tobytes()).hexdigest(), f"{name} ended elsewhere"
        return float(told[0])


def main() -> None:
    """Measure everything, print it and write it down."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # First, while no other child of this process has held more.
        million = _million(folder)
        library = _compiled(folder)
        quiet = _compiled(folder, "-DWITHOUT_ENERGY")
        python = _peers(folder)
        sections = [
            _head(),
            _recalls(library, python, folder),
            _energy(library, quiet),
            _full_sweeps(),
            million,
        ]
    text = "\n".join(sections)
    print(text)
    RESULTS.write_text(text)


def _recalls(library: ctypes.CDLL, python: Path, folder: Path) -> str:
    lines = [
        "## A recall to the settled state\n",
        "| N | P | this program | C -O3 | × C | numpy loop ÷ ours | hopfieldnetwork ÷ ours "
        "| dhnn ÷ ours |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for units, memories in SIZES:
        case = Case(units, memories)
        pairs = [(case.ours(), case.in_c(library)) for _ in range(ROUNDS)]
        ours, c = (median(column) for column in zip(*pairs, strict=True))
        ratio = median(mine / theirs for mine, theirs in pairs)
        plain = median(case.in_numpy() for _ in range(PLAIN_ROUNDS)) / ours
        peers = ["–", "–"]
        if units <= PEERS_UP_TO:
            peers = [
                f"{case.by_peer(python, name, folder) / ours:,.0f}"
                for name in ("hopfieldnetwork", "dhnn")
            ]
        lines.append(
            f"| {units:,} | {memories} | {1e3 * ours:.3f} ms | {1e3 * c:.3f} ms | {ratio:.2f} "
            f"| {plain:,.0f} | {peers[0]} | {peers[1]} |"
        )
    return "\n".join(lines) + "\n"


def _energy(library: ctypes.CDLL, quiet: ctypes.CDLL) -> str:
    case = Case(10_000, 100)
    ratio = median(case.in_c(library) / case.in_c(quiet) for _ in range(ROUNDS * 3))
    return (
        "## The energy at every step\n\n"
        f"The loop in C with the energy kept at each flip takes {ratio:.3f} of the time without.\n"
    )


def _full_sweeps() -> str:
    """Compare synchronous steps and flips of a matrix with the BLAS."""
    case = Case(2500, 100)
    state = case.cue
    lines = [
        "## Synchronous steps and whole matrices, P = 100\n",
        "| what | this program | BLAS on one core | ratio | on all cores | ratio |",
        "|---|---:|---:|---:|---:|---:|",
        _steps(case),
        _steps(Case(10_000, 100)),
    ]
    memories = case.patterns.astype(np.float64)
    alone = np.zeros(case.units, np.int64)
    couplings = from_factors([(memories / case.units, memories)], alone)
    single = (couplings.columns * couplings.unit).astype(np.float32)
    lines.append(
        _against(
            "fields of a whole matrix, N = 2 500",
            lambda: lambda: couplings.fields(state, alone),
            lambda: single @ state.astype(np.float32),
        )
    )
    network = Network(case.patterns, CONVENTIONS, couplings)

    def fall() -> None:
        run = network.start(state, rng=np.random.default_rng(SEED))
        while not run.settled:
            run.advance(10**9)

    flips = case.last.flips

    def as_many_columns() -> None:
        fields = single @ state.astype(np.float32)
        for unit in range(flips):
            fields += 2 * single[unit]

    lines.append(_against(f"a whole recall of it ({flips} flips)", lambda: fall, as_many_columns))
    return "\n".join(lines) + "\n"


def _steps(case: Case) -> str:
    """Compare the first synchronous step with the BLAS."""
    wide = case.patterns.astype(np.float32)
    narrow = np.ascontiguousarray(wide.T)

    def begin() -> Callable[[], object]:
        # How a run begins is not what is measured.
        synchronous = Dynamics(Update.SYNC)
        rng = np.random.default_rng(SEED)
        run = case.network.start(case.cue, rng=rng, dynamics=synchronous)
        return lambda: run.advance(run.least)

    def step_by_blas() -> None:
        now = case.cue.astype(np.float32)
        np.where(narrow @ (wide @ now) - case.memories * now > 0, 1, -1)

    size = f"{case.units:,}".replace(",", " ")
    return _against(f"synchronous step, N = {size}", begin, step_by_blas)


def _million(folder: Path) -> str:
    """Recall a million units with 20 memories from the command line."""
    rng = np.random.default_rng(SEED)
    patterns = folder / "million"
    patterns.mkdir()
    for number in range(20):
        picture = (2 * rng.integers(0, 2, (1000, 1000)) - 1).astype(np.int8)
        pbm.write(patterns / f"{number:02}.pbm", picture)
    command = [sys.executable, "-m", "hopgui", "recall", "--patterns", str(patterns)]
    command += ["--cue", str(patterns / "00.pbm"), "--flip", "20", "--json"]
    begun = time.perf_counter()
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds = time.perf_counter() - begun
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert '"settled": true' in told
    return (
        "## A million units, 20 memories, from the command line\n\n"
        f"{seconds:.1f} s from start to end, the reading of the files included, and at most "
        f"{most:.0f} MiB held.\n"
    )


def _against(
    what: str, begin: Callable[[], Callable[[], object]], theirs: Callable[[], object]
) -> str:
    """Measure in turn this program, begun anew each time, and the BLAS on one core and on all."""
    begin()()
    cells = []
    for cores in (1, os.cpu_count()):
        with threadpool_limits(cores):
            pairs = [(_timed(begin()), _timed(theirs)) for _ in range(AGAINST_ROUNDS)]
        blas, ratio = median(blas for _, blas in pairs), median(one / blas for one, blas in pairs)
        cells.append(f"{1e3 * blas:.2f} ms | {ratio:.2f}")
    mine = 1e3 * median(one for one, _ in pairs)
    return f"| {what} | {mine:.2f} ms | {cells[0]} | {cells[1]} |"


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _head() -> str:
    return (
        "# Results\n\n"
        "Written by `make bench`. Medians of one run; the ratios are what counts, the machine is "
        f"shared.\n\nhopgui {__version__}, Python {platform.python_version()}, numpy "
        f"{np.__version__}, {os.cpu_count()} cores.\n"
    )


def _compiled(folder: Path, *flags: str) -> ctypes.CDLL:
    path = folder / f"recall{len(flags)}.so"
    compiler = ["cc", "-O3", "-march=native", "-shared", "-fPIC", *flags]
    subprocess.run([*compiler, "-o", path, HERE / "_recall.c"], check=True)
    library = ctypes.CDLL(str(path))
    library.recall.restype = ctypes.c_int64
    return library


def _peers(folder: Path) -> Path:
    """Make the environment of the other packages and return its Python."""
    venv.create(folder / "peers", with_pip=True)
    python = folder / "peers" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-qq", "numpy", *PEERS], check=True)
    return python


def _at(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


if __name__ == "__main__":
    main()
