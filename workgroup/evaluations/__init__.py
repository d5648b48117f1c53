"""The narrative evaluation of a half-term: drafted from records by rules, edited, traced to its evidence, sent."""
