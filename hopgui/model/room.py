"""Memory that learning may take, asked for before any of it is taken."""

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

LARGEST = 1.5e9
GIGABYTE = 1e9
# A whole number of 32 bits a coupling; where couplings go one way, the symmetric part and the
# transposed copy that it is made from come beside it.
BYTES, BYTES_ONE_WAY = 4, 12


def require_matrix(units: int, *, symmetric: bool = True) -> None:
    """Refuse a matrix of couplings that would not fit.

    Parameters
    ----------
    units
        Number of units N.
    symmetric
        Whether w_ij = w_ji: then half of a pair's work is saved, and its memory.

    Raises
    ------
    Refusal
        Naming the size.
    """
    size = float(units) ** 2 * (BYTES if symmetric else BYTES_ONE_WAY)
    if size > LARGEST:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "A matrix of {units} × {units} couplings would take {size} GB: the most is"
                " {most} GB. Hebb's rule, projection and unlearning need none while couplings go"
                " both ways.",
            ),
            units=units,
            size=f"{size / GIGABYTE:.1f}",
            most=f"{LARGEST / GIGABYTE:.1f}",
        )


def require(size: float, memories: int, units: int) -> None:
    """Refuse work arrays of so many bytes if they would not fit.

    Raises
    ------
    Refusal
        Naming the size.
    """
    if size > LARGEST:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "Learning {memories} memories of {units} units this way would take {size} GB:"
                " the most is {most} GB.",
            ),
            memories=memories,
            units=units,
            size=f"{size / GIGABYTE:.1f}",
            most=f"{LARGEST / GIGABYTE:.1f}",
        )
