"""Forms of steps 2 and 3."""
