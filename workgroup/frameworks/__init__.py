"""Frameworks: the aspects and steps that schools are reviewed with, in versions, for all strands or for one."""
