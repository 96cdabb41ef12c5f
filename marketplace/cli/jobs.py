"""Effects that were given up: see them, and let them be tried again."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from marketplace.db import in_unit, reading
from marketplace.outbox.queries import dead_rows
from marketplace.outbox.services import retry_dead


@click.group("outbox", invoke_without_command=True)
@click.pass_context
@with_appcontext
def outbox(context: click.Context) -> None:
    """List the effects that were given up after their last try."""
    if context.invoked_subcommand is not None:
        return
    with reading() as session:
        rows = dead_rows(session)
    for row in rows:
        click.echo(f"{row.id}\t{row.created_at:%Y-%m-%d %H:%M}Z\t{row.handler}\t{row.attempts} tries\t{row.last_error}")
    if not rows:
        click.echo("nothing was given up")


@outbox.command("retry")
@click.argument("ids", nargs=-1, required=True, type=int)
@with_appcontext
def retry(ids: tuple[int, ...]) -> None:
    """Try the rows with these IDS again, from their first try on."""
    now = current_app.extensions["market_clock"].now()
    count = in_unit(lambda session: retry_dead(session, row_ids=ids, now=now))
    click.echo(f"{count} of {len(ids)} wait again")


COMMANDS = (outbox,)
