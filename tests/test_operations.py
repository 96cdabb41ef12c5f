"""The manual names every setting there is, and only those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from config import BadSettings, read_settings

MANUAL = Path(__file__).resolve().parents[1] / "docs" / "operations.md"
PRODUCTION = {
    "MARKET_PROFILE": "production",
    "SECRET_KEY": "s" * 40,
    "FIELD_KEY": "f" * 40,
    "PUBLIC_ORIGIN": "https://pasar.example.org",
    "ALLOWED_HOSTS": "pasar.example.org",
    "MAIL_FROM": "Pasar <pasar@example.org>",
}


class Asked(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given, self.names = given, set[str]()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def test_the_manual_lists_every_setting(tmp_path: Path) -> None:
    asked = Asked(PRODUCTION | {"DATA_DIR": str(tmp_path)})
    read_settings(asked)
    written = re.findall(r"^\| `([A-Z_]+)` \|", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert sorted(written) == sorted(asked.names)


@pytest.mark.parametrize("missing", sorted(set(PRODUCTION) - {"MARKET_PROFILE"}))
def test_production_does_not_start_without_what_it_must_have(missing: str, tmp_path: Path) -> None:
    environ = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(BadSettings, match=missing):
        read_settings(environ | {"DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"PUBLIC_ORIGIN": "http://pasar.example.org"}, "https"),
        ({"SECRET_KEY": "short"}, "shorter"),
        ({"CLOCK_OFFSET_S": "60"}, "test profile"),
        ({"FAULT_POINT": "before_commit"}, "test profile"),
        ({"PORT": "eight"}, "PORT"),
    ],
)
def test_production_does_not_start_with_what_is_unsafe(given: dict[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=words):
        read_settings(PRODUCTION | given | {"DATA_DIR": str(tmp_path)})


def test_the_demo_makes_its_own_secrets_once(tmp_path: Path) -> None:
    first = read_settings({"DATA_DIR": str(tmp_path)})
    again = read_settings({"DATA_DIR": str(tmp_path)})
    assert (first.secret_key, first.field_key) == (again.secret_key, again.field_key)
    assert len({first.secret_key, first.field_key}) == 2
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
