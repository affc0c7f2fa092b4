"""Files made in error and in malice, by the thousand, and what their readers make of them.

Run by hand for more: ``python tests/fuzzing.py 20000 7``.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from hopgui.model.boltzmann.datasets import Pictures
from hopgui.model.boltzmann.settings import Settings
from hopgui.model.network import Network
from hopgui.refusal import Refusal
from hopgui.session import archive, cues, edits, images, library, pbm, store, training
from hopgui.session.draws import Draws, rng_of
from hopgui.session.past_run import PastRun
from hopgui.session.session import KeptState
from hopgui.session.tape import Tape
from hopgui.session.training import Course, DataKind

Rng = np.random.Generator
MEGABYTE = 2**20

# What stands in a field that should hold something else.
ODD: list[object] = [
    None, True, -1, 0, 257, 2**31, 2**63, 10**300, 1e308, -0.5, float("nan"), float("inf"), "",
    "x" * 300, "\ud800", "../../../etc/passwd", "/dev/zero", "nul\0", [], {}, [[]], [None] * 2000,
    {"a": {"b": {}}},
]  # fmt: skip
NUMBERS = [b"0", b"-1", b"99999", b"8192", b"999999999999999999", b"00000000000000000000009"]


# Sound files


def session_file() -> bytes:
    """Return a session with a machine, a run on another one and a kept state in it."""
    session = library.first_session()
    pictures = Pictures(session.patterns, session.grid.shape)
    trainings = [
        training.begin(Course(DataKind.MEMORIES, 3, Settings(chains=4), seed=seed), pictures)
        for seed in (1, 2)
    ]
    run = Network(session.patterns).start(session.pad.ravel(), rng=rng_of(Draws.RECALL, 1))
    tape = Tape(1, 1, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(100))
    # What the flips are of does not matter to a reader.
    before = edits.keep_training(session, trainings[0])
    past = PastRun("a run", before, tape.recording(run.updates), settled=True)
    kept = (KeptState("a state", session.pad),)
    return store.encode(replace(session, runs=(past,), kept=kept, training=trainings[1]))


def picture_files() -> dict[str, bytes]:
    """Return a picture in every format that is read."""
    rng = np.random.default_rng(1)
    grey = Image.fromarray(rng.integers(0, 256, (40, 30), np.uint8))
    kinds = {
        "png": grey,
        "palette.png": grey.convert("P"),
        "alpha.png": grey.convert("RGBA"),
        "gif": grey,
        "jpg": grey.convert("RGB"),
        "bmp": grey.convert("RGB"),
        "ppm": grey.convert("RGB"),
        "pgm": grey,
    }
    files = {}
    for name, image in kinds.items():
        file = io.BytesIO()
        Image.init()
        image.save(file, Image.EXTENSION[f".{name.split('.')[-1]}"])
        files[name] = file.getvalue()
    return files


def bitmap_files() -> dict[str, bytes]:
    """Return a bitmap in both variants."""
    units = np.random.default_rng(2).choice(np.array([-1, 1], np.int8), (30, 50))
    raw = b"P4\n50 30\n" + np.packbits(units > 0, axis=1).tobytes()
    return {"plain.pbm": pbm.text(units, "a comment").encode(), "raw.pbm": raw}


# What is done to them


def flipped(content: bytes, rng: Rng) -> bytes:
    damaged = bytearray(content)
    for place in rng.integers(0, len(content), rng.integers(1, 12)):
        damaged[place] = rng.integers(0, 256)
    return bytes(damaged)


def cut(content: bytes, rng: Rng) -> bytes:
    return content[: rng.integers(0, len(content))]


def stuffed(content: bytes, rng: Rng) -> bytes:
    place = rng.integers(0, len(content))
    return content[:place] + rng.bytes(rng.integers(1, 400)) + content[place:]


def repeated(content: bytes, rng: Rng) -> bytes:
    start, end = sorted(rng.integers(0, len(content), 2))
    return content[:end] + content[start:end] * int(rng.integers(1, 40)) + content[end:]


def maximal(content: bytes, rng: Rng) -> bytes:
    """Put the largest numbers where a size may stand."""
    damaged = bytearray(content)
    place = rng.integers(0, max(1, min(len(content) - 8, 80)))
    width = int(rng.choice([2, 4, 8]))
    damaged[place : place + width] = b"\xff" * width if rng.random() < 0.5 else b"\x7f" * width
    return bytes(damaged)


def renumbered(content: bytes, rng: Rng) -> bytes:
    """Put another number into the head of a text."""
    words = content[:60].split(b" ")
    words[rng.integers(0, len(words))] = NUMBERS[rng.integers(0, len(NUMBERS))]
    return b" ".join(words) + content[60:]


ANY = (flipped, cut, stuffed, repeated, maximal, renumbered)


def misfilled(content: bytes, rng: Rng) -> bytes:
    """Put something odd into a field of a session, or into a member, and pack it soundly."""
    unpacked = zipfile.ZipFile(io.BytesIO(content))
    members = {name: unpacked.read(name) for name in unpacked.namelist()}
    if rng.random() < 0.5:
        name = list(members)[rng.integers(0, len(members))]
        members[name] = ANY[rng.integers(0, len(ANY))](members[name], rng)
        return archive.pack(members)
    whole = json.loads(members["session.json"])
    place = whole
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = keys[int(rng.integers(0, len(keys)))]
        inner = place[key]
        if not isinstance(inner, (dict, list)) or not inner or rng.random() < 0.1:
            break
        place = inner
    if rng.random() < 0.2 and isinstance(place, dict):
        del place[key]
    else:
        place[key] = ODD[rng.integers(0, len(ODD))]
    text = json.dumps(whole).encode("utf-8", "surrogatepass")
    return archive.pack({**members, "session.json": text})


def bombs() -> dict[str, bytes]:
    """Return small files that would be large."""
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("session.json", bytes(200 * MEGABYTE))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as packed:
        for number in range(20_000):
            packed.writestr(str(number), b"")
    image = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(image, "PNG")
    lists = archive.pack({"session.json": b"[" + b"[]," * 850_000 + b"[]]"})
    return {
        "zeros.hopgui": zeros.getvalue(),
        "many.hopgui": many.getvalue(),
        "lists.hopgui": lists,
        "wide.png": image.getvalue(),
        "wide.pbm": b"P4\n8192 8192\n" + bytes(100),
    }


# What becomes of them


def corpus(count: int, rng: Rng) -> dict[str, bytes]:
    """Return so many files, most of them damaged sessions, and the bombs."""
    sound, pictures, bitmaps = session_file(), picture_files(), bitmap_files()
    files = bombs()
    while len(files) < count:
        number = len(files)
        draw = rng.random()
        if draw < 0.5:
            damage = misfilled if draw < 0.3 else ANY[rng.integers(0, len(ANY))]
            files[f"{number}.hopgui"] = damage(sound, rng)
            continue
        kinds = pictures if draw < 0.8 else bitmaps
        name = list(kinds)[rng.integers(0, len(kinds))]
        files[f"{number}.{name}"] = ANY[rng.integers(0, len(ANY))](kinds[name], rng)
    return files


def readers_of(name: str) -> list[Callable[[Path], object]]:
    if name.endswith(".hopgui"):
        return [store.read]
    if name.endswith(".pbm"):
        return [pbm.read, images.read_grey, cues.read_picture]
    return [images.read_grey, cues.read_picture]


def outcome(reader: Callable[[Path], object], path: Path) -> str:
    """Return how a reading ended; only what is sound, or refused in one sentence, is allowed."""
    try:
        reader(path)
    except Refusal as refusal:
        told = str(refusal)
        one = path.name in told and told.endswith(".") and "\n" not in told and ". " not in told
        return "refused" if one else f"{path.name} is refused so: {told}"
    except BaseException:  # noqa: BLE001 - whatever else it is, it is wrong
        return f"{path.name}: {traceback.format_exc()}"
    return "read"


def most_memory() -> float:
    """Return the most memory that this process ever held, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def read_all(folder: Path) -> None:
    """Read every file of a folder, and print what came of it."""
    outcomes: Counter[str] = Counter()
    slowest = (0.0, "")
    before = most_memory()
    for path in sorted(folder.iterdir()):
        for reader in readers_of(path.name):
            begun = time.process_time()
            outcomes[outcome(reader, path)] += 1
            slowest = max(slowest, (time.process_time() - begun, path.name))
    wrong = [each for each in outcomes if each not in {"read", "refused"}]
    summary = {
        "read": outcomes["read"],
        "refused": outcomes["refused"],
        "wrong": wrong[:20],
        "slowest": slowest,
        "megabytes": most_memory() - before,
    }
    print(json.dumps(summary))


def main(count: int, seed: int) -> None:
    """Make so many damaged files, and have them read by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in corpus(count, np.random.default_rng(seed)).items():
            (Path(folder) / name).write_bytes(content)
        subprocess.run([sys.executable, __file__, folder], check=True)  # noqa: S603 - this program


if __name__ == "__main__":
    if len(sys.argv) == 2:
        read_all(Path(sys.argv[1]))
    else:
        main(int(sys.argv[1]), int(sys.argv[2]))
