"""Cryptography of the process: libsodium wrappers and secrets. Knows no Django."""
