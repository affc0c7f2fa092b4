"""Which units are named along the side of a matrix of couplings."""


def unit_ticks(first: int, last: int, width: int, least: float) -> list[int]:
    """Return units of `first` … `last` − 1 that stand far enough apart to be named.

    Whole rows of the pad are named by their first unit, every one, every second, fifth, tenth …;
    where there is room for more, units within a row too.

    Parameters
    ----------
    first, last
        The units seen, the last not included.
    width
        Units in a row of the pad.
    least
        How many units two names must stand apart.
    """
    if least > width:
        step = width * _round_above(least / width)
        return list(range(-(-first // step) * step, last, step))
    step = _round_above(least)
    # The last of a row would run into the first of the next.
    columns = [column for column in range(0, width, step) if not column or column + step <= width]
    rows = range(first // width, -(-last // width))
    units = (row * width + column for row in rows for column in columns)
    return [unit for unit in units if first <= unit < last]


def _round_above(value: float) -> int:
    """Return the lowest of 1, 2, 5, 10, 20, 50 … that reaches a value."""
    power = 1
    while True:
        for lead in (1, 2, 5):
            if lead * power >= value:
                return lead * power
        power *= 10
