"""What granian loads in its worker: Värn's WSGI application, in a process that never outlives granian's main one."""

import gc

from varn.run.processes import tie_to_parent

tie_to_parent()  # else a worker whose main process was killed keeps the port

from varn.config.wsgi import application  # noqa: E402

# What is loaded stays for good. Set aside, it need not be gone through again: what requests leave behind is found at once,
# so that memory stays level and nobody waits for it.
gc.collect()
gc.freeze()

__all__ = ["application"]
