"""The guest's pages: the guide itself, what was saved, and what a clerk takes over."""
