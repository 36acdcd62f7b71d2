"""The floor: a bare Django project, as small as one can be."""
