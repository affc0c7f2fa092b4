"""Plots of a run: its energy and its overlaps against updates."""
