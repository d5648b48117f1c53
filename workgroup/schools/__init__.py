"""Schools: from the national register (GIAS) or entered by hand, their contacts, and what a guest must know."""
