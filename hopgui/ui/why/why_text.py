"""Why a unit or a memory stands as it does, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from hopgui.model.why import Pulls, UnitWhy
from hopgui.session.session import Memory
from hopgui.ui.look.numbers import number, scaled
from hopgui.ui.verdict.verdict_text import units_text

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts

MOST_NAMED = 3


def unit(why: UnitWhy, width: int, *, pinned: bool) -> str:
    """Say how a unit stands: ``unit (4, 7) is +1 and stays: margin +31.2``.

    Parameters
    ----------
    why
        What is known of it.
    width
        Columns of the grid.
    pinned
        Whether a recall leaves it alone.
    """
    row, column = divmod(why.unit, width)
    if pinned:
        text = translate("Why", "unit ({column}, {row}) is {value}, pinned: margin {margin}")
    elif why.would_flip:
        text = translate("Why", "unit ({column}, {row}) is {value} and would flip: margin {margin}")
    else:
        text = translate("Why", "unit ({column}, {row}) is {value} and stays: margin {margin}")
    value = "+1" if why.value > 0 else "−1"
    return text.format(column=column, row=row, value=value, margin=scaled(why.margin))


def signal(why: UnitWhy, memories: Sequence[Memory]) -> str:
    """Say what the nearest memory adds to the margin, and what everything else."""
    field = translate("Why", "field {field}").format(field=scaled(why.field))
    if why.signal is None or why.crosstalk is None or why.nearest is None:
        return field
    text = translate("Why", "signal {signal} from {name} · crosstalk {crosstalk}")
    said = text.format(
        signal=scaled(why.signal),
        name=memories[why.nearest].name,
        crosstalk=scaled(why.crosstalk),
    )
    return f"{said} · {field}"


def pulls(found: Pulls, memories: Sequence[Memory]) -> str:
    """Say who pulls units of a memory over: ``C and J pull 7 units of A over``."""
    name, count = memories[found.memory].name, found.unstable.size
    if not count:
        return translate("Why", "{name} is stable").format(name=name)
    if found.ranked is None or not found.ranked:
        text = translate("Why", "{units} of {name} would flip")
        return text.format(units=units_text(count), name=name)
    blamed = found.blamed or tuple(pull.memory for pull in found.ranked)
    one = len(blamed) == 1
    text = (
        translate("Why", "{pullers} pulls {units} of {name} over")
        if one
        else translate("Why", "{pullers} pull {units} of {name} over")
    )
    return text.format(pullers=listed(blamed, memories), units=units_text(count), name=name)


def proof(found: Pulls) -> str:
    """Say what that is concluded from."""
    if not found.unstable.size:
        return translate("Why", "No update would flip any of its units.")
    if found.ranked is None:
        return mixed()
    if not found.ranked:
        return translate(
            "Why", "No other memory pulls them over: it is held too weakly, or by a tie."
        )
    if found.blamed:
        return translate("Why", "Without what they say, all of these would stay.")
    return translate("Why", "Even without what these say, not all of these would stay.")


def mixed() -> str:
    """Say that fields cannot be split."""
    return translate(
        "Why", "This rule mixes the memories: a field cannot be split into what each says."
    )


def spread(flipping: int, units: int, least: float) -> str:
    """Say how the margins of all units lie."""
    text = translate("Why", "{n} of {units} would flip · least margin {least}")
    return text.format(n=number(flipping), units=units_text(units), least=scaled(least))


def listed(indices: Sequence[int], memories: Sequence[Memory]) -> str:
    """List memories: ``A``, ``A and B``, ``A, B and 3 others``."""
    names = [memories[index].name for index in indices]
    if len(names) == 1:
        return names[0]
    if len(names) > MOST_NAMED:
        text = translate("Why", "{names} and {n} others")
        kept = names[: MOST_NAMED - 1]
        return text.format(names=", ".join(kept), n=number(len(names) - len(kept)))
    text = translate("Why", "{names} and {last}")
    return text.format(names=", ".join(names[:-1]), last=names[-1])
