"""How numbers look: a true minus, thin spaces in thousands, a fixed number of decimals."""

import math

MINUS = "\N{MINUS SIGN}"
THIN_SPACE = "\N{THIN SPACE}"
LEAST_SPAN = 1e-200  # smaller ones have no logarithm
LONGEST_ENERGY = 1e10  # beyond, powers of ten are shorter and say more
LARGE_ENERGY = 1e7  # beyond, they are shorter where there is little room
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, decimals: int = 0) -> str:
    """Write a number with a fixed number of decimals; nothing is ever written as minus zero.

    Parameters
    ----------
    value
        Any finite number; an infinite one is written with its sign and ∞.
    decimals
        Digits after the point.
    """
    if value in {float("inf"), float("-inf")}:
        return "∞" if value > 0 else f"{MINUS}∞"
    text = f"{value:z,.{decimals}f}"
    return text.replace(",", THIN_SPACE).replace("-", MINUS)


def raised(power: int) -> str:
    """Write a whole number as a power is written, small and high."""
    return str(power).translate(_RAISED)


def signed(value: float, decimals: int = 0) -> str:
    """Write a number with its sign, plus too; what rounds to zero has none."""
    text = number(value, decimals)
    positive = value > 0 and any(digit in text for digit in "123456789∞")
    return f"+{text}" if positive else text


def energy(value: float) -> str:
    """Write an energy: whole ones without decimals, others with as many as they need, two at most.

    The article's convention makes energies over P of whole numbers, the textbook's over 2N, so
    that two decimals tell neighbouring states of a small grid apart. Dense energies may be large:
    −2.500·10³⁹.
    """
    if LONGEST_ENERGY <= abs(value) < math.inf:
        return _power_of_ten(value)
    text = number(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def short_energy(value: float) -> str:
    """Write an energy for where there is little room: large ones by a power of ten, −3.580·10⁸."""
    if LARGE_ENERGY <= abs(value) < math.inf:
        return _power_of_ten(value)
    return number(value)


def _power_of_ten(value: float) -> str:
    lead, power = f"{value:.3e}".split("e")
    return f"{lead.replace('-', MINUS)}·10{raised(int(power))}"


def scaled(value: float) -> str:
    """Write a field or a margin with its sign, and with as many decimals as it needs, two at most.

    Those of dense energies may be large: +2.500·10³⁹.
    """
    if LONGEST_ENERGY <= abs(value) < math.inf:
        return energy(value) if value < 0 else f"+{energy(value)}"
    text = signed(value, 0 if abs(value) >= 1000 else 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(many: int) -> str:
    """Write how many there are; numbers too large to be read by the power of ten: 3.2·10²⁸."""
    if many < LONGEST_ENERGY:
        return number(many)
    power = math.log10(many)  # of whole numbers of any size
    lead = f"{10 ** (power - int(power)):.1f}"
    if lead == "10.0":
        lead, power = "1.0", power + 1
    return f"{lead}·10{raised(int(power))}"


def round_above(value: float) -> float:
    """Return the lowest of 1, 2, 5, 10, 20, 50 … (and their tenths) that reaches `value` > 0."""
    power = 10.0 ** math.floor(math.log10(value))
    # The slack forgives what the logarithm of 1000 loses, say.
    return next(power * lead for lead in (1, 2, 5, 10) if power * lead >= value * (1 - 1e-9))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return the round numbers from `low` to `high` that cut it into `most` steps or fewer."""
    step = round_above((high - low) / most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    # Whole multiples of a step below one are divided, since 3 × 0.1 is not 0.3.
    if step >= 1:
        return [count * step for count in range(first, last + 1)]
    return [count / round(1 / step) for count in range(first, last + 1)]


def tick_texts(low: float, high: float, most: int) -> tuple[list[tuple[float, str]], str]:
    """Return the round numbers of a range, each with its text, and the factor to write above them.

    The factor ("×10⁶", say) takes the zeros of large numbers off, where few decimals then remain;
    else it is empty.
    """
    values = ticks(low, high, most)
    largest = max((abs(value) for value in values), default=0.0)
    power = 3 * int(math.log10(largest) / 3) if largest >= 1e6 else 0
    if power and round_above((high - low) / most) < 10**power / 100:
        power = 0
    texts = [(value, _shortest(value / 10**power)) for value in values]
    return texts, f"×10{raised(power)}" if power else ""


def _shortest(value: float) -> str:
    """Write a round number with no more decimals than it has."""
    whole = (places for places in range(12) if abs(value * 10**places % 1 - 0.5) >= 0.499)
    return number(value, next(whole, 12))


def held_range(held: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    """Return a range with some air around `low` … `high`, and `held` for as long as that serves.

    A range serves while all is inside and fills at least half of it, so that a plot stands still
    and, when it must move, moves once and far enough.
    """
    size = max(abs(low), abs(high))
    if high - low <= max(1e-6 * size, LEAST_SPAN):
        half = max(0.5, size / 100)
        low, high = low - half, high + half
    span = high - low
    if held[0] < low and high < held[1] and span >= (held[1] - held[0]) / 2:
        return held
    step = round_above(span / 50)
    return (
        math.floor((low - span / 20) / step) * step,
        math.ceil((high + span / 20) / step) * step,
    )


def percent(share: float) -> str:
    """Write a share in percent; one that is not 0 must not read as none."""
    return number(100 * share, 1 if 0 < share < 0.0995 else 0)
