"""Dated domain knowledge in TOML and its typed loaders. Knows no Django.

A published edition is never edited; a change makes a new one. Rows store a code and its edition.
"""
