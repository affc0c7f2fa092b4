"""What is said of a run in the list of runs."""

from PySide6.QtCore import QCoreApplication

from hopgui.session.proof import Proof
from hopgui.session.run_facts import Keeping, RunFacts
from hopgui.ui.look.numbers import number

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def name(facts: RunFacts) -> str:
    """Return what the run is called."""
    if facts.keeping is Keeping.PRESENT:
        return translate("Runs", "On the pad")
    return facts.run.name or translate("Runs", "Not kept")


def headline(facts: RunFacts) -> str:
    """Say what the run came to: ``Memory A``, ``12 units from A``."""
    nearest = facts.nearest
    if facts.name is None:
        return translate("Runs", "No memories")
    if not nearest.near:
        text = translate("Runs", "Close to no memory")
    elif nearest.sign < 0:
        text = translate("Runs", "Inverse of {name}")
    else:
        text = translate("Runs", "Memory {name}")
    if nearest.near and nearest.distance:
        text = translate("Runs", "{verdict}, {n} away").format(verdict=text, n=nearest.distance)
    return text.format(name=facts.name)


def detail(facts: RunFacts) -> str:
    """Say how it came there: ``57 flips · seed 7 · not settled``."""
    seed = translate("Runs", "seed {seed}").format(seed=facts.run.recording.seed)
    parts = [flips(facts.flips), seed]
    if not facts.run.settled:
        parts.append(translate("Runs", "not settled"))
    return " · ".join(parts)


def flips(count: int) -> str:
    """Say a number of flips."""
    if count == 1:
        return translate("Runs", "1 flip")
    return translate("Runs", "{n} flips").format(n=number(count))


def outcome(proof: Proof) -> str:
    """Say how a run that was made again compares with its recording."""
    if proof.holds and proof.flips == 1:
        return translate("Runs", "Made again from its seed: the same 1 flip.")
    if proof.holds:
        return translate("Runs", "Made again from its seed: the same {n} flips.").format(
            n=number(proof.flips)
        )
    if proof.differs_at is None:
        share = proof.done / proof.total if proof.total else 1.0
        return translate("Runs", "Making it again: {percent} %").format(percent=int(100 * share))
    return translate(
        "Runs", "Not the same: after {flips} alike it differs at update {update}."
    ).format(flips=flips(proof.flips), update=number(proof.differs_at))
