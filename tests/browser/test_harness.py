"""The browser tests' own ground: the demo is there however often it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import FreshDatabases
from tests.demo_templates import DemoTemplate, demo_template


def test_the_demo_may_be_asked_for_again(
    demo: DemoTemplate, databases: FreshDatabases, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> None:
    """pytest tears the fixture down and makes it again when it comes back to a kind of database in the same process."""
    base = tmp_path_factory.getbasetemp()
    shared: Path = base if worker_id == "master" else base.parent
    assert demo_template(databases, shared).kept == demo.kept
