"""Django's PostgreSQL backend with a cheaper question before each request's first statement."""
