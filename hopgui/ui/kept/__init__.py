"""The states that are kept."""
