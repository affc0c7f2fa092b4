"""What is said of the model: its names, and why its energy may rise."""

from PySide6.QtCore import QCoreApplication

from hopgui.model.choices import EnergyKind, RuleKind, Update
from hopgui.model.conventions import preset_name
from hopgui.session.session import Session

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


def summary(session: Session) -> str:
    """Name document, size, rule and conventions: ``Letters · 10 × 10 · Hebb · Article``."""
    conventions = {
        "article": translate("Model", "Article"),
        "textbook": translate("Model", "Textbook"),
        None: translate("Model", "own conventions"),
    }[preset_name(session.conventions)]
    size = f"{session.grid.width} × {session.grid.height}"
    title = session.title or translate("Model", "Untitled")
    return " · ".join((title, size, model_name(session), conventions))


def model_name(session: Session) -> str:
    """Name the learning rule, or the energy where that is no rule's."""
    if session.energy.kind is EnergyKind.POLYNOMIAL:
        return translate("Model", "dense, n = {order}").format(order=session.energy.order)
    if session.energy.kind is EnergyKind.EXPONENTIAL:
        return translate("Model", "exponential")
    if session.energy.kind is EnergyKind.BOLTZMANN:
        return translate("Model", "Boltzmann machine")
    return {
        RuleKind.HEBB: translate("Model", "Hebb"),
        RuleKind.PROJECTION: translate("Model", "projection"),
        RuleKind.STORKEY: translate("Model", "Storkey"),
        RuleKind.PERCEPTRON: translate("Model", "perceptron"),
        RuleKind.UNLEARNING: translate("Model", "unlearning"),
    }[session.rule.kind]


def why_energy_may_rise(session: Session) -> str:
    """Say why the theorem does not hold here; empty where it does."""
    pairwise = session.energy.kind is EnergyKind.QUADRATIC
    perceptron = session.rule.kind is RuleKind.PERCEPTRON and session.rule.one_way
    if session.dynamics.temperature > 0:
        return translate("Model", "may rise: T > 0")
    if pairwise and (session.trouble.one_way or perceptron):
        return translate("Model", "may rise: couplings are not symmetric")
    if pairwise and session.trouble.negative_own:
        return translate("Model", "may rise: self-connections are negative")
    if session.dynamics.update is Update.SYNC:
        return translate("Model", "may rise: all units move at once")
    return ""
