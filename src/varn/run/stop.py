"""The one way for a command to end early: a sentence for the user instead of a traceback."""

import errno


class Stop(Exception):
    """Ends a command with a sentence that says what to do. `code` is the exit code: 2 for what the user can change."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


def is_full_disk(error: BaseException | str) -> bool:
    """True for an OSError of a full disk or quota, and for a text (a log, stderr) that tells of one."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "No space left on device" in str(error) or "Disk quota exceeded" in str(error)
