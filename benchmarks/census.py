"""A census against the same one written by hand in C, in one run.

Same starts, same orders of the units, the same attractors hit as often, asserted. Both work in as
many threads as there are cores. The C program is left to find the attractors; it names none.
"""

import ctypes
import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import numpy as np

from hopgui.model.abreast import never
from hopgui.model.census import census
from hopgui.model.choices import Update
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.enumeration import enumeration
from hopgui.model.falls import LANES, Falls, at_once, free_units, key_of
from hopgui.model.kernels import census as loops
from hopgui.model.network import Network
from hopgui.model.starts import Starts

HERE = Path(__file__).parent
UNITS, MEMORIES, FALLS = 784, 20, 10_000
CORES = os.cpu_count() or 1
ROUNDS = 5
SEED = 5


class Case:
    """A census of random starts, with everything that decides it."""

    def __init__(self) -> None:
        rng = np.random.default_rng(SEED)
        patterns = (2 * rng.integers(0, 2, (MEMORIES, UNITS)) - 1).astype(np.int8)
        self.network = Network(patterns, TEXTBOOK)
        self.size = at_once(UNITS)
        self.firsts = range(0, FALLS, self.size)
        self.starts = np.empty((FALLS, UNITS), np.int8)
        streams = np.empty(FALLS, np.uint64)
        loops.streams_of(np.uint64(1), 0, streams)
        free = free_units(UNITS, None)
        loops.scatter(self.starts, free, streams, loops.DRAWN, 0)
        self.shared = np.arange(len(self.firsts), dtype=np.uint64)
        self.falls = Falls(self.network, Update.ASYNC, free, never())

    def ours(self) -> float:
        """Let all fall and find the attractors, by this program."""
        begun = time.perf_counter()
        states = self.starts.copy()

        def part(number: int) -> None:
            some = states[self.firsts[number] : self.firsts[number] + self.size]
            self.falls.together(some, self.shared[number : number + 1].copy())

        with ThreadPoolExecutor(CORES) as threads:
            list(threads.map(part, range(len(self.firsts))))
        hits: dict[bytes, int] = {}
        for state in states:
            key = key_of(state)
            hits[key] = hits.get(key, 0) + 1
        seconds = time.perf_counter() - begun
        self.states, self.hits = states, hits
        return seconds

    def in_c(self, library: ctypes.CDLL) -> float:
        """Do the same by the program in C."""
        begun = time.perf_counter()
        states, by_unit = self.starts.copy(), self.network.by_unit

        def part(number: int) -> None:
            some = states[self.firsts[number] : self.firsts[number] + self.size]
            library.fall(
                _at(some),
                ctypes.c_int64(len(some)),
                _at(by_unit),
                ctypes.c_int64(UNITS),
                ctypes.c_int64(MEMORIES),
                ctypes.c_int64(LANES),
                ctypes.c_uint64(int(self.shared[number])),
            )

        with ThreadPoolExecutor(CORES) as threads:  # a call from ctypes leaves others the lock
            list(threads.map(part, range(len(self.firsts))))
        hits = np.zeros(FALLS, np.int64)
        found = library.attractors(
            _at(states), ctypes.c_int64(FALLS), ctypes.c_int64(UNITS), _at(hits)
        )
        seconds = time.perf_counter() - begun
        assert np.array_equal(states, self.states)
        assert sorted(hits[:found].tolist()) == sorted(self.hits.values())
        return seconds

    def named(self) -> tuple[float, int]:
        """Take the whole census with every attractor named; its time, and how many there are."""
        begun = time.perf_counter()
        *_, last = census(self.network, Starts(), FALLS, rng=np.random.default_rng(SEED))
        return time.perf_counter() - begun, len(last.attractors)


def main() -> None:
    """Measure and print."""
    case = Case()
    case.ours()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "census.so"
        compiler = ["cc", "-O3", "-march=native", "-shared", "-fPIC"]
        subprocess.run([*compiler, "-o", path, HERE / "_census.c"], check=True)
        library = ctypes.CDLL(str(path))
        library.attractors.restype = ctypes.c_int64
        case.named()
        rounds = [(case.ours(), case.in_c(library), *case.named()) for _ in range(ROUNDS)]
    mine, theirs, naming, found = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(one / other for one, other, *_ in rounds)
    print(f"{FALLS:,} falls, N = {UNITS}, P = {MEMORIES}, {CORES} threads")
    print(f"this program {mine:.3f} s, C -O3 {theirs:.3f} s: {ratio:.2f} × C")
    ratio = median(named / other for _, other, named, _ in rounds)
    print(f"with all {found:,} attractors named: {naming:.3f} s, {ratio:.2f} × C, which names none")
    _enumerate()


def _enumerate() -> None:
    rng = np.random.default_rng(SEED)
    for memories in (3, 8):
        patterns = (2 * rng.integers(0, 2, (memories, 25)) - 1).astype(np.int8)
        for update in (Update.ASYNC, Update.SYNC):
            begun = time.perf_counter()
            network = Network(patterns, TEXTBOOK)
            *_, last = enumeration(network, rng=np.random.default_rng(1), update=update)
            seconds = time.perf_counter() - begun
            print(
                f"all 2^25 states, P = {memories}, {update}: {seconds:.2f} s, "
                f"{last.stable} stable, {last.cycles} on cycles"
            )


def _at(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


if __name__ == "__main__":
    main()
