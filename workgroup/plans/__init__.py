"""Action plans: what a school aims for in a year, who does what by when, agreed by its head, and how it goes."""
