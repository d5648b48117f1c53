"""Plain values in, bytes out. Nothing here knows the app."""
