"""The two databases, each test in one transaction that is rolled back, and a network that stays shut."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from config import Settings, read_settings
from marketplace import create_app
from marketplace.db import db
from tests.postgres import running_postgres

# What `make test` could not install, and said so: tests that need it are deselected, never skipped in silence.
LEFT_OUT = frozenset(os.environ.get("MARKET_TEST_LEAVE_OUT", "").split())

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class FreshDatabases:
    """Where to get a migrated, empty database of one kind."""

    kind: str
    template: str
    folder: Path

    def make(self, name: str, *, template: str = "template_market") -> str:
        """Return the address of a new database cloned from the migrated template (or another one of this server)."""
        if self.kind == "sqlite":
            copy = self.folder / f"{name}.sqlite3"
            shutil.copy(self.template, copy)
            return f"sqlite:///{copy}"
        with psycopg.connect(self.plain("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"{self.template}/{name}"

    def plain(self, name: str) -> str:
        """Return the address of a PostgreSQL database as its own programs write it."""
        return f"{_plain(self.template)}/{name}"


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def settings_for(database_url: str, folder: Path, **environ: str) -> Settings:
    """Return test settings on this database, with files under `folder`."""
    return read_settings(
        {
            "MARKET_PROFILE": "test",
            "DATABASE_URL": database_url,
            "DATA_DIR": str(folder),
            "SECRET_KEY": "test-secret-" + "x" * 40,
            "FIELD_KEY": "test-field-" + "x" * 40,
            "PUBLIC_ORIGIN": "http://localhost",
            **environ,
        }
    )


@contextmanager
def app_on(url: str, folder: Path, **environ: str) -> Iterator[Flask]:
    """Yield an application on this database and close its connections afterwards."""
    with app_with(settings_for(url, folder, **environ)) as app:
        yield app


@contextmanager
def app_with(settings: Settings) -> Iterator[Flask]:
    """Yield an application with these settings and close its connections afterwards."""
    app = create_app(settings)
    try:
        yield app
    finally:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


def _migrate(url: str, folder: Path) -> None:
    with app_on(url, folder) as app, app.app_context():
        flask_migrate.upgrade(directory=str(Path(__file__).parent.parent / "migrations"))


@contextmanager
def fresh_databases(kind: str, folder: Path) -> Iterator[FreshDatabases]:
    """Yield where migrated, empty databases of one kind come from; on PostgreSQL from a server that ends with the block."""
    if kind == "sqlite":
        template = folder / "template.sqlite3"
        _migrate(f"sqlite:///{template}", folder)
        with sqlite3.connect(template) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield FreshDatabases("sqlite", str(template), folder)
        return
    with running_postgres() as server:
        with psycopg.connect(f"{_plain(server)}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE template_market")
        _migrate(f"{server}/template_market", folder)
        yield FreshDatabases("postgresql", server, folder)


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FreshDatabases]:
    with fresh_databases("sqlite", tmp_path_factory.mktemp("sqlite")) as found:
        yield found


@pytest.fixture(scope="session")
def _postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FreshDatabases]:
    with fresh_databases("postgresql", tmp_path_factory.mktemp("postgresql")) as found:
        yield found


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> FreshDatabases:
    """A migrated, empty database of each kind, to be cloned; made once, however often tests go from one kind to the other."""
    found: FreshDatabases = request.getfixturevalue(f"_{request.param}")
    return found


@dataclass(frozen=True)
class SharedApps:
    """One application per kind of database, closed when the tests end."""

    closing: ExitStack
    kept: dict[str, Flask] = field(default_factory=dict)

    def on(self, databases: FreshDatabases) -> Flask:
        """Return the application for this kind, made on first use."""
        if databases.kind not in self.kept:
            self.kept[databases.kind] = self.closing.enter_context(app_on(databases.make("shared"), databases.folder))
        return self.kept[databases.kind]


@pytest.fixture(scope="session")
def shared_apps() -> Iterator[SharedApps]:
    """Where `app` keeps its applications."""
    with ExitStack() as closing:
        yield SharedApps(closing)


@pytest.fixture(scope="session")
def app(databases: FreshDatabases, shared_apps: SharedApps) -> Flask:
    """The application on one database of its own, shared by all tests of this process that roll back."""
    return shared_apps.on(databases)


@pytest.fixture(scope="session")
def plain_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application for tests that ask no database."""
    folder = tmp_path_factory.mktemp("plain")
    with app_on(f"sqlite:///{folder / 'empty.sqlite3'}", folder) as made:
        yield made


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """One connection in an outer transaction that is rolled back; units inside become savepoints."""
    with app.app_context():
        engines: dict[Any, Any] = db.engines  # type: ignore[assignment]
        engine = engines[None]
    with engine.connect() as opened:
        outer = opened.begin()
        engines[None] = opened
        try:
            yield opened
        finally:
            engines[None] = engine
            outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A plain session on that connection, for services; no application context is open."""
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def client(app: Flask, connection: Connection) -> FlaskClient:
    """A browser-like client whose requests share the test's transaction."""
    del connection
    app.extensions["market_page_cache"].clear()
    opened = app.test_client()
    opened.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return opened


@pytest.fixture
def now() -> datetime:
    """The instant at which tests take place unless they say otherwise: a Tuesday morning in Lebak."""
    return NOW


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what this machine cannot run, after `make test` named it."""
    gone = [item for item in items if _needs(item) & LEFT_OUT]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]


def _needs(item: pytest.Item) -> set[str]:
    needed = {name for name in ("browser", "axe", "lighthouse") if item.get_closest_marker(name)}
    if isinstance(item, pytest.Function) and hasattr(item, "callspec") and "postgresql" in item.callspec.params.values():
        needed.add("postgresql")
    return needed


@pytest.fixture(autouse=True)
def shut_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach anything but this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"a test tried to reach {address[0]}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
