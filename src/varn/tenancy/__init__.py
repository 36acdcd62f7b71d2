"""Isolation between organisations: `Owned` rows, `within()`, row-level security."""
