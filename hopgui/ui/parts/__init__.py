"""Widgets that say nothing of networks: boxes, bars, lists, pictures."""
