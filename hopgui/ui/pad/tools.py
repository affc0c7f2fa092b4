"""What a hand can hold over the pad, and what can be laid over the picture."""

from enum import StrEnum


class Tool(StrEnum):
    """What a drag on the pad does."""

    PENCIL = "pencil"
    ERASER = "eraser"
    LINE = "line"
    RECTANGLE = "rectangle"
    FILL = "fill"
    STAMP = "stamp"
    PIN = "pin"
    BLANK = "blank"
    SELECT = "select"


class Overlay(StrEnum):
    """What is marked on top of the picture."""

    UNSTABLE = "unstable"  # units that want to flip
    RECENT = "recent"  # units that have just flipped
    FIELD = "field"  # what the others say to each unit, as a heat map
    DIFFERENCE = "difference"  # units that are not as in the nearest memory
