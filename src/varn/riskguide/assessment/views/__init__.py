"""Pages of steps 2 and 3."""
