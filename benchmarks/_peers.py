"""Runs in an environment of its own: the same recall by hopfieldnetwork 1.0.1 and by dhnn.

Usage: python _peers.py case.npz NAME. The case holds memories, cue and the visiting orders; printed
are the seconds that the recall took, the median of some rounds, and a digest of the final state.
"""

import hashlib
import sys
import time
from statistics import median

import numpy as np

ROUNDS = 5


def main() -> None:
    """Time one peer on one case."""
    path, name = sys.argv[1:]
    case = np.load(path)
    recall = {"hopfieldnetwork": hopfieldnetwork, "dhnn": dhnn}[name]
    rounds = [recall(case) for _ in range(ROUNDS)]
    seconds, state = median(seconds for seconds, _ in rounds), rounds[-1][1]
    print(seconds, hashlib.sha256(state.astype(np.int8).tobytes()).hexdigest())


def hopfieldnetwork(case):
    """Recall by hopfieldnetwork's own loop, the orders given instead of drawn."""
    from hopfieldnetwork import HopfieldNetwork

    patterns, orders = case["patterns"], iter(case["orders"])
    units = patterns.shape[1]
    network = HopfieldNetwork(units)
    # Its learning adds whole matrices, a memory at a time; the sum is the same.
    network.w = patterns.T.astype(np.float64) @ patterns.astype(np.float64) / units
    np.fill_diagonal(network.w, 0)
    network.set_initial_neurons_state(case["cue"].copy())
    np.random.permutation = lambda _units: next(orders)
    begun = time.perf_counter()
    network.update_neurons(len(case["orders"]), "async")
    return time.perf_counter() - begun, network.S


def dhnn(case):
    """Recall by dhnn's own loop, as many units asked, in the same order."""
    from dhnn import DHNN

    patterns, orders = case["patterns"], case["orders"]
    network = DHNN(nflag=-1)
    network.train([pattern.astype(np.float64) for pattern in patterns])
    np.random.randint = lambda *_range: orders.reshape(-1, 1)
    cue = case["cue"].astype(np.float64)[None, :]
    begun = time.perf_counter()
    state = network.predict(cue, theta=0, epochs=orders.size)
    return time.perf_counter() - begun, state[0]


if __name__ == "__main__":
    main()
