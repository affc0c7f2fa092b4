"""What tells one document from every other: a hash of all that it holds."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum

import numpy as np

from hopgui.refusal import Refusal
from hopgui.session.session import Session

_VERSION = 1  # of the serialisation below: another one gives other hashes


def session_hash(session: Session) -> str:
    """Return the SHA-256 of a document, 64 hexadecimal digits.

    Two documents have the same hash exactly when they hold the same: grid, pad, pinned units,
    memories with their names, colours and weights, every choice of the model, the seeds and the
    title. It is the same on every machine.
    """
    return hashlib.sha256(canonical(session)).hexdigest()


def canonical(session: Session) -> bytes:
    """Return a document as text in the one way there is: JSON with its keys in order, no spaces.

    A frozen value becomes an object of its fields; numbers with decimals become hexadecimal, which
    is exact; an array becomes its kind, its shape and its bytes, the least first.
    """
    text = json.dumps(
        {"hopgui": _VERSION, "session": _plain(session)},
        ensure_ascii=True,
        sort_keys=True,
        separators=(",", ":"),
    )
    return text.encode("ascii")


def _plain(value: object) -> object:  # noqa: PLR0911 - a line a kind of value
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray):
        ordered = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
        return [ordered.dtype.str, list(ordered.shape), ordered.tobytes().hex()]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Refusal):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, float):
        return value.hex()
    if value is None or isinstance(value, str | int):
        return value
    message = f"a document does not hold a {type(value).__name__}"
    raise TypeError(message)
