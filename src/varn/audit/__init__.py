"""The trail: `@action` is the one way to write, and what it wrote cannot be changed unseen."""
