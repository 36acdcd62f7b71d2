"""Logs without personal data: one JSON line per event, with codes only.

An exception is told by its type and where it was raised; its message, its values and the request's path may hold
what a person typed, so they are left out.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class CodeFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.startswith("varn"):  # ours say codes; what others say may hold anything
            line["message"] = record.getMessage()
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if view := _view_name(record):
            line["view"] = view
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["raised_in"] = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(record.exc_info[2])[-6:]]
        return json.dumps(line)


def _view_name(record: logging.LogRecord) -> str:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return match.view_name if match else ""


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"code": {"()": CodeFormatter}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "code"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "varn": {"level": "INFO"},
    },
}
