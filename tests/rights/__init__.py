"""Who gets what: every route, every kind of change and every private word, for every kind of person."""
