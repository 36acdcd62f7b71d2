"""What granian loads in its worker: Värn's WSGI application, in a process that never outlives granian's main one."""

from varn.run.processes import tie_to_parent

tie_to_parent()  # else a worker whose main process was killed keeps the port

from varn.config.wsgi import application  # noqa: E402

__all__ = ["application"]
