"""The migrated empty database equals the models, and the way down works too."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from marketplace.db import db
from tests.conftest import FreshDatabases, app_on
from tests.factories.goods import make_variant

MIGRATIONS = str(Path(__file__).parent.parent / "migrations")


def test_migrated_database_equals_the_models(databases: FreshDatabases) -> None:
    """Autogeneration finds nothing to do."""
    with app_on(databases.make("equals"), databases.folder) as app, app.app_context():
        flask_migrate.check(directory=MIGRATIONS)


def test_down_to_nothing_and_up_again(databases: FreshDatabases) -> None:
    """Each downgrade undoes its upgrade."""
    with app_on(databases.make("down"), databases.folder) as app, app.app_context():
        flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        flask_migrate.upgrade(directory=MIGRATIONS)
        flask_migrate.check(directory=MIGRATIONS)


@pytest.mark.promise("I10")
@pytest.mark.parametrize("act", ["UPDATE movement SET reason = 'x'", "DELETE FROM movement"])
def test_append_only_rows_stay(session: Session, act: str) -> None:
    """The database itself refuses to change what is only ever added."""
    make_variant(session)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(act))
