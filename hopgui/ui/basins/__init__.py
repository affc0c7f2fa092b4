"""Basins of attraction: how far a state can be damaged and come back."""
