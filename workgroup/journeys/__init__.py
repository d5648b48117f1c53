"""A school's journey for its head: the link it is sent by, and the statement that a head leaves there."""
