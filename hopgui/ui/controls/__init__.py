"""The choices of a model: rule, energy, updates, conventions."""
