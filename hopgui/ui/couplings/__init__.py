"""The couplings as a map, on the pad and by strength."""
