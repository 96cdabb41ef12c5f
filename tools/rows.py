"""Print every row of the feature map with the tests that walk it, and the promises with the tests that measure them."""

from __future__ import annotations

import sys
from collections import defaultdict
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROWS = ROOT / "docs" / "rows.txt"


def row_titles(path: Path = ROWS) -> dict[str, str]:
    """Return the title of every row, by id."""
    return dict(line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if line)


class Marks:
    """Collects which tests carry which mark."""

    def __init__(self) -> None:
        """Start with none."""
        self.rows: dict[str, set[str]] = defaultdict(set)
        self.promises: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Read the marks of every collected test."""
        for item in items:
            test = item.nodeid.partition("[")[0]
            for kind, found in (("row", self.rows), ("promise", self.promises)):
                for mark in item.iter_markers(kind):
                    for name in mark.args:
                        found[name].add(test)


def main() -> int:
    """Print the table; fail when a mark names a row that does not exist."""
    marks = Marks()
    with redirect_stdout(StringIO()):
        code = pytest.main(["--collect-only", "-p", "no:cacheprovider", "-m", "", str(ROOT / "tests")], plugins=[marks])
    if code != 0:
        sys.stderr.write(f"the tests could not be collected (pytest ended with {code}); run pytest --collect-only\n")
        return 1
    titles = row_titles()
    for row, title in titles.items():
        print(f"{row:4} {title}")
        for test in sorted(marks.rows[row]) or ["–"]:
            print(f"       {test}")
    print("\nPromises")
    for promise, tests in sorted(marks.promises.items()):
        print(f"{promise}")
        for test in sorted(tests):
            print(f"       {test}")
    unknown = sorted(set(marks.rows) - set(titles))
    walked = sum(1 for row in titles if marks.rows[row])
    print(f"\n{walked} of {len(titles)} rows are walked by a test" + (f"; no such row: {', '.join(unknown)}" if unknown else ""))
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
