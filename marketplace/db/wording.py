"""What a database says when it refuses, without the values it was given."""

from __future__ import annotations

import re

# PostgreSQL repeats the row or the key below its sentence: names, phones, addresses.
_VALUES = re.compile(r"\n\s*(?:DETAIL|CONTEXT|LINE \d+):.*(?:\n\s*\^)?")


def without_values(words: str) -> str:
    """Return an error's words without the lines in which the database repeats what it was given."""
    return _VALUES.sub("", words)
