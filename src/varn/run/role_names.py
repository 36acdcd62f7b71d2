"""The three database roles by name, apart from what makes them: the supervisor knows no psycopg."""

OWNER, APP, PUBLIC = "varn_owner", "varn_app", "varn_public"
ROLES = (OWNER, APP, PUBLIC)
