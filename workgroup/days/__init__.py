"""The days log: what funded days were used for, against a person's allowance, and what was claimed."""
