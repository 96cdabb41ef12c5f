"""Runs the migrations on the engine of the application that asked for them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from marketplace.db import UtcDateTime

# Made by handwritten migrations in each engine's own words; the models do not know them.
UNMODELLED = ("search_index", "search_text")


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Write our own column types as the plain ones they are, so that migrations import no models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out what only one engine has."""
    return not (kind == "table" and name is not None and name.startswith(UNMODELLED))


def include_object(_item: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave out columns and indexes that serve full text only."""
    if kind == "column" and name is not None and name.startswith(UNMODELLED):
        return False
    return not (kind == "index" and name is not None and "search_index" in name)


def run() -> None:
    """Migrate online, the whole of each migration in one transaction on both engines."""
    extension = current_app.extensions["migrate"]
    engine: sa.Engine = extension.db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            transactional_ddl=True,
            transaction_per_migration=True,
            render_item=render_item,
            include_name=include_name,
            include_object=include_object,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
