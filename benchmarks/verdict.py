"""What it costs to say what a state is, with 1 000 memories on 128 × 128 units, in milliseconds."""

import os
import sys
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")  # as in the program

import numpy as np

from hopgui.model.choices import Dynamics
from hopgui.model.mixtures import Mixtures
from hopgui.model.network import Network
from hopgui.model.settling import settler
from hopgui.model.why import why_unit, why_unstable

MEMORIES, UNITS = 1000, 128 * 128
ROUNDS = 9


def told(what: str, goal: float | None, act: Callable[[], object], rounds: int = ROUNDS) -> bool:
    """Print how long an act takes, and say whether that is within its goal, if it has one."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
    goal_text = "" if goal is None else f"   goal: at most {goal:.0f} ms"
    print(f"{what:56} {median(times):8.1f} ms{goal_text}")
    return goal is None or median(times) <= goal


def longest_step(mixtures: Mixtures) -> float:
    """Prepare, and return how long the longest step took, in milliseconds."""
    longest, begun = 0.0, time.perf_counter()
    for _ in mixtures.prepare():
        now = time.perf_counter()
        longest, begun = max(longest, now - begun), now
    return 1000 * max(longest, time.perf_counter() - begun)


def planted(patterns: np.ndarray, members: dict[int, int]) -> np.ndarray:
    total = sum(weight * patterns[index].astype(int) for index, weight in members.items())
    return np.where(total > 0, 1, -1).astype(np.int8)


def main() -> int:
    rng = np.random.default_rng(1)
    signs = np.array([-1, 1], np.int8)
    patterns = rng.choice(signs, (MEMORIES, UNITS))
    network = Network(patterns)
    begun = time.perf_counter()
    mixtures = Mixtures(patterns)
    longest = longest_step(mixtures)
    whole = 1000 * (time.perf_counter() - begun)
    print(f"{'making the memories ready, in the background':56} {whole:8.1f} ms")
    print(f"{'the longest step of it':56} {longest:8.1f} ms")
    states = {
        "a memory": patterns[3],
        "a mixture of three": planted(patterns, {1: 1, 5: 1, 9: -1}),
        "a mixture of seven": planted(patterns, dict.fromkeys(range(7), 1)),
        "a mixture of five that do not count alike": planted(
            patterns, {6: 2, 1: -2, 4: 1, 5: 1, 0: -1}
        ),
        "a state close to no memory": rng.choice(signs, UNITS),
    }
    reached = []
    for name, state in states.items():
        overlaps = network.overlaps(state)

        def name_it(state: np.ndarray = state, overlaps: np.ndarray = overlaps) -> None:
            mixtures.identify(state, overlaps=overlaps)

        reached.append(told(f"naming {name}", 50, name_it))
    run = network.start(states["a state close to no memory"], rng=rng)
    while not run.settled:
        run.advance(UNITS)
    settle = settler(network, Dynamics(), lambda: np.random.default_rng(1))

    def with_falls() -> None:
        overlaps = network.overlaps(run.state)
        mixtures.identify(run.state, settle=settle, overlaps=overlaps)

    reached.append(told("naming a settled state, seven mixtures let fall", 50, with_falls))
    reached.append(told("why a unit stands", 16, lambda: why_unit(network, run.state, 77, 0)))
    told("who pulls a memory over", None, lambda: why_unstable(network, 0), rounds=3)
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
