"""Engines through Flask-SQLAlchemy, and what SQLite must be told before it keeps our promises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from marketplace.db.model import Model

db = SQLAlchemy(metadata=Model.metadata, disable_autonaming=True)

# The execution option by which a connection says that its transaction will write.
WRITES = "market_writes"


def engine_options(url: str, *, pool_size: int) -> dict[str, Any]:
    """Return what `create_engine` needs for this address. Values of statements stay out of errors, and so out of logs."""
    if url.startswith("sqlite"):
        # Our own listeners open the transactions: the driver would begin only at the first write.
        return {"connect_args": {"timeout": 15, "isolation_level": None}, "pool_size": pool_size, "hide_parameters": True}
    options = {"pool_size": pool_size, "max_overflow": 2, "pool_pre_ping": True, "connect_args": {"options": "-c timezone=utc"}}
    return options | {"hide_parameters": True}


def prepare_engine(engine: Engine) -> None:
    """Attach the SQLite rules: WAL, foreign keys, full sync, and `BEGIN IMMEDIATE` for every unit that writes."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL", "trusted_schema=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, True)
        _let_write(connection, writes=writes)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _let_write(connection: Connection, *, writes: bool) -> None:
    """Open or shut an SQLite connection for writing; said anew at every beginning, for connections are used again."""
    _driver(connection).execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")


def _driver(connection: Connection) -> Any:
    """Return the driver's own connection: what is said through it is no statement of the page's."""
    return connection.connection.driver_connection


@contextmanager
def refusing_writes(connection: Connection) -> Iterator[None]:
    """Let the database refuse writes on a connection that stays open; on PostgreSQL until the savepoint is rolled back."""
    if connection.dialect.name != "sqlite":
        _driver(connection).execute("SET LOCAL transaction_read_only = on")
        yield
        return
    _let_write(connection, writes=False)
    try:
        yield
    finally:
        _let_write(connection, writes=True)


def dialect_name(session: Session) -> str:
    """Return `sqlite` or `postgresql`."""
    return session.get_bind().dialect.name
