"""Work done on all cores, its results taken in order."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import closing
from time import monotonic
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

S = TypeVar("S")
T = TypeVar("T")

# Seconds after which whoever asks for news gets some, new or not.
SLICE = 0.05


def never() -> NDArray[np.uint8]:
    """Return a sign that loops look at: they stop once it is not 0. uint8 array of shape (1,)."""
    return np.zeros(1, np.uint8)


def abreast(
    work: Callable[[int], T], count: int, stop: NDArray[np.uint8], executor: Executor | None
) -> Generator[T | None, None, None]:
    """Yield ``work(0)``, ``work(1)``, … in this order, done on all cores.

    Only a few are begun before they are asked for, so nothing piles up. When this iterator is
    closed the sign to stop is given, and what was begun has ended.

    Parameters
    ----------
    work
        Does one part; called in other threads, several at a time.
    count
        Number of parts.
    stop
        The sign that the parts' loops look at.
    executor
        Threads to work in; as many as there are cores, made and ended here, if None.

    Yields
    ------
    object
        A result; None when the next one takes longer than a slice.
    """
    cores = os.cpu_count() or 1
    threads = ThreadPoolExecutor(cores) if executor is None else executor
    begun: deque[Future[T]] = deque()
    coming = 0
    try:
        while coming < count or begun:
            while coming < count and len(begun) < 2 * cores:
                begun.append(threads.submit(work, coming))
                coming += 1
            wait([begun[0]], timeout=SLICE)
            yield begun.popleft().result() if begun[0].done() else None
    finally:
        stop[0] = 1
        for each in begun:
            each.cancel()
        wait(begun)
        if executor is None:
            threads.shutdown()


def told(
    parts: Generator[T | None, None, None], add: Callable[[T], None], tell: Callable[[], S]
) -> Iterator[S]:
    """Yield what is known at the start, now and then while parts come, and at the end.

    Parameters
    ----------
    parts
        Results as they come, None for news that there is none; closed in the end.
    add
        Takes a result.
    tell
        Makes what is yielded.
    """
    yield tell()
    slices = _Slices()
    with closing(parts):
        for part in parts:
            if part is not None:
                add(part)
            if slices.over():
                yield tell()
                slices.begin()
    yield tell()


class _Slices:
    """Says when a slice of time is over. A pause between two slices belongs to neither."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin the next slice."""
        self._end = monotonic() + SLICE

    def over(self) -> bool:
        """Say whether the slice is over."""
        return monotonic() >= self._end
