"""Benchmarks: each figure beside its floor, in one run."""
