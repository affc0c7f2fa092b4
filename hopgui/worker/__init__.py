"""The thread that lets a state fall, and the runner that owns it. QtCore only."""
