"""What starts everything: command line, supervisor, embedded PostgreSQL, demo."""
