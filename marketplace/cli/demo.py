"""Commands that fill a market: the demo, and people who may sign in."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from config import Profile, Settings
from marketplace.accounts.permissions import SHOP_ROLES, Role
from marketplace.accounts.services import AlreadyRegistered, grant_role, register_person, set_first_rights
from marketplace.db import in_unit, reading
from marketplace.demo.loading import Loaded, is_loaded, load_demo
from marketplace.demo.people_cast import SignIn
from marketplace.demo.worlds import World, full_world, small_world
from marketplace.kernel.phone import BadPhone, normalise_phone

OFFICE_ROLES = tuple(role for role in Role if role not in SHOP_ROLES)


def _sign_ins(cast: tuple[SignIn, ...]) -> list[str]:
    return [f"  {member.role:<14} {member.phone}   {member.password}" for member in cast]


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the demo into an empty market and say who may sign in."""
    settings: Settings = current_app.extensions["market_settings"]
    if settings.profile is Profile.PRODUCTION:
        raise click.ClickException("A production market is not filled with invented shops.")
    world: World = small_world() if settings.profile is Profile.TEST else full_world()
    with reading() as session:
        was_loaded = is_loaded(session)
    if was_loaded:
        click.echo("The demo is loaded already.")
    else:
        done = in_unit(lambda session: _load(session, world, settings))
        click.echo(f"Loaded {done.shops} shops, {done.goods} goods and {done.orders} orders.")
    click.echo("Sign in at /account/sign-in with:")
    for line in _sign_ins(world.cast):
        click.echo(line)


def _load(session: Session, world: World, settings: Settings) -> Loaded:
    now = current_app.extensions["market_clock"].now()
    kept = current_app.extensions
    return load_demo(
        session, world, region=settings.region, shelves=kept["market_shelves"], now=now,
        documents=None if settings.profile is Profile.TEST else kept["market_documents"],  # the small world stays as promised
    )  # fmt: skip


@click.group("user")
def user() -> None:
    """Make people who may sign in."""


@user.command("create")
@click.option("--name", required=True)
@click.option("--phone", required=True, help="For example 0812 3456 7890.")
@click.option("--email", default=None)
@click.option("--role", type=click.Choice([role.value for role in OFFICE_ROLES]), default=None, help="A role of the office.")
@click.password_option()
@with_appcontext
def create(name: str, phone: str, email: str | None, role: str | None, password: str) -> None:
    """Register a person, with a role of the office if one is given."""
    now = current_app.extensions["market_clock"].now()

    def work(session: Session) -> None:
        set_first_rights(session)
        person = register_person(
            session, name=name, phone=normalise_phone(phone), email=email, password=password, language="id", now=now
        )
        if role is not None:
            grant_role(session, person_id=person.id, role=Role(role), shop_id=None, granted_by=None, now=now)

    try:
        in_unit(work)
    except BadPhone:
        raise click.ClickException("That is not a whole phone number.") from None
    except AlreadyRegistered as refusal:
        raise click.ClickException(f"Somebody signs in with this {refusal.field} already.") from None
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{name} may sign in.")


COMMANDS: tuple[click.Command, ...] = (demo, user)
