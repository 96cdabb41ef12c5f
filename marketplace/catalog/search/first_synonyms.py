"""The synonyms a market begins with; staff edit them afterwards."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from marketplace.catalog.search.models import SearchSynonym
from marketplace.db import move_public_version

FILE = Path(__file__).resolve().parent / "data" / "synonyms.csv"


def add_first_synonyms(session: Session) -> int:
    """Add the committed synonyms to a market that has none; return how many."""
    if session.scalar(select(SearchSynonym.id).limit(1)) is not None:
        return 0
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [{name: row[name] for name in ("language", "word", "canonical")} for row in csv.DictReader(file)]
    session.execute(insert(SearchSynonym), rows)
    move_public_version(session)
    return len(rows)
