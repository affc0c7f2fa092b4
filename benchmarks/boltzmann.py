"""Restricted Boltzmann machines against scikit-learn's, and what each method reaches.

Digits: one epoch of persistent chains over 1 797 handwritten digits, 64 visible units, for both the
same batch, as many chains as pictures in it, and the same number of hidden units, in single
precision and on one core; medians, and the median ratio of epochs that follow each other. Bars and
stripes of 4 × 4: what each method's default settings reach with 16 hidden units, exactly, in nats a
picture, and in how much time.
"""

import os
import sys
import time
import warnings
from dataclasses import replace
from statistics import median

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from sklearn.neural_network import BernoulliRBM

from hopgui.model.boltzmann.datasets import bars_and_stripes
from hopgui.model.boltzmann.likelihood import best_log_likelihood, log_partition
from hopgui.model.boltzmann.machine import bits_of
from hopgui.model.boltzmann.settings import Method, Settings, settings_for
from hopgui.model.boltzmann.state import begin
from hopgui.model.boltzmann.training import Trainer, train
from hopgui.session.handwritten import handwritten_digits

ROUNDS = 15
CASES = ((10, 64), (50, 64), (100, 64), (100, 256))  # pictures to a gradient, hidden units
SEEDS = range(1, 6)
GOAL = 2.0


def main() -> int:
    """Measure and print; 1 if an epoch is not twice as fast as theirs."""
    reached = digits()
    print()
    bars()
    return 0 if reached else 1


def digits() -> bool:
    patterns = handwritten_digits()[0].units
    print("| batch | hidden | this program | scikit-learn | scikit-learn ÷ ours |")
    print("|---:|---:|---:|---:|---:|")
    ratios = []
    for batch, hidden in CASES:
        pairs = [
            (ours(patterns, batch, hidden), theirs(patterns, batch, hidden)) for _ in range(ROUNDS)
        ]
        mine, other = (1000 * median(column) for column in zip(*pairs, strict=True))
        ratio = median(other / mine for mine, other in pairs)
        ratios.append(ratio)
        print(f"| {batch} | {hidden} | {mine:.1f} ms | {other:.1f} ms | {ratio:.1f} |")
    print(f"goal: an epoch at least {GOAL:.0f} times as fast as scikit-learn's")
    return min(ratios) >= GOAL


def ours(patterns: np.ndarray, batch: int, hidden: int) -> float:
    settings = Settings(Method.PCD, epochs=1, batch=batch, chains=batch)
    trainer = Trainer(
        patterns, settings, begin(patterns, hidden, settings, np.random.default_rng(1))
    )
    begun = time.perf_counter()
    while trainer.done < trainer.total:
        assert trainer.advance(trainer.total)
    return time.perf_counter() - begun


def theirs(patterns: np.ndarray, batch: int, hidden: int) -> float:
    machine = BernoulliRBM(hidden, batch_size=batch, n_iter=1, random_state=1)
    v = bits_of(patterns)
    begun = time.perf_counter()
    machine.fit(v)
    return time.perf_counter() - begun


def bars() -> None:
    patterns = bars_and_stripes(4, 4).units
    best = best_log_likelihood(patterns)
    log_partition(begin(patterns, 16, Settings(), np.random.default_rng(0)).machine)  # compiled
    print("| method | ln p of a picture, worst and best of 5 seeds | below the best possible | s |")
    print("|---|---:|---:|---:|")
    for method in Method:
        settings = settings_for(len(patterns), patterns.shape[1], method)
        settings = replace(settings, every=settings.epochs)
        ends, seconds = [], []
        for seed in SEEDS:
            begun = time.perf_counter()
            start = begin(patterns, 16, settings, np.random.default_rng(seed))
            *_, last = train(patterns, settings, start)
            seconds.append(time.perf_counter() - begun)
            ends.append(last.measures.log_likelihood)
        told = f"{min(ends):.3f} … {max(ends):.3f}"
        print(f"| {method} | {told} | {best - min(ends):.3f} | {median(seconds):.1f} |")


if __name__ == "__main__":
    warnings.simplefilter("error")
    sys.exit(main())
