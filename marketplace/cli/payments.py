"""`expire-holds` and `reconcile`: what the clock would do, now, by hand."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from marketplace.aftersales.flows import expire_due
from marketplace.db import reading
from marketplace.payments.queries import attention_list

SEEN_WITHIN = timedelta(minutes=15)


@click.command("expire-holds")
@with_appcontext
def expire_holds() -> None:
    """Expire every unpaid payment past its deadline, and free what it held."""
    now = current_app.extensions["market_clock"].now()
    click.echo(f"{expire_due(now)} expired.")


@click.command("reconcile")
@with_appcontext
def reconcile() -> None:
    """Expire what is overdue and list money that has waited more than 15 minutes for a person.

    No payment provider is connected yet, so none is asked: transfers and cash are settled by people.
    """
    now = current_app.extensions["market_clock"].now()
    click.echo(f"{expire_due(now)} expired. No payment provider is connected, so none was asked.")
    with reading() as session:
        waiting = attention_list(session, raised_before=now - SEEN_WITHIN)
    for row in waiting:
        since = f"{row.raised_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"{row.order_number}: {row.kind.value}, {row.amount_minor} {row.currency.value}, since {since}")
    click.echo(f"{len(waiting)} waiting for a person." if waiting else "Nothing waits for a person.")


COMMANDS: tuple[click.Command, ...] = (expire_holds, reconcile)
