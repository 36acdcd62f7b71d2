"""Värn: systematic work against threats, hate and violence towards elected representatives."""
