"""Boltzmann machines: restricted ones, the Hopfield network seen as one, and fully visible ones."""
