"""What every exported picture and table carries, so that it can be made again."""

from dataclasses import dataclass, replace

from hopgui import __version__
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind
from hopgui.model.conventions import Conventions, preset_name
from hopgui.session.fingerprint import session_hash
from hopgui.session.recording import Recording
from hopgui.session.session import Session, with_pad


@dataclass(frozen=True)
class Provenance:
    """Where something exported comes from.

    Attributes
    ----------
    notes
        Pairs of what is said and what it is, both in ASCII and without line breaks.
    """

    notes: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """All of it, a line a note."""
        return "\n".join(f"{name}: {value}" for name, value in self.notes)

    @property
    def comment(self) -> str:
        """The same as lines of a table that begin with ``#``."""
        return "".join(f"# {line}\n" for line in self.text.splitlines())


NOWHERE = Provenance(())


def provenance(
    session: Session,
    recording: Recording | None = None,
    update: int | None = None,
    *,
    driven: bool = False,
    beside: Session | None = None,
) -> Provenance:
    """Return where a picture or a table of this document comes from.

    Of a run it is the document that the run began with: its cue on the pad, its seed. Opened and
    recalled, it gives the same run again, flip for flip; where that is not so (a person painted
    under the run or turned its temperature, or the beginning was let go), the notes say so.

    Parameters
    ----------
    session
        The document; of a run the one that it began with, if it is at hand.
    recording
        The run that is shown, None at rest.
    update
        The moment of it that is shown, None for all of the run.
    driven
        Whether order or temperature were changed under the run.
    beside
        The document whose memories the run is seen beside, if that is another one by now.
    """
    if recording is not None:
        cue = recording.start.reshape(session.grid.shape)
        session = replace(with_pad(session, cue), seed=recording.seed)
    return Provenance(
        (
            ("Software", f"HopGUI {__version__}"),
            ("Session", f"sha256 {session_hash(session)}"),
            ("Seed", str(session.seed)),
            ("Grid", f"{session.grid.width} x {session.grid.height}"),
            ("Memories", str(len(session.memories))),
            ("Rule", _rule(session.rule, session.energy)),
            ("Energy", _energy(session.energy)),
            ("Updates", _dynamics(session.dynamics)),
            ("Conventions", _conventions(session.conventions)),
            *_trouble(session),
            *_run(recording, update, driven=driven),
            *_beside(beside),
        )
    )


def _rule(rule: Rule, energy: Energy) -> str:
    if energy.kind is not EnergyKind.QUADRATIC:
        return "none"
    if rule.kind is RuleKind.PERCEPTRON:
        ways = "one-way" if rule.one_way else "symmetric"
        return f"{rule.kind}, margin {rule.margin}, {ways}"
    if rule.kind is RuleKind.UNLEARNING:
        return f"{rule.kind}, {rule.dreams} dreams of strength {rule.strength}"
    return str(rule.kind)


def _energy(energy: Energy) -> str:
    order = f", order {energy.order}" if energy.kind is EnergyKind.POLYNOMIAL else ""
    return f"{energy.kind}{order}"


def _dynamics(dynamics: Dynamics) -> str:
    warm = ""
    if dynamics.temperature > 0:
        warm = f", temperature {dynamics.temperature}, cooling {dynamics.cooling} a sweep"
    return f"{dynamics.update}{warm}"


def _conventions(conventions: Conventions) -> str:
    name = preset_name(conventions)
    own = "kept" if conventions.self_connections else "zero"
    half = "with 1/2" if conventions.half else "without 1/2"
    return (
        f"{name or 'own'} (divided by {conventions.scale}, self-connections {own}, {half}, "
        f"ties {conventions.ties})"
    )


def _trouble(session: Session) -> tuple[tuple[str, str], ...]:
    trouble = session.trouble
    made = [
        words
        for words, on in (
            ("negative self-connections", trouble.negative_own),
            ("one-way couplings", trouble.one_way),
        )
        if on
    ]
    return (("Trouble", ", ".join(made)),) if made else ()


def _beside(session: Session | None) -> tuple[tuple[str, str], ...]:
    if session is None:
        return ()
    return (
        ("Beside", f"{len(session.memories)} memories of session sha256 {session_hash(session)}"),
    )


def _run(
    recording: Recording | None, update: int | None, *, driven: bool
) -> tuple[tuple[str, str], ...]:
    if recording is None:
        return ()
    notes = [("Run", f"{recording.updates} updates, {recording.flip_units.size} flips")]
    if update is not None:
        notes.append(("Update", str(update)))
    if recording.first_update:
        notes.append(("Beginning", f"let go up to update {recording.first_update}"))
    by_hand = int(recording.by_hand.sum()) + recording.forgotten_by_hand
    if by_hand:
        notes.append(("By hand", f"{by_hand} changes while it ran"))
    if driven:
        notes.append(("Driven", "order or temperature were changed while it ran"))
    return tuple(notes)
