"""The demo's data, loaded once per kind of database and test run, then cloned."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.conftest import FreshDatabases
from tests.postgres import programs
from tools.market import Market, market_on

TEMPLATE = "template_demo"


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one process of this test run pass at a time."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class DemoTemplate:
    """The loaded demo: a database to clone and its files to link."""

    databases: FreshDatabases
    files: Path
    kept: Path  # the SQLite file itself, or the dump of the PostgreSQL database

    def clone(self, name: str) -> str:
        """Return the address of a new database with the demo's data."""
        if self.databases.kind == "sqlite":
            copy = self.databases.folder / f"{name}.sqlite3"
            shutil.copy(self.kept, copy)
            return f"sqlite:///{copy}"
        return self.databases.make(name, template=TEMPLATE)

    def link_files(self, folder: Path) -> None:
        """Give `folder` the demo's pictures without copying them: they never change."""
        shutil.copytree(self.files / "media", folder / "media", copy_function=os.link)


def demo_template(databases: FreshDatabases, shared: Path) -> DemoTemplate:
    """Load the demo, or take what another process of this run has loaded. `shared` is one folder for all processes."""
    files = shared / f"demo-files-{databases.kind}"
    kept = shared / f"demo-{databases.kind}"
    with only_one(shared / f"demo-{databases.kind}.lock"):
        if not kept.exists():
            _load(databases, files, kept)
        elif databases.kind == "postgresql":
            _restore(databases, kept)
    return DemoTemplate(databases, files, kept)


def _load(databases: FreshDatabases, files: Path, kept: Path) -> None:
    url = databases.make(TEMPLATE)
    loading: Market = market_on(url, files, MARKET_PROFILE="demo")
    loading.command("demo")
    # What the demo's orders and goods set going (mails, search rows, pictures) is done before anybody clones it.
    loading.command("worker", "--once")
    if databases.kind == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(url.removeprefix("sqlite:///"), kept)
    else:
        _run("pg_dump", "-Fc", "-f", str(kept), "-d", databases.plain(TEMPLATE))


def _restore(databases: FreshDatabases, kept: Path) -> None:
    """Fill this process's own server from the dump another process wrote."""
    with psycopg.connect(databases.plain("postgres"), autocommit=True) as connection:
        # pytest goes back and forth between the kinds of database and asks again; this server may hold it already.
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,)).fetchone():
            return
        connection.execute(f'CREATE DATABASE "{TEMPLATE}"')
    _run("pg_restore", "-d", databases.plain(TEMPLATE), str(kept))


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([programs() / program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program}: {done.stderr[-2000:]}")
