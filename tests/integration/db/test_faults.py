"""Named points really kill, like `kill -9`: what was not committed is gone, what was committed stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.db import faults
from tests.conftest import FreshDatabases

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from pathlib import Path
from sqlalchemy import text
from marketplace.db import in_unit
from tests.conftest import app_on
url, folder, point = sys.argv[1:]
with app_on(url, Path(folder), FAULT_POINT=point) as app, app.app_context():
    for name in ("first", "second", "third"):
        add = text("INSERT INTO attempt (scope, key_digest, at) VALUES (:n, 'k', '2026-01-01 00:00:00')")
        in_unit(lambda session: session.execute(add, {"n": name}))
        print(name, flush=True)
"""
COUNT = """
import sys
from pathlib import Path
from sqlalchemy import text
from marketplace.db import reading
from tests.conftest import app_on
with app_on(sys.argv[1], Path(sys.argv[2])) as app, app.app_context(), reading() as session:
    print(session.scalar(text("SELECT count(*) FROM attempt")))
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of its own process."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.promise("R8")
@pytest.mark.parametrize(
    ("point", "told", "kept"),
    [("before_commit", [], 0), ("before_commit:2", ["first"], 1), ("after_commit:2", ["first"], 2), ("after_send", None, 3)],
)
def test_a_fault_point_kills_where_it_stands(databases: FreshDatabases, point: str, told: list[str] | None, kept: int) -> None:
    """Before the commit nothing stays, after it the row stays although nobody was told; a point not passed does nothing."""
    url = databases.make("faults_" + point.replace(":", "_"))
    ended = run(PROGRAM, url, str(databases.folder), point)
    if told is None:
        assert ended.returncode == 0, ended.stderr
    else:
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert ended.stdout.split() == told
    assert run(COUNT, url, str(databases.folder)).stdout.strip() == str(kept)


def test_unknown_points_stop_the_start() -> None:
    """A misspelt fault point would otherwise test nothing."""
    with pytest.raises(ValueError, match="no fault point"):
        faults.arm("before_comit")
    faults.arm("")
