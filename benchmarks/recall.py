"""One recall of the largest grid on the engine alone: its computing time and its memory.

Fifty random memories on 256 × 256, 20 % of one of them flipped, the article's conventions. The
memory is what the process grows by from the patterns on; a matrix of couplings would take 4 GiB in
single bytes.
"""

import resource
import sys
import time
from statistics import median

import numpy as np
from _documents import random_document

from hopgui.model.network import Network, warm
from hopgui.session.draws import Draws, rng_of

SIDE, MEMORIES = 256, 50
MOST_TIME, MOST_MEMORY = 100, 64  # milliseconds, MiB


def peak() -> float:
    """Return the most memory that the process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def main(rounds: int) -> int:
    session = random_document(SIDE, MEMORIES)
    cue = session.pad.ravel()
    warm()
    before = peak()
    network = Network(session.patterns, session.conventions)
    times = []
    for seed in range(rounds + 1):
        begun = time.perf_counter()
        run = network.start(cue, rng=rng_of(Draws.RECALL, seed))
        while not run.settled:
            run.advance(2**20)
        times.append(1000 * (time.perf_counter() - begun))
        assert np.array_equal(run.state, session.memories[0].picture.ravel())
    first, *later = times  # the first one loads the kernels and turns the memories round
    grown = peak() - before
    print(
        f"one recall    {median(later):6.1f} ms  (best {min(later):.1f}, first {first:.1f})", end=""
    )
    print(f"   goal: at most {MOST_TIME} ms")
    print(f"memory grown  {grown:6.1f} MiB   goal: at most {MOST_MEMORY} MiB, and no matrix")
    return 0 if median(later) <= MOST_TIME and grown <= MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
