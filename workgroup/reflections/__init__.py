"""Reflections: private first, with versions, shared as far as their author says."""
