"""Log lines as JSON, one per line, without any number that could be a citizen service number."""

import json
import logging
import re

from dichterbij.kernel.identifiers import passes_eleven_test

_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")


def without_bsn(text: str) -> str:
    """Return a text in which every nine digits that pass the eleven-test are masked.

    >>> without_bsn("lookup of 999993653 failed")
    'lookup of ********* failed'
    """
    return _NINE_DIGITS.sub(lambda found: "*" * 9 if passes_eleven_test(found[0]) else found[0], text)


class JsonLines(logging.Formatter):
    """One JSON object per record: time, level, logger, message, and the act and trace where they are known."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: str(value) for key in ("act", "trace") if (value := getattr(record, key, None))}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return without_bsn(json.dumps(line, ensure_ascii=False))
