"""Processes that edit and save until they are killed, and what is found of them afterwards.

Run by hand for as long as one likes: ``python tests/crashing.py 2000 0.3``.
"""

import json
import os
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from hopgui.session import autosave, store
from hopgui.session.autosave import Autosaver
from hopgui.session.recovery import Recovery, Unsaved
from hopgui.session.session import Grid, Memory, Session, blank_session, frozen

EVENT = struct.Struct("<cqd")
EDITED, SAVED, KEPT = b"E", b"S", b"K"
PAUSE = 0.002  # seconds between two edits, at most twice that


def document(number: int, side: int) -> Session:
    """Return the document after so many edits: its number tells what it has to be."""
    rng = np.random.default_rng(number)
    pictures = rng.choice(np.array([-1, 1], np.int8), (3, side, side))
    blank = blank_session(Grid(side, side), title=str(side))
    memories = tuple(Memory(str(place), frozen(each), place) for place, each in enumerate(pictures))
    return replace(blank, pad=frozen(pictures[0]), memories=memories, seed=number)


def is_whole(session: Session) -> bool:
    """Say whether a document is one that was made, unit for unit."""
    made = document(session.seed, session.grid.width)
    return np.array_equal(session.pad, made.pad) and np.array_equal(session.patterns, made.patterns)


def live(folder: Path, side: int, pace: tuple[float, float]) -> None:
    """Edit and save until the end comes."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(kind: bytes, number: int) -> None:
        os.write(log, EVENT.pack(kind, number, time.monotonic()))

    recovery = Recovery(folder / "recovery")
    saver: Autosaver[Unsaved] = Autosaver(
        recovery.keep,
        lambda unsaved, _refusal: note(KEPT, unsaved.session.seed),
        delay=pace[0],
        period=pace[1],
    )
    rng = np.random.default_rng(os.getpid())
    number = 0
    while True:
        number += 1
        session = document(number, side)
        note(EDITED, number)
        saver.note(Unsaved(session))
        if rng.random() < 0.2:
            store.write(folder / "saved.hopgui", session)
            note(SAVED, number)
        time.sleep(2 * PAUSE * rng.random())


def begin(folder: Path, side: int, pace: tuple[float, float]) -> int:
    """Let a process of its own live, and return its number."""
    process = os.fork()
    if process:
        return process
    try:
        live(folder, side, pace)
    finally:
        os._exit(1)


def events(folder: Path) -> Iterator[tuple[bytes, int, float]]:
    """Yield what a process did, as far as it had come."""
    log = folder / "log"
    content = log.read_bytes() if log.exists() else b""
    yield from EVENT.iter_unpack(content[: len(content) // EVENT.size * EVENT.size])


def judge(folder: Path, end: float) -> dict[str, object]:
    """Look at what a killed process has left, and say what is wrong with it."""
    last = {EDITED: 0, SAVED: 0, KEPT: 0}
    times = {}
    for kind, number, moment in events(folder):
        last[kind] = max(last[kind], number)
        if kind == EDITED:
            times[number] = moment
    wrong = []
    saved = folder / "saved.hopgui"
    if saved.exists():
        session = store.read(saved)
        # What was being written when the end came may have got its name already.
        if not is_whole(session) or not last[SAVED] <= session.seed <= last[EDITED]:
            wrong.append("the saved file is not the last one that was saved")
    elif last[SAVED]:
        wrong.append("the saved file has gone")
    lost = list(Recovery(folder / "recovery").lost())
    age = 0.0
    if lost:
        session = lost[0].unsaved.session
        if not is_whole(session) or not last[KEPT] <= session.seed <= last[EDITED]:
            wrong.append("the recovered document is not the last one that was kept")
        age = end - times.get(session.seed + 1, end)
        lost[0].lock.release()
    elif last[KEPT]:
        wrong.append("nothing is recovered")
    if len(lost) > 1:
        wrong.append("one document is recovered twice")
    drafts = len(list(folder.rglob("*.tmp")))
    return {"wrong": wrong, "recovered": len(lost), "age": age, "drafts": drafts}


def kill(life: float, side: int, pace: tuple[float, float], together: int = 1) -> list[dict]:
    """Let some processes live for a while, kill them, and judge what each has left."""
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / str(number) for number in range(together)]
        for folder in folders:
            folder.mkdir()
        processes = [begin(folder, side, pace) for folder in folders]
        time.sleep(life)
        found = []
        for process, folder in zip(processes, folders, strict=True):
            os.kill(process, signal.SIGKILL)
            end = time.monotonic()
            os.waitpid(process, 0)
            found.append(judge(folder, end))
        return found


def main(kills: int, longest: float, seed: int = 1) -> None:
    """Kill so many processes, none older than `longest` seconds, and print what was found."""
    rng = np.random.default_rng(seed)
    found: list[dict] = []
    while len(found) < kills:
        side = int(rng.choice([10, 60, 200]))
        found += kill(rng.uniform(0.0, longest), side, (0.0, 0.01))
    # And some that live long enough to grow old, at the program's own pace.
    old = kill(2.9, 10, (autosave.DELAY, autosave.PERIOD), together=6)
    summary = {
        "kills": len(found),
        "wrong": [each["wrong"] for each in (*found, *old) if each["wrong"]],
        "recovered": sum(each["recovered"] for each in found),
        "drafts": sum(each["drafts"] for each in found),
        "old_recovered": sum(each["recovered"] for each in old),
        "oldest": max(each["age"] for each in old),
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
