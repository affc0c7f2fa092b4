"""Files of machines: a zip of plain things, checked before any memory is taken.

``machine.json`` says what it is and how large, ``weights.npy``, ``visible_bias.npy`` and
``hidden_bias.npy`` hold its numbers, in double precision; of a fully visible machine these are
``couplings.npy`` and ``bias.npy``. No file holds code: arrays are read without pickle.
"""

import io
import json
import zipfile
import zlib
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.machine import Machine
from hopgui.model.boltzmann.matching import LARGEST_COUPLING, MOST_LEARNT
from hopgui.model.boltzmann.training import LARGEST_WEIGHT
from hopgui.model.boltzmann.visible import VisibleMachine
from hopgui.model.room import LARGEST
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import atomic
from hopgui.session.pbm import LONGEST_SIDE, MOST_UNITS

FORMAT, SCHEMA = "hopgui-machine", 2
VISIBLE = "visible"  # the kind of a machine without hidden units, from schema 2 on
LONGEST_FACTS = 64 * 1024
LONGEST_HEADER = 1024
# Files of the same machine are the same, whenever they are written.
MOMENT = (1980, 1, 1, 0, 0, 0)

DAMAGED = QT_TRANSLATE_NOOP("Refusal", "{file} is damaged, or no machine of HopGUI.")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, eq=False)
class KeptMachine:
    """A machine for pictures of one size.

    Attributes
    ----------
    machine
        The machine.
    shape
        (height, width) of its pictures.
    about
        How it came to be: names, whole numbers, numbers or None by their names.
    """

    machine: Machine | VisibleMachine
    shape: tuple[int, int]
    about: dict[str, Any] = field(default_factory=dict)


def as_bytes(kept: KeptMachine) -> bytes:
    """Return what a file of this machine holds.

    Raises
    ------
    ValueError
        If the pictures' size is not that of the machine's visible units.
    """
    height, width = kept.shape
    machine = kept.machine
    if height * width != machine.visible:
        message = f"{machine.visible} visible units are no picture of {width} × {height}"
        raise ValueError(message)
    # What older versions can read is written as they wrote it.
    kind = {"kind": VISIBLE} if isinstance(machine, VisibleMachine) else {"hidden": machine.hidden}
    facts = {
        "format": FORMAT,
        "schema": 2 if isinstance(machine, VisibleMachine) else 1,
        "width": width,
        "height": height,
        **kind,
        "about": kept.about,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        text = json.dumps(facts, ensure_ascii=False, allow_nan=False, indent=1)
        file.writestr(zipfile.ZipInfo("machine.json", MOMENT), text)
        for name, array in _parts(machine).items():
            part = io.BytesIO()
            whole = np.ascontiguousarray(array, "<f8")
            np.lib.format.write_array(part, whole, (1, 0), allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy", MOMENT), part.getvalue())
    return buffer.getvalue()


def _parts(machine: Machine | VisibleMachine) -> dict[str, NDArray[np.float64]]:
    if isinstance(machine, VisibleMachine):
        return {"couplings": machine.couplings, "bias": machine.bias}
    return {
        "weights": machine.weights,
        "visible_bias": machine.visible_bias,
        "hidden_bias": machine.hidden_bias,
    }


def write(path: Path, kept: KeptMachine) -> None:
    """Write a machine, so that at every moment the old file or the new one is there, whole.

    Raises
    ------
    Refusal
        If the file cannot be written.
    """
    atomic.write(path, as_bytes(kept))


def read(path: Path) -> KeptMachine:
    """Read a machine.

    Raises
    ------
    Refusal
        If the file cannot be read, is damaged, no machine, of a newer version, claims more than
        there is or than fits into memory, or holds a number that is not finite.
    """
    try:
        _require_file(path)
        with path.open("rb") as raw, zipfile.ZipFile(raw) as file:
            return _machine(file, path.name)
    except Refusal:
        raise
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} could not be read: {reason}."),
            file=path.name,
            reason=error.strerror or error,
        ) from error
    except BROKEN as error:
        raise Refusal(DAMAGED, file=path.name) from error


def _require_file(path: Path) -> None:
    # A pipe would be waited for, and a device may never end.
    if path.exists() and not path.is_file():
        raise Refusal(QT_TRANSLATE_NOOP("Refusal", "{file} is not a file."), file=path.name)


def _machine(file: zipfile.ZipFile, name: str) -> KeptMachine:
    facts = _facts(file, name)
    width, height = (_count(facts, side, name) for side in ("width", "height"))
    about = facts.get("about", {})
    if not isinstance(about, dict):
        raise Refusal(DAMAGED, file=name)
    if "kind" in facts:
        return KeptMachine(_visible(file, facts, name), (height, width), about)
    hidden, visible = _count(facts, "hidden", name), width * height
    _require_room(width, height, hidden, name)
    machine = Machine(
        _array(file, "weights", (visible, hidden), name),
        _array(file, "visible_bias", (visible,), name),
        _array(file, "hidden_bias", (hidden,), name),
    )
    # No training comes as far, and sums of larger numbers would not be finite.
    if max(np.abs(part).max() for part in _parts(machine).values()) > LARGEST_WEIGHT:
        raise Refusal(DAMAGED, file=name)
    return KeptMachine(machine, (height, width), about)


def _visible(file: zipfile.ZipFile, facts: dict[str, Any], name: str) -> VisibleMachine:
    width, height = (_count(facts, side, name) for side in ("width", "height"))
    if facts["kind"] != VISIBLE:
        raise Refusal(DAMAGED, file=name)
    units = width * height
    if units > MOST_LEARNT:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} claims a fully visible machine of {width} × {height} units: it may have"
                " {most} at most.",
            ),
            file=name,
            width=f"{width:.4g}",
            height=f"{height:.4g}",
            most=MOST_LEARNT,
        )
    couplings = _array(file, "couplings", (units, units), name)
    bias = _array(file, "bias", (units,), name)
    if not np.array_equal(couplings, couplings.T) or couplings.diagonal().any():
        raise Refusal(DAMAGED, file=name)
    if max(np.abs(couplings).max(), np.abs(bias).max()) > LARGEST_COUPLING:
        raise Refusal(DAMAGED, file=name)
    return VisibleMachine(couplings, bias)


def _facts(file: zipfile.ZipFile, name: str) -> dict[str, Any]:
    with file.open("machine.json") as part:
        text = part.read(LONGEST_FACTS + 1)
    facts = json.loads(text) if len(text) <= LONGEST_FACTS else None
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise Refusal(DAMAGED, file=name)
    if _count(facts, "schema", name) > SCHEMA:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} was written by a newer version of HopGUI."),
            file=name,
        )
    return facts


def _count(facts: dict[str, Any], key: str, name: str) -> int:
    value = facts.get(key)
    # True is a whole number to Python.
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Refusal(DAMAGED, file=name)
    return value


def _require_room(width: int, height: int, hidden: int, name: str) -> None:
    units = width * height
    if max(width, height) > LONGEST_SIDE or units > MOST_UNITS or 8 * units * hidden > LARGEST:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{file} claims {width} × {height} visible and {hidden} hidden units: that is more"
                " than fits into memory.",
            ),
            file=name,
            width=f"{width:.4g}",
            height=f"{height:.4g}",
            hidden=f"{hidden:.4g}",
        )


def _array(
    file: zipfile.ZipFile, part: str, shape: tuple[int, ...], name: str
) -> NDArray[np.float64]:
    """Read an array that must have this shape, no more and no less."""
    size = 8 * prod(shape)
    info = file.getinfo(f"{part}.npy")
    # What is compressed may claim anything: it is compared before it is unfolded.
    if not size < info.file_size <= size + LONGEST_HEADER:
        raise Refusal(DAMAGED, file=name)
    with file.open(info) as stream:
        version = np.lib.format.read_magic(stream)
        if version != (1, 0):
            raise Refusal(DAMAGED, file=name)
        told, by_column, kind = np.lib.format.read_array_header_1_0(stream)
        if told != shape or by_column or kind != np.dtype("<f8"):
            raise Refusal(DAMAGED, file=name)
        content = stream.read(size + 1)
    if len(content) != size:
        raise Refusal(DAMAGED, file=name)
    array = np.frombuffer(content, "<f8").astype(np.float64).reshape(shape)
    if not np.isfinite(array).all():
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{file} holds a number that is not finite."), file=name
        )
    return array
