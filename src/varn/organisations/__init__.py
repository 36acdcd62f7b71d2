"""Organisations, bodies, parties, people, mandates, rights, duty list and matters."""
