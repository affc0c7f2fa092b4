"""Refusals, under the name that the session's files know them by."""

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

__all__ = ["QT_TRANSLATE_NOOP", "Refusal"]
