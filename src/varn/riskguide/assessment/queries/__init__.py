"""Reads of assessments, seats and how matters ended."""
