"""Planning a whole year: its sessions and visits at once, its calendar, moving what comes after, and the next year."""
