"""The pad: where units are painted, pinned, marked and watched."""
