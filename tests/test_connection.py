"""A kept connection to the database: trusted while it is silent, dropped once the server has hung up."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_a_connection_that_the_server_closed_is_found_out_before_it_is_used() -> None:
    own = connection.copy()
    try:
        own.ensure_connection()
        assert own.is_usable()
        with own.cursor() as cursor, pytest.raises(OperationalError):
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        assert not own.is_usable()
    finally:
        own.close()


@pytest.mark.django_db
def test_a_connection_on_which_the_server_said_goodbye_is_not_usable() -> None:
    own, other = connection.copy(), connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert not own.is_usable()
    finally:
        own.close()
        other.close()
