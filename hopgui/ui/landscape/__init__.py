"""The landscape of the energy: plane, map, barriers, transitions."""
