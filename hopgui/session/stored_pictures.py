"""The pictures of a session file: portable bitmaps, each kept once."""

from hopgui.refusal import Refusal
from hopgui.session import pbm
from hopgui.session.archive import Archive
from hopgui.session.fields import Unsound
from hopgui.session.past_run import MOST_UNITS
from hopgui.session.session import (
    LARGEST_SIDE,
    MOST_KEPT,
    MOST_MEMORIES,
    MOST_UNLEARNT,
    Grid,
    Picture,
)

# A digit and what parts it from the next, and as much again for what a person may add by hand.
MOST_BYTES = 4 * LARGEST_SIDE**2
# Of the document, and of the states and the runs that it keeps.
_MOST_PICTURES = MOST_MEMORIES + MOST_UNLEARNT + MOST_KEPT + 200
MOST_UNITS_IN_ALL = _MOST_PICTURES * LARGEST_SIDE**2 + MOST_UNITS


class PicturesOut:
    """Pictures on their way into a file."""

    def __init__(self) -> None:
        self.members: dict[str, bytes] = {}
        self._names: dict[tuple[tuple[int, ...], bytes], str] = {}

    def add(self, picture: Picture, name: str, *, once: bool = False) -> str:
        """Take a picture in, and return the name that it is found under.

        Parameters
        ----------
        picture
            Units ±1, int8 array of shape (height, width).
        name
            What to call it.
        once
            Whether one that is there under another name will do.
        """
        key = (picture.shape, (picture > 0).tobytes())
        if once and key in self._names:
            return self._names[key]
        self.members[name] = pbm.text(picture).encode()
        self._names.setdefault(key, name)
        return name


class PicturesIn:
    """Pictures of a file that nobody vouches for; asked for twice, one is read once.

    Parameters
    ----------
    archive
        Where they are.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._read: dict[str, Picture] = {}
        self._units = 0

    def get(self, name: str, grid: Grid) -> Picture:
        """Return a picture of the size of a grid.

        Raises
        ------
        Unsound
            If there is none, it is damaged, or of another size, or the pictures are too many.
        """
        if name not in self._read:
            try:
                picture = pbm.parse(self._archive.read(name, MOST_BYTES), name)
            except Refusal as refusal:
                raise Unsound(name) from refusal
            self._units += picture.size
            if picture.size > LARGEST_SIDE**2 or self._units > MOST_UNITS_IN_ALL:
                raise Unsound(name)
            self._read[name] = picture
        if self._read[name].shape != grid.shape:
            raise Unsound(name)
        return self._read[name]
