"""The mathematics: patterns, networks, dynamics. No Qt, no files, no clock."""
