"""`check-invariants`: read the whole database and name everything that must not be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from marketplace.accounts import invariants as accounts
from marketplace.db import dialect_name, reading
from marketplace.db import invariants as schema
from marketplace.inventory import invariants as inventory
from marketplace.kernel.broken import Broken
from marketplace.orders import invariants as orders
from marketplace.outbox import invariants as outbox
from marketplace.payments import invariants as payments
from marketplace.sellers import invariants as sellers

CHECKS: tuple[Callable[[Session, datetime], Iterator[Broken]], ...] = (
    schema.find_broken,
    outbox.find_broken,
    accounts.find_broken,
    sellers.find_broken,
    inventory.find_broken,
    orders.find_broken,
    payments.find_broken,
)


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield everything that is broken, floor by floor."""
    for check in CHECKS:
        yield from check(session, now)


def broken_now(now: datetime) -> list[Broken]:
    """Return everything that is broken in the database of the current application."""
    with reading() as session:
        if dialect_name(session) == "postgresql":
            # One snapshot for all statements, so that a sale in between is no false alarm.
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return list(find_broken(session, now))


@click.command("check-invariants")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
@with_appcontext
def check_invariants(as_json: bool) -> None:
    """Check every invariant; exit with 1 and the offending ids when one is broken."""
    broken = broken_now(current_app.extensions["market_clock"].now())
    if as_json:
        click.echo(json.dumps({"broken": [asdict(offence) for offence in broken]}, ensure_ascii=False))
    else:
        for offence in broken:
            click.echo(f"{offence.code} {offence.kind} {', '.join(map(str, offence.ids))}: {offence.words}")
        click.echo(f"{len(broken)} broken" if broken else "All invariants hold.")
    if broken:
        raise click.exceptions.Exit(1)


COMMANDS: tuple[click.Command, ...] = (check_invariants,)
