"""Whether a kept connection still works, without a journey to the server (Django asks with SELECT 1).

A server that stops says so and closes: something waits to be read on a connection that should be silent. Then, or when
in doubt, PostgreSQL itself is asked. Source: PostgreSQL manual, «Message Flow: Termination».
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        if self.connection is not None and not self.connection.closed and _is_silent(self.connection.fileno()):
            return True
        return bool(super().is_usable())


def _is_silent(socket: int) -> bool:
    poll = select.poll()  # any number of descriptors, where select() stops at 1,024
    poll.register(socket, select.POLLIN | select.POLLERR | select.POLLHUP)
    return not poll.poll(0)
