import json
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote


class HideTokens(logging.Filter):
    """
    Leaves out what stands behind addresses that end in a token: whoever has the token gets in.

    `addresses` are the first parts of paths, as "/enquire/sent/". Damaged tokens may hold anything,
    so all that follows is left out. As part of another address, where somebody goes next, they have
    escapes for their slashes.
    """

    def __init__(self, addresses: Iterable[str]):
        super().__init__()
        written = [form for path in addresses for form in (path, quote(path, safe=""))]
        known = "|".join(map(re.escape, written))
        self._tokens = re.compile(rf"({known}).+", re.DOTALL | re.IGNORECASE)

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - words and values that do not fit: the handler says so
            return True
        record.msg, record.args = self._tokens.sub(r"\1…", message), ()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry)
