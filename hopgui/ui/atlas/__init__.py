"""The atlas: where thousands of states fall."""
