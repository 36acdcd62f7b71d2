"""Base template, components, CSS and error pages: knows no room."""
