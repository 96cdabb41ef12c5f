"""`catalog generate` and `reindex`: large catalogues for the bench, and the index made anew."""

from __future__ import annotations

from functools import partial

import click
from flask import current_app
from flask.cli import with_appcontext

from config import Profile
from marketplace.catalog.search.indexing import reindex_all
from marketplace.db import in_unit
from marketplace.demo.synthetic import MOST_PRODUCTS, generate


@click.group("catalog")
def catalog() -> None:
    """Make catalogues."""


@catalog.command("generate")
@click.option("--products", type=click.IntRange(1, MOST_PRODUCTS), required=True, help="How many goods to add.")
@click.option("--seed", type=click.IntRange(1), default=1, show_default=True, help="Another seed adds other goods.")
@with_appcontext
def generate_products(products: int, seed: int) -> None:
    """Add invented goods in bulk, for measuring; never on a market that sells."""
    if current_app.extensions["market_settings"].profile is Profile.PRODUCTION:
        raise click.ClickException("Invented goods are not put on a market that sells.")
    now = current_app.extensions["market_clock"].now()
    asked = in_unit(partial(generate, products=products, seed=seed, now=now))
    click.echo(f"{products} goods added; {len(asked)} queries measure them.")


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Make the search index anew from the catalogue."""
    now = current_app.extensions["market_clock"].now()
    click.echo(f"{in_unit(partial(reindex_all, now=now))} products indexed.")


COMMANDS: tuple[click.Command, ...] = (catalog, reindex)
