"""Support visits to a school between sessions."""
