"""Pages of the risk guide."""
