"""Every address with its policy, for people and for tests from outside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from marketplace.web.guards import policy_of


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One address as it is open."""

    endpoint: str
    rule: str
    methods: tuple[str, ...]
    kind: str
    permission: str
    purpose: str
    is_cached: bool


def route_rows(app: Flask) -> list[RouteRow]:
    """Return every address of this application, by rule."""
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        policy = policy_of(app.view_functions[rule.endpoint])
        if policy is None:
            raise RuntimeError(f"{rule.endpoint} has no policy, which start-up refuses")
        methods = tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.append(
            RouteRow(
                rule.endpoint, rule.rule, methods, policy.kind, policy.permission or "", policy.purpose or "", policy.is_cached
            )
        )
    return rows


@click.command("routes-policy")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@with_appcontext
def routes_policy(as_json: bool) -> None:
    """Print every web address with who may call it."""
    rows = route_rows(current_app)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], indent=1))
        return
    for row in rows:
        open_to = row.permission or row.purpose or ("cached" if row.is_cached else "")
        click.echo(f"{','.join(row.methods):12} {row.rule:60} {row.kind:8} {open_to}")


COMMANDS = (routes_policy,)
