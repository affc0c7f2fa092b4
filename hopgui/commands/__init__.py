"""Commands without a window, a file each, and the switches that they share."""
