"""Values read from JSON that nobody vouches for: each is checked before it is taken."""

import json
import math
from enum import StrEnum
from typing import NoReturn, TypeVar

# Of 4 000 memories and all kept states with the longest names, and nothing of which a list of a
# million could be made.
MOST_BYTES = 5 * 2**19

Kind = TypeVar("Kind", bound=StrEnum)


class Unsound(Exception):  # noqa: N818 - it is what is said of the part
    """A part of a file is missing, or is not what it should be.

    Parameters
    ----------
    part
        Where it stands, as ``document.grid.width``.
    """

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def parse(text: bytes, part: str) -> "Fields":
    """Return the fields of the one object that a JSON text is.

    Raises
    ------
    Unsound
        If the text is too long, or no JSON object.
    """
    if len(text) > MOST_BYTES:
        raise Unsound(part)
    try:
        return Fields(json.loads(text.decode(), parse_constant=_refuse_constant), part)
    except (ValueError, RecursionError) as error:
        raise Unsound(part) from error


def _refuse_constant(name: str) -> NoReturn:
    # JSON knows neither NaN nor Infinity; Python's reader does.
    raise ValueError(name)


class Fields:
    """The fields of a JSON object.

    Every method raises `Unsound`, naming the field, where it is missing or is not what was asked.

    Parameters
    ----------
    data
        What should be the object.
    part
        Where it stands in the file.
    """

    def __init__(self, data: object, part: str) -> None:
        if not isinstance(data, dict):
            raise Unsound(part)
        self._data = data
        self.part = part

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def where(self, name: str) -> str:
        """Say where a field stands in the file."""
        return f"{self.part}.{name}"

    def text(self, name: str, longest: int) -> str:
        """Return a text of at most so many characters."""
        value = self._get(name)
        if not isinstance(value, str) or len(value) > longest or not _is_speakable(value):
            raise Unsound(self.where(name))
        return value

    def yes(self, name: str) -> bool:
        """Return true or false."""
        value = self._get(name)
        if not isinstance(value, bool):
            raise Unsound(self.where(name))
        return value

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number in a range."""
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Unsound(self.where(name))
        return value

    def number(self, name: str, least: float = -math.inf, most: float = math.inf) -> float:
        """Return a finite number in a range."""
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Unsound(self.where(name))
        try:
            number = float(value)
        except OverflowError as error:
            raise Unsound(self.where(name)) from error
        if not math.isfinite(number) or not least <= number <= most:
            raise Unsound(self.where(name))
        return number

    def is_nothing(self, name: str) -> bool:
        """Say whether a field is there and says nothing."""
        return self._get(name) is None

    def numbers(self, name: str, most: int) -> list[float]:
        """Return a list of at most so many finite numbers."""
        value = self._get(name)
        if not isinstance(value, list) or len(value) > most:
            raise Unsound(self.where(name))
        inner = Fields({str(place): each for place, each in enumerate(value)}, self.where(name))
        return [inner.number(str(place)) for place in range(len(value))]

    def choice(self, name: str, kind: type[Kind]) -> Kind:
        """Return one of an enumeration's values."""
        value = self._get(name)
        if not isinstance(value, str) or value not in set(kind):
            raise Unsound(self.where(name))
        return kind(value)

    def inner(self, name: str) -> "Fields":
        """Return an object inside this one."""
        return Fields(self._get(name), self.where(name))

    def rows(self, name: str, most: int) -> list["Fields"]:
        """Return a list of at most so many objects."""
        value = self._get(name)
        if not isinstance(value, list) or len(value) > most:
            raise Unsound(self.where(name))
        return [Fields(row, f"{self.where(name)}[{place}]") for place, row in enumerate(value)]

    def _get(self, name: str) -> object:
        if name not in self._data:
            raise Unsound(self.where(name))
        value: object = self._data[name]
        return value


def _is_speakable(text: str) -> bool:
    """Say whether a text can be written down: half a character, as JSON can name, cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
