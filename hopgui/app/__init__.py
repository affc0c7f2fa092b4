"""The composition root: builds the objects and makes every connection between the rooms."""

from hopgui.app.lab import Lab, run

__all__ = ["Lab", "run"]
