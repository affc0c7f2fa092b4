"""The learning rules, one a file: what makes couplings of memories."""
