"""The database's edge: one base class, one unit of work, one way to lock. Differences between engines live here."""

from marketplace.db.engine import db, dialect_name
from marketplace.db.locks import lock_name, lock_rows
from marketplace.db.model import Document, Model, UtcDateTime, value_enum
from marketplace.db.public_version import move_public_version, public_version
from marketplace.db.units import NestedUnit, in_unit, reading
from marketplace.db.wording import without_values

__all__ = [
    "Document",
    "Model",
    "NestedUnit",
    "UtcDateTime",
    "db",
    "dialect_name",
    "in_unit",
    "lock_name",
    "lock_rows",
    "move_public_version",
    "public_version",
    "reading",
    "value_enum",
    "without_values",
]
