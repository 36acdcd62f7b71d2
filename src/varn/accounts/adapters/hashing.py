"""How passwords are kept: Argon2id at the floor of OWASP's Password Storage Cheat Sheet (m = 19 MiB, t = 2, p = 1).

A password kept with other parameters is hashed anew at the next log-in (Django's `must_update`).
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
