"""A drawing pad for Hopfield networks."""

__version__ = "0.1.0"
