"""Whole years at once: a prepared year from a file, and the demo year with which everything can be tried."""
