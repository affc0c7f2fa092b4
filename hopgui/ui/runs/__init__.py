"""Runs: the transport that plays them, and the list that keeps them."""
